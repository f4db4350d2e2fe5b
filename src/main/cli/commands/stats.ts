import type { SyncLogView } from '../../../shared/contract/views';
import { ok } from '../../../shared/outcome';
import { emptyHistogram, type Histogram, quantileMs, withSample } from '../../core/histogram';
import type { Command } from '../command';
import { isoDate } from '../shapes';
import { table } from '../table';

/** Newest rounds of an account that are looked at. */
const MOST_ROUNDS = 1000;

/** CLI-051: counters and latencies since the start, by command of the contract and by account. */
export const stats: Command = {
  name: 'stats',
  summary: 'What was asked and done since the start, and how long it took',
  flags: [],
  example: 'homeport stats --json',
  run: async (_args, context) => {
    const session = await context.open('store');
    if (!session.ok) return session;
    const { call } = session.value;
    const [calls, accounts] = await Promise.all([call('stats.get', {}), call('accounts.list', {})]);
    if (!calls.ok) return calls;
    if (!accounts.ok) return accounts;
    const { since, boundsMs, methods } = calls.value;
    const commands = methods.map(({ method, failed, ...took }) => ({
      method,
      failed,
      ...withQuantiles(took),
    }));
    const byAccount = await Promise.all(
      accounts.value.map(async ({ id }) => {
        const [inspected, log] = await Promise.all([
          call('accounts.inspect', { accountId: id }),
          call('syncLog.list', { accountId: id, afterId: 0, limit: MOST_ROUNDS }),
        ]);
        const rounds = log.ok ? log.value.filter(({ startedAt }) => startedAt >= since) : [];
        return {
          accountId: String(id),
          counters: inspected.ok ? inspected.value.totals : null,
          pull: withQuantiles(tookOf(rounds, 'pull')),
          push: withQuantiles(tookOf(rounds, 'push')),
        };
      }),
    );
    const json = { since: isoDate(since), boundsMs, commands, accounts: byAccount };
    const text = [
      table(
        ['COMMAND', 'CALLS', 'FAILED', ...LATENCIES],
        commands.map(({ method, failed, ...took }) => [
          method,
          String(took.count),
          String(failed),
          ...latencies(took),
        ]),
      ),
      table(
        ['ACCOUNT', 'ROUND TRIPS', 'BYTES IN', 'BYTES OUT', 'FETCHED', 'PUSHED', 'PULLS', ...LATENCIES],
        byAccount.map(({ accountId, counters, pull }) => [
          accountId,
          ...[
            counters?.roundTrips,
            counters?.bytesIn,
            counters?.bytesOut,
            counters?.fetched,
            counters?.pushed,
          ].map((value) => String(value ?? 0)),
          String(pull.count),
          ...latencies(pull),
        ]),
      ),
    ].join('\n\n');
    return ok({ kind: 'data', json, text });
  },
};

const LATENCIES = ['MEAN ms', 'P50 ms', 'P95 ms', 'P99 ms', 'MAX ms'];
type Took = ReturnType<typeof withQuantiles>;

function latencies({ meanMs, p50Ms, p95Ms, p99Ms, maxMs }: Took): string[] {
  return [meanMs, p50Ms, p95Ms, p99Ms, maxMs].map((ms) => String(Math.round(ms * 10) / 10));
}

function withQuantiles(took: Histogram) {
  return {
    ...took,
    p50Ms: quantileMs(took, 0.5),
    p95Ms: quantileMs(took, 0.95),
    p99Ms: quantileMs(took, 0.99),
  };
}

function tookOf(rounds: readonly SyncLogView[], kind: SyncLogView['kind']): Histogram {
  return rounds.reduce(
    (took, round) =>
      round.kind === kind && round.finishedAt !== null
        ? withSample(took, round.finishedAt - round.startedAt)
        : took,
    emptyHistogram(),
  );
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { MethodOutput } from '../../../shared/contract/methods';
import { ok } from '../../../shared/outcome';
import type { Arguments, Command, CommandResult } from '../command';
import { toCliError } from '../failure-kinds';
import { findAccount, parseCount } from '../lookup';
import type { Session } from '../session';
import { rowsOf } from '../shapes';
import { table } from '../table';

const FOREVER_S = 3600;
/** Engines of other commands that may end under us before we give up. */
const MOST_ATTEMPTS = 5;
/** An engine that ends answers before it hangs up. */
const LEAVES_WITHIN_MS = 500;
/** The server cannot be asked now; trying later may be enough. */
const AWAY: ReadonlySet<string> = new Set(['offline', 'dns', 'refused']);

/** CLI-025. */
export const sync: Command = {
  name: 'sync',
  summary: 'Fetch new mail and send waiting changes now',
  flags: [
    { name: 'account', value: 'ID', help: 'Only this account' },
    { name: 'wait', help: 'Return when everything is caught up' },
    { name: 'timeout', value: 'S', help: 'Seconds to wait at most (with --wait)' },
  ],
  example: 'homeport sync --wait --timeout 60',
  run: async (args, context) => {
    const timeout = parseCount('timeout', args.get('timeout'), FOREVER_S, FOREVER_S, 1);
    if (!timeout.ok) return timeout;
    for (let attempt = 1; ; attempt += 1) {
      const session = await context.open('network');
      if (!session.ok) return session;
      const answer = await syncBy(session.value, args, timeout.value * 1000);
      // The engine of another command that we visited left with it: ours is next.
      const failed = !answer.ok || (answer.value.kind === 'data' && answer.value.exitCode !== 0);
      const cut = failed && !session.value.own && (await hasLeft(session.value));
      if (!cut || context.signal.aborted || attempt === MOST_ATTEMPTS) return answer;
    }
  },
};

function hasLeft({ lost }: Session): Promise<boolean> {
  return Promise.race([lost.then(() => true), sleep(LEAVES_WITHIN_MS).then(() => false)]);
}

async function syncBy(session: Session, args: Arguments, timeoutMs: number): Promise<CommandResult> {
  const only = args.get('account');
  const account = only === null ? ok(null) : await findAccount(session, only);
  if (!account.ok) return account;
  const done = await session.call('sync.now', {
    accountId: account.value?.id ?? null,
    mailboxId: null,
    // Started by us, the engine ends with this command, so there is no such thing as not waiting.
    wait: args.has('wait') || session.own,
    timeoutMs,
  });
  if (!done.ok) return done;
  const counted = session.own ? await countAll(session, done.value) : done.value;
  const accounts = await session.call('accounts.list', {});
  // Who paused an account did not ask for it; only by its own number it is a failure that nothing comes.
  const paused = new Set(
    accounts.ok && only === null
      ? accounts.value.filter(({ state }) => state === 'paused').map(({ id }) => id)
      : [],
  );
  const rows = counted
    .filter((row) => !paused.has(row.accountId))
    .map(({ failure, ...row }) => ({
      ...row,
      accountId: String(row.accountId),
      ...(failure === null ? {} : { error: toCliError(failure) }),
    }));
  const failed = rows.filter(({ result }) => result !== 'ok' && result !== 'started');
  const text = table(
    ['ACCOUNT', 'RESULT', 'MS', 'FETCHED', 'CHANGED', 'REMOVED', 'PUSHED', 'PARKED', 'WHY'],
    rows.map((row) => [
      row.accountId,
      row.result,
      ...[row.durationMs, row.fetched, row.changed, row.removed, row.pushed, row.parked].map(String),
      row.error?.message ?? '',
    ]),
  );
  const allOffline = failed.length > 0 && failed.every(({ error }) => AWAY.has(error?.kind ?? ''));
  return ok({
    kind: 'data',
    json: rowsOf(rows),
    text,
    exitCode: failed.length === 0 ? 0 : allOffline ? 4 : 1,
  });
}

/** Our own engine began to work before it was asked to: what it did since its start is what this command did. */
async function countAll(
  session: Session,
  results: MethodOutput<'sync.now'>,
): Promise<MethodOutput<'sync.now'>> {
  const inspected = await Promise.all(
    results.map(({ accountId }) => session.call('accounts.inspect', { accountId })),
  );
  return results.map((row, at) => {
    const seen = inspected[at];
    if (!seen?.ok || !seen.value.running) return row;
    const { fetched, changed, removed, pushed, parked } = seen.value.totals;
    return { ...row, fetched, changed, removed, pushed, parked };
  });
}

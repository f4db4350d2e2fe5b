import { type Failure, isAnswered, isTransient } from '../../shared/failure';
import { fail, type Outcome, ok } from '../../shared/outcome';
import { type DueChange, isCopyChange, isMailboxChange } from '../store/read/pending';
import { parkChange } from '../store/write/park-change';
import { backoffChange, noteLook } from '../store/write/pending-queue';
import { settleTargets, type TargetOutcome } from '../store/write/settle-targets';
import { pushDelayMs } from './backoff';
import type { Looks, StoredWire } from './plan-push';
import { probeCopy } from './push-copy';
import type { RunnerContext } from './runner-context';
import { toOutcomes } from './target-outcomes';

/** A probe that cannot decide in this many tries, or for this long, is shown to the user (SYNC-256). */
const MAX_PROBES = 3;
const PROBE_FOR_MS = 10 * 60_000;
const PROBE_AGAIN_MS = 30_000;

/**
 * Looks what became of a change whose answer was lost, before anything is repeated (SYNC-249, 255, 256): what the server
 * did is settled, what it certainly did not do waits again, what cannot be told is parked.
 */
export async function probeChange(
  context: RunnerContext,
  change: DueChange,
  signal: AbortSignal,
): Promise<Outcome<null>> {
  const { store, clock, connector } = context;
  if (isCopyChange(change)) {
    const looked = await probeCopy(context, change, signal);
    return looked.ok ? ok(null) : undecided(context, change, looked.failure);
  }
  const wire = change.wire as StoredWire | null;
  const outcomes: TargetOutcome[] = [];
  let mailboxKey: string | null = null;
  for (const group of wire?.groups ?? []) {
    const report = await connector.probePush(group.action, group.wire, signal);
    if (!report.ok) return undecided(context, change, report.failure);
    const { done, gone } = report.value;
    mailboxKey = report.value.mailboxKey ?? mailboxKey;
    outcomes.push(
      ...toOutcomes(
        group,
        done.map((item) => ({ ...item, result: 'done' as const })),
      ),
    );
    outcomes.push(
      ...toOutcomes(
        group,
        gone.map((uid) => ({ uid, result: 'gone' as const })),
      ),
    );
  }
  const now = clock.now();
  store.writeTx('server', (tx) => {
    // What is not settled goes back to waiting and is planned anew on the facts of that moment.
    backoffChange(tx, change.id, { notBefore: now, failure: null, countAttempt: false });
    if (outcomes.length > 0 || mailboxKey !== null)
      settleTargets(tx, change.id, outcomes, { createdRemoteKey: mailboxKey, now });
  });
  const wanted = isMailboxChange(change) ? 1 : change.targets.length;
  const done = mailboxKey === null ? outcomes.filter(({ result }) => result === 'done').length : 1;
  context.totals.pushed += done;
  context.totals.probedDone += done;
  context.totals.probedNotDone += wanted - done;
  return ok(null);
}

/**
 * The look itself failed: with the link down it comes again, else it counts. It keeps its place in the line, but nobody
 * behind it waits for it (SYNC-233).
 */
function undecided(context: RunnerContext, change: DueChange, failure: Failure): Outcome<null> {
  if (failure.kind === 'cancelled') return fail(failure);
  const { store, clock, random } = context;
  const passing = isTransient(failure) || failure.kind === 'auth';
  const counts = !passing || isAnswered(failure);
  if (counts) context.totals.probedUndecided += 1;
  const now = clock.now();
  const { looks = 0, lookedSince = now } = (change.wire ?? {}) as Looks;
  if (counts && (now - lookedSince >= PROBE_FOR_MS || (!passing && looks + 1 >= MAX_PROBES))) {
    giveUp(context, change, failure);
    return ok(null);
  }
  const delayMs = passing ? pushDelayMs(failure, change.attempts + 1, random.fraction()) : PROBE_AGAIN_MS;
  const notBefore = now + Math.min(delayMs, PROBE_FOR_MS);
  store.writeTx('server', (tx) => {
    if (counts) noteLook(tx, change.id);
    backoffChange(tx, change.id, { notBefore, failure, countAttempt: counts, probing: true });
  });
  return counts ? ok(null) : fail(failure);
}

function giveUp(context: RunnerContext, change: DueChange, failure: Failure): void {
  const { store, clock } = context;
  const unknown: Failure = {
    kind: 'unknown-outcome',
    message: 'It is not known whether the server did this.',
    serverText: failure.serverText ?? failure.message,
    hint: isMailboxChange(change)
      ? 'Look at your folders, then retry or discard.'
      : 'Look at the message in its folder, then retry or discard.',
  };
  store.writeTx('server', (tx) => parkChange(tx, change.id, unknown, clock.now()));
  context.totals.parked += 1;
  context.announceParked(change, unknown);
}

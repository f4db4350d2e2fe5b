import type { MailboxId } from '../../shared/domain';
import { type Failure, isAnswered, isTransient } from '../../shared/failure';
import { bugText } from '../../shared/mask-personal';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { WireRecord } from '../connectors/contract';
import {
  type DueChange,
  dueChanges,
  isCopyChange,
  isMailboxChange,
  probingChanges,
} from '../store/read/pending';
import { finishMailboxChange } from '../store/write/finish-change';
import { setLabelsHere } from '../store/write/local-labels';
import { parkChange } from '../store/write/park-change';
import { backoffChange, claimChange, markProbing } from '../store/write/pending-queue';
import { settleTargets, type TargetOutcome } from '../store/write/settle-targets';
import { pushDelayMs } from './backoff';
import { logList } from './log-connection';
import { type PushGroup, planPush, type StoredWire } from './plan-push';
import { probeChange } from './probe-change';
import { pushCopy } from './push-copy';
import { refreshMailboxes } from './refresh-mailboxes';
import type { RunnerContext } from './runner-context';
import { toOutcomes } from './target-outcomes';

/** Looked at in one go; the rest follows at once. */
const PAGE = 100;
/** A change older than this waits for a pull of its mailboxes first (SYNC-239). */
const FRESH_FOR_MS = 60_000;
/** A change whose messages cannot be found yet is looked at again after this. */
const LOOK_AGAIN_MS = 5_000;

export interface PushOptions {
  readonly signal: AbortSignal;
  /** Whether a complete sweep ended within the last minute (SYNC-239). */
  readonly factsAreFresh: boolean;
}

/**
 * Sends everything that is due, in order of intent, after looking what became of changes with an unknown outcome.
 * Answers false when some changes wait for fresh facts. A failure concerns the whole account; the change it met waits
 * with its own backoff.
 */
export async function pushPending(
  context: RunnerContext,
  options: PushOptions,
): Promise<Outcome<{ readonly allSent: boolean }>> {
  const { store, clock, accountId } = context;
  for (const change of probingChanges(store.read, accountId, clock.now())) {
    const probed = await orPark(context, change, () => probeChange(context, change, options.signal));
    if (!probed.ok) return probed;
  }
  for (;;) {
    const now = clock.now();
    const due = dueChanges(store.read, accountId, now, PAGE);
    const change = due.find((candidate) => options.factsAreFresh || now - candidate.createdAt < FRESH_FOR_MS);
    if (!change) return ok({ allSent: due.length === 0 });
    if (options.signal.aborted) return fail({ kind: 'cancelled', message: 'Stopped.' });
    await store.turns.next('queue');
    const sent = await orPark(context, change, () => pushChange(context, change, options));
    if (!sent.ok) return sent;
  }
}

const MISTAKE: Failure = {
  kind: 'internal',
  message: 'Homeport made a mistake with this change.',
  hint: 'Look whether it happened, then retry or discard. The diagnostics help to find the mistake.',
};

/** Our own mistake with one change sets that one aside; the others go on (SYNC 7.2, "bug"). */
async function orPark(
  context: RunnerContext,
  change: DueChange,
  work: () => Promise<Outcome<null>>,
): Promise<Outcome<null>> {
  try {
    return await work();
  } catch (error) {
    // A full disk, for instance, is no matter of this change.
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code.startsWith('SQLITE_')) throw error;
    const { store, clock, logger, accountId } = context;
    logger.error('engine.bug', { work: 'change', accountId, changeId: change.id, error: bugText(error) });
    store.writeTx('server', (tx) => parkChange(tx, change.id, MISTAKE, clock.now()));
    announceRefusal(context, change, MISTAKE);
    return ok(null);
  }
}

/** Sends one change; afterwards it is settled, parked, probing, or waits until later. */
async function pushChange(
  context: RunnerContext,
  change: DueChange,
  { signal, factsAreFresh }: PushOptions,
): Promise<Outcome<null>> {
  const { store, connector, clock } = context;
  if (isCopyChange(change))
    return pushCopy(context, change, signal, (failure) => deferOrPark(context, change, failure));
  const planned = planPush(store.read, change, factsAreFresh);
  if (planned.whole !== null) {
    const { whole } = planned;
    if (whole === 'settle') store.writeTx('server', (tx) => finishMailboxChange(tx, change.id));
    else park(context, change, whole);
    return ok(null);
  }
  const groups: StoredWire['groups'][number][] = [];
  for (const group of planned.groups) {
    const wire = await connector.preparePush(group.action, signal);
    if (!wire.ok) return deferOrPark(context, change, wire.failure);
    groups.push({ ...group, wire: withFirstNote(change, group, wire.value) });
  }
  // The record of what is about to be sent is committed before the first byte (rule 5).
  const isClaimed = store.writeTx('server', (tx) => {
    if (planned.decided.length > 0) {
      settleTargets(tx, change.id, planned.decided, { createdRemoteKey: null, now: clock.now() });
    }
    if (groups.length > 0) return claimChange(tx, change.id, context.runId, { groups } satisfies StoredWire);
    if (planned.waiting > 0) {
      backoffChange(tx, change.id, {
        notBefore: clock.now() + LOOK_AGAIN_MS,
        failure: null,
        countAttempt: false,
      });
    }
    return false;
  });
  announceRefusals(context, change, planned.decided);
  // Nothing to send, or taken back while the server was asked.
  if (!isClaimed) return ok(null);
  if (!isMailboxChange(change)) return sendGroups(context, change, groups, signal);
  const { mailboxPushes } = context;
  mailboxPushes.begun += 1;
  const sending = sendGroups(context, change, groups, signal);
  mailboxPushes.last = sending.catch(() => undefined);
  const sent = await sending;
  // Another client may have renamed it since we last asked: the next attempt knows what it is called now.
  if (sent.ok || sent.failure.kind !== 'not-found') return sent;
  const startedAt = clock.now();
  const listed = await refreshMailboxes(context, signal);
  logList(context, startedAt, listed.ok ? null : listed.failure);
  return listed;
}

/**
 * Copies of an earlier attempt lie above the UIDNEXT that was noted before it: the note of the first attempt counts for
 * all later ones, or they would copy again (SYNC 7.3, "copy").
 */
function withFirstNote(change: DueChange, { action }: PushGroup, wire: WireRecord): WireRecord {
  if (action.kind !== 'move') return wire;
  const before = (change.wire as Partial<StoredWire> | null)?.groups?.find(
    (group) =>
      group.action.kind === 'move' &&
      group.action.remoteKey === action.remoteKey &&
      group.action.toRemoteKey === action.toRemoteKey,
  );
  return before?.wire.destination ? { ...wire, destination: before.wire.destination } : wire;
}

/** Sends what was written down, and stores the answers. */
async function sendGroups(
  context: RunnerContext,
  change: DueChange,
  groups: StoredWire['groups'],
  signal: AbortSignal,
): Promise<Outcome<null>> {
  const { store, connector, clock } = context;
  const outcomes: TargetOutcome[] = [];
  const labelsHere = new Map<MailboxId, boolean>();
  let createdRemoteKey: string | null = null;
  let failure: Failure | null = null;
  for (const group of groups) {
    const report = await connector.push(group.action, group.wire, signal);
    if (!report.ok) {
      failure = report.failure;
      break;
    }
    const { items, notKept, keepsLabels } = report.value;
    outcomes.push(...toOutcomes(group, items, notKept));
    if (keepsLabels !== undefined && group.mailboxId !== null) labelsHere.set(group.mailboxId, !keepsLabels);
    createdRemoteKey = report.value.createdRemoteKey ?? createdRemoteKey;
  }
  // With an answer missing nothing is settled yet: every step may be repeated or probed, none is forgotten.
  if (failure?.kind === 'not-found' && isMailboxChange(change) && change.attempts === 0) {
    const again = { notBefore: clock.now(), failure, countAttempt: true };
    store.writeTx('server', (tx) => backoffChange(tx, change.id, again));
    return fail(failure);
  }
  if (failure) return deferOrPark(context, change, failure);
  store.writeTx('server', (tx) => {
    for (const [mailboxId, here] of labelsHere) setLabelsHere(tx, mailboxId, here);
    settleTargets(tx, change.id, outcomes, { createdRemoteKey, now: clock.now() });
  });
  context.totals.pushed +=
    createdRemoteKey === null ? outcomes.filter(({ result }) => result === 'done').length : 1;
  announceRefusals(context, change, outcomes);
  return ok(null);
}

/** Tries again later, looks first, or sets the change aside: the classes of SYNC 7.2. */
function deferOrPark(context: RunnerContext, change: DueChange, failure: Failure): Outcome<null> {
  const { store, clock, random } = context;
  if (failure.kind === 'unknown-outcome') {
    store.writeTx('server', (tx) => markProbing(tx, change.id, failure));
    return fail({ kind: 'offline', message: failure.message });
  }
  if (failure.kind === 'cancelled' || failure.kind === 'auth' || isTransient(failure)) {
    const countAttempt = failure.kind === 'throttled' || isAnswered(failure);
    const delayMs =
      failure.kind === 'cancelled' ? 0 : pushDelayMs(failure, change.attempts + 1, random.fraction());
    store.writeTx('server', (tx) =>
      backoffChange(tx, change.id, { notBefore: clock.now() + delayMs, failure, countAttempt }),
    );
    // The server cannot do this one now: all others have their turn (SYNC-233).
    return isAnswered(failure) ? ok(null) : fail(failure);
  }
  park(context, change, failure);
  return ok(null);
}

function park(context: RunnerContext, change: DueChange, failure: Failure): void {
  const { store, clock } = context;
  store.writeTx('server', (tx) => parkChange(tx, change.id, failure, clock.now()));
  announceRefusal(context, change, failure);
}

/** The user is told once per reason, however many messages it concerns. */
function announceRefusals(
  context: RunnerContext,
  change: DueChange,
  outcomes: readonly TargetOutcome[],
): void {
  const told = new Set<string>();
  for (const outcome of outcomes) {
    if (outcome.result !== 'failed' || told.has(outcome.failure.message)) continue;
    told.add(outcome.failure.message);
    announceRefusal(context, change, outcome.failure);
  }
}

function announceRefusal(context: RunnerContext, change: DueChange, failure: Failure): void {
  context.totals.parked += 1;
  context.announceParked(change, failure);
}

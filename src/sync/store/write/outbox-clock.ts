import type { AccountId } from '../../../shared/domain';
import { type Failure, isTransient } from '../../../shared/failure';
import { type OutboxRow, outboxInState, outboxOf } from '../read/outbox';
import type { WriteTx } from '../write-tx';
import { changeOutbox } from './outbox';

/** A message for later that is more overdue than this waits for the user's word (SYNC-288). */
const ASK_AFTER_MS = 24 * 60 * 60_000;

/** The longest undo window there is (APP-128); a longer wait since it was sent off was prolonged by a start before. */
const LONGEST_UNDO_MS = 60_000;
/** What is left of a window after more than one start. */
const AGAIN_MS = 10_000;

const LOST: Failure = {
  kind: 'unknown-outcome',
  message: 'Homeport stopped after the message was handed over, before the server confirmed it.',
  hint: 'It is looked for among the sent messages.',
};

/**
 * At start-up, before any attempt: what another run was handing over is queued again when its last mark says that
 * nothing was sent, and unknown when the last byte had left (SYNC-249, 277). An undo window runs again, because nobody
 * could take the message back meanwhile, and the user is told (SYNC-287).
 */
export function releaseOutbox(tx: WriteTx): void {
  for (const entry of outboxInState(tx.db, 'submitting')) release(tx, entry);
  for (const { id, notBefore, zone, createdAt } of outboxInState(tx.db, 'held')) {
    if (zone !== null || notBefore === null) continue;
    const window = Math.max(0, notBefore - createdAt);
    changeOutbox(tx, id, {
      notBefore: tx.nowMs + (window <= LONGEST_UNDO_MS ? window : AGAIN_MS),
      resumed: true,
    });
  }
}

/** The attempt ended without a word, by a mistake of ours or a full disk: only its last mark tells what became of it. */
export function releaseAttempts(tx: WriteTx, accountId: AccountId): void {
  for (const entry of outboxOf(tx.db, accountId, 'submitting')) release(tx, entry);
}

function release(tx: WriteTx, { id, stage }: OutboxRow): void {
  if (stage === 'terminator-handed-over')
    changeOutbox(tx, id, {
      state: 'unknown',
      claimRun: null,
      failure: LOST,
      looks: 0,
      observed: null,
      nextAttemptAt: tx.nowMs,
    });
  else changeOutbox(tx, id, { state: 'queued', stage: null, claimRun: null, nextAttemptAt: null });
}

/** Held messages whose time has come wait for the lane now; answers when the next one is due (ms UTC), null = none. */
export function queueDueMessages(tx: WriteTx): number | null {
  let next: number | null = null;
  for (const { id, notBefore, zone, overdue } of outboxInState(tx.db, 'held')) {
    if (overdue) continue;
    const at = notBefore ?? 0;
    if (at > tx.nowMs) next = Math.min(next ?? at, at);
    else if (zone !== null && tx.nowMs - at > ASK_AFTER_MS) changeOutbox(tx, id, { overdue: true });
    else changeOutbox(tx, id, { state: 'queued', nextAttemptAt: null });
  }
  return next;
}

/** The link is back: what waits because of it need not wait out its delay. */
export function forgetOfflineWaits(tx: WriteTx, accountId: AccountId): void {
  for (const { id, failure } of outboxOf(tx.db, accountId, 'queued'))
    if (failure && isTransient(failure) && failure.kind !== 'throttled')
      changeOutbox(tx, id, { nextAttemptAt: null });
  for (const { id, looks } of outboxOf(tx.db, accountId, 'unknown'))
    if (looks < 3) changeOutbox(tx, id, { nextAttemptAt: null });
}

/** Another server is to be tried: what the old one said, and the waits for it, count no longer. */
export function forgetServerWaits(tx: WriteTx, accountId: AccountId): void {
  for (const { id } of outboxOf(tx.db, accountId, 'queued'))
    changeOutbox(tx, id, { nextAttemptAt: null, failure: null, firstFailureAt: null });
}

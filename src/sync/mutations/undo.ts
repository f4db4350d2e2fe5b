import type { MutationResult, UndoResult } from '../../shared/contract/mutation';
import type { AccountId, ChangeId, GestureId, MailboxId } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import { fail, type Outcome, ok } from '../../shared/outcome';
import { hasKeyword } from '../store/keywords';
import { screenMailbox } from '../store/read/mailbox-screen';
import { type MessageScreen, messageScreen } from '../store/read/message-screens';
import { sameSnooze } from '../store/snooze';
import { restoreLocalCopy } from '../store/write/apply-local-steps';
import { type GestureStep, gestureSteps, readGesture, setGestureState } from '../store/write/gestures';
import type { OpenRows } from '../store/write/insert-change';
import { recallDelete } from '../store/write/recall-delete';
import { restoreDiscarded } from '../store/write/restore-discarded';
import type { WriteTx } from '../store/write-tx';
import { type AccountSteps, addSteps, aimOf, carryOut, notBeforeOf } from './carry-out';
import { changeMailbox } from './change-mailbox';
import type { GestureCore } from './gesture-core';
import { runGesture } from './run-gesture';
import { FOLDER_CHANGED, FOLDER_DELETED, undoMailboxSteps } from './undo-mailboxes';

const FORGOTTEN: Failure = { kind: 'not-found', message: 'This action can no longer be undone.' };

/**
 * Takes a gesture back, message by message: what still waits is simply taken out of the queue, what is on the wire or
 * done gets its inverse, what somebody else changed meanwhile is left alone and counted as skipped (SYNC-245). A
 * gesture that is still being done is stopped first.
 */
export async function undoGesture(core: GestureCore, gestureId: GestureId): Promise<Outcome<UndoResult>> {
  const { store } = core;
  if (core.jobs.isRunning(gestureId)) await core.jobs.stop(gestureId);
  const gesture = readGesture(store.read, gestureId);
  if (!gesture) return fail(FORGOTTEN);
  const discarded = store.writeTx('undo', (tx) => restoreDiscarded(tx, gestureId));
  if (discarded > 0) return ok({ gestureId, restored: discarded, skipped: 0 });
  if (gesture.state === 'undone') return ok({ gestureId, restored: 0, skipped: 0 });
  const context = carryingOut(core, gestureId, 'mailbox');
  let restored = 0;
  let skipped = 0;
  const { mutation } = gesture;
  if (mutation.kind === 'mailboxes') {
    const undone = store.writeTx('undo', (tx) => {
      const count = undoMailboxSteps(tx, context, mutation);
      setGestureState(tx, gesture.seq, count === 0 ? gesture.state : 'undone');
      return count;
    });
    if (undone === 0) return fail(mutation.change.kind === 'delete' ? FOLDER_DELETED : FOLDER_CHANGED);
    if (gesture.messageIds.length === 0) restored = 1;
  }
  await runGesture(core, gestureId, gesture.messageIds, (messageIds, part) => {
    const write = (tx: WriteTx): void => {
      const byAccount = new Map<AccountId, AccountSteps>();
      const isThere = livingMailboxes(tx);
      for (const messageId of messageIds) {
        for (const step of gestureSteps(tx.db, gesture.seq, messageId)) {
          const message = messageScreen(tx.db, messageId);
          const inverse = message && inverseOf(step, message);
          if (inverse && (inverse.kind !== 'move' || isThere(inverse.to))) {
            addSteps(byAccount, message, [inverse]);
            restored++;
          } else if (message && step.kind === 'delete' && recall(tx, message, step, byAccount)) restored++;
          else skipped++;
        }
      }
      carryOut(tx, byAccount, context);
      setGestureState(tx, gesture.seq, part.more ? 'partly' : 'undone');
    };
    store.writeTx('undo', write, part);
  });
  return ok({ gestureId, restored, skipped });
}

/** Does an undone gesture again on the same messages, as far as they are as they were (SYNC-246). */
export async function redoGesture(core: GestureCore, gestureId: GestureId): Promise<Outcome<MutationResult>> {
  const { store } = core;
  if (core.jobs.isRunning(gestureId)) await core.jobs.stop(gestureId);
  const gesture = readGesture(store.read, gestureId);
  if (!gesture) return fail(FORGOTTEN);
  if (gesture.state === 'done') return ok({ gestureId, changeIds: [], affected: 0 });
  if (gesture.mutation.kind === 'mailboxes')
    return changeMailbox(core, { change: gesture.mutation.change, origin: 'user' });
  const { mutation } = gesture;
  const context = carryingOut(core, gestureId, aimOf(mutation));
  const affected = new Set<number>();
  const changeIds = new Set<ChangeId>();
  await runGesture(core, gestureId, gesture.messageIds, (messageIds, part) => {
    const write = (tx: WriteTx): void => {
      const byAccount = new Map<AccountId, AccountSteps>();
      for (const messageId of messageIds) {
        for (const step of gestureSteps(tx.db, gesture.seq, messageId)) {
          const message = messageScreen(tx.db, messageId);
          if (!message || !isBefore(step, message)) continue;
          addSteps(byAccount, message, [step]);
          affected.add(messageId);
        }
      }
      const again = { ...context, notBefore: notBeforeOf(mutation, tx.nowMs) };
      for (const id of carryOut(tx, byAccount, again)) changeIds.add(id);
      setGestureState(tx, gesture.seq, part.more ? 'partly' : 'done');
    };
    store.writeTx('user', write, part);
  });
  return ok({ gestureId, changeIds: [...changeIds], affected: affected.size });
}

function carryingOut({ random }: GestureCore, gestureId: GestureId, aim: 'mailbox' | 'role') {
  const openRows: OpenRows = new Map();
  return { gestureId, aim, openRows, token: () => random.token(16) };
}

/** Whether a mailbox can still take what is given back to it; asked once per mailbox. */
function livingMailboxes(tx: WriteTx): (mailboxId: number) => boolean {
  const known = new Map<number, boolean>();
  return (mailboxId) => {
    const answer = known.get(mailboxId) ?? screenMailbox(tx.db, mailboxId as MailboxId) !== null;
    known.set(mailboxId, answer);
    return answer;
  };
}

/** Null when the message is no longer as the gesture left it, or nothing can bring it back this way. */
function inverseOf(step: GestureStep, message: MessageScreen): GestureStep | null {
  const { messageId, keywords, mailboxIds, snooze } = message;
  switch (step.kind) {
    case 'keywords': {
      const untouched =
        step.add.every((keyword) => hasKeyword(keywords, keyword)) &&
        !step.remove.some((keyword) => hasKeyword(keywords, keyword));
      return untouched && mailboxIds.length > 0
        ? { kind: 'keywords', messageId, add: step.remove, remove: step.add }
        : null;
    }
    case 'move':
      return mailboxIds.includes(step.to) && !mailboxIds.includes(step.from)
        ? { kind: 'move', messageId, from: step.to, to: step.from }
        : null;
    case 'snooze':
      return sameSnooze(snooze, step.to) ? { ...step, from: step.to, to: step.from } : null;
    case 'delete':
      return null;
  }
}

function isBefore(step: GestureStep, { keywords, mailboxIds, snooze }: MessageScreen): boolean {
  switch (step.kind) {
    case 'keywords':
      return (
        !step.add.some((keyword) => hasKeyword(keywords, keyword)) &&
        step.remove.every((keyword) => hasKeyword(keywords, keyword))
      );
    case 'snooze':
      return sameSnooze(snooze, step.from);
    case 'move':
    case 'delete':
      return mailboxIds.includes(step.from);
  }
}

/** A deletion that has not been sent comes back; one that has is final. */
function recall(
  tx: WriteTx,
  message: MessageScreen,
  step: Extract<GestureStep, { kind: 'delete' }>,
  byAccount: Map<AccountId, AccountSteps>,
): boolean {
  if (message.protocol === 'local') return restoreLocalCopy(tx, step.messageId, step.from);
  const really = recallDelete(tx, step.messageId);
  if (really === null) return false;
  // The deletion had taken over a move that was still waiting: that wish comes back too.
  if (really !== step.from)
    addSteps(byAccount, message, [{ kind: 'move', messageId: step.messageId, from: really, to: step.from }]);
  return true;
}

import type { MutationResult, UndoResult } from '../../shared/contract/mutation';
import type { AccountId, GestureId } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { Ports } from '../ports/ports';
import { hasKeyword } from '../store/keywords';
import type { Store } from '../store/open-store';
import { type MessageScreen, messageScreen } from '../store/read/message-screens';
import { restoreLocalCopy } from '../store/write/apply-local-steps';
import { type GestureStep, readGesture, setGestureState } from '../store/write/gestures';
import { recallDelete } from '../store/write/recall-delete';
import { restoreDiscarded } from '../store/write/restore-discarded';
import type { WriteTx } from '../store/write-tx';
import { type AccountSteps, aimOf, carryOut } from './apply-mutation';

const FORGOTTEN: Failure = { kind: 'not-found', message: 'This action can no longer be undone.' };

/**
 * Takes a gesture back, message by message: what still waits is simply taken out of the queue, what is on the wire or
 * done gets its inverse, what somebody else changed meanwhile is left alone and counted as skipped (SYNC-245).
 */
export function undoGesture(
  store: Store,
  ports: Pick<Ports, 'random'>,
  gestureId: GestureId,
): Outcome<UndoResult> {
  const gesture = readGesture(store.read, gestureId);
  if (!gesture) return fail(FORGOTTEN);
  return store.writeTx('undo', (tx) => {
    const discarded = restoreDiscarded(tx, gestureId);
    if (discarded > 0) return ok({ gestureId, restored: discarded, skipped: 0 });
    if (gesture.state === 'undone') return ok({ gestureId, restored: 0, skipped: 0 });
    const byAccount = new Map<AccountId, AccountSteps>();
    const token = (): string => ports.random.token(16);
    let restored = 0;
    let skipped = 0;
    for (const step of gesture.steps) {
      const message = messageScreen(tx.db, step.messageId);
      const inverse = message && inverseOf(step, message);
      if (inverse) {
        add(byAccount, message, inverse);
        restored++;
      } else if (message && step.kind === 'delete' && recall(tx, message, step, byAccount)) restored++;
      else skipped++;
    }
    carryOut(tx, byAccount, { gestureId, aim: 'mailbox', token });
    setGestureState(tx, gesture.seq, 'undone');
    return ok({ gestureId, restored, skipped });
  });
}

/** Does an undone gesture again on the same messages, as far as they are as they were (SYNC-246). */
export function redoGesture(
  store: Store,
  ports: Pick<Ports, 'random'>,
  gestureId: GestureId,
): Outcome<MutationResult> {
  const gesture = readGesture(store.read, gestureId);
  if (!gesture) return fail(FORGOTTEN);
  if (gesture.state === 'done') return ok({ gestureId, changeIds: [], affected: 0 });
  return store.writeTx('user', (tx) => {
    const byAccount = new Map<AccountId, AccountSteps>();
    const affected = new Set<number>();
    for (const step of gesture.steps) {
      const message = messageScreen(tx.db, step.messageId);
      if (!message || !isBefore(step, message)) continue;
      add(byAccount, message, step);
      affected.add(step.messageId);
    }
    const token = (): string => ports.random.token(16);
    const changeIds = carryOut(tx, byAccount, { gestureId, aim: aimOf(gesture.mutation), token });
    setGestureState(tx, gesture.seq, 'done');
    return ok({ gestureId, changeIds, affected: affected.size });
  });
}

/** Null when the message is no longer as the gesture left it, or nothing can bring it back this way. */
function inverseOf(step: GestureStep, message: MessageScreen): GestureStep | null {
  const { messageId, keywords, mailboxIds } = message;
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
    case 'delete':
      return null;
  }
}

function isBefore(step: GestureStep, { keywords, mailboxIds }: MessageScreen): boolean {
  switch (step.kind) {
    case 'keywords':
      return (
        !step.add.some((keyword) => hasKeyword(keywords, keyword)) &&
        step.remove.every((keyword) => hasKeyword(keywords, keyword))
      );
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
    add(byAccount, message, { kind: 'move', messageId: step.messageId, from: really, to: step.from });
  return true;
}

function add(byAccount: Map<AccountId, AccountSteps>, message: MessageScreen, step: GestureStep): void {
  const account = byAccount.get(message.accountId);
  if (account) account.steps.push(step);
  else byAccount.set(message.accountId, { protocol: message.protocol, steps: [step] });
}

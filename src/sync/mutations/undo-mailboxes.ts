import type { AccountId } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import { listAccounts } from '../store/read/accounts';
import { messagesInMailbox } from '../store/read/list-messages';
import { openMailboxChanges, screenMailbox, screenMailboxes } from '../store/read/mailbox-screen';
import { getMailbox } from '../store/read/mailboxes';
import { removeUnusedMailbox } from '../store/write/created-mailbox';
import { hideLocalMailbox } from '../store/write/mailbox-facts';
import type { MailboxGesture, MailboxStep } from '../store/write/mailbox-steps';
import { overrideOf } from '../store/write/role-override';
import { withdrawMailboxChanges } from '../store/write/withdraw-mailbox-change';
import type { WriteTx } from '../store/write-tx';
import { carryOutMailboxSteps, type MailboxGestureContext } from './carry-out-mailbox-steps';
import { planPlace } from './plan-mailbox-change';

type Gesture = Pick<MailboxGestureContext, 'gestureId' | 'token'>;

export const FOLDER_CHANGED: Failure = {
  kind: 'conflict',
  message: 'The folder was changed or used since.',
};
export const FOLDER_DELETED: Failure = {
  kind: 'conflict',
  message: 'The folder is deleted at the server already.',
  hint: 'Its messages are in Trash.',
};

/**
 * Takes back what a gesture did to mailboxes, newest step first (SYNC-245): what waits is taken out of the queue, what
 * is done gets its inverse, what is no longer as the gesture left it stays. Answers how many steps were taken back.
 */
export function undoMailboxSteps(tx: WriteTx, gesture: Gesture, { steps }: MailboxGesture): number {
  return steps.toReversed().filter((step) => undoStep(tx, gesture, step)).length;
}

function undoStep(tx: WriteTx, gesture: Gesture, step: MailboxStep): boolean {
  const accountId = getMailbox(tx.db, step.mailboxId)?.accountId;
  const account = listAccounts(tx.db).find(({ id }) => id === accountId);
  if (!account) return false;
  const context = { ...gesture, accountId: account.id, protocol: account.protocol };
  switch (step.kind) {
    case 'create':
      return undoCreation(tx, context, step);
    case 'delete': {
      if (account.protocol !== 'local')
        return withdrawMailboxChanges(tx, gesture.gestureId, 'delete-mailbox', step.mailboxId);
      hideLocalMailbox(tx, step.mailboxId, false);
      return true;
    }
    case 'place': {
      const mailbox = screenMailbox(tx.db, step.mailboxId);
      if (!mailbox || mailbox.parentId !== step.to.parentId || mailbox.name !== step.to.name) return false;
      const back = planPlace({ rows: rowsOf(tx, account.id) }, mailbox, step.from);
      if (!back.ok) return false;
      carryOutMailboxSteps(tx, context, back.value);
      return true;
    }
    case 'subscribe': {
      if (screenMailbox(tx.db, step.mailboxId)?.subscribed !== step.subscribed) return false;
      carryOutMailboxSteps(tx, context, [{ ...step, subscribed: !step.subscribed }]);
      return true;
    }
    case 'role': {
      if (overrideOf(tx.db, account.id, step.mailboxId) !== step.to) return false;
      carryOutMailboxSteps(tx, context, [{ ...step, from: step.to, to: step.from }]);
      return true;
    }
  }
}

/** Only a folder that nothing was put into: what people did with it since is worth more than the undo. */
function undoCreation(
  tx: WriteTx,
  context: MailboxGestureContext,
  { mailboxId }: Extract<MailboxStep, { kind: 'create' }>,
): boolean {
  const rows = rowsOf(tx, context.accountId);
  const isUsed = [...rows.values()].some((row) => row.parentId === mailboxId);
  if (!rows.has(mailboxId) || isUsed || messagesInMailbox(tx.db, mailboxId).length > 0) return false;
  const isWaiting = openMailboxChanges(tx.db, context.accountId).some(
    ({ args, untouched }) => untouched && args.kind === 'create-mailbox' && args.mailboxId === mailboxId,
  );
  if (!isWaiting) {
    carryOutMailboxSteps(tx, context, [{ kind: 'delete', mailboxId }]);
    return true;
  }
  withdrawMailboxChanges(tx, context.gestureId, null, mailboxId);
  removeUnusedMailbox(tx, mailboxId);
  return true;
}

function rowsOf(tx: WriteTx, accountId: AccountId) {
  return new Map(screenMailboxes(tx.db, accountId).map((row) => [row.id, row]));
}

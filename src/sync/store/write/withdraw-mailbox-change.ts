import type { ChangeId, GestureId, MailboxId, PendingState } from '../../../shared/domain';
import { COLLECTIONS } from '../collections';
import { isMailboxArgs, type MailboxArgs, parseArgs } from '../pending-args';
import { prepared, readSql } from '../sql';
import type { WriteTx } from '../write-tx';
import { finishChange } from './finish-change';

const OF_GESTURE = readSql<{ id: ChangeId; kind: string; args_json: string; state: PendingState }>(
  'SELECT id, kind, args_json, state FROM pending_changes WHERE gesture_id = ?',
);

/**
 * Takes changes of a mailbox out of the queue that a gesture put there and that have not been sent; `kind` null = of any
 * kind. Answers whether there were any.
 */
export function withdrawMailboxChanges(
  tx: WriteTx,
  gestureId: GestureId,
  kind: MailboxArgs['kind'] | null,
  mailboxId: MailboxId,
): boolean {
  const waiting = prepared(tx.db, OF_GESTURE)
    .all(gestureId)
    .filter(({ state, ...row }) => {
      const args = parseArgs(row.kind, row.args_json);
      const isMeant = args && isMailboxArgs(args) && args.mailboxId === mailboxId;
      return isMeant && (kind ?? args.kind) === args.kind && (state === 'waiting' || state === 'parked');
    });
  for (const { id } of waiting) finishChange(tx, id, 'replaced', null);
  tx.log(COLLECTIONS.mailboxes, mailboxId, 'change');
  return waiting.length > 0;
}

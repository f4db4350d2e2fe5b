import type { ChangeId, GestureId, MailboxId } from '../../../shared/domain';
import { formatArgs, parseArgs } from '../pending-args';
import { type PendingRecord, targetsOf } from '../read/pending';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';
import type { GestureStep } from './gestures';
import { retryChange } from './retry-change';

const PARKED = readSql<PendingRecord>("SELECT * FROM pending_changes WHERE id = ? AND state = 'parked'");
const REDIRECT = writeSql('UPDATE pending_changes SET args_json = ?, gesture_id = ? WHERE id = ?');
const CREATED_BY = readSql<{ created_by_change: number }>(
  `SELECT created_by_change FROM mailboxes WHERE id = ?
     AND created_by_change IN (SELECT id FROM pending_changes)`,
);
const ADD_NEED = writeSql('INSERT OR IGNORE INTO pending_needs (change_id, needs_id) VALUES (?, ?)');

/**
 * Sends a parked move to another mailbox instead, from where its messages are now; one that is still to be created
 * comes first (SYNC-237, 242). It belongs to the new gesture from then on. Answers what happens on the screen, so that
 * it can be undone; null when there is no such parked move.
 */
export function redirectChange(
  tx: WriteTx,
  changeId: ChangeId,
  toMailboxId: MailboxId,
  gestureId: GestureId,
): GestureStep[] | null {
  const { db } = tx;
  const record = prepared(db, PARKED).get(changeId);
  if (!record || parseArgs(record.kind, record.args_json)?.kind !== 'move') return null;
  prepared(db, REDIRECT).run(formatArgs({ kind: 'move', toMailboxId, aim: 'mailbox' }), gestureId, changeId);
  const needs = prepared(db, CREATED_BY).get(toMailboxId)?.created_by_change;
  if (needs !== undefined) prepared(db, ADD_NEED).run(changeId, needs);
  retryChange(tx, changeId);
  return targetsOf(db, changeId).flatMap(({ messageId, mailboxId }): GestureStep[] =>
    mailboxId === null || mailboxId === toMailboxId
      ? []
      : [{ kind: 'move', messageId, from: mailboxId, to: toMailboxId }],
  );
}

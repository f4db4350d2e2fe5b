import { prepared, readSql } from '../sql';
import type { WriteTx } from '../write-tx';
import { finishChange } from './finish-change';
import { dropTarget } from './insert-change';

const WAITING_DELETE = readSql<{ id: number; mailbox_id: number }>(
  `SELECT c.id, t.mailbox_id FROM pending_targets t JOIN pending_changes c ON c.id = t.change_id
   WHERE t.message_id = ? AND c.kind = 'delete' AND c.state IN ('waiting', 'parked') ORDER BY t.change_id LIMIT 1`,
);
const TARGETS_LEFT = readSql<{ n: number }>('SELECT count(*) AS n FROM pending_targets WHERE change_id = ?');

/** Takes a deletion for good back while it has not been sent. Answers the mailbox it was to go from, null if too late. */
export function recallDelete(tx: WriteTx, messageId: number): number | null {
  const row = prepared(tx.db, WAITING_DELETE).get(messageId);
  if (!row) return null;
  dropTarget(tx, row.id, messageId, row.mailbox_id);
  tx.dirty.messages.add(messageId);
  if (prepared(tx.db, TARGETS_LEFT).get(row.id)?.n === 0) finishChange(tx, row.id, 'replaced', null);
  return row.mailbox_id;
}

import type { MailboxId } from '../../../shared/domain';
import { COLLECTIONS } from '../collections';
import { removeOrdersOf } from '../orders/drop-orders';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';
import { removePlacement } from './placements';

const PLACEMENTS_IN = readSql<{ id: number; message_id: number; verified: number }>(
  `SELECT id, message_id, verified FROM placements WHERE mailbox_id = ? AND verified = 1
   UNION ALL SELECT id, message_id, verified FROM placements WHERE mailbox_id = ? AND verified = 0`,
);
const DELETE_MAILBOX = writeSql('DELETE FROM mailboxes WHERE id = ?');
const DELETE_LIST = writeSql('DELETE FROM lists WHERE list_id = ?');
const MEMBERS = readSql<{ n: number }>('SELECT count(*) AS n FROM memberships WHERE mailbox_id = ?');

/**
 * Takes a mailbox that is gone for good out of the store; its messages become orphans, so that a move elsewhere still
 * finds them. While intents keep messages in it, only its facts go and the row waits for the next listing.
 */
export function removeMailboxRows(tx: WriteTx, mailboxId: MailboxId): void {
  const { db } = tx;
  const placements = prepared(db, PLACEMENTS_IN).all(mailboxId, mailboxId);
  for (const row of placements)
    removePlacement(tx, row.id, row.message_id, row.verified === 1 ? mailboxId : null);
  tx.log(COLLECTIONS.mailboxes, mailboxId, 'remove');
  if (placements.length > 0 || (prepared(db, MEMBERS).get(mailboxId)?.n ?? 0) > 0) return;
  prepared(db, DELETE_LIST).run(mailboxId);
  removeOrdersOf(tx, mailboxId);
  prepared(db, DELETE_MAILBOX).run(mailboxId);
  tx.touch('lists');
}

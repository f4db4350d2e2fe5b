import { deleteDoc } from '../search/docs';
import { prepared, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';

// Bodies and attachments go with the message by foreign key; a thread keeps its ids (SYNC-329).
const STATEMENTS = [
  'DELETE FROM placements WHERE message_id = ?',
  'DELETE FROM memberships WHERE message_id = ?',
  'DELETE FROM pending_targets WHERE message_id = ?',
  'DELETE FROM messages WHERE id = ?',
].map(writeSql);

/** Removes a message that is shown nowhere any more. */
export function deleteMessage(tx: WriteTx, messageId: number): void {
  deleteDoc(tx, messageId);
  for (const statement of STATEMENTS) prepared(tx.db, statement).run(messageId);
  tx.dirty.messages.delete(messageId);
  tx.touch(`body:${messageId}`);
}

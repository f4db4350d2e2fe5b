import type { MailboxId, MessageId } from '../../../shared/domain';
import { COLLECTIONS } from '../collections';
import { prepared, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';

const ADD = writeSql('INSERT OR IGNORE INTO local_labels (message_id, keyword) VALUES (?, ?)');
const DROP = writeSql('DELETE FROM local_labels WHERE message_id = ? AND keyword = ?');
const SET_LABELS_HERE = writeSql(
  'UPDATE mailboxes SET labels_here = ? WHERE id = ? AND labels_here IS NOT ?',
);

/** Labels of a message that stay on this computer because its server keeps none (SYNC-092). */
export function keepLabelsHere(tx: WriteTx, messageId: MessageId, keywords: readonly string[]): void {
  for (const keyword of keywords) prepared(tx.db, ADD).run(messageId, keyword.toLowerCase());
  if (keywords.length > 0) tx.dirty.messages.add(messageId);
}

/** The user took them away; of labels the server has nothing changes here. */
export function dropLabelsHere(tx: WriteTx, messageId: MessageId, keywords: readonly string[]): void {
  for (const keyword of keywords) prepared(tx.db, DROP).run(messageId, keyword.toLowerCase());
}

/** Whether labels given in this mailbox stay here, as the server has just said. */
export function setLabelsHere(tx: WriteTx, mailboxId: MailboxId, here: boolean): void {
  const value = here ? 1 : 0;
  if (prepared(tx.db, SET_LABELS_HERE).run(value, mailboxId, value).changes === 0) return;
  tx.log(COLLECTIONS.mailboxes, mailboxId, 'change');
}

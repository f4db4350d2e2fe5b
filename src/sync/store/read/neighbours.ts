import type { MailboxId, MessageId } from '../../../shared/domain';
import type { ReadableDb } from '../handles';
import { prepared, readSql } from '../sql';

const PLACE = readSql<{ mailbox_id: number; received_at: number }>(
  'SELECT mailbox_id, received_at FROM memberships WHERE message_id = ? ORDER BY mailbox_id',
);
const BELOW = readSql<{ message_id: number }>(
  `SELECT message_id FROM memberships WHERE mailbox_id = ? AND (received_at, message_id) < (?, ?)
   ORDER BY received_at DESC, message_id DESC LIMIT ?`,
);
const ABOVE = readSql<{ message_id: number }>(
  `SELECT message_id FROM memberships WHERE mailbox_id = ? AND (received_at, message_id) > (?, ?)
   ORDER BY received_at, message_id LIMIT ?`,
);

/**
 * The messages a person is likely to open next: by date, those below and then those above in the mailbox on screen, or in
 * one the message is in.
 */
export function neighboursOf(
  db: ReadableDb,
  messageId: MessageId,
  {
    mailboxId,
    below,
    above,
  }: { readonly mailboxId: MailboxId | null; readonly below: number; readonly above: number },
): MessageId[] {
  const places = prepared(db, PLACE).all(messageId);
  const place = places.find((candidate) => candidate.mailbox_id === mailboxId) ?? places[0];
  if (!place) return [];
  const at = [place.mailbox_id, place.received_at, messageId] as const;
  return [...prepared(db, BELOW).all(...at, below), ...prepared(db, ABOVE).all(...at, above)].map(
    ({ message_id }) => message_id as MessageId,
  );
}

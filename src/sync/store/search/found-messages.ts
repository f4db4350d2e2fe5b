import type { MailboxId, MessageId } from '../../../shared/domain';
import type { ReadableDb } from '../handles';
import { prepared, readSql } from '../sql';

const MESSAGE = readSql<FoundMessage>(
  `SELECT id, thread_id, account_id, subject, snippet, from_name, from_address, received_at, size, keywords,
     has_attachment, body_state FROM messages WHERE id = ?`,
);
const WHERE = readSql<{ id: MailboxId; path: string }>(
  `SELECT b.id, b.path FROM memberships s CROSS JOIN mailboxes b ON b.id = s.mailbox_id WHERE s.message_id = ?`,
);

/** What a row of a result shows of its message. */
export interface FoundMessage {
  readonly id: MessageId;
  readonly thread_id: number;
  readonly account_id: number;
  readonly subject: string;
  readonly snippet: string;
  readonly from_name: string;
  readonly from_address: string;
  readonly received_at: number;
  readonly size: number;
  readonly keywords: string;
  readonly has_attachment: number;
  readonly body_state: string;
}

export function foundMessage(db: ReadableDb, messageId: MessageId): FoundMessage | null {
  return prepared(db, MESSAGE).get(messageId) ?? null;
}

/** Where a message lies, by its path there. */
export function placesOf(db: ReadableDb, messageId: MessageId): { id: MailboxId; path: string }[] {
  return prepared(db, WHERE).all(messageId);
}

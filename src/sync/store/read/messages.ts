import type { AccountId, MailboxId, MessageId, ThreadId } from '../../../shared/domain';
import type { ReadableDb } from '../handles';
import { prepared, readSql } from '../sql';

const ACCOUNT = readSql<{ account_id: number }>('SELECT account_id FROM messages WHERE id = ?');

/** The account a message belongs to, or null when there is no such message. */
export function messageAccount(db: ReadableDb, messageId: MessageId): AccountId | null {
  return (prepared(db, ACCOUNT).get(messageId)?.account_id ?? null) as AccountId | null;
}

const ACCOUNTS = readSql<{ account_id: AccountId }>(
  'SELECT account_id FROM messages WHERE id IN (SELECT value FROM json_each(?))',
);

/** The accounts these messages belong to; those that do not exist any more are left out. */
export function messageAccounts(db: ReadableDb, messageIds: readonly MessageId[]): Set<AccountId> {
  const rows = prepared(db, ACCOUNTS).all(JSON.stringify(messageIds));
  return new Set(rows.map(({ account_id }) => account_id));
}

export type BodyState = 'none' | 'queued' | 'here' | 'gone' | 'unreadable';

const BODY_STATE = readSql<{ body_state: BodyState }>('SELECT body_state FROM messages WHERE id = ?');

/** Where the body of a message is, or null when there is no such message. */
export function bodyState(db: ReadableDb, messageId: MessageId): BodyState | null {
  return prepared(db, BODY_STATE).get(messageId)?.body_state ?? null;
}

/** Everything stored about one message besides its body. */
export interface MessageRecord {
  readonly id: MessageId;
  readonly thread_id: ThreadId;
  readonly account_id: AccountId;
  readonly subject: string;
  readonly snippet: string;
  readonly headers_json: string;
  readonly received_at: number;
  readonly date: number;
  readonly size: number;
  readonly keywords: string;
  readonly has_attachment: number;
  readonly parts_json: string;
  readonly body_state: BodyState;
}

const COLUMNS = `m.id, m.thread_id, m.account_id, m.subject, m.snippet, m.headers_json, m.received_at, m.date, m.size,
  m.keywords, m.has_attachment, m.parts_json, m.body_state`;
const MESSAGE = readSql<MessageRecord>(`SELECT ${COLUMNS} FROM messages m WHERE m.id = ?`);
const THREAD_MESSAGES = readSql<MessageRecord>(`SELECT ${COLUMNS} FROM messages m WHERE m.thread_id = ?`);
const MERGED_INTO = readSql<{ merged_into: ThreadId | null }>('SELECT merged_into FROM threads WHERE id = ?');
const SHOWN_IN = readSql<{ mailbox_id: MailboxId }>(
  'SELECT mailbox_id FROM memberships WHERE message_id = ? ORDER BY mailbox_id',
);
const THREAD_SHOWN_IN = readSql<{ mailbox_id: MailboxId }>(
  `SELECT s.mailbox_id FROM messages a CROSS JOIN messages m ON m.thread_id = a.thread_id
     CROSS JOIN memberships s ON s.message_id = m.id WHERE a.id = ?`,
);
const IN_MAILBOX = readSql<MessageRecord>(
  `SELECT ${COLUMNS} FROM (SELECT message_id FROM memberships s
     WHERE mailbox_id = ? AND (received_at, message_id) < (?, ?)
       AND NOT EXISTS (SELECT 1 FROM snoozes z WHERE z.message_id = s.message_id AND z.mailbox_id = s.mailbox_id
                       AND z.state = 'asleep')
     ORDER BY received_at DESC, message_id DESC LIMIT ?) k CROSS JOIN messages m ON m.id = k.message_id`,
);
const IN_ACCOUNT = readSql<MessageRecord>(
  `SELECT ${COLUMNS} FROM messages m INDEXED BY messages_received
   WHERE m.account_id = ? AND (m.received_at, m.id) < (?, ?)
     AND EXISTS (SELECT 1 FROM memberships s WHERE s.message_id = m.id)
   ORDER BY m.received_at DESC, m.id DESC LIMIT ?`,
);

export function getMessage(db: ReadableDb, messageId: MessageId): MessageRecord | null {
  return prepared(db, MESSAGE).get(messageId) ?? null;
}

/** Where a message is shown, ascending. */
export function mailboxesOf(db: ReadableDb, messageId: MessageId): MailboxId[] {
  return prepared(db, SHOWN_IN)
    .all(messageId)
    .map(({ mailbox_id }) => mailbox_id);
}

/** Where the messages of its conversation are shown; a mailbox may be named more than once. */
export function threadMailboxes(db: ReadableDb, messageId: MessageId): MailboxId[] {
  return prepared(db, THREAD_SHOWN_IN)
    .all(messageId)
    .map(({ mailbox_id }) => mailbox_id);
}

/** All stored messages of a thread, oldest first; an id from before a merge leads to what it became (SYNC-326). */
export function threadMessages(db: ReadableDb, threadId: ThreadId): MessageRecord[] {
  let id = threadId;
  for (;;) {
    const next = prepared(db, MERGED_INTO).get(id)?.merged_into;
    if (next === null || next === undefined) break;
    id = next;
  }
  return prepared(db, THREAD_MESSAGES)
    .all(id)
    .sort((a, b) => a.received_at - b.received_at || a.id - b.id);
}

/** Where a page of messages ended; the next one goes on behind it. */
export interface MessageCursor {
  readonly receivedAt: number;
  readonly id: number;
}

export const NEWEST_FIRST: MessageCursor = {
  receivedAt: Number.MAX_SAFE_INTEGER,
  id: Number.MAX_SAFE_INTEGER,
};

/** Messages shown in a mailbox, newest first; what is put off there is not. */
export function messagesInMailbox(
  db: ReadableDb,
  mailboxId: MailboxId,
  cursor: MessageCursor,
  limit: number,
): MessageRecord[] {
  return prepared(db, IN_MAILBOX).all(mailboxId, cursor.receivedAt, cursor.id, limit);
}

/** Messages of an account that are shown anywhere, newest first. */
export function messagesInAccount(
  db: ReadableDb,
  accountId: AccountId,
  cursor: MessageCursor,
  limit: number,
): MessageRecord[] {
  return prepared(db, IN_ACCOUNT).all(accountId, cursor.receivedAt, cursor.id, limit);
}

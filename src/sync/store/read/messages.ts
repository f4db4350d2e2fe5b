import type { AccountId, MessageId } from '../../../shared/domain';
import type { ReadableDb } from '../handles';
import { prepared, readSql } from '../sql';

const ACCOUNT = readSql<{ account_id: number }>('SELECT account_id FROM messages WHERE id = ?');

/** The account a message belongs to, or null when there is no such message. */
export function messageAccount(db: ReadableDb, messageId: MessageId): AccountId | null {
  return (prepared(db, ACCOUNT).get(messageId)?.account_id ?? null) as AccountId | null;
}

export type BodyState = 'none' | 'queued' | 'here' | 'gone' | 'unreadable';

const BODY_STATE = readSql<{ body_state: BodyState }>('SELECT body_state FROM messages WHERE id = ?');

/** Where the body of a message is, or null when there is no such message. */
export function bodyState(db: ReadableDb, messageId: MessageId): BodyState | null {
  return prepared(db, BODY_STATE).get(messageId)?.body_state ?? null;
}

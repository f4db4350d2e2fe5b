import type { AccountId, MessageId, Protocol } from '../../../shared/domain';
import type { ReadableDb } from '../handles';
import type { Snooze } from '../snooze';
import { prepared, readSql } from '../sql';
import { readSnooze } from './snoozes';

/** What people see of one message now. */
export interface MessageScreen {
  readonly messageId: MessageId;
  readonly accountId: AccountId;
  readonly protocol: Protocol;
  /** The last round with its server went through; true for local accounts. */
  readonly online: boolean;
  /** Packed. */
  readonly keywords: string;
  readonly mailboxIds: readonly number[];
  readonly snooze: Snooze | null;
}

const MESSAGE = readSql<{ account_id: AccountId; keywords: string; protocol: Protocol; state: string }>(
  `SELECT m.account_id, m.keywords, a.protocol, a.state FROM messages m JOIN accounts a ON a.id = m.account_id
   WHERE m.id = ? AND a.state <> 'removing'`,
);
const SHOWN_IN = readSql<{ mailbox_id: number }>('SELECT mailbox_id FROM memberships WHERE message_id = ?');

/** Null when there is no such message, or its account is being removed. */
export function messageScreen(db: ReadableDb, messageId: MessageId): MessageScreen | null {
  const row = prepared(db, MESSAGE).get(messageId);
  if (!row) return null;
  return {
    messageId,
    accountId: row.account_id,
    protocol: row.protocol,
    online: row.state === 'ok',
    keywords: row.keywords,
    mailboxIds: prepared(db, SHOWN_IN)
      .all(messageId)
      .map(({ mailbox_id }) => mailbox_id),
    snooze: readSnooze(db, messageId),
  };
}

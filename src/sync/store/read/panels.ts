import type { SyncLogView } from '../../../shared/contract/views';
import type { AccountId, ChangeId, MailboxId, MessageId } from '../../../shared/domain';
import type { ReadableDb } from '../handles';
import { prepared, readSql } from '../sql';
import type { PendingRecord } from './pending';

const PENDING = readSql<PendingRecord>('SELECT * FROM pending_changes WHERE id > ? ORDER BY id LIMIT ?');
const PARKED = readSql<PendingRecord>(
  "SELECT * FROM pending_changes WHERE state = 'parked' AND id > ? ORDER BY id LIMIT ?",
);
const COUNT_TARGETS = readSql<{ n: number }>('SELECT count(*) AS n FROM pending_targets WHERE change_id = ?');
const SOME_TARGETS = readSql<{ id: MessageId; subject: string; from_name: string; from_address: string }>(
  `SELECT m.id, m.subject, m.from_name, m.from_address FROM pending_targets t JOIN messages m ON m.id = t.message_id
   WHERE t.change_id = ? LIMIT 3`,
);
const SERVER_MAILBOXES = readSql<{ id: MailboxId }>(
  `SELECT p.mailbox_id AS id FROM pending_targets t JOIN placements p ON p.message_id = t.message_id
   WHERE t.change_id = ?`,
);
const LOG = readSql<SyncLogRecord>('SELECT * FROM sync_log WHERE id > ? ORDER BY id DESC LIMIT ?');
const ACCOUNT_LOG = readSql<SyncLogRecord>(
  'SELECT * FROM sync_log WHERE account_id = ? AND id > ? ORDER BY id DESC LIMIT ?',
);
const LISTS = readSql<ListRecord>(
  'SELECT list_id, mode, rows, unread_rows, unread_messages, messages, threads, unread_threads FROM lists',
);
const ACCOUNT_COUNTERS = readSql<AccountCounters>(
  `SELECT messages AS total, unread_messages AS unread, threads, unread_threads AS unreadThreads
   FROM account_counters WHERE account_id = ?`,
);
const SEQ = readSql<{ seq: number | null }>('SELECT max(seq) AS seq FROM change_log');
const COMPLETE = readSql<{ backfill_complete: number }>(
  'SELECT backfill_complete FROM sync_state WHERE mailbox_id = ?',
);

export interface ListRecord {
  readonly list_id: number;
  readonly mode: 'threads' | 'messages';
  readonly rows: number;
  readonly unread_rows: number;
  readonly unread_messages: number;
  readonly messages: number;
  /** Conversations, also where a row is one message. */
  readonly threads: number;
  readonly unread_threads: number;
}

/** What an account has outside of trash and junk, pending changes included (SYNC-380). */
export interface AccountCounters {
  readonly total: number;
  readonly unread: number;
  readonly threads: number;
  readonly unreadThreads: number;
}

export interface SyncLogRecord {
  readonly id: number;
  readonly account_id: AccountId;
  readonly kind: SyncLogView['kind'];
  readonly mailbox: string | null;
  readonly cause: SyncLogView['trigger'];
  readonly started_at: number;
  readonly finished_at: number | null;
  readonly result: SyncLogView['result'];
  readonly seen: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly pushed: number;
  readonly parked: number;
  readonly bytes_in: number;
  readonly bytes_out: number;
  readonly round_trips: number;
  readonly failure_json: string | null;
  readonly checkpoint_before: string | null;
  readonly checkpoint_after: string | null;
}

/** Queue rows in order of intent; after one of them, or from the first on. */
export function listPending(
  db: ReadableDb,
  state: 'all' | 'parked',
  limit: number,
  afterId: ChangeId | null,
): PendingRecord[] {
  return prepared(db, state === 'all' ? PENDING : PARKED).all(afterId ?? 0, limit);
}

/** How many messages a change concerns, up to three of them, and in which mailboxes the server has them. */
export function pendingMessages(db: ReadableDb, changeId: ChangeId) {
  return {
    count: prepared(db, COUNT_TARGETS).get(changeId)?.n ?? 0,
    some: prepared(db, SOME_TARGETS).all(changeId),
    serverMailboxIds: [
      ...new Set(
        prepared(db, SERVER_MAILBOXES)
          .all(changeId)
          .map(({ id }) => id),
      ),
    ],
  };
}

/** Rows of the sync log newer than `afterId`, newest first. */
export function listSyncLog(
  db: ReadableDb,
  accountId: AccountId | null,
  afterId: number,
  limit: number,
): SyncLogRecord[] {
  return accountId === null
    ? prepared(db, LOG).all(afterId, limit)
    : prepared(db, ACCOUNT_LOG).all(accountId, afterId, limit);
}

export function listAllCounters(db: ReadableDb): ListRecord[] {
  return prepared(db, LISTS).all();
}

export function accountCounters(db: ReadableDb, accountId: AccountId): AccountCounters {
  return (
    prepared(db, ACCOUNT_COUNTERS).get(accountId) ?? { total: 0, unread: 0, threads: 0, unreadThreads: 0 }
  );
}

/** The change log's newest position: a read of the same snapshot contains everything up to it. */
export function currentSeq(db: ReadableDb): number {
  return prepared(db, SEQ).get()?.seq ?? 0;
}

/** True when every header the server has in the mailbox is stored. */
export function isBackfillComplete(db: ReadableDb, mailboxId: number): boolean {
  return prepared(db, COMPLETE).get(mailboxId)?.backfill_complete === 1;
}

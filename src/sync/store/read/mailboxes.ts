import type { AccountId, ChangeId, MailboxId, MailboxRole } from '../../../shared/domain';
import type { Checkpoint, MailboxStatus } from '../../../shared/observation';
import type { ReadableDb } from '../handles';
import type { MailboxRow } from '../rows';
import { prepared, readSql } from '../sql';

export interface MailboxRecord {
  id: number;
  account_id: number;
  parent_id: number | null;
  remote_key: string | null;
  remote_id: string | null;
  path: string;
  name: string;
  delimiter: string | null;
  role: MailboxRole | null;
  role_override: MailboxRole | null;
  selectable: number;
  subscribed: number;
  namespace: MailboxRow['namespace'];
  policy: MailboxRow['policy'];
  server_total: number | null;
  server_unseen: number | null;
  status_json: string | null;
  last_synced_at: number | null;
  tombstoned_at: number | null;
  created_by_change: number | null;
  stored_count: number;
  body_count: number;
}

const MAILBOX = readSql<MailboxRecord>('SELECT * FROM mailboxes WHERE id = ?');
const MAILBOXES = readSql<MailboxRecord>('SELECT * FROM mailboxes WHERE account_id = ?');
const CHECKPOINT = readSql<{ checkpoint_json: string }>(
  'SELECT checkpoint_json FROM sync_state WHERE mailbox_id = ?',
);

export function getMailbox(db: ReadableDb, mailboxId: MailboxId): MailboxRow | null {
  const record = prepared(db, MAILBOX).get(mailboxId);
  return record ? toMailbox(record) : null;
}

/** Every mailbox of the account, tombstoned ones included. */
export function listMailboxes(db: ReadableDb, accountId: AccountId): MailboxRow[] {
  return prepared(db, MAILBOXES).all(accountId).map(toMailbox);
}

/** The account's mailbox with that role, or null; tombstoned ones do not count. */
export function findRole(db: ReadableDb, accountId: AccountId, role: MailboxRole): MailboxRow | null {
  return (
    listMailboxes(db, accountId).find((mailbox) => mailbox.role === role && mailbox.tombstonedAt === null) ??
    null
  );
}

/** Where the mailbox is synced to; null before its first batch. */
export function getCheckpoint(db: ReadableDb, mailboxId: MailboxId): Checkpoint | null {
  const row = prepared(db, CHECKPOINT).get(mailboxId);
  return row ? (JSON.parse(row.checkpoint_json) as Checkpoint) : null;
}

function toMailbox(record: MailboxRecord): MailboxRow {
  return {
    id: record.id as MailboxId,
    accountId: record.account_id as AccountId,
    parentId: record.parent_id as MailboxId | null,
    remoteKey: record.remote_key,
    remoteId: record.remote_id,
    path: record.path,
    name: record.name,
    delimiter: record.delimiter,
    role: record.role_override ?? record.role,
    selectable: record.selectable === 1,
    subscribed: record.subscribed === 1,
    namespace: record.namespace,
    policy: record.policy,
    serverTotal: record.server_total,
    serverUnseen: record.server_unseen,
    status: record.status_json === null ? null : (JSON.parse(record.status_json) as MailboxStatus),
    lastSyncedAt: record.last_synced_at,
    tombstonedAt: record.tombstoned_at,
    createdByChange: record.created_by_change as ChangeId | null,
    stored: record.stored_count,
    bodies: record.body_count,
  };
}

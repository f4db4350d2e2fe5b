import type { AccountId, ChangeId, MailboxId, MailboxRole } from '../../../shared/domain';
import type { MailboxStatus } from '../../../shared/observation';
import type { ReadableDb } from '../handles';
import { prepared, readSql } from '../sql';

export interface MailboxRow {
  readonly id: MailboxId;
  readonly accountId: AccountId;
  readonly parentId: MailboxId | null;
  /** The server's name for it; empty until a mailbox made here exists upstream, and in local accounts. */
  readonly remoteKey: string;
  readonly remoteId: string | null;
  readonly path: string;
  readonly name: string;
  readonly delimiter: string | null;
  /** The user's choice, else the server's. */
  readonly role: MailboxRole | null;
  readonly selectable: boolean;
  readonly subscribed: boolean;
  readonly namespace: 'personal' | 'other' | 'shared';
  readonly policy: 'off' | 'headers' | 'text' | 'everything';
  /** Bodies of older messages are not loaded unasked; null = of all. */
  readonly ageLimitDays: number | null;
  readonly serverTotal: number | null;
  readonly serverUnseen: number | null;
  /** STATUS of the last listing. */
  readonly status: MailboxStatus | null;
  readonly lastSyncedAt: number | null;
  readonly tombstonedAt: number | null;
  readonly createdByChange: ChangeId | null;
  /** Messages whose header facts are stored, and of these the ones whose body is. */
  readonly storedCount: number;
  readonly bodyCount: number;
  /** Whether labels given in it stay here, as its server said last (SYNC-092). */
  readonly labelsHere: boolean;
  /** Of these, what a search finds, and what it finds by its text. */
  readonly indexedCount: number;
  readonly indexedBodies: number;
  /** Last compared with its server in full (SYNC-058); null = not yet. */
  readonly verifiedAt: number | null;
}

/** Stands in role_override of a mailbox whose role of the server's the user has given to another one (SYNC-037). */
export const NO_ROLE = 'none';

interface MailboxRecord {
  id: number;
  account_id: number;
  parent_id: number | null;
  remote_key: string | null;
  remote_id: string | null;
  path: string;
  name: string;
  delimiter: string | null;
  role: MailboxRole | null;
  role_override: MailboxRole | typeof NO_ROLE | null;
  selectable: number;
  subscribed: number;
  namespace: MailboxRow['namespace'];
  policy: MailboxRow['policy'];
  age_limit_days: number | null;
  server_total: number | null;
  server_unseen: number | null;
  status_json: string | null;
  last_synced_at: number | null;
  tombstoned_at: number | null;
  created_by_change: number | null;
  stored_count: number;
  body_count: number;
  labels_here: number | null;
  indexed_count: number;
  indexed_bodies: number;
  verified_at: number | null;
}

const MAILBOX = readSql<MailboxRecord>('SELECT * FROM mailboxes WHERE id = ?');
const MAILBOXES = readSql<MailboxRecord>('SELECT * FROM mailboxes WHERE account_id = ?');

export function getMailbox(db: ReadableDb, mailboxId: MailboxId): MailboxRow | null {
  const record = prepared(db, MAILBOX).get(mailboxId);
  return record ? toMailbox(record) : null;
}

/** Every mailbox of the account, tombstoned ones included. */
export function listMailboxes(db: ReadableDb, accountId: AccountId): MailboxRow[] {
  return prepared(db, MAILBOXES).all(accountId).map(toMailbox);
}

/** The account's mailbox with that role, or null; tombstoned ones do not count. */
export function mailboxByRole(db: ReadableDb, accountId: AccountId, role: MailboxRole): MailboxRow | null {
  return (
    listMailboxes(db, accountId).find((mailbox) => mailbox.role === role && mailbox.tombstonedAt === null) ??
    null
  );
}

function toMailbox(record: MailboxRecord): MailboxRow {
  return {
    id: record.id as MailboxId,
    accountId: record.account_id as AccountId,
    parentId: record.parent_id as MailboxId | null,
    remoteKey: record.remote_key ?? '',
    remoteId: record.remote_id,
    path: record.path,
    name: record.name,
    delimiter: record.delimiter,
    role: record.role_override === NO_ROLE ? null : (record.role_override ?? record.role),
    selectable: record.selectable === 1,
    subscribed: record.subscribed === 1,
    namespace: record.namespace,
    policy: record.policy,
    ageLimitDays: record.age_limit_days,
    serverTotal: record.server_total,
    serverUnseen: record.server_unseen,
    status: record.status_json === null ? null : (JSON.parse(record.status_json) as MailboxStatus),
    lastSyncedAt: record.last_synced_at,
    tombstonedAt: record.tombstoned_at,
    createdByChange: record.created_by_change as ChangeId | null,
    storedCount: record.stored_count,
    bodyCount: record.body_count,
    labelsHere: record.labels_here === 1,
    indexedCount: record.indexed_count,
    indexedBodies: record.indexed_bodies,
    verifiedAt: record.verified_at,
  };
}

import type { AccountId, AccountState, Protocol } from '../../../shared/domain';
import type { Failure } from '../../../shared/failure';
import type { ReadableDb } from '../handles';
import type { AccountRow, AccountSettings } from '../rows';
import { prepared, readSql } from '../sql';

interface AccountRecord {
  id: number;
  protocol: Protocol;
  name: string;
  email: string;
  hue: number;
  position: number;
  state: AccountState;
  failure_json: string | null;
  paused: number;
  settings_json: string | null;
  secret_ref: string | null;
  pinned_json: string;
  last_synced_at: number | null;
  watch: 'idle' | 'poll' | 'none';
  created_at: number;
  removed_at: number | null;
}

const ACCOUNT = readSql<AccountRecord>('SELECT * FROM accounts WHERE id = ?');
const ACCOUNTS = readSql<AccountRecord>('SELECT * FROM accounts ORDER BY id');

/** Null when there is no such account. */
export function getAccount(db: ReadableDb, accountId: AccountId): AccountRow | null {
  const record = prepared(db, ACCOUNT).get(accountId);
  return record ? toAccount(record) : null;
}

/** All accounts by position, those being removed included: look at `removedAt`. */
export function listAccounts(db: ReadableDb): AccountRow[] {
  return prepared(db, ACCOUNTS)
    .all()
    .map(toAccount)
    .sort((a, b) => a.position - b.position || a.id - b.id);
}

function toAccount(record: AccountRecord): AccountRow {
  return {
    id: record.id as AccountId,
    protocol: record.protocol,
    name: record.name,
    email: record.email,
    hue: record.hue,
    position: record.position,
    state: record.state,
    failure: record.failure_json === null ? null : (JSON.parse(record.failure_json) as Failure),
    paused: record.paused === 1,
    settings: record.settings_json === null ? null : (JSON.parse(record.settings_json) as AccountSettings),
    secretRef: record.secret_ref,
    pinned: JSON.parse(record.pinned_json) as AccountRow['pinned'],
    lastSyncedAt: record.last_synced_at,
    watch: record.watch,
    createdAt: record.created_at,
    removedAt: record.removed_at,
  };
}

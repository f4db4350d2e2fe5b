import type { ImapAccountInput } from '../../../shared/contract/methods';
import type { AccountId, AccountState, Protocol } from '../../../shared/domain';
import type { Failure } from '../../../shared/failure';
import type { ReadableDb } from '../handles';
import { prepared, readSql } from '../sql';

export interface AccountRow {
  readonly id: AccountId;
  readonly protocol: Protocol;
  readonly name: string;
  readonly email: string;
  readonly hue: number;
  readonly position: number;
  readonly state: AccountState;
  readonly failure: Failure | null;
  readonly paused: boolean;
  /** What it was set up with; the secret is only named by its handle (SYNC-005). Null for local accounts. */
  readonly settings: ImapAccountInput | null;
  readonly lastSyncedAt: number | null;
  readonly watch: 'idle' | 'poll' | 'none';
  readonly createdAt: number;
}

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
}

const ACCOUNT = readSql<AccountRecord>('SELECT * FROM accounts WHERE id = ?');
const ACCOUNTS = readSql<AccountRecord>('SELECT * FROM accounts ORDER BY id');

/** Null when there is no such account. */
export function getAccount(db: ReadableDb, accountId: AccountId): AccountRow | null {
  const record = prepared(db, ACCOUNT).get(accountId);
  return record ? toAccount(record) : null;
}

/** All accounts by position, those being removed included: look at `state`. */
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
    settings: toSettings(record),
    lastSyncedAt: record.last_synced_at,
    watch: record.watch,
    createdAt: record.created_at,
  };
}

/** The account with that server and login, or null (SYNC-006). Host names have no case, logins may. */
export function findAccountByLogin(
  db: ReadableDb,
  login: { readonly host: string; readonly user: string },
): AccountRow | null {
  return (
    listAccounts(db).find(
      ({ settings }) =>
        settings !== null &&
        settings.imap.host.toLowerCase() === login.host.toLowerCase() &&
        settings.imap.user === login.user,
    ) ?? null
  );
}

/** The account that carries a handle of the vault, or null. */
export function findAccountBySecret(db: ReadableDb, secretRef: string): AccountRow | null {
  return listAccounts(db).find(({ settings }) => settings?.secretRef === secretRef) ?? null;
}

function toSettings(record: AccountRecord): ImapAccountInput | null {
  if (record.settings_json === null) return null;
  return {
    ...(JSON.parse(record.settings_json) as Omit<ImapAccountInput, 'secretRef' | 'pinned'>),
    secretRef: record.secret_ref ?? '',
    pinned: JSON.parse(record.pinned_json) as ImapAccountInput['pinned'],
  };
}

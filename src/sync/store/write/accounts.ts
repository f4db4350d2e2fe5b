import type { PinnedCertificate } from '../../../shared/contract/methods';
import type { AccountId, AccountState, Protocol } from '../../../shared/domain';
import type { Failure } from '../../../shared/failure';
import { assert } from '../assert';
import { COLLECTIONS } from '../collections';
import type { AccountSettings } from '../rows';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';

const TAKEN = readSql<{ hue: number; position: number }>('SELECT hue, position FROM accounts');
const INSERT = writeSql(
  `INSERT INTO accounts (protocol, name, email, hue, position, state, settings_json, secret_ref, pinned_json, created_at)
   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
);
const SET_STATE = writeSql(
  `UPDATE accounts SET state = ?, failure_json = ?, last_synced_at = coalesce(?, last_synced_at),
     watch = coalesce(?, watch) WHERE id = ?`,
);
const UPDATE = writeSql(
  `UPDATE accounts SET name = coalesce(?, name), hue = coalesce(?, hue), position = coalesce(?, position),
     paused = coalesce(?, paused), secret_ref = coalesce(?, secret_ref), pinned_json = coalesce(?, pinned_json)
   WHERE id = ?`,
);
const SET_MAILBOX_SYNCED = writeSql('UPDATE mailboxes SET last_synced_at = ? WHERE id = ?');

const HUES = 8;

export interface NewAccount {
  readonly protocol: Protocol;
  readonly name: string;
  readonly email: string;
  readonly state: AccountState;
  readonly settings: AccountSettings | null;
  readonly secretRef: string | null;
  readonly pinned: readonly PinnedCertificate[];
}

/** A new account at the end of the list, in the first hue nobody has. */
export function createAccount(tx: WriteTx, account: NewAccount): AccountId {
  const taken = prepared(tx.db, TAKEN).all();
  const hues = taken.map(({ hue }) => hue);
  const free = Array.from({ length: HUES }, (_, hue) => hue).find((hue) => !hues.includes(hue));
  const { lastInsertRowid } = prepared(tx.db, INSERT).run(
    account.protocol,
    account.name,
    account.email,
    free ?? taken.length % HUES,
    Math.max(-1, ...taken.map(({ position }) => position)) + 1,
    account.state,
    account.settings === null ? null : JSON.stringify(account.settings),
    account.secretRef,
    JSON.stringify(account.pinned),
    tx.nowMs,
  );
  const id = Number(lastInsertRowid) as AccountId;
  tx.log(COLLECTIONS.accounts, id, 'add');
  return id;
}

/** What the supervisor knows of the account; undefined keeps what is stored. */
export function setAccountState(
  tx: WriteTx,
  accountId: AccountId,
  state: {
    readonly state: AccountState;
    readonly failure: Failure | null;
    readonly lastSyncedAt?: number | undefined;
    readonly watch?: 'idle' | 'poll' | 'none' | undefined;
  },
): void {
  prepared(tx.db, SET_STATE).run(
    state.state,
    state.failure === null ? null : JSON.stringify(state.failure),
    state.lastSyncedAt ?? null,
    state.watch ?? null,
    accountId,
  );
  tx.log(COLLECTIONS.accounts, accountId, 'change');
}

export function updateAccount(
  tx: WriteTx,
  accountId: AccountId,
  patch: {
    readonly name?: string | undefined;
    readonly hue?: number | undefined;
    readonly position?: number | undefined;
    readonly paused?: boolean | undefined;
    readonly secretRef?: string | undefined;
    readonly pinned?: readonly PinnedCertificate[] | undefined;
  },
): void {
  const { changes } = prepared(tx.db, UPDATE).run(
    patch.name ?? null,
    patch.hue ?? null,
    patch.position ?? null,
    patch.paused === undefined ? null : patch.paused ? 1 : 0,
    patch.secretRef ?? null,
    patch.pinned === undefined ? null : JSON.stringify(patch.pinned),
    accountId,
  );
  assert(changes === 1, 'the account to update exists');
  tx.log(COLLECTIONS.accounts, accountId, 'change');
}

/** End of the last successful cycle that covered the mailbox (SYNC-313). */
export function setMailboxSynced(tx: WriteTx, mailboxId: number, atMs: number): void {
  prepared(tx.db, SET_MAILBOX_SYNCED).run(atMs, mailboxId);
  tx.log(COLLECTIONS.mailboxes, mailboxId, 'change');
}

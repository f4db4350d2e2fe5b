import type { ImapAccountInput, PinnedCertificate } from '../../../shared/contract/methods';
import type { OAuthClient } from '../../../shared/contract/oauth-settings';
import type { SubmissionSettings } from '../../../shared/contract/submission-settings';
import type { AccountId, AccountState, Protocol } from '../../../shared/domain';
import type { Failure } from '../../../shared/failure';
import { assert } from '../assert';
import { COLLECTIONS } from '../collections';
import type { MailboxRow } from '../read/mailboxes';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';
import { firstIdentity, insertIdentity } from './identities';

type MailboxPolicy = MailboxRow['policy'];

const LAST_POSITION = readSql<{ position: number | null }>('SELECT max(position) AS position FROM accounts');
const INSERT = writeSql(
  `INSERT INTO accounts (protocol, name, email, hue, position, state, settings_json, secret_ref, pinned_json, created_at)
   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
);
const SET_STATE = writeSql(
  `UPDATE accounts SET state = coalesce(?, state), last_synced_at = coalesce(?, last_synced_at),
     watch = coalesce(?, watch) WHERE id = ?`,
);
const SET_FAILURE = writeSql('UPDATE accounts SET failure_json = ? WHERE id = ?');
const UPDATE = writeSql(
  `UPDATE accounts SET name = coalesce(?, name), hue = coalesce(?, hue), position = coalesce(?, position),
     paused = coalesce(?, paused), secret_ref = coalesce(?, secret_ref), pinned_json = coalesce(?, pinned_json)
   WHERE id = ?`,
);
// Null has to stay null: a merge patch would remove the key.
const SET_SERVER = writeSql(
  `UPDATE accounts SET settings_json = json_set(settings_json, '$.imap', json(@server -> '$.imap'),
     '$.caPem', json_extract(@server, '$.caPem')) WHERE id = @id`,
);
const SET_SUBMISSION = writeSql(
  `UPDATE accounts SET settings_json = json_set(settings_json, '$.submission', json(?)) WHERE id = ?`,
);
const SET_OAUTH = writeSql(
  `UPDATE accounts SET settings_json = json_set(settings_json, '$.auth', 'oauth', '$.oauth', json(?)) WHERE id = ?`,
);
const SET_POLICY = writeSql('UPDATE mailboxes SET policy = ? WHERE id = ?');
const SET_AGE_LIMIT = writeSql('UPDATE mailboxes SET age_limit_days = ? WHERE id = ?');
const SET_MAILBOX_VERIFIED = writeSql('UPDATE mailboxes SET verified_at = ? WHERE id = ?');
const SET_MAILBOX_SYNCED = writeSql('UPDATE mailboxes SET last_synced_at = ? WHERE id = ?');

export interface NewAccount {
  readonly protocol: Protocol;
  readonly name: string;
  readonly email: string;
  readonly hue: number;
  /** Null for local accounts. */
  readonly settings: ImapAccountInput | null;
  readonly now: number;
}

/** A new account at the end of the list. */
export function insertAccount(tx: WriteTx, account: NewAccount): AccountId {
  const { secretRef, pinned, ...settings } = account.settings ?? { secretRef: null, pinned: [] };
  const { lastInsertRowid } = prepared(tx.db, INSERT).run(
    account.protocol,
    account.name,
    account.email,
    account.hue,
    (prepared(tx.db, LAST_POSITION).get()?.position ?? -1) + 1,
    account.settings === null ? 'ok' : 'new',
    account.settings === null ? null : JSON.stringify(settings),
    secretRef,
    JSON.stringify(pinned),
    account.now,
  );
  const id = Number(lastInsertRowid) as AccountId;
  tx.log(COLLECTIONS.accounts, id, 'add');
  insertIdentity(tx, firstIdentity(id, account.name === account.email ? '' : account.name, account.email));
  return id;
}

export interface AccountStateChange {
  readonly state?: AccountState | undefined;
  /** Null clears it. */
  readonly failure?: Failure | null | undefined;
  readonly lastSyncedAt?: number | undefined;
  readonly watch?: 'idle' | 'poll' | 'none' | undefined;
}

/** What the supervisor knows of the account; what is left out stays as it is. */
export function setAccountState(tx: WriteTx, accountId: AccountId, change: AccountStateChange): void {
  const { state = null, failure, lastSyncedAt = null, watch = null } = change;
  prepared(tx.db, SET_STATE).run(state, lastSyncedAt, watch, accountId);
  if (failure !== undefined)
    prepared(tx.db, SET_FAILURE).run(failure === null ? null : JSON.stringify(failure), accountId);
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

/** Another place of the same mailbox; the caller has proven that it is the same (SYNC-007). */
export function setAccountServer(
  tx: WriteTx,
  accountId: AccountId,
  server: Pick<ImapAccountInput, 'imap' | 'caPem'>,
): void {
  prepared(tx.db, SET_SERVER).run({ server: JSON.stringify(server), id: accountId });
  tx.log(COLLECTIONS.accounts, accountId, 'change');
}

/** Where the account hands over what it sends; null = it only receives. */
export function setAccountSubmission(
  tx: WriteTx,
  accountId: AccountId,
  submission: SubmissionSettings | null,
): void {
  prepared(tx.db, SET_SUBMISSION).run(JSON.stringify(submission), accountId);
  tx.log(COLLECTIONS.accounts, accountId, 'change');
}

/** From now on the account's secret is tokens of this client (SYNC-015). */
export function setAccountOAuth(tx: WriteTx, accountId: AccountId, client: OAuthClient): void {
  prepared(tx.db, SET_OAUTH).run(JSON.stringify(client), accountId);
  tx.log(COLLECTIONS.accounts, accountId, 'change');
}

/** What is wanted of a mailbox (SYNC-043); what is left out stays as it is, an age limit of null ends one. */
export function setMailboxPolicy(
  tx: WriteTx,
  mailboxId: number,
  {
    policy,
    ageLimitDays,
  }: { readonly policy?: MailboxPolicy | undefined; readonly ageLimitDays?: number | null | undefined },
): void {
  if (policy !== undefined) prepared(tx.db, SET_POLICY).run(policy, mailboxId);
  if (ageLimitDays !== undefined) prepared(tx.db, SET_AGE_LIMIT).run(ageLimitDays, mailboxId);
  tx.log(COLLECTIONS.mailboxes, mailboxId, 'change');
}

/** Every UID and flag of it was compared with the server (SYNC-058, SYNC-396). */
export function setMailboxVerified(tx: WriteTx, mailboxId: number, atMs: number): void {
  prepared(tx.db, SET_MAILBOX_VERIFIED).run(atMs, mailboxId);
  tx.log(COLLECTIONS.mailboxes, mailboxId, 'change');
}

/** End of the last successful cycle that covered the mailbox (SYNC-313). */
export function setMailboxSynced(tx: WriteTx, mailboxId: number, atMs: number): void {
  prepared(tx.db, SET_MAILBOX_SYNCED).run(atMs, mailboxId);
  tx.log(COLLECTIONS.mailboxes, mailboxId, 'change');
}

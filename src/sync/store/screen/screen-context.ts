import type { MailboxRole } from '../../../shared/domain';
import type { ReadableDb } from '../handles';
import { prepared, readSql } from '../sql';

const MAILBOX_ROLES = readSql<{ id: number; role: MailboxRole | null }>(
  "SELECT id, nullif(coalesce(role_override, role), 'none') AS role FROM mailboxes",
);
const ACCOUNT_ADDRESSES = readSql<{ id: number; email: string }>('SELECT id, email FROM accounts');
const IDENTITY_ADDRESSES = readSql<{ account_id: number; address: string }>(
  'SELECT account_id, address FROM identities',
);
const MESSAGE_LISTS = readSql<{ list_id: number }>("SELECT list_id FROM lists WHERE mode = 'messages'");

/** What the screen of any message depends on besides the message; read once per transaction. */
export interface ScreenContext {
  roleOf(mailboxId: number): MailboxRole | null;
  /** Trash and junk are shown only when one looks there (SYNC-329). */
  isHidden(mailboxId: number): boolean;
  isTrash(mailboxId: number): boolean;
  /** The account's own: what rows are built with. */
  isOwnAddress(accountId: number, address: string): boolean;
  /** Also the addresses of its identities (APP-012), which come and go without a row being built again. */
  isUsersAddress(accountId: number, address: string): boolean;
  isMessageList(listId: number): boolean;
  readonly anyMessageList: boolean;
}

export function readScreenContext(db: ReadableDb): ScreenContext {
  const roles = new Map(
    prepared(db, MAILBOX_ROLES)
      .all()
      .map(({ id, role }) => [id, role]),
  );
  const addresses = new Map(
    prepared(db, ACCOUNT_ADDRESSES)
      .all()
      .map(({ id, email }) => [id, email.toLowerCase()]),
  );
  let identities: ReadonlySet<string> | null = null;
  const messageLists = new Set(
    prepared(db, MESSAGE_LISTS)
      .all()
      .map((row) => row.list_id),
  );
  const isOwnAddress: ScreenContext['isOwnAddress'] = (accountId, address) =>
    addresses.get(accountId) === address.toLowerCase();
  const roleOf = (mailboxId: number): MailboxRole | null => roles.get(mailboxId) ?? null;
  return {
    roleOf,
    isHidden: (mailboxId) => roleOf(mailboxId) === 'trash' || roleOf(mailboxId) === 'junk',
    isTrash: (mailboxId) => roleOf(mailboxId) === 'trash',
    isOwnAddress,
    isUsersAddress: (accountId, address) => {
      if (isOwnAddress(accountId, address)) return true;
      identities ??= new Set(
        prepared(db, IDENTITY_ADDRESSES)
          .all()
          .map(({ account_id, address: known }) => `${account_id} ${known.toLowerCase()}`),
      );
      return identities.has(`${accountId} ${address.toLowerCase()}`);
    },
    isMessageList: (listId) => messageLists.has(listId),
    anyMessageList: messageLists.size > 0,
  };
}

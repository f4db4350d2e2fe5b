import type { AccountId, ChangeId, MailboxId, MailboxRole } from '../../../shared/domain';
import { COLLECTIONS } from '../collections';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';

const INSERT = writeSql(
  `INSERT INTO mailboxes (account_id, parent_id, remote_key, path, name, delimiter, role, selectable, subscribed,
     namespace, created_by_change) VALUES (?, ?, NULL, ?, ?, ?, ?, 1, 1, 'personal', ?)`,
);
const SET_CHANGE = writeSql('UPDATE mailboxes SET created_by_change = ? WHERE id = ?');
const MAILBOX = readSql<{ account_id: number; remote_key: string | null }>(
  'SELECT account_id, remote_key FROM mailboxes WHERE id = ?',
);
const BY_KEY = readSql<{ id: number; role: string | null }>(
  'SELECT id, role FROM mailboxes WHERE account_id = ? AND remote_key = ?',
);
const FORGET_KEY = writeSql('UPDATE mailboxes SET remote_key = NULL, tombstoned_at = ? WHERE id = ?');
const SET_KEY = writeSql(
  'UPDATE mailboxes SET remote_key = ?, tombstoned_at = NULL, created_by_change = NULL WHERE id = ?',
);
const REMOVE_UNUSED = writeSql(
  `DELETE FROM mailboxes WHERE id = ? AND remote_key IS NULL
     AND NOT EXISTS (SELECT 1 FROM placements WHERE mailbox_id = mailboxes.id)`,
);

export interface NewMailbox {
  readonly accountId: AccountId;
  readonly parentId: MailboxId | null;
  readonly path: string;
  readonly name: string;
  readonly delimiter: string | null;
  readonly role: MailboxRole | null;
}

/** A mailbox made on this computer; it has no name upstream until its change settles (SYNC-237). */
export function createLocalMailbox(tx: WriteTx, mailbox: NewMailbox): MailboxId {
  const { accountId, parentId, path, name, delimiter, role } = mailbox;
  const { lastInsertRowid } = prepared(tx.db, INSERT).run(
    accountId,
    parentId,
    path,
    name,
    delimiter,
    role,
    null,
  );
  const id = Number(lastInsertRowid) as MailboxId;
  tx.log(COLLECTIONS.mailboxes, id, 'add');
  tx.touch('lists');
  return id;
}

export function setCreatingChange(tx: WriteTx, mailboxId: MailboxId, changeId: ChangeId): void {
  prepared(tx.db, SET_CHANGE).run(changeId, mailboxId);
}

/** The server created it under that name. A listing may have seen it first: ours stays, the other row steps back. */
export function adoptRemoteKey(tx: WriteTx, mailboxId: MailboxId, remoteKey: string | null): void {
  const mailbox = prepared(tx.db, MAILBOX).get(mailboxId);
  if (!mailbox || remoteKey === null) return;
  const other = prepared(tx.db, BY_KEY).get(mailbox.account_id, remoteKey);
  if (other && other.id !== mailboxId) {
    prepared(tx.db, FORGET_KEY).run(tx.nowMs, other.id);
    tx.log(COLLECTIONS.mailboxes, other.id, 'remove');
  }
  prepared(tx.db, SET_KEY).run(remoteKey, mailboxId);
  tx.log(COLLECTIONS.mailboxes, mailboxId, 'change');
}

/** A mailbox that was never created upstream and that nothing lies in goes with the wish for it. */
export function removeUnusedMailbox(tx: WriteTx, mailboxId: MailboxId): void {
  const { changes } = prepared(tx.db, REMOVE_UNUSED).run(mailboxId);
  if (changes === 0) return;
  tx.log(COLLECTIONS.mailboxes, mailboxId, 'remove');
  tx.touch('lists');
}

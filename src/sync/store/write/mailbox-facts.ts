import type { AccountId, MailboxId } from '../../../shared/domain';
import { COLLECTIONS } from '../collections';
import { getMailbox, listMailboxes } from '../read/mailboxes';
import { childPath } from '../replay-mailboxes';
import { prepared, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';
import { removeMailboxRows } from './remove-mailbox';

const SET_PLACE = writeSql(
  'UPDATE mailboxes SET parent_id = ?, name = ?, path = ?, remote_key = ?, tombstoned_at = NULL WHERE id = ?',
);
const SET_PATH = writeSql('UPDATE mailboxes SET path = ?, remote_key = ?, tombstoned_at = NULL WHERE id = ?');
const STEP_BACK = writeSql('UPDATE mailboxes SET remote_key = NULL, tombstoned_at = ? WHERE id = ?');
const SET_TOMBSTONE = writeSql('UPDATE mailboxes SET tombstoned_at = ? WHERE id = ?');
const SET_SUBSCRIBED = writeSql('UPDATE mailboxes SET subscribed = ? WHERE id = ?');

/**
 * The mailbox is called so now and lies there, and what lies in it went along: at the server under `remoteKey`, in a
 * local account (null) by itself. A listing may have seen the new names first: our rows stay, the others step back.
 */
export function setMailboxPlace(
  tx: WriteTx,
  mailboxId: MailboxId,
  { parentId, name }: { readonly parentId: MailboxId | null; readonly name: string },
  remoteKey: string | null,
): void {
  const before = getMailbox(tx.db, mailboxId);
  if (!before) return;
  const parent = parentId === null ? null : getMailbox(tx.db, parentId);
  const path = childPath(parent, name, before.delimiter);
  const moved = listMailboxes(tx.db, before.accountId).flatMap((row) => {
    if (row.id === mailboxId) return [{ id: row.id, path, key: remoteKey }];
    const pathRest = restBelow(row.path, before.path, before.delimiter);
    const keyRest = remoteKey === null ? null : restBelow(row.remoteKey, before.remoteKey, before.delimiter);
    // One that is only here (still to be created) has no name at the server to change.
    if (pathRest === null || (remoteKey !== null && keyRest === null && row.remoteKey !== '')) return [];
    return [
      { id: row.id, path: `${path}${pathRest}`, key: keyRest === null ? null : `${remoteKey}${keyRest}` },
    ];
  });
  const own = new Set<MailboxId>(moved.map(({ id }) => id));
  const keys = new Set(moved.flatMap(({ key }) => key ?? []));
  for (const other of listMailboxes(tx.db, before.accountId))
    if (!own.has(other.id) && keys.has(other.remoteKey)) {
      prepared(tx.db, STEP_BACK).run(tx.nowMs, other.id);
      tx.log(COLLECTIONS.mailboxes, other.id, 'remove');
    }
  for (const row of moved) {
    if (row.id === mailboxId) prepared(tx.db, SET_PLACE).run(parentId, name, path, row.key, row.id);
    else prepared(tx.db, SET_PATH).run(row.path, row.key, row.id);
    tx.log(COLLECTIONS.mailboxes, row.id, 'change');
  }
}

/** What follows the name of a mailbox in that of one below it, delimiter included; null for any other. */
function restBelow(name: string, above: string, delimiter: string | null): string | null {
  return delimiter !== null && above !== '' && name.startsWith(`${above}${delimiter}`)
    ? name.slice(above.length)
    : null;
}

export function setMailboxSubscribed(tx: WriteTx, mailboxId: MailboxId, subscribed: boolean): void {
  prepared(tx.db, SET_SUBSCRIBED).run(subscribed ? 1 : 0, mailboxId);
  tx.log(COLLECTIONS.mailboxes, mailboxId, 'change');
}

/** The server has deleted it: it goes with everything known of it. */
export function dropMailbox(tx: WriteTx, mailboxId: MailboxId): void {
  prepared(tx.db, STEP_BACK).run(tx.nowMs, mailboxId);
  removeMailboxRows(tx, mailboxId);
}

/** A mailbox of a local account goes out of sight, or comes back while its deletion can be undone. */
export function hideLocalMailbox(tx: WriteTx, mailboxId: MailboxId, hidden: boolean): void {
  prepared(tx.db, SET_TOMBSTONE).run(hidden ? tx.nowMs : null, mailboxId);
  tx.log(COLLECTIONS.mailboxes, mailboxId, hidden ? 'remove' : 'add');
}

/** How long a deleted mailbox of a local account can come back: as long as gestures can be undone (SYNC-246). */
const UNDO_MS = 7 * 86_400_000;

/** Removes what has been out of sight in a local account for longer than anybody can undo it. */
export function purgeLocalMailboxes(tx: WriteTx, accountId: AccountId): void {
  for (const { id, tombstonedAt } of listMailboxes(tx.db, accountId))
    if (tombstonedAt !== null && tx.nowMs - tombstonedAt >= UNDO_MS) removeMailboxRows(tx, id);
}

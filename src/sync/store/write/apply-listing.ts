import type { AccountId, MailboxId, MailboxRole } from '../../../shared/domain';
import type { MailboxListing, MailboxStatus, ObservedMailbox } from '../../../shared/observation';
import { COLLECTIONS } from '../collections';
import { listMailboxes, type MailboxRow } from '../read/mailboxes';
import { getSetting } from '../read/settings';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';
import { removeMailboxRows } from './remove-mailbox';
import { keepChosenRoles } from './role-override';
import { setSetting } from './settings';

const INSERT = writeSql(
  `INSERT INTO mailboxes (account_id, remote_key, remote_id, path, name, delimiter, role, selectable, subscribed,
     namespace, policy, server_total, server_unseen, status_json)
   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
);
const UPDATE = writeSql(
  `UPDATE mailboxes SET remote_key = ?, remote_id = ?, path = ?, name = ?, delimiter = ?, role = ?, selectable = ?,
     subscribed = ?, namespace = ?, server_total = ?, server_unseen = ?, status_json = ?, tombstoned_at = NULL,
     created_by_change = NULL WHERE id = ?`,
);
const FREE_NAME = writeSql('UPDATE mailboxes SET remote_key = NULL WHERE id = ?');
const SET_PARENT = writeSql('UPDATE mailboxes SET parent_id = ? WHERE id = ?');
const TOMBSTONE = writeSql('UPDATE mailboxes SET tombstoned_at = ? WHERE id = ?');
const STORED_ROLE = readSql<{ role: MailboxRole | null }>('SELECT role FROM mailboxes WHERE id = ?');
const THREADS_IN = readSql<{ thread_id: number }>(
  'SELECT m.thread_id FROM memberships s JOIN messages m ON m.id = s.message_id WHERE s.mailbox_id = ?',
);
const CREATING = readSql<{ n: number }>(
  "SELECT count(*) AS n FROM pending_changes WHERE id = ? AND state <> 'parked'",
);

/** A mailbox that left the list stays this long: a server in trouble lists nothing (SYNC-041). */
const TOMBSTONE_MS = 24 * 3_600_000;
/** When most mailboxes are missing at once, a second listing this much later has to say the same (SYNC-041). */
const SECOND_LOOK_MS = 10 * 60_000;

export interface ListingApplied {
  readonly added: MailboxId[];
  readonly removed: MailboxId[];
  readonly changed: MailboxId[];
}

/**
 * Stores a listing of mailboxes. Renames keep the local mailbox (SYNC-039, 040); a mailbox that is missing from a
 * complete listing is tombstoned and its rows go 24 h later; an incomplete listing removes nothing (rule 7), and one
 * without most of the mailboxes only when it is confirmed (SYNC-041).
 */
export function applyMailboxListing(
  tx: WriteTx,
  accountId: AccountId,
  listing: MailboxListing,
  nowMs: number,
): ListingApplied {
  const known = listMailboxes(tx.db, accountId);
  const unseen = new Map(known.map((mailbox) => [mailbox.id, mailbox]));
  const result: ListingApplied = { added: [], removed: [], changed: [] };
  const ids = new Map<string, MailboxId>();

  const matches = new Map(
    listing.mailboxes.map((observed) => [observed.remoteKey, matchMailbox(known, observed)]),
  );
  // A name that belongs to another mailbox now is given up first, or two would have it for a moment.
  for (const mailbox of known) {
    if (matches.has(mailbox.remoteKey) && matches.get(mailbox.remoteKey)?.id !== mailbox.id)
      prepared(tx.db, FREE_NAME).run(mailbox.id);
  }
  const unmatched: ObservedMailbox[] = [];
  for (const observed of listing.mailboxes) {
    const match = matches.get(observed.remoteKey);
    if (!match) {
      unmatched.push(observed);
      continue;
    }
    unseen.delete(match.id);
    ids.set(observed.remoteKey, match.id);
    if (update(tx, match, observed)) result.changed.push(match.id);
  }
  for (const observed of unmatched) {
    const renamed = listing.complete ? findRenamed([...unseen.values()], observed) : undefined;
    if (renamed) {
      unseen.delete(renamed.id);
      update(tx, renamed, observed);
      ids.set(observed.remoteKey, renamed.id);
      result.changed.push(renamed.id);
    } else {
      const id = insert(tx, accountId, observed);
      ids.set(observed.remoteKey, id);
      result.added.push(id);
    }
  }
  setParents(tx, listing.mailboxes, ids);
  keepChosenRoles(tx, accountId);
  const missing = [...unseen.values()].filter(
    (mailbox) => mailbox.remoteKey !== '' || !isBeingCreated(tx, mailbox),
  );
  if (listing.complete && isBelieved(tx, accountId, known, missing, nowMs)) {
    for (const mailbox of missing) {
      if (mailbox.tombstonedAt === null) {
        prepared(tx.db, TOMBSTONE).run(nowMs, mailbox.id);
        tx.log(COLLECTIONS.mailboxes, mailbox.id, 'change');
        result.removed.push(mailbox.id);
      } else if (nowMs - mailbox.tombstonedAt >= TOMBSTONE_MS) removeMailboxRows(tx, mailbox.id);
    }
  }
  tx.log(COLLECTIONS.accounts, accountId, 'change');
  return result;
}

function matchMailbox(known: readonly MailboxRow[], observed: ObservedMailbox): MailboxRow | undefined {
  return (
    (observed.remoteId === null
      ? undefined
      : known.find((mailbox) => mailbox.remoteId === observed.remoteId)) ??
    known.find((mailbox) => mailbox.remoteKey === observed.remoteKey && !isAnother(mailbox, observed)) ??
    // Made here and not yet confirmed: the listing is faster than the answer.
    known.find((mailbox) => mailbox.remoteKey === '' && mailbox.path === observed.path)
  );
}

/** Both have an identity of the server and not the same one: an old name was given to a new mailbox (SYNC-039). */
function isAnother({ remoteId }: MailboxRow, observed: ObservedMailbox): boolean {
  return remoteId !== null && observed.remoteId !== null && remoteId !== observed.remoteId;
}

/** One name vanished and one appeared with the same validity and nothing smaller: a rename (SYNC-040). */
function findRenamed(candidates: readonly MailboxRow[], observed: ObservedMailbox): MailboxRow | undefined {
  const { status } = observed;
  if (!status) return undefined;
  const matching = candidates.filter(
    (mailbox) => !isAnother(mailbox, observed) && isSmallerOrEqual(mailbox, status),
  );
  return matching.length === 1 ? matching[0] : undefined;
}

function isSmallerOrEqual({ status: before, tombstonedAt }: MailboxRow, after: MailboxStatus): boolean {
  return (
    tombstonedAt === null &&
    before !== null &&
    before.uidValidity === after.uidValidity &&
    before.uidNext <= after.uidNext &&
    before.messages <= after.messages
  );
}

function insert(tx: WriteTx, accountId: AccountId, observed: ObservedMailbox): MailboxId {
  const { status } = observed;
  const { lastInsertRowid } = prepared(tx.db, INSERT).run(
    accountId,
    observed.remoteKey,
    observed.remoteId,
    observed.path,
    lastLevel(observed),
    observed.delimiter,
    observed.role,
    observed.selectable ? 1 : 0,
    observed.subscribed ? 1 : 0,
    observed.namespace,
    // Other people's mailboxes are listed, and synced only when the user asks for it (SYNC-034).
    observed.namespace === 'personal' ? 'everything' : 'off',
    status?.messages ?? null,
    status?.unseen ?? null,
    status ? JSON.stringify(status) : null,
  );
  const id = Number(lastInsertRowid) as MailboxId;
  tx.log(COLLECTIONS.mailboxes, id, 'add');
  tx.touch('lists');
  return id;
}

/** Answers whether anything but the status changed. */
function update(tx: WriteTx, before: MailboxRow, observed: ObservedMailbox): boolean {
  const { status } = observed;
  const storedRole = prepared(tx.db, STORED_ROLE).get(before.id)?.role ?? null;
  const same =
    before.remoteKey === observed.remoteKey &&
    before.remoteId === observed.remoteId &&
    before.path === observed.path &&
    before.delimiter === observed.delimiter &&
    storedRole === observed.role &&
    before.selectable === observed.selectable &&
    before.subscribed === observed.subscribed &&
    before.namespace === observed.namespace &&
    before.tombstonedAt === null;
  const statusJson = status ? JSON.stringify(status) : null;
  const sameStatus = statusJson === (before.status ? JSON.stringify(before.status) : null);
  if (same && sameStatus) return false;
  prepared(tx.db, UPDATE).run(
    observed.remoteKey,
    observed.remoteId,
    observed.path,
    lastLevel(observed),
    observed.delimiter,
    observed.role,
    observed.selectable ? 1 : 0,
    observed.subscribed ? 1 : 0,
    observed.namespace,
    status?.messages ?? before.serverTotal,
    status?.unseen ?? before.serverUnseen,
    statusJson,
    before.id,
  );
  // Smart lists go by role: every thread in it may enter or leave some.
  if (storedRole !== observed.role)
    for (const { thread_id } of prepared(tx.db, THREADS_IN).iterate(before.id))
      tx.dirty.threads.set(thread_id, null);
  tx.log(COLLECTIONS.mailboxes, before.id, 'change');
  return !same;
}

function setParents(
  tx: WriteTx,
  mailboxes: readonly ObservedMailbox[],
  ids: ReadonlyMap<string, MailboxId>,
): void {
  const byPath = new Map(mailboxes.map((mailbox) => [mailbox.path, ids.get(mailbox.remoteKey)]));
  for (const mailbox of mailboxes) {
    const at = mailbox.delimiter ? mailbox.path.lastIndexOf(mailbox.delimiter) : -1;
    const parent = at > 0 ? (byPath.get(mailbox.path.slice(0, at)) ?? null) : null;
    prepared(tx.db, SET_PARENT).run(parent, ids.get(mailbox.remoteKey));
  }
}

/** A listing that lacks more than half of what we know is believed only when a later one agrees. */
function isBelieved(
  tx: WriteTx,
  accountId: AccountId,
  known: readonly MailboxRow[],
  missing: readonly MailboxRow[],
  nowMs: number,
): boolean {
  const key = `doubted-listing.${accountId}`;
  const since = getSetting(tx.db, key) ?? null;
  const living = (mailboxes: readonly MailboxRow[]): number =>
    mailboxes.filter(({ tombstonedAt }) => tombstonedAt === null).length;
  if (living(missing) * 2 <= living(known)) {
    if (since !== null) setSetting(tx, key, null);
    return true;
  }
  if (typeof since !== 'number') {
    setSetting(tx, key, nowMs);
    return false;
  }
  if (nowMs - since < SECOND_LOOK_MS) return false;
  setSetting(tx, key, null);
  return true;
}

function isBeingCreated(tx: WriteTx, mailbox: MailboxRow): boolean {
  if (mailbox.createdByChange === null) return false;
  return (prepared(tx.db, CREATING).get(mailbox.createdByChange)?.n ?? 0) > 0;
}

function lastLevel({ path, delimiter }: ObservedMailbox): string {
  return delimiter ? path.slice(path.lastIndexOf(delimiter) + delimiter.length) : path;
}

import type { AccountId, MailboxId, MailboxRole, MessageId } from '../../../shared/domain';
import type { UidRange } from '../../../shared/observation';
import { rangesFromUids } from '../../../shared/uid-ranges';
import type { ReadableDb } from '../handles';
import { unpackKeywords } from '../keywords';
import { prepared, readSql } from '../sql';

/** One copy on the server. */
export interface PlacementRow {
  readonly messageId: MessageId;
  readonly mailboxId: MailboxId;
  readonly remoteKey: string;
  readonly role: MailboxRole | null;
  readonly uid: number;
  readonly uidValidity: string;
  readonly identity: string | null;
  readonly keywords: readonly string[];
  /** False while a changed UIDVALIDITY has not been re-linked (SYNC-082). */
  readonly verified: boolean;
}

/** SQLite's word for it. */
const NO_LIMIT = -1;
const KNOWN_UIDS = readSql<{ uid: number }>(
  'SELECT uid FROM placements WHERE mailbox_id = ? AND uid > ? AND verified = 1 ORDER BY uid LIMIT ?',
);
const COUNT = readSql<{ n: number }>(
  'SELECT count(*) AS n FROM placements WHERE mailbox_id = ? AND verified = 1',
);
const VALIDITY = readSql<{ uid_validity: string }>(
  'SELECT uid_validity FROM sync_state WHERE mailbox_id = ?',
);
const PLACEMENTS = readSql<{
  mailbox_id: number;
  remote_key: string | null;
  role: MailboxRole | null;
  uid: number;
  uid_validity: string | null;
  identity: string | null;
  keywords: string;
  verified: number;
}>(
  `SELECT p.mailbox_id, b.remote_key, nullif(coalesce(b.role_override, b.role), 'none') AS role, p.uid,
     s.uid_validity, m.identity, p.keywords, p.verified
   FROM placements p JOIN messages m ON m.id = p.message_id JOIN mailboxes b ON b.id = p.mailbox_id
     LEFT JOIN sync_state s ON s.mailbox_id = p.mailbox_id
   WHERE p.message_id = ? ORDER BY p.mailbox_id`,
);

const IDENTITY = readSql<{ identity: string | null }>(
  `SELECT m.identity FROM placements p JOIN messages m ON m.id = p.message_id
   WHERE p.mailbox_id = ? AND p.uid = ? AND p.verified = 1`,
);
const KNOWN_IDENTITY = readSql<{ id: number }>(
  'SELECT id FROM messages WHERE account_id = ? AND identity = ? LIMIT 1',
);

/** Up to `count` messages spread evenly over the mailbox, those without an identity left out. */
export function sampleIdentities(
  db: ReadableDb,
  mailboxId: MailboxId,
  count: number,
): { readonly uid: number; readonly identity: string }[] {
  const uids = prepared(db, KNOWN_UIDS).all(mailboxId, 0, NO_LIMIT);
  const step = Math.max(1, uids.length / count);
  const chosen = new Set(
    Array.from({ length: Math.min(count, uids.length) }, (_, at) => Math.floor(at * step)),
  );
  return [...chosen].flatMap((at) => {
    const uid = uids[at]?.uid ?? 0;
    const identity = prepared(db, IDENTITY).get(mailboxId, uid)?.identity;
    return identity ? [{ uid, identity }] : [];
  });
}

export function isIdentityKnown(db: ReadableDb, accountId: AccountId, identity: string): boolean {
  return prepared(db, KNOWN_IDENTITY).get(accountId, identity) !== undefined;
}

/** UIDs stored for the mailbox under its current validity; unverified ones are left out (SYNC-082). */
export function knownUids(db: ReadableDb, mailboxId: MailboxId): UidRange[] {
  return knownUidsPage(db, mailboxId, 0, NO_LIMIT).ranges;
}

/** The next `limit` of them above a UID, and the last of these; `last` is null when no more follow. */
export function knownUidsPage(
  db: ReadableDb,
  mailboxId: MailboxId,
  above: number,
  limit: number,
): { readonly ranges: UidRange[]; readonly last: number | null } {
  const uids = prepared(db, KNOWN_UIDS)
    .all(mailboxId, above, limit)
    .map(({ uid }) => uid);
  return { ranges: rangesFromUids(uids), last: uids.length === limit ? (uids.at(-1) ?? null) : null };
}

export function countPlacements(db: ReadableDb, mailboxId: MailboxId): number {
  return prepared(db, COUNT).get(mailboxId)?.n ?? 0;
}

const DOUBTED = readSql<{ n: number }>(
  'SELECT count(*) AS n FROM placements WHERE mailbox_id = ? AND verified = 0',
);

/** Copies whose UID means nothing since the mailbox was rebuilt, and that were not found again yet (SYNC-082). */
export function countDoubted(db: ReadableDb, mailboxId: MailboxId): number {
  return prepared(db, DOUBTED).get(mailboxId)?.n ?? 0;
}

/** Validity of the UIDs that are stored; null before the first batch. */
export function storedValidity(db: ReadableDb, mailboxId: MailboxId): string | null {
  return prepared(db, VALIDITY).get(mailboxId)?.uid_validity ?? null;
}

/** Where the server has a message, by ascending mailbox id. */
export function placementsOf(db: ReadableDb, messageId: MessageId): PlacementRow[] {
  return prepared(db, PLACEMENTS)
    .all(messageId)
    .map((row) => ({
      messageId,
      mailboxId: row.mailbox_id as MailboxId,
      remoteKey: row.remote_key ?? '',
      role: row.role,
      uid: row.uid,
      uidValidity: row.uid_validity ?? '',
      identity: row.identity,
      keywords: unpackKeywords(row.keywords),
      verified: row.verified === 1,
    }));
}

const AT_UID = readSql<{ message_id: MessageId }>(
  'SELECT message_id FROM placements WHERE mailbox_id = ? AND uid = ? AND verified = 1',
);

/** The message a mailbox has under a UID of its current validity; null when it is not stored. */
export function messageAtUid(db: ReadableDb, mailboxId: MailboxId, uid: number): MessageId | null {
  return prepared(db, AT_UID).get(mailboxId, uid)?.message_id ?? null;
}

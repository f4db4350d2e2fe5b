import type { AccountId, MailboxId, MailboxRole, MessageId } from '../../../shared/domain';
import type { PartFacts, UidRange } from '../../../shared/observation';
import { rangesFromUids } from '../../../shared/uid-ranges';
import type { ReadableDb } from '../handles';
import { unpackKeywords } from '../keywords';
import type { MissingBody, PlacementRow } from '../rows';
import { prepared, readSql } from '../sql';

const KNOWN_UIDS = readSql<number>(
  'SELECT uid FROM placements WHERE mailbox_id = ? AND verified = 1 ORDER BY uid',
);
const PLACEMENT_BY_UID = readSql<{ message_id: number; keywords: string; modseq: string | null }>(
  'SELECT message_id, keywords, modseq FROM placements WHERE mailbox_id = ? AND uid = ? AND verified = 1',
);
const MESSAGE_BY_IDENTITY = readSql<{ id: number }>(
  'SELECT id FROM messages WHERE account_id = ? AND identity = ? LIMIT 1',
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
  `SELECT p.mailbox_id, b.remote_key, coalesce(b.role_override, b.role) AS role, p.uid, s.uid_validity, m.identity,
     p.keywords, p.verified
   FROM placements p JOIN messages m ON m.id = p.message_id JOIN mailboxes b ON b.id = p.mailbox_id
     LEFT JOIN sync_state s ON s.mailbox_id = p.mailbox_id
   WHERE p.message_id = ? ORDER BY p.mailbox_id`,
);
const IS_ORPHAN = readSql<{ orphaned: number }>(
  'SELECT orphaned_at IS NOT NULL AS orphaned FROM messages WHERE id = ?',
);
const MISSING_BODIES = readSql<{
  message_id: number;
  uid: number;
  size: number;
  received_at: number;
  parts_json: string;
}>(
  `SELECT m.id AS message_id, p.uid, m.size, m.received_at, m.parts_json
   FROM memberships s JOIN messages m ON m.id = s.message_id
     JOIN placements p ON p.message_id = m.id AND p.mailbox_id = s.mailbox_id AND p.verified = 1
   WHERE s.mailbox_id = ? AND s.received_at < ? AND m.body_state IN ('none', 'queued')
   ORDER BY s.received_at DESC, s.message_id DESC LIMIT ?`,
);
const QUEUED_BODIES = readSql<{ id: number }>(
  "SELECT id FROM messages WHERE body_state = 'queued' AND account_id = ? LIMIT ?",
);

/** UIDs stored for the mailbox under its current validity; unverified ones are left out (SYNC-082). */
export function knownUids(db: ReadableDb, mailboxId: MailboxId): UidRange[] {
  return rangesFromUids(prepared(db, KNOWN_UIDS).pluck().all(mailboxId) as number[]);
}

/** What is stored under one UID of the current validity, or null. */
export function placementByUid(
  db: ReadableDb,
  mailboxId: MailboxId,
  uid: number,
): { messageId: MessageId; keywords: readonly string[]; modseq: string | null } | null {
  const row = prepared(db, PLACEMENT_BY_UID).get(mailboxId, uid);
  if (!row) return null;
  return {
    messageId: row.message_id as MessageId,
    keywords: unpackKeywords(row.keywords),
    modseq: row.modseq,
  };
}

/** The account's message with that identity (SYNC-100), or null. */
export function messageByIdentity(db: ReadableDb, accountId: AccountId, identity: string): MessageId | null {
  return (prepared(db, MESSAGE_BY_IDENTITY).get(accountId, identity)?.id ?? null) as MessageId | null;
}

/** Where the server has a message, by ascending mailbox id. */
export function placementsOf(db: ReadableDb, messageId: MessageId): PlacementRow[] {
  return prepared(db, PLACEMENTS)
    .all(messageId)
    .map((row) => ({
      mailboxId: row.mailbox_id as MailboxId,
      remoteKey: row.remote_key,
      role: row.role,
      uid: row.uid,
      uidValidity: row.uid_validity,
      identity: row.identity,
      keywords: unpackKeywords(row.keywords),
      verified: row.verified === 1,
    }));
}

/** True while a message without a place may still turn up elsewhere (SYNC-089). */
export function isOrphaned(db: ReadableDb, messageId: MessageId): boolean {
  return prepared(db, IS_ORPHAN).get(messageId)?.orphaned === 1;
}

/** Messages of a mailbox whose body is not here, newest first, received before `beforeReceivedAt` (ms UTC). */
export function missingBodies(
  db: ReadableDb,
  mailboxId: MailboxId,
  limit: number,
  beforeReceivedAt: number = Number.MAX_SAFE_INTEGER,
): MissingBody[] {
  return prepared(db, MISSING_BODIES)
    .all(mailboxId, beforeReceivedAt, limit)
    .map((row) => ({
      messageId: row.message_id as MessageId,
      uid: row.uid,
      size: row.size,
      receivedAt: row.received_at,
      parts: JSON.parse(row.parts_json) as PartFacts[],
    }));
}

/** Messages a person opened while their body was missing (SYNC-345). */
export function queuedBodies(db: ReadableDb, accountId: AccountId, limit: number): MessageId[] {
  return prepared(db, QUEUED_BODIES)
    .all(accountId, limit)
    .map(({ id }) => id as MessageId);
}

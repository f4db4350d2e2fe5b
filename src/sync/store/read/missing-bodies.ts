import type { AccountId, MailboxId, MessageId } from '../../../shared/domain';
import type { ReadableDb } from '../handles';
import { prepared, readSql } from '../sql';

/** A message whose body is not on this computer, and where the server has it. */
export interface MissingBody {
  readonly messageId: MessageId;
  readonly mailboxId: MailboxId;
  readonly uid: number;
  readonly uidValidity: string;
  readonly size: number;
  /** Sections of its text where they are known; null = the connector asks the server. */
  readonly textSections: readonly string[] | null;
}

/** Where a look over what is missing goes on: below this message, newest first. */
export interface MissingCursor {
  readonly receivedAt: number;
  readonly messageId: number;
}

interface Candidate {
  id: number;
  received_at: number;
}

interface MissingRecord {
  message_id: number;
  mailbox_id: number;
  uid: number;
  uid_validity: string;
  size: number;
}

/** Nothing is newer: the beginning of a look. */
const TOP: MissingCursor = { receivedAt: Number.MAX_SAFE_INTEGER, messageId: Number.MAX_SAFE_INTEGER };
const DAY_MS = 24 * 60 * 60_000;

// The partial index holds only what is missing, so a complete account costs nothing.
const CANDIDATES = readSql<Candidate>(
  `SELECT id, received_at FROM messages INDEXED BY messages_missing
   WHERE account_id = ? AND body_state = ? AND body_state IN ('none', 'queued') AND (received_at, id) < (?, ?)
   ORDER BY received_at DESC, id DESC LIMIT ?`,
);
// One place per message is enough; a mailbox that wants no bodies, or not of such an age, is no place for it.
const WANTED = readSql<MissingRecord>(
  `SELECT m.id AS message_id, p.mailbox_id, p.uid, s.uid_validity, m.size
   FROM messages m JOIN placements p ON p.message_id = m.id AND p.verified = 1
     JOIN mailboxes b ON b.id = p.mailbox_id AND b.policy IN ('text', 'everything')
       AND (b.age_limit_days IS NULL OR m.received_at >= ? - b.age_limit_days * ${DAY_MS})
     JOIN sync_state s ON s.mailbox_id = p.mailbox_id
   WHERE m.id = ? LIMIT 1`,
);
const ANYWHERE = readSql<MissingRecord>(
  `SELECT m.id AS message_id, p.mailbox_id, p.uid, s.uid_validity, m.size
   FROM messages m JOIN placements p ON p.message_id = m.id AND p.verified = 1
     JOIN sync_state s ON s.mailbox_id = p.mailbox_id
   WHERE m.id = ? AND m.body_state <> 'here' LIMIT 1`,
);

/**
 * The next messages of the account whose body is missing and wanted, newest first, among at most `limit` candidates
 * below the cursor; `next` is null at the end. Those somebody asked for are wanted whatever the mailbox's policy says.
 */
export function missingBodies(
  db: ReadableDb,
  accountId: AccountId,
  state: 'queued' | 'none',
  {
    after,
    limit,
    nowMs,
  }: { readonly after: MissingCursor | null; readonly limit: number; readonly nowMs: number },
): { readonly messages: readonly MissingBody[]; readonly next: MissingCursor | null } {
  const { receivedAt, messageId } = after ?? TOP;
  const candidates = prepared(db, CANDIDATES).all(accountId, state, receivedAt, messageId, limit);
  const messages = candidates.flatMap(({ id }) => {
    const record = state === 'queued' ? prepared(db, ANYWHERE).get(id) : prepared(db, WANTED).get(nowMs, id);
    return record ? [toMissing(record)] : [];
  });
  const last = candidates.at(-1);
  const more = candidates.length === limit && last;
  return { messages, next: more ? { receivedAt: last.received_at, messageId: last.id } : null };
}

/** Null when its body is here, or when the server has it nowhere. */
export function missingBodyOf(db: ReadableDb, messageId: MessageId): MissingBody | null {
  const record = prepared(db, ANYWHERE).get(messageId);
  return record ? toMissing(record) : null;
}

/** Null also where the mailbox's policy does not want it. */
export function wantedBodyOf(db: ReadableDb, messageId: MessageId, nowMs: number): MissingBody | null {
  const missing = missingBodyOf(db, messageId);
  const record = missing ? prepared(db, WANTED).get(nowMs, messageId) : undefined;
  return record ? toMissing(record) : null;
}

function toMissing(record: MissingRecord): MissingBody {
  return {
    messageId: record.message_id as MessageId,
    mailboxId: record.mailbox_id as MailboxId,
    uid: record.uid,
    uidValidity: record.uid_validity,
    size: record.size,
    textSections: null,
  };
}

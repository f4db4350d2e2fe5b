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

interface MissingRecord {
  message_id: number;
  mailbox_id: number;
  uid: number;
  uid_validity: string;
  size: number;
}

// One place per message is enough; the partial index holds only what is missing, so a complete account costs nothing.
const PLACE = `placements p ON p.id = (SELECT min(id) FROM placements WHERE message_id = m.id AND verified = 1)
     JOIN mailboxes b ON b.id = p.mailbox_id AND b.policy IN ('text', 'everything')
     JOIN sync_state s ON s.mailbox_id = p.mailbox_id`;
const BY_STATE = `SELECT m.id AS message_id, p.mailbox_id, p.uid, s.uid_validity, m.size
   FROM messages m INDEXED BY messages_missing JOIN ${PLACE}
   WHERE m.account_id = ? AND m.body_state = ? AND m.body_state IN ('none', 'queued')
   ORDER BY m.received_at DESC LIMIT ?`;
const MISSING = readSql<MissingRecord>(BY_STATE);
const ONE = readSql<MissingRecord>(
  `SELECT m.id AS message_id, p.mailbox_id, p.uid, s.uid_validity, m.size FROM messages m JOIN ${PLACE}
   WHERE m.id = ? AND m.body_state <> 'here'`,
);

/** Messages of the account whose body is missing: those somebody asked for, then, unless only these, newest first. */
export function missingBodies(
  db: ReadableDb,
  accountId: AccountId,
  limit: number,
  { onlyAskedFor = false }: { readonly onlyAskedFor?: boolean } = {},
): MissingBody[] {
  const queued = prepared(db, MISSING).all(accountId, 'queued', limit);
  const rest = onlyAskedFor ? 0 : limit - queued.length;
  return [...queued, ...(rest > 0 ? prepared(db, MISSING).all(accountId, 'none', rest) : [])].map(toMissing);
}

/** Null when its body is here, or when the server has it nowhere. */
export function missingBodyOf(db: ReadableDb, messageId: MessageId): MissingBody | null {
  const record = prepared(db, ONE).get(messageId);
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

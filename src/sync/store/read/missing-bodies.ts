import type { MailboxId, MessageId } from '../../../shared/domain';
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

const QUEUED = readSql<MissingRecord>(
  `SELECT m.id AS message_id, p.mailbox_id, p.uid, s.uid_validity, m.size
   FROM messages m JOIN placements p ON p.message_id = m.id AND p.verified = 1
     JOIN sync_state s ON s.mailbox_id = p.mailbox_id
   WHERE m.body_state = 'queued'
     AND m.account_id = (SELECT account_id FROM mailboxes WHERE id = ?1) AND p.mailbox_id = ?1 LIMIT ?2`,
);
const NEWEST = readSql<MissingRecord>(
  `SELECT m.id AS message_id, p.mailbox_id, p.uid, s.uid_validity, m.size
   FROM memberships b CROSS JOIN messages m ON m.id = b.message_id
     CROSS JOIN placements p ON p.message_id = m.id AND p.mailbox_id = b.mailbox_id AND p.verified = 1
     CROSS JOIN sync_state s ON s.mailbox_id = p.mailbox_id
   WHERE b.mailbox_id = ? AND m.body_state = 'none'
   ORDER BY b.received_at DESC, b.message_id DESC LIMIT ?`,
);
const ONE = readSql<MissingRecord>(
  `SELECT m.id AS message_id, p.mailbox_id, p.uid, s.uid_validity, m.size
   FROM messages m JOIN placements p ON p.message_id = m.id AND p.verified = 1
     JOIN sync_state s ON s.mailbox_id = p.mailbox_id
   WHERE m.id = ? AND m.body_state <> 'here' LIMIT 1`,
);

/** Messages of the mailbox whose body is missing: those somebody asked for, then newest first. */
export function missingBodies(db: ReadableDb, mailboxId: MailboxId, limit: number): MissingBody[] {
  const queued = prepared(db, QUEUED).all(mailboxId, limit);
  const rest = limit - queued.length;
  return [...queued, ...(rest > 0 ? prepared(db, NEWEST).all(mailboxId, rest) : [])].map(toMissing);
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

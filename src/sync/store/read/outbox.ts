import type { OutboxState } from '../../../shared/contract/compose-views';
import type {
  AccountId,
  DraftId,
  IdentityId,
  MailboxId,
  MessageId,
  Origin,
  OutboxId,
} from '../../../shared/domain';
import type { Failure } from '../../../shared/failure';
import type { ReadableDb } from '../handles';
import { prepared, readSql } from '../sql';

interface OutboxRecord {
  id: OutboxId;
  account_id: AccountId;
  identity_id: IdentityId | null;
  state: OutboxState;
  from_name: string;
  from_address: string;
  subject: string;
  snippet: string;
  size: number;
  has_attachment: number;
  message_id_header: string;
  date: number;
  transmitted_hash: string;
  filed_hash: string | null;
  needs_utf8: number;
  null_sender: number;
  dsn_json: string | null;
  token: string;
  origin: Origin;
  origin_key: string | null;
  draft_id: DraftId | null;
  shown_message: MessageId | null;
  related_message: MessageId | null;
  related_mark: string | null;
  sent_mailbox_id: MailboxId | null;
  created_at: number;
  not_before: number | null;
  zone: string | null;
  overdue: number;
  to_others: number;
  stage: string | null;
  claim_run: string | null;
  attempts: number;
  next_attempt_at: number | null;
  first_failure_at: number | null;
  sent_bytes: number | null;
  failure_json: string | null;
  queue_text: string | null;
  looks: number;
  observed: Observed | null;
  accepted_at: number | null;
  file_after: number | null;
  sent_uid_from: number | null;
  filed_uid: number | null;
  finished_at: number | null;
  resumed: number;
  told_late: number;
}

/** What looking for a message with an unknown outcome found (SYNC-279). */
export type Observed = 'not-in-sent' | 'probably-not-sent' | 'could-not-look';

export interface OutboxRecipient {
  readonly position: number;
  readonly name: string;
  readonly address: string;
  readonly state: 'waiting' | 'accepted' | 'refused';
  readonly failure: Failure | null;
}

export interface Dsn {
  readonly notify: readonly ('success' | 'failure' | 'delay')[];
  readonly envid: string;
}

/** One message on its way out, with the envelope it was frozen with (SYNC-270). */
export interface OutboxRow {
  readonly id: OutboxId;
  readonly accountId: AccountId;
  readonly identityId: IdentityId | null;
  readonly state: OutboxState;
  readonly from: { readonly name: string; readonly address: string };
  readonly recipients: readonly OutboxRecipient[];
  readonly subject: string;
  readonly snippet: string;
  /** Bytes as transmitted. */
  readonly size: number;
  readonly hasAttachment: boolean;
  /** With angle brackets. */
  readonly messageIdHeader: string;
  readonly date: number;
  readonly transmittedHash: string;
  /** Null = no copy is kept (receipts). */
  readonly filedHash: string | null;
  readonly needsUtf8: boolean;
  /** Nothing may answer it: its envelope names no sender (RFC 8098 section 3). */
  readonly nullSender: boolean;
  readonly dsn: Dsn | null;
  readonly token: string;
  readonly origin: Origin;
  readonly draftId: DraftId | null;
  readonly shownId: MessageId | null;
  readonly relatedId: MessageId | null;
  readonly relatedMark: string | null;
  readonly sentMailboxId: MailboxId | null;
  readonly createdAt: number;
  readonly notBefore: number | null;
  readonly zone: string | null;
  readonly overdue: boolean;
  readonly toOthers: boolean;
  readonly stage: string | null;
  readonly attempts: number;
  readonly nextAttemptAt: number | null;
  readonly firstFailureAt: number | null;
  readonly sentBytes: number | null;
  readonly failure: Failure | null;
  readonly looks: number;
  readonly observed: Observed | null;
  readonly acceptedAt: number | null;
  readonly fileAfter: number | null;
  /** Where the sent mailbox stood before it left: only what came since can be its copy. */
  readonly sentUidFrom: number | null;
  readonly filedUid: number | null;
  readonly finishedAt: number | null;
  /** Its undo time runs again since Homeport was started (SYNC-287). */
  readonly resumed: boolean;
  /** The user knows that it has not left for a while (SYNC-275). */
  readonly toldLate: boolean;
}

const ENTRY = readSql<OutboxRecord>('SELECT * FROM outbox WHERE id = ?');
const IN_STATE = readSql<OutboxRecord>('SELECT * FROM outbox WHERE state = ? ORDER BY id');
const OF_ACCOUNT = readSql<OutboxRecord>(
  'SELECT * FROM outbox WHERE account_id = ? AND state = ? ORDER BY id',
);
const TO_CHECK = readSql<OutboxRecord>(
  "SELECT * FROM outbox INDEXED BY outbox_check WHERE account_id = ? AND state IN ('done', 'partial') AND file_after IS NOT NULL",
);
const BY_MESSAGE_ID = readSql<OutboxRecord>(
  'SELECT * FROM outbox WHERE account_id = ? AND message_id_header = ? LIMIT 1',
);
const BY_ORIGIN = readSql<{ id: OutboxId }>('SELECT id FROM outbox WHERE origin = ? AND origin_key = ?');
const BY_SHOWN = readSql<{ id: OutboxId; state: OutboxState }>(
  'SELECT id, state FROM outbox WHERE shown_message = ? LIMIT 1',
);
const RECIPIENTS = readSql<{
  position: number;
  name: string;
  address: string;
  state: OutboxRecipient['state'];
  failure_json: string | null;
}>(
  'SELECT position, name, address, state, failure_json FROM outbox_recipients WHERE outbox_id = ? ORDER BY position',
);
const COUNT = readSql<{ n: number }>('SELECT count(*) AS n FROM outbox WHERE state = ?');
const COUNT_OF = readSql<{ n: number }>(
  'SELECT count(*) AS n FROM outbox WHERE account_id = ? AND state = ?',
);

/** Every state in which something is still to happen, or to be said. */
export const OPEN_STATES = [
  'held',
  'queued',
  'submitting',
  'failed',
  'unknown',
  'partial',
  'accepted',
  'filing',
] as const;

export function getOutbox(db: ReadableDb, id: OutboxId): OutboxRow | null {
  const record = prepared(db, ENTRY).get(id);
  return record ? toRow(db, record) : null;
}

export function outboxInState(db: ReadableDb, state: OutboxState): OutboxRow[] {
  return prepared(db, IN_STATE)
    .all(state)
    .map((record) => toRow(db, record));
}

/** Of one account, in the order they were sent off. */
export function outboxOf(db: ReadableDb, accountId: AccountId, state: OutboxState): OutboxRow[] {
  return prepared(db, OF_ACCOUNT)
    .all(accountId, state)
    .map((record) => toRow(db, record));
}

/** Filed by us a moment ago: the copies are counted once (SYNC-285). */
export function outboxToCheck(db: ReadableDb, accountId: AccountId): OutboxRow[] {
  return prepared(db, TO_CHECK)
    .all(accountId)
    .map((record) => toRow(db, record));
}

/** What was sent under that Message-ID (with angle brackets) from the account; null = not from here. */
export function outboxByMessageId(db: ReadableDb, accountId: number, header: string): OutboxRow | null {
  const record = prepared(db, BY_MESSAGE_ID).get(accountId, header);
  return record ? toRow(db, record) : null;
}

/** What a device or command has handed in under its own key before (SYNC-283). */
export function outboxByOrigin(db: ReadableDb, origin: Origin, key: string): OutboxId | null {
  return prepared(db, BY_ORIGIN).get(origin, key)?.id ?? null;
}

export function outboxOfMessage(
  db: ReadableDb,
  messageId: number,
): { id: OutboxId; state: OutboxState } | null {
  return prepared(db, BY_SHOWN).get(messageId) ?? null;
}

/** Messages that have not left, of one account or of all (null): on their way by themselves, or waiting for a word. */
export function outboxCounts(
  db: ReadableDb,
  accountId: AccountId | null,
): { readonly waiting: number; readonly attention: number } {
  const count = (states: readonly OutboxState[]): number =>
    states.reduce(
      (sum, state) =>
        sum +
        ((accountId === null ? prepared(db, COUNT).get(state) : prepared(db, COUNT_OF).get(accountId, state))
          ?.n ?? 0),
      0,
    );
  return {
    waiting: count(['held', 'queued', 'submitting']),
    attention: count(['failed', 'unknown', 'partial']),
  };
}

function toRow(db: ReadableDb, record: OutboxRecord): OutboxRow {
  return {
    id: record.id,
    accountId: record.account_id,
    identityId: record.identity_id,
    state: record.state,
    from: { name: record.from_name, address: record.from_address },
    recipients: prepared(db, RECIPIENTS)
      .all(record.id)
      .map(({ failure_json, ...recipient }) => ({ ...recipient, failure: parse<Failure>(failure_json) })),
    subject: record.subject,
    snippet: record.snippet,
    size: record.size,
    hasAttachment: record.has_attachment === 1,
    messageIdHeader: record.message_id_header,
    date: record.date,
    transmittedHash: record.transmitted_hash,
    filedHash: record.filed_hash,
    needsUtf8: record.needs_utf8 === 1,
    nullSender: record.null_sender === 1,
    dsn: parse<Dsn>(record.dsn_json),
    token: record.token,
    origin: record.origin,
    draftId: record.draft_id,
    shownId: record.shown_message,
    relatedId: record.related_message,
    relatedMark: record.related_mark,
    sentMailboxId: record.sent_mailbox_id,
    createdAt: record.created_at,
    notBefore: record.not_before,
    zone: record.zone,
    overdue: record.overdue === 1,
    toOthers: record.to_others === 1,
    stage: record.stage,
    attempts: record.attempts,
    nextAttemptAt: record.next_attempt_at,
    firstFailureAt: record.first_failure_at,
    sentBytes: record.sent_bytes,
    failure: parse<Failure>(record.failure_json),
    looks: record.looks,
    observed: record.observed,
    acceptedAt: record.accepted_at,
    fileAfter: record.file_after,
    sentUidFrom: record.sent_uid_from,
    filedUid: record.filed_uid,
    finishedAt: record.finished_at,
    resumed: record.resumed === 1,
    toldLate: record.told_late === 1,
  };
}

function parse<T>(json: string | null): T | null {
  return json === null ? null : (JSON.parse(json) as T);
}

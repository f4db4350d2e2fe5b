import type { OutboxState } from '../../../shared/contract/compose-views';
import type {
  AccountId,
  DraftId,
  IdentityId,
  MailboxId,
  MessageId,
  OutboxId,
  Person,
} from '../../../shared/domain';
import type { Failure } from '../../../shared/failure';
import { COLLECTIONS } from '../collections';
import { type Dsn, getOutbox, type Observed } from '../read/outbox';
import { prepared, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';

const INSERT = writeSql(
  `INSERT INTO outbox (account_id, identity_id, state, from_name, from_address, subject, snippet, size, has_attachment,
     message_id_header, date, transmitted_hash, filed_hash, needs_utf8, null_sender, dsn_json, token, origin, origin_key, draft_id,
     shown_message, related_message, related_mark, sent_mailbox_id, created_at, not_before, zone, finished_at)
   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)`,
);
const INSERT_RECIPIENT = writeSql(
  `INSERT INTO outbox_recipients (outbox_id, position, name, address, state) VALUES (?, ?, ?, ?, 'waiting')`,
);
const SET_RECIPIENT = writeSql(
  'UPDATE outbox_recipients SET state = ?, failure_json = ? WHERE outbox_id = ? AND address = ?',
);
const REMOVE = writeSql('DELETE FROM outbox WHERE id = ?');

export interface NewOutbox {
  readonly accountId: AccountId;
  readonly identityId: IdentityId | null;
  readonly state: 'held' | 'queued';
  readonly from: Person;
  readonly recipients: readonly Person[];
  readonly subject: string;
  readonly snippet: string;
  readonly size: number;
  readonly hasAttachment: boolean;
  readonly messageIdHeader: string;
  readonly date: number;
  readonly transmittedHash: string;
  readonly filedHash: string | null;
  readonly needsUtf8: boolean;
  readonly nullSender: boolean;
  readonly dsn: Dsn | null;
  readonly token: string;
  /** The caller's own key under which a repeat creates nothing (SYNC-283). */
  readonly originKey: string | null;
  readonly draftId: DraftId | null;
  readonly shownId: MessageId | null;
  readonly relatedId: MessageId | null;
  readonly relatedMark: string | null;
  readonly sentMailboxId: MailboxId | null;
  readonly notBefore: number | null;
  readonly zone: string | null;
}

/** Frozen: bytes, Message-ID, Date, envelope and identity are what every attempt sends (SYNC-270). */
export function insertOutbox(tx: WriteTx, entry: NewOutbox): OutboxId {
  const { lastInsertRowid } = prepared(tx.db, INSERT).run(
    entry.accountId,
    entry.identityId,
    entry.state,
    entry.from.name,
    entry.from.address,
    entry.subject,
    entry.snippet,
    entry.size,
    entry.hasAttachment ? 1 : 0,
    entry.messageIdHeader,
    entry.date,
    entry.transmittedHash,
    entry.filedHash,
    entry.needsUtf8 ? 1 : 0,
    entry.nullSender ? 1 : 0,
    entry.dsn === null ? null : JSON.stringify(entry.dsn),
    entry.token,
    tx.origin,
    entry.originKey,
    entry.draftId,
    entry.shownId,
    entry.relatedId,
    entry.relatedMark,
    entry.sentMailboxId,
    tx.nowMs,
    entry.notBefore,
    entry.zone,
  );
  const id = Number(lastInsertRowid) as OutboxId;
  const seen = new Set<string>();
  for (const { name, address } of entry.recipients) {
    if (seen.has(address.toLowerCase())) continue;
    prepared(tx.db, INSERT_RECIPIENT).run(id, seen.size, name, address);
    seen.add(address.toLowerCase());
  }
  tx.log(COLLECTIONS.outbox, id, 'add');
  return id;
}

/** What may change of an entry; what is left out stays as it is. */
export interface OutboxChange {
  readonly state?: OutboxState;
  readonly notBefore?: number | null;
  readonly zone?: string | null;
  readonly overdue?: boolean;
  readonly toOthers?: boolean;
  readonly stage?: string | null;
  readonly claimRun?: string | null;
  readonly attempts?: number;
  readonly nextAttemptAt?: number | null;
  readonly firstFailureAt?: number | null;
  readonly sentBytes?: number | null;
  readonly failure?: Failure | null;
  readonly queueText?: string | null;
  readonly looks?: number;
  readonly observed?: Observed | null;
  readonly acceptedAt?: number | null;
  readonly fileAfter?: number | null;
  readonly sentUidFrom?: number | null;
  readonly filedUid?: number | null;
  readonly shownId?: MessageId | null;
  readonly draftId?: DraftId | null;
  readonly finishedAt?: number | null;
  readonly resumed?: boolean;
  readonly toldLate?: boolean;
}

/** One statement per column: a change names few of them. */
const COLUMNS: { readonly [K in keyof Required<OutboxChange>]: ReturnType<typeof writeSql> } = {
  state: set('state'),
  notBefore: set('not_before'),
  zone: set('zone'),
  overdue: set('overdue'),
  toOthers: set('to_others'),
  stage: set('stage'),
  claimRun: set('claim_run'),
  attempts: set('attempts'),
  nextAttemptAt: set('next_attempt_at'),
  firstFailureAt: set('first_failure_at'),
  sentBytes: set('sent_bytes'),
  failure: set('failure_json'),
  queueText: set('queue_text'),
  looks: set('looks'),
  observed: set('observed'),
  acceptedAt: set('accepted_at'),
  fileAfter: set('file_after'),
  sentUidFrom: set('sent_uid_from'),
  filedUid: set('filed_uid'),
  shownId: set('shown_message'),
  draftId: set('draft_id'),
  finishedAt: set('finished_at'),
  resumed: set('resumed'),
  toldLate: set('told_late'),
};

function set(column: string): ReturnType<typeof writeSql> {
  return writeSql(`UPDATE outbox SET ${column} = ? WHERE id = ?`);
}

export function changeOutbox(tx: WriteTx, id: OutboxId, change: OutboxChange): void {
  for (const [key, value] of Object.entries(change)) {
    const column = COLUMNS[key as keyof OutboxChange];
    if (value === undefined) continue;
    const stored =
      key === 'failure' && value !== null
        ? JSON.stringify(value)
        : typeof value === 'boolean'
          ? Number(value)
          : value;
    prepared(tx.db, column).run(stored, id);
  }
  tx.log(COLLECTIONS.outbox, id, 'change');
}

/** What the server said of one recipient (SYNC-276). */
export function setRecipient(
  tx: WriteTx,
  id: OutboxId,
  address: string,
  state: 'waiting' | 'accepted' | 'refused',
  failure: Failure | null,
): void {
  prepared(tx.db, SET_RECIPIENT).run(state, failure === null ? null : JSON.stringify(failure), id, address);
  tx.log(COLLECTIONS.outbox, id, 'change');
}

/** The message itself is another matter: it stays where it is shown. */
export function deleteOutbox(tx: WriteTx, id: OutboxId): void {
  prepared(tx.db, REMOVE).run(id);
  tx.log(COLLECTIONS.outbox, id, 'remove');
}

/** What was sent is remembered so long: to know its copies and answers again. */
const KEPT_MS = 30 * 24 * 60 * 60_000;
const PRUNE = writeSql("DELETE FROM outbox WHERE state = 'done' AND finished_at < ?");

/** Forgets what was sent a month ago; the messages themselves stay. Call daily. */
export function pruneOutbox(tx: WriteTx): void {
  if (prepared(tx.db, PRUNE).run(tx.nowMs - KEPT_MS).changes > 0) tx.log(COLLECTIONS.outbox, 0, 'change');
}

/** The copy is among the sent ones upstream; `uid` null = the server files it, or did not say where. */
export function finishFiling(tx: WriteTx, id: OutboxId, uid: number | null, checkAt: number | null): void {
  const entry = getOutbox(tx.db, id);
  if (entry?.state !== 'filing') return;
  changeOutbox(tx, id, {
    state: entry.recipients.some(({ state }) => state === 'refused') ? 'partial' : 'done',
    filedUid: uid ?? entry.filedUid,
    finishedAt: tx.nowMs,
    // Without a number of ours nobody could tell which of two copies is ours.
    fileAfter: uid === null ? null : checkAt,
    nextAttemptAt: null,
  });
}

import {
  type DraftAttachmentView,
  DraftContent,
  type DraftKind,
  type DraftRevision,
  type DraftSummary,
  type DraftView,
} from '../../../shared/contract/compose-views';
import type { AccountId, DraftId, MessageId } from '../../../shared/domain';
import { decompress, type Encoding } from '../compression';
import type { ReadableDb } from '../handles';
import { prepared, readSql } from '../sql';

/** 'sending' = its message is in the outbox and may come back; 'ending' = discarded, and gone at `endsAt`. */
export type DraftState = 'open' | 'sending' | 'ending';

interface DraftRecord {
  id: DraftId;
  account_id: AccountId;
  kind: DraftKind;
  quick: number;
  state: DraftState;
  related_message: MessageId | null;
  shown_message: MessageId | null;
  token: string;
  message_id_header: string;
  in_reply_to: string | null;
  references_json: string;
  revision: number;
  saved_at: number;
  created_at: number;
  content_json: string;
  touched: number;
  upstream_revision: number | null;
  edited_elsewhere: number;
  ends_at: number | null;
}

/** A draft as it is stored; what people see of it is `draftView`. */
export interface DraftRow {
  readonly id: DraftId;
  readonly accountId: AccountId;
  readonly kind: DraftKind;
  readonly quick: boolean;
  readonly state: DraftState;
  readonly relatedId: MessageId | null;
  readonly shownId: MessageId | null;
  /** Tells its revisions apart upstream (SYNC 7.3, "save draft"). */
  readonly token: string;
  /** With angle brackets. */
  readonly messageIdHeader: string;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly revision: number;
  readonly savedAt: number;
  readonly createdAt: number;
  readonly content: DraftContent;
  /** A person has written in it. */
  readonly touched: boolean;
  readonly upstreamRevision: number | null;
  readonly editedElsewhere: boolean;
  readonly endsAt: number | null;
}

const DRAFT = readSql<DraftRecord>('SELECT * FROM drafts WHERE id = ?');
const IN_STATE = readSql<DraftRecord>('SELECT * FROM drafts WHERE state = ? ORDER BY saved_at DESC, id DESC');
const BY_MESSAGE = readSql<DraftRecord>('SELECT * FROM drafts WHERE shown_message = ? LIMIT 1');
const BY_TOKEN = readSql<DraftRecord>('SELECT * FROM drafts WHERE token = ?');
const RELATED = readSql<DraftRecord>('SELECT * FROM drafts WHERE related_message = ? ORDER BY id DESC');
const OF_ACCOUNT = readSql<{ n: number }>(
  "SELECT count(*) AS n FROM drafts WHERE account_id = ? AND state = 'open' AND touched = 1 AND coalesce(upstream_revision, -1) <> revision",
);
const REVISIONS = readSql<{ revision: number; saved_at: number; first_line: string }>(
  'SELECT revision, saved_at, first_line FROM draft_revisions WHERE draft_id = ? ORDER BY revision DESC',
);
const REVISION = readSql<{ encoding: Encoding; content: Buffer }>(
  'SELECT encoding, content FROM draft_revisions WHERE draft_id = ? AND revision = ?',
);
const ATTACHMENTS = readSql<DraftAttachmentRecord>(
  'SELECT * FROM draft_attachments WHERE draft_id = ? ORDER BY id',
);
const ATTACHMENT = readSql<DraftAttachmentRecord>('SELECT * FROM draft_attachments WHERE id = ?');
const CHUNKS = readSql<{ bytes: Buffer }>(
  'SELECT bytes FROM draft_chunks WHERE attachment_id = ? ORDER BY at',
);

export interface DraftAttachmentRecord {
  readonly id: number;
  readonly draft_id: DraftId;
  readonly filename: string;
  readonly media_type: string;
  readonly size: number;
  readonly content_id: string | null;
  readonly blob_hash: string | null;
  /** Bytes that have arrived. */
  readonly received: number;
  /** Where the bytes of a forwarded one come from. */
  readonly source_message: MessageId | null;
  readonly source_index: number | null;
}

/** Null when there is no such draft. */
export function getDraft(db: ReadableDb, draftId: DraftId): DraftRow | null {
  const record = prepared(db, DRAFT).get(draftId);
  return record ? toDraft(record) : null;
}

/** Drafts that are being written, the newest save first. */
export function openDrafts(db: ReadableDb): DraftRow[] {
  return prepared(db, IN_STATE).all('open').map(toDraft);
}

/** Discarded ones that have not ended yet. */
export function endingDrafts(db: ReadableDb): DraftRow[] {
  return prepared(db, IN_STATE).all('ending').map(toDraft);
}

/** The draft a message of the Drafts mailbox shows, or null when it is another program's. */
export function draftOfMessage(db: ReadableDb, messageId: number): DraftRow | null {
  const record = prepared(db, BY_MESSAGE).get(messageId);
  return record ? toDraft(record) : null;
}

export function draftByToken(db: ReadableDb, token: string): DraftRow | null {
  const record = prepared(db, BY_TOKEN).get(token);
  return record ? toDraft(record) : null;
}

/** Drafts that answer or forward a message, the newest first. */
export function draftsAbout(db: ReadableDb, messageId: MessageId): DraftRow[] {
  return prepared(db, RELATED).all(messageId).map(toDraft);
}

/** Drafts of an account with text that no server has. */
export function countUnsavedDrafts(db: ReadableDb, accountId: AccountId): number {
  return prepared(db, OF_ACCOUNT).get(accountId)?.n ?? 0;
}

export function draftAttachments(db: ReadableDb, draftId: DraftId): DraftAttachmentRecord[] {
  return prepared(db, ATTACHMENTS).all(draftId);
}

export function getDraftAttachment(db: ReadableDb, attachmentId: number): DraftAttachmentRecord | null {
  return prepared(db, ATTACHMENT).get(attachmentId) ?? null;
}

/** What has arrived of an attachment so far, in order. */
export function attachmentChunks(db: ReadableDb, attachmentId: number): Buffer[] {
  return prepared(db, CHUNKS)
    .all(attachmentId)
    .map(({ bytes }) => bytes);
}

export function listRevisions(db: ReadableDb, draftId: DraftId): DraftRevision[] {
  return prepared(db, REVISIONS)
    .all(draftId)
    .map(({ revision, saved_at, first_line }) => ({ revision, savedAt: saved_at, firstLine: first_line }));
}

/** What a draft said in one of its revisions; null when that one is not kept. */
export function readRevision(db: ReadableDb, draftId: DraftId, revision: number): DraftContent | null {
  const row = prepared(db, REVISION).get(draftId, revision);
  if (!row) return null;
  return DraftContent.parse(JSON.parse(decompress(row.encoding, row.content).toString('utf8')));
}

/** A draft as a window shows it; null when there is none, or it is sent or discarded. */
export function draftView(db: ReadableDb, draftId: DraftId): DraftView | null {
  const draft = getDraft(db, draftId);
  if (draft?.state !== 'open') return null;
  return {
    id: draft.id,
    accountId: draft.accountId,
    kind: draft.kind,
    quick: draft.quick,
    relatedId: draft.relatedId,
    revision: draft.revision,
    savedAt: draft.savedAt,
    saved: draft.upstreamRevision === draft.revision ? 'server' : 'computer',
    content: draft.content,
    attachments: draftAttachments(db, draftId).map(attachmentView),
    editedElsewhere: draft.editedElsewhere,
  };
}

export function draftSummary(draft: DraftRow): DraftSummary {
  return {
    id: draft.id,
    accountId: draft.accountId,
    kind: draft.kind,
    quick: draft.quick,
    relatedId: draft.relatedId,
    messageId: draft.shownId,
    subject: draft.content.subject,
    to: draft.content.to,
    savedAt: draft.savedAt,
  };
}

export function attachmentView(record: DraftAttachmentRecord): DraftAttachmentView {
  return {
    id: record.id,
    filename: record.filename,
    mediaType: record.media_type,
    size: record.size,
    contentId: record.content_id,
    state: record.blob_hash !== null ? 'here' : record.source_message === null ? 'loading' : 'missing',
  };
}

function toDraft(record: DraftRecord): DraftRow {
  return {
    id: record.id,
    accountId: record.account_id,
    kind: record.kind,
    quick: record.quick === 1,
    state: record.state,
    relatedId: record.related_message,
    shownId: record.shown_message,
    token: record.token,
    messageIdHeader: record.message_id_header,
    inReplyTo: record.in_reply_to,
    references: JSON.parse(record.references_json) as string[],
    revision: record.revision,
    savedAt: record.saved_at,
    createdAt: record.created_at,
    content: DraftContent.parse(JSON.parse(record.content_json)),
    touched: record.touched === 1,
    upstreamRevision: record.upstream_revision,
    editedElsewhere: record.edited_elsewhere === 1,
    endsAt: record.ends_at,
  };
}

import type { DraftId, MessageId } from '../../../shared/domain';
import { putBlob } from '../blobs';
import { attachmentChunks, getDraftAttachment } from '../read/drafts';
import { prepared, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';
import { stateDraft } from './drafts';

const INSERT = writeSql(
  `INSERT INTO draft_attachments (draft_id, filename, media_type, size, content_id, blob_hash, received,
     source_message, source_index) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
);
const ADD_CHUNK = writeSql('INSERT OR REPLACE INTO draft_chunks (attachment_id, at, bytes) VALUES (?, ?, ?)');
const DROP_CHUNKS = writeSql('DELETE FROM draft_chunks WHERE attachment_id = ?');
const SET_RECEIVED = writeSql('UPDATE draft_attachments SET received = ? WHERE id = ?');
const SET_BLOB = writeSql('UPDATE draft_attachments SET blob_hash = ?, size = ?, received = ? WHERE id = ?');
const REMOVE = writeSql('DELETE FROM draft_attachments WHERE id = ?');

export interface NewDraftAttachment {
  readonly draftId: DraftId;
  readonly filename: string;
  readonly mediaType: string;
  /** Decoded bytes. */
  readonly size: number;
  /** Without angle brackets; null = beside the text. */
  readonly contentId: string | null;
  /** Null = its bytes are still to come. */
  readonly blobHash: string | null;
  /** The attachment of another message it is, for bytes that are loaded later (or 'index null' = the whole message). */
  readonly source: { readonly messageId: MessageId; readonly index: number | null } | null;
}

export function insertDraftAttachment(tx: WriteTx, attachment: NewDraftAttachment): number {
  const { lastInsertRowid } = prepared(tx.db, INSERT).run(
    attachment.draftId,
    attachment.filename,
    attachment.mediaType,
    attachment.size,
    attachment.contentId,
    attachment.blobHash,
    attachment.blobHash === null ? 0 : attachment.size,
    attachment.source?.messageId ?? null,
    attachment.source?.index ?? null,
  );
  stateDraft(tx, attachment.draftId, 'change');
  return Number(lastInsertRowid);
}

/**
 * The next bytes of a file; with the last ones it becomes a blob. Answers false when they do not follow what is here:
 * the caller begins again at `received`.
 */
export function addDraftBytes(tx: WriteTx, attachmentId: number, offset: number, bytes: Uint8Array): boolean {
  const { db } = tx;
  const attachment = getDraftAttachment(db, attachmentId);
  if (!attachment || attachment.blob_hash !== null || attachment.received !== offset) return false;
  const received = offset + bytes.length;
  if (received > attachment.size) return false;
  prepared(db, ADD_CHUNK).run(attachmentId, offset, bytes);
  if (received < attachment.size) prepared(db, SET_RECEIVED).run(received, attachmentId);
  else {
    setDraftBytes(tx, attachmentId, Buffer.concat(attachmentChunks(db, attachmentId)));
    prepared(db, DROP_CHUNKS).run(attachmentId);
  }
  stateDraft(tx, attachment.draft_id, 'change');
  return true;
}

/** All bytes of an attachment at once. */
export function setDraftBytes(tx: WriteTx, attachmentId: number, bytes: Uint8Array): void {
  const attachment = getDraftAttachment(tx.db, attachmentId);
  if (!attachment) return;
  prepared(tx.db, SET_BLOB).run(putBlob(tx, bytes), bytes.length, bytes.length, attachmentId);
  stateDraft(tx, attachment.draft_id, 'change');
}

export function removeDraftAttachment(tx: WriteTx, attachmentId: number): void {
  const attachment = getDraftAttachment(tx.db, attachmentId);
  if (!attachment) return;
  prepared(tx.db, REMOVE).run(attachmentId);
  stateDraft(tx, attachment.draft_id, 'change');
}

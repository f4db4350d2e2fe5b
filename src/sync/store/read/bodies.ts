import type { MessageId, Protection } from '../../../shared/domain';
import type { BlobFiles } from '../blob-files';
import { readBlob } from '../blobs';
import { decompress, type Encoding } from '../compression';
import type { ReadableDb } from '../handles';
import { prepared, readSql } from '../sql';

const BODY = readSql<{
  text_encoding: Encoding | null;
  text: Buffer | null;
  html_encoding: Encoding | null;
  html: Buffer | null;
  truncated: number;
  protection: Protection;
  charset: string | null;
  source_hash: string | null;
}>(
  `SELECT text_encoding, text, html_encoding, html, truncated, protection, charset, source_hash
   FROM bodies WHERE message_id = ?`,
);
const SOURCE_HASH = readSql<{ source_hash: string | null }>(
  'SELECT source_hash FROM bodies WHERE message_id = ?',
);
const ATTACHMENTS = readSql<AttachmentRecord>(
  `SELECT idx, section, filename, media_type, size, content_id, inline, blob_hash FROM attachments
   WHERE message_id = ? ORDER BY idx`,
);

export interface AttachmentRecord {
  readonly idx: number;
  readonly section: string | null;
  readonly filename: string;
  readonly media_type: string;
  readonly size: number;
  readonly content_id: string | null;
  readonly inline: number;
  readonly blob_hash: string | null;
}

export interface BodyRecord {
  readonly text: string | null;
  readonly html: string | null;
  readonly truncated: boolean;
  readonly protection: Protection;
  readonly charset: string | null;
  readonly sourceHash: string | null;
}

/** Null when the body is not on this computer. */
export function getBody(db: ReadableDb, messageId: MessageId): BodyRecord | null {
  const row = prepared(db, BODY).get(messageId);
  if (!row) return null;
  return {
    text: unpack(row.text_encoding, row.text),
    html: unpack(row.html_encoding, row.html),
    truncated: row.truncated === 1,
    protection: row.protection,
    charset: row.charset,
    sourceHash: row.source_hash,
  };
}

export function listAttachments(db: ReadableDb, messageId: MessageId): AttachmentRecord[] {
  return prepared(db, ATTACHMENTS).all(messageId);
}

/** What the source is stored under, or null when it is not on this computer. Equal hashes are equal bytes. */
export function sourceHashOf(db: ReadableDb, messageId: MessageId): string | null {
  return prepared(db, SOURCE_HASH).get(messageId)?.source_hash ?? null;
}

/** Whether the message is on this computer byte for byte. */
export function hasSource(db: ReadableDb, messageId: MessageId): boolean {
  return sourceHashOf(db, messageId) !== null;
}

/** The message as the server has it, byte for byte, or null when it is not on this computer. */
export function readSource(db: ReadableDb, files: BlobFiles, messageId: MessageId): Buffer | null {
  const hash = sourceHashOf(db, messageId);
  return hash === null ? null : readBlob(db, files, hash);
}

function unpack(encoding: Encoding | null, data: Buffer | null): string | null {
  return encoding === null || data === null ? null : decompress(encoding, data).toString('utf8');
}

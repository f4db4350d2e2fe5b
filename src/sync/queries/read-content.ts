import type { MessageId } from '../../shared/domain';
import { fail, type Outcome, ok } from '../../shared/outcome';
import { parseMessage } from '../mime/parse-message';
import { openBlobFiles } from '../store/blob-files';
import { readBlob } from '../store/blobs';
import type { ReadableDb } from '../store/handles';
import { listAttachments, readSource } from '../store/read/bodies';

/** Which bytes of a message are wanted. */
export type ContentPart =
  | { readonly kind: 'attachment'; readonly index: number }
  | { readonly kind: 'cid'; readonly contentId: string }
  | { readonly kind: 'source' };

export interface Content {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly filename: string;
}

/** Bytes of an attachment, an inline picture or the raw source; 'not-found' when they are not on this computer. */
export async function readContent(
  db: ReadableDb,
  databasePath: string,
  messageId: MessageId,
  part: ContentPart,
): Promise<Outcome<Content>> {
  const files = openBlobFiles(databasePath);
  if (part.kind === 'source') {
    const bytes = readSource(db, files, messageId);
    return bytes ? ok({ bytes, mediaType: 'message/rfc822', filename: 'message.eml' }) : missing();
  }
  const wanted = part.kind === 'cid' ? bareId(part.contentId) : null;
  const record = listAttachments(db, messageId).find((item) =>
    part.kind === 'attachment' ? item.idx === part.index : bareId(item.content_id ?? '') === wanted,
  );
  if (!record) return missing();
  const stored = record.blob_hash === null ? null : readBlob(db, files, record.blob_hash);
  const bytes = stored ?? fromSource(readSource(db, files, messageId), record.idx);
  return bytes ? ok({ bytes, mediaType: record.media_type, filename: record.filename }) : missing();
}

function fromSource(source: Uint8Array | null, index: number): Uint8Array | null {
  return source === null ? null : (parseMessage(source).attachments[index]?.content ?? null);
}

function bareId(contentId: string): string {
  return contentId.replace(/^<|>$/g, '');
}

function missing(): Outcome<Content> {
  return fail({ kind: 'not-found', message: 'This is not on this computer.' });
}

import { type DraftKind, MAX_DRAFT_ATTACHMENTS } from '../../shared/contract/compose-views';
import type { MessageId } from '../../shared/domain';
import { type ParsedMessage, parseMessage } from '../mime/parse-message';
import { readBlob } from '../store/blobs';
import type { Store } from '../store/open-store';
import { listAttachments, readSource } from '../store/read/bodies';
import { getMessage } from '../store/read/messages';

/** A file of the original that goes into the draft; without bytes it is loaded before sending. */
export interface TakenAlong {
  readonly filename: string;
  readonly mediaType: string;
  readonly size: number;
  readonly contentId: string | null;
  readonly bytes: Uint8Array | null;
  readonly source: { readonly messageId: MessageId; readonly index: number | null };
}

/**
 * The files an answer or forward begins with: pictures of the quoted text, for a forward the attachments as well, or the
 * whole message as one; that is also what a redirect passes on (APP-120). What is not on this computer is named and loaded later.
 */
export function filesToTake(store: Store, kind: DraftKind, messageId: MessageId): TakenAlong[] {
  switch (kind) {
    case 'new':
      return [];
    case 'forward-attached':
    case 'redirect':
      return [wholeMessage(store, messageId)];
    case 'reply':
    case 'reply-all':
      return attachmentsOf(store, messageId).filter(({ contentId }) => contentId !== null);
    case 'forward':
    case 'edit-as-new':
      return attachmentsOf(store, messageId);
  }
}

function attachmentsOf(store: Store, messageId: MessageId): TakenAlong[] {
  let parsed: ParsedMessage | null | undefined;
  return listAttachments(store.read, messageId)
    .slice(0, MAX_DRAFT_ATTACHMENTS)
    .map((record) => {
      let bytes: Uint8Array | null =
        record.blob_hash === null ? null : readBlob(store.read, store.blobFiles, record.blob_hash);
      if (!bytes) {
        if (parsed === undefined) {
          const source = readSource(store.read, store.blobFiles, messageId);
          parsed = source === null ? null : parseMessage(source);
        }
        bytes = parsed?.attachments[record.idx]?.content ?? null;
      }
      return {
        filename: record.filename || 'attachment',
        mediaType: record.media_type,
        size: bytes?.length ?? record.size,
        contentId: record.inline === 1 ? (record.content_id?.replace(/^<|>$/g, '') ?? null) : null,
        bytes,
        source: { messageId, index: record.idx },
      };
    });
}

/** A message as one file. */
export function wholeMessage(store: Store, messageId: MessageId): TakenAlong {
  const record = getMessage(store.read, messageId);
  const bytes = readSource(store.read, store.blobFiles, messageId);
  // Names of files are for people; what systems forbid in them goes.
  const name = (record?.subject ?? '')
    .replace(/[\p{Cc}/\\:*?"<>|]+/gu, ' ')
    .trim()
    .slice(0, 100);
  return {
    filename: `${name || 'message'}.eml`,
    mediaType: 'message/rfc822',
    size: bytes?.length ?? record?.size ?? 0,
    contentId: null,
    bytes,
    source: { messageId, index: null },
  };
}

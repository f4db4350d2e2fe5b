import type { MessageId } from '../../shared/domain';
import { fail, type Outcome, ok } from '../../shared/outcome';
import { type ParsedMessage, parseMessage } from '../mime/parse-message';
import { isTnef, readTnef } from '../mime/tnef';
import { type BlobFiles, openBlobFiles } from '../store/blob-files';
import { readBlob } from '../store/blobs';
import type { ReadableDb } from '../store/handles';
import { listAttachments, readSource, sourceHashOf } from '../store/read/bodies';
import { getMessage } from '../store/read/messages';
import { wholeBody } from './body-view';

/** Which bytes of a message are wanted. */
export type ContentPart =
  | { readonly kind: 'attachment'; readonly index: number; readonly inside?: Inside }
  | { readonly kind: 'cid'; readonly contentId: string; readonly inside?: Inside }
  | { readonly kind: 'source' }
  | { readonly kind: 'body'; readonly as: 'html' | 'text'; readonly charset: string | null };

/** The way into messages attached to messages: positions of attachments, outermost first. */
type Inside = readonly number[] | undefined;

export interface Content {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly filename: string;
}

export type ContentReader = (messageId: MessageId, part: ContentPart) => Outcome<Content>;

/** A larger source is parsed again for every part: the decoded copy of a message must not stay in memory for nothing. */
const MAX_KEPT_SOURCE_BYTES = 40 * 1024 * 1024;

/**
 * Reads bytes of an attachment, an inline picture or the raw source; 'not-found' when they are not on this computer. The
 * message that was last taken apart is kept, because the pictures of one message are asked for one by one.
 */
export function createContentReader(db: ReadableDb): ContentReader {
  const files = openBlobFiles(db.name);
  let last: { readonly hash: string; readonly parsed: ParsedMessage } | null = null;

  function parsedSource(messageId: MessageId): ParsedMessage | null {
    const hash = sourceHashOf(db, messageId);
    if (hash === null) return null;
    if (last?.hash === hash) return last.parsed;
    const source = readSource(db, files, messageId);
    if (source === null) return null;
    const parsed = parseMessage(source);
    last = source.length <= MAX_KEPT_SOURCE_BYTES ? { hash, parsed } : null;
    return parsed;
  }

  return (messageId, part) => {
    if (part.kind === 'source') {
      const bytes = readSource(db, files, messageId);
      // Among many saved letters only the subject tells which is which.
      const filename = `${getMessage(db, messageId)?.subject.slice(0, 100) || 'message'}.eml`;
      return bytes ? ok({ bytes, mediaType: 'message/rfc822', filename }) : missing();
    }
    if (part.kind === 'body') {
      const words = wholeBody(db, files, messageId, part);
      if (words === null) return missing();
      // Never as what it is: it is data for the message frame, and no page.
      return ok({ bytes: Buffer.from(words, 'utf8'), mediaType: 'text/plain', filename: 'message.txt' });
    }
    const [outermost, ...inner] = part.inside ?? [];
    const stored = (wanted: Wanted) =>
      storedPart(db, files, messageId, wanted, () => parsedSource(messageId));
    if (outermost === undefined) return stored(part);
    let content = stored({ kind: 'attachment', index: outermost });
    for (const index of inner) content = innerPart(content, { kind: 'attachment', index });
    return innerPart(content, part);
  };
}

type Wanted = Exclude<ContentPart, { kind: 'source' | 'body' }>;

function storedPart(
  db: ReadableDb,
  files: BlobFiles,
  messageId: MessageId,
  wanted: Wanted,
  parsed: () => ParsedMessage | null,
): Outcome<Content> {
  const contentId = wanted.kind === 'cid' ? bareId(wanted.contentId) : null;
  const record = listAttachments(db, messageId).find((item) =>
    wanted.kind === 'attachment' ? item.idx === wanted.index : bareId(item.content_id ?? '') === contentId,
  );
  if (!record) return missing();
  const blob = record.blob_hash === null ? null : readBlob(db, files, record.blob_hash);
  const bytes = blob ?? parsed()?.attachments[record.idx]?.content;
  return bytes ? ok({ bytes, mediaType: record.media_type, filename: record.filename }) : missing();
}

/** A part of the message that these bytes are. */
function innerPart(outer: Outcome<Content>, wanted: Wanted): Outcome<Content> {
  if (!outer.ok) return outer;
  const found = openMessage(outer.value).attachments.find((item, at) =>
    wanted.kind === 'attachment'
      ? at === wanted.index
      : bareId(item.contentId ?? '') === bareId(wanted.contentId),
  );
  return found === undefined
    ? missing()
    : ok({ bytes: found.content, mediaType: found.mediaType, filename: found.filename });
}

export interface OpenedMessage extends Pick<ParsedMessage, 'text' | 'html' | 'truncated' | 'attachments'> {
  /** Null where there is only Outlook's envelope. */
  readonly facts: ParsedMessage['facts'] | null;
  readonly subject: string;
}

/** The bytes of an attached message, or of Outlook's envelope, taken apart. */
export function openMessage(content: Content): OpenedMessage {
  const envelope = isTnef(content) ? readTnef(content.bytes) : null;
  if (envelope === null) {
    const parsed = parseMessage(content.bytes);
    return { ...parsed, subject: parsed.facts.subject };
  }
  const attachments = envelope.attachments.map((file) => ({
    ...file,
    section: '',
    contentId: null,
    inline: false,
  }));
  return { ...envelope, facts: null, truncated: false, attachments };
}

function bareId(contentId: string): string {
  return contentId.replace(/^<|>$/g, '');
}

function missing(): Outcome<Content> {
  return fail({ kind: 'not-found', message: 'This is not on this computer.' });
}

import { attachmentRisk } from '../../shared/attachment-safety';
import type { AttachmentView, BodyView } from '../../shared/contract/views';
import type { MessageId } from '../../shared/domain';
import type { HeaderFacts } from '../../shared/observation';
import { spelledOut } from '../../shared/shown-name';
import { withoutArmour } from '../mime/armour';
import { authenticationView } from '../mime/authentication-view';
import { drawnPictures } from '../mime/drawn-pictures';
import { htmlToText } from '../mime/html-to-text';
import { parseMessage } from '../mime/parse-message';
import { foldQuotes } from '../mime/quote-folding';
import { unsubscribeOffer } from '../mime/unsubscribe-offer';
import type { BlobFiles } from '../store/blob-files';
import type { ReadableDb } from '../store/handles';
import { getAccount } from '../store/read/accounts';
import {
  type AttachmentRecord,
  type BodyRecord,
  getBody,
  listAttachments,
  readSource,
} from '../store/read/bodies';
import { getMessage } from '../store/read/messages';
import { isRemoteSenderAllowed } from '../store/read/settings';
import { cutToBytes, fittingNames, MAX_HTML_BYTES, MAX_TEXT_BYTES } from './answer-size';

/** The body of a message as the reader shows it; null when it is not on this computer. */
export function bodyView(
  db: ReadableDb,
  files: BlobFiles,
  messageId: MessageId,
  charset: string | null,
): BodyView | null {
  const message = getMessage(db, messageId);
  const body = getBody(db, messageId);
  if (!message || !body) return null;
  const headers = JSON.parse(message.headers_json) as HeaderFacts;
  const account = getAccount(db, message.account_id);
  const authentication = authenticationView(
    headers,
    account?.settings?.imap.host ?? null,
    account?.email ?? '',
  );
  const shown = readIn(charset, body, db, files, messageId);
  const sender = headers.from[0]?.address ?? '';
  const html = shown.html && cutToBytes(shown.html, MAX_HTML_BYTES);
  // Text made of HTML is what stands in for it: of a huge one its beginning is enough.
  const words = withoutArmour(shown.text ?? (html === null ? '' : htmlToText(html)));
  const text = cutToBytes(words, MAX_TEXT_BYTES);
  const moreHere =
    (html?.length ?? 0) < (shown.html?.length ?? 0) || (shown.text !== null && text.length < words.length);
  const records = listAttachments(db, messageId);
  const drawn = drawnPictures(
    shown.html,
    records.map((record) => ({ ...record, contentId: record.content_id, mediaType: record.media_type })),
  );
  const drawnIds = new Set([...drawn].map(({ idx }) => idx));
  return {
    messageId,
    segments: foldQuotes(text),
    html,
    truncated: shown.truncated || moreHere,
    moreHere,
    attachments: fittingNames(
      records.map((record) => ({
        ...attachmentView(record, body.sourceHash !== null, message.body_state === 'gone'),
        // Whatever was noted when it was stored: what the text does not show is a file.
        inline: record.inline === 1 && (record.content_id === null || drawnIds.has(record.idx)),
      })),
    ),
    protection: body.protection,
    authentication,
    remoteAllowed: sender !== '' && isRemoteSenderAllowed(db, sender),
    unsubscribe: unsubscribeOffer(headers, authentication),
    charset: shown.charset,
  };
}

/** All of what `bodyView` answers the beginning of; null when it is not on this computer. */
export function wholeBody(
  db: ReadableDb,
  files: BlobFiles,
  messageId: MessageId,
  { as, charset }: { readonly as: 'html' | 'text'; readonly charset: string | null },
): string | null {
  const body = getBody(db, messageId);
  if (body === null) return null;
  const shown = readIn(charset, body, db, files, messageId);
  if (as === 'html') return shown.html;
  return withoutArmour(shown.text ?? (shown.html === null ? '' : htmlToText(shown.html)));
}

/** Another character set is read from the bytes as they came (SYNC-349). */
function readIn(
  charset: string | null,
  body: BodyRecord,
  db: ReadableDb,
  files: BlobFiles,
  messageId: MessageId,
): Pick<BodyRecord, 'text' | 'html' | 'truncated' | 'charset'> {
  const source = charset === null ? null : readSource(db, files, messageId);
  return source && charset !== null ? parseMessage(source, { charset }) : body;
}

function attachmentView(
  record: AttachmentRecord,
  hasSource: boolean,
  gone: boolean,
): Omit<AttachmentView, 'inline'> {
  const here = record.blob_hash !== null || hasSource;
  const risk = attachmentRisk(record.filename, record.media_type);
  return {
    index: record.idx,
    filename: spelledOut(record.filename),
    mediaType: record.media_type,
    size: record.size,
    contentId: record.content_id,
    state: here ? 'here' : gone ? 'gone' : 'not-downloaded',
    danger: risk === 'none' || risk === 'archive' ? null : risk,
  };
}

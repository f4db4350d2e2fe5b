import type { DraftContent } from '../../shared/contract/compose-views';
import { DRAFT, type Person, SEEN } from '../../shared/domain';
import type { PartFacts } from '../../shared/observation';
import { htmlToText } from '../mime/html-to-text';
import { makeSnippet } from '../mime/make-snippet';
import type { DraftAttachmentRecord, DraftRow } from '../store/read/drafts';
import type { LocalMessage } from '../store/write/local-message';

/** Longest first line that a list of revisions shows, in characters. */
const FIRST_LINE_CHARS = 80;

/** The text of a draft without the quote below it. */
export function plainBody({ format, body }: DraftContent): string {
  return format === 'html' ? htmlToText(body) : body;
}

/** What tells one revision from another at a glance (APP-125). */
export function firstLineOf(content: DraftContent): string {
  const line = plainBody(content)
    .split('\n')
    .map((text) => text.trim())
    .find((text) => text !== '');
  return (line ?? content.subject).slice(0, FIRST_LINE_CHARS);
}

/** A draft as the message that lists and conversations show of it; its real bytes are made when it goes somewhere. */
export function draftMessage(
  draft: Pick<DraftRow, 'messageIdHeader' | 'inReplyTo' | 'references' | 'createdAt'>,
  content: DraftContent,
  from: Person,
  attachments: readonly DraftAttachmentRecord[],
): LocalMessage {
  const parts = attachments.map(
    ({ filename, media_type, size, content_id }): PartFacts => ({
      section: null,
      filename,
      mediaType: media_type,
      size,
      contentId: content_id,
      inline: content_id !== null,
    }),
  );
  const text = content.format === 'text' ? content.body : null;
  const html = content.format === 'html' ? content.body : null;
  return {
    observed: {
      keywords: [DRAFT, SEEN],
      receivedAt: draft.createdAt,
      size: content.body.length + parts.reduce((sum, { size }) => sum + size, 0),
      identity: null,
      headers: {
        subject: content.subject,
        from: from.address === '' ? [] : [from],
        sender: [],
        replyTo: content.replyTo,
        to: content.to,
        cc: content.cc,
        bcc: content.bcc,
        date: draft.createdAt,
        messageId: withoutBrackets(draft.messageIdHeader),
        inReplyTo: draft.inReplyTo === null ? [] : [withoutBrackets(draft.inReplyTo)],
        references: draft.references.map(withoutBrackets),
        listId: null,
        listUnsubscribe: null,
        listUnsubscribePost: null,
        autoSubmitted: null,
        precedence: null,
        importance: null,
        authenticationResults: [],
        dispositionNotificationTo: null,
        contentType: content.format === 'html' ? 'text/html' : 'text/plain',
        unreadable: false,
      },
      hasAttachment: parts.some(({ inline }) => !inline),
      parts,
    },
    body: {
      text,
      html,
      snippet: makeSnippet(text, html),
      truncated: false,
      protection: 'none',
      charset: null,
      attachments: parts.map((part) => ({ ...part, content: null })),
      source: null,
    },
    blobs: attachments.map(({ blob_hash }) => blob_hash),
  };
}

function withoutBrackets(id: string): string {
  return id.replace(/^<|>$/g, '');
}

import { attachmentRisk } from '../../shared/attachment-safety';
import type { MethodParsedInput } from '../../shared/contract/methods';
import type { InnerMessageView, PreviewProblem, PreviewView } from '../../shared/contract/preview-views';
import type { AttachmentView } from '../../shared/contract/views';
import { previewKind } from '../../shared/preview-kind';
import { spelledOut } from '../../shared/shown-name';
import { readCalendar } from '../calendar/read-calendar';
import { readContacts } from '../calendar/read-contacts';
import { withoutArmour } from '../mime/armour';
import { decodeText } from '../mime/decode-text';
import { htmlToText } from '../mime/html-to-text';
import { foldQuotes } from '../mime/quote-folding';
import { readTable } from '../mime/read-table';
import { cutToBytes, fittingNames, MAX_HTML_BYTES, MAX_TEXT_BYTES } from './answer-size';
import { type Content, type ContentReader, openMessage } from './read-content';

/** Bytes looked at of a text, a table, a calendar or contacts: many times what is shown of them. */
const MAX_TEXTUAL_BYTES = 4 * 1024 * 1024;
/** A larger message in a message is not taken apart for a look. */
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;
/** Characters of a text that are shown. */
const MAX_SHOWN_CHARS = 200_000;
/** People named in each field of a message in a message. */
const MAX_PEOPLE = 50;
/** Attachments listed of a message in a message. */
const MAX_LISTED = 300;

/** APP-089: what an attachment holds, for a look without leaving the app. Whatever it is, the answer is a value. */
export function previewAttachment(
  read: ContentReader,
  { messageId, index, inside }: MethodParsedInput<'attachments.preview'>,
): PreviewView {
  const found = read(messageId, { kind: 'attachment', index, inside });
  if (!found.ok) return problem('not-here');
  const content = found.value;
  if (isDangerous(content)) return problem('no-preview');
  const text = () => decodeText(content.bytes.subarray(0, MAX_TEXTUAL_BYTES), null).text;
  switch (previewKind(content)) {
    case 'calendar':
      return readCalendar(text()) ?? problem('broken');
    case 'contacts':
      return readContacts(text()) ?? problem('broken');
    case 'table':
      return readTable(text()) ?? problem('broken');
    case 'text': {
      const whole = text().replaceAll('\0', '\ufffd');
      const shown = whole.slice(0, MAX_SHOWN_CHARS);
      const truncated = shown.length < whole.length || content.bytes.length > MAX_TEXTUAL_BYTES;
      return { kind: 'text', text: shown, truncated };
    }
    case 'message':
      if (content.bytes.length > MAX_MESSAGE_BYTES) return problem('too-large');
      return { kind: 'message', message: innerMessage(content) };
    case 'image':
    case 'pdf':
    case 'none':
      return problem('no-preview');
  }
}

function innerMessage(content: Content): InnerMessageView {
  const { subject, facts, text, html, truncated, attachments } = openMessage(content);
  const words = withoutArmour(text ?? (html === null ? '' : htmlToText(html)));
  const shown = { text: cutToBytes(words, MAX_TEXT_BYTES), html: html && cutToBytes(html, MAX_HTML_BYTES) };
  const listed = attachments.slice(0, MAX_LISTED);
  return {
    subject,
    from: facts?.from.slice(0, MAX_PEOPLE) ?? [],
    to: facts?.to.slice(0, MAX_PEOPLE) ?? [],
    cc: facts?.cc.slice(0, MAX_PEOPLE) ?? [],
    date: facts?.date ?? null,
    segments: foldQuotes(shown.text),
    html: shown.html,
    truncated:
      truncated || shown.text.length < words.length || (shown.html?.length ?? 0) < (html?.length ?? 0),
    attachments: fittingNames(
      listed.map(({ filename, mediaType, contentId, inline, content: { length } }, at): AttachmentView => {
        const risk = attachmentRisk(filename, mediaType);
        return {
          index: at,
          filename: spelledOut(filename),
          mediaType,
          size: length,
          contentId,
          inline,
          state: 'here',
          danger: risk === 'none' || risk === 'archive' ? null : risk,
        };
      }),
    ),
  };
}

function isDangerous({ filename, mediaType }: Content): boolean {
  const risk = attachmentRisk(filename, mediaType);
  return risk !== 'none' && risk !== 'archive';
}

function problem(kind: PreviewProblem): PreviewView {
  return { kind: 'problem', problem: kind };
}

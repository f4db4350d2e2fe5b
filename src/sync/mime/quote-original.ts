/** The original below an answer, or in what is passed on (APP-122): one block, its looks as they were. */
import type { Person } from '../../shared/domain';
import type { HeaderFacts } from '../../shared/observation';
import { formatDate } from './format-date';
import { htmlToText } from './html-to-text';
import { escapeHtml } from './html-tree';
import { cleanHtml } from './outgoing-html';
import { outgoingText } from './outgoing-text';

export interface QuoteInput {
  readonly kind: 'reply' | 'forward';
  /** Lines before it: who wrote it, or the header of what is passed on. Plain text. */
  readonly attribution: readonly string[];
  /** HTML body of the original; null where it has only text. */
  readonly originalHtml: string | null;
  readonly originalText: string | null;
  /** Only this text of it; null = all. */
  readonly selection: string | null;
  /** Content-IDs of the pictures that the original has, without angle brackets. */
  readonly contentIds: readonly string[];
}

export interface Quote {
  readonly html: string;
  readonly text: string;
  /** Content-IDs of the original's parts that have to travel along. */
  readonly contentIds: readonly string[];
}

/** Longer HTML, in UTF-16 units, is quoted as its text: to write it again would hold up everything else for seconds. */
const MAX_QUOTED_HTML = 1_000_000;

/** Inlined, because readers throw away style sheets; grey, because it is right on white and on black. */
const QUOTE_STYLE = 'margin:0 0 0 0.8ex;padding-left:1ex;border-left:2px solid #888888';

export function quoteOriginal(input: QuoteInput): Quote {
  const { kind, attribution } = input;
  const inner = innerOf(input);
  const head = `<div>${attribution.map(escapeHtml).join('<br>')}</div>`;
  const lines = inner.text.replace(/\s+$/, '').split(/\r\n|\r|\n/);
  if (kind === 'forward') {
    return {
      html: `<div>${head}<br><div>${inner.html}</div></div>`,
      text: [...attribution, '', ...lines].join('\n'),
      contentIds: inner.contentIds,
    };
  }
  const quoted = lines.map((line) => (line === '' ? '>' : `>${line.startsWith('>') ? '' : ' '}${line}`));
  return {
    html: `<div>${head}<blockquote type="cite" style="${QUOTE_STYLE}">${inner.html}</blockquote></div>`,
    text: [...attribution, ...quoted].join('\n'),
    contentIds: inner.contentIds,
  };
}

function innerOf({ kind, originalHtml, originalText, selection, contentIds }: QuoteInput): Quote {
  if (selection !== null) return { html: textAsHtml(selection), text: selection, contentIds: [] };
  if (originalHtml === null || originalHtml.length > MAX_QUOTED_HTML) {
    const text = originalText ?? htmlToText(originalHtml ?? '', { maxLength: MAX_QUOTED_HTML });
    return { html: textAsHtml(text), text, contentIds: [] };
  }
  // In an answer, pictures from elsewhere would only tell that the answer is read; passed on, they are the message.
  const cleaned = cleanHtml(originalHtml, {
    kind: 'quoted',
    remoteImages: kind === 'forward',
    knownIds: new Set(contentIds),
  });
  return { ...cleaned, text: originalText ?? outgoingText(cleaned.html) };
}

/** Line breaks and runs of spaces stay as they were. */
function textAsHtml(text: string): string {
  return text
    .replace(/\s+$/, '')
    .split(/\r\n|\r|\n/)
    .map((line) => escapeHtml(line.replace(/\t/g, '    ').replace(/^ | (?= )/g, '\u00a0')))
    .join('<br>');
}

type Quoted = Pick<HeaderFacts, 'from' | 'to' | 'cc' | 'subject' | 'date'>;

/**
 * What stands before the original.
 * @param zone IANA zone its date is told in
 */
export function attributionOf(kind: 'reply' | 'forward', headers: Quoted, zone: string): readonly string[] {
  const date = headers.date === null ? null : formatDate(headers.date, zone);
  if (kind === 'reply') {
    const [, day, time] = /^(.*) (\d\d:\d\d):\d\d [+-]\d{4}$/.exec(date ?? '') ?? [];
    const when = day === undefined ? '' : `On ${day} at ${time}, `;
    const who = headers.from.map(nameOf).join(', ') || (when === '' ? 'Somebody' : 'somebody');
    return [`${when}${who} wrote:`];
  }
  return [
    '---------- Forwarded message ----------',
    `From: ${listOf(headers.from)}`,
    ...(date === null ? [] : [`Date: ${date}`]),
    `Subject: ${headers.subject}`,
    ...(headers.to.length > 0 ? [`To: ${listOf(headers.to)}`] : []),
    ...(headers.cc.length > 0 ? [`Cc: ${listOf(headers.cc)}`] : []),
  ];
}

function listOf(people: readonly Person[]): string {
  return people.map(nameOf).join(', ');
}

function nameOf({ name, address }: Person): string {
  if (name === '') return address;
  return address === '' ? name : `${name} <${address}>`;
}

import { decodeEntities } from './html-entities';
import { readHtmlTokens } from './html-tokens';

const BLOCKS = new Set(
  'address article aside blockquote center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tr ul'.split(
    ' ',
  ),
);
/** Blocks that stand apart from what surrounds them. */
const PARAGRAPHS = new Set('blockquote h1 h2 h3 h4 h5 h6 ol p pre table ul'.split(' '));
const MAX_QUOTE_DEPTH = 20;

export interface HtmlToTextOptions {
  /** Stop once about this many characters were produced. */
  readonly maxLength?: number;
}

/**
 * Readable plain text of an HTML body, for the text view, the index and snippets: paragraphs, list marks, quotes as
 * `> `. Linear time on any input. The result is text, never markup to show as HTML.
 */
export function htmlToText(html: string, options: HtmlToTextOptions = {}): string {
  const maxLength = options.maxLength ?? Number.POSITIVE_INFINITY;
  const lines: string[] = [];
  // Pieces, not one growing string: asking a long concatenation for its last character copies it every time.
  let pieces: string[] = [];
  let endsOpen = false;
  let length = 0;
  let quoteDepth = 0;
  let preformatted = 0;
  let blank = true;

  function add(text: string): void {
    if (text === '') return;
    pieces.push(text);
    endsOpen = !text.endsWith(' ');
    length += text.length;
  }
  function breakLine(): void {
    const line = pieces.join('');
    const text = preformatted > 0 ? line.trimEnd() : line.trim();
    pieces = [];
    endsOpen = false;
    if (text === '') return;
    lines.push(quoteDepth > 0 ? `${'> '.repeat(Math.min(quoteDepth, MAX_QUOTE_DEPTH))}${text}` : text);
    blank = false;
  }
  function paragraph(): void {
    breakLine();
    if (!blank) lines.push('');
    blank = true;
  }

  readHtmlTokens(html, {
    text(text) {
      if (preformatted > 0) {
        const [first = '', ...rest] = text.split(/\r?\n/);
        add(first);
        for (const next of rest) {
          breakLine();
          add(next);
        }
      } else {
        const collapsed = text.replace(/(?:[\s\u200b\u200c\u00ad\ufeff]|\u034f)+/g, ' ');
        add(endsOpen ? collapsed : collapsed.trimStart());
      }
      return length < maxLength;
    },
    tag(name, closing, attributes) {
      if (name === 'br') breakLine();
      else if (name === 'td' || name === 'th') {
        if (endsOpen) add(' ');
      } else if (name === 'img' && !closing) add(altText(attributes));
      else if (BLOCKS.has(name)) {
        if (PARAGRAPHS.has(name)) paragraph();
        else breakLine();
        if (name === 'blockquote') quoteDepth = Math.max(0, quoteDepth + (closing ? -1 : 1));
        else if (name === 'pre') preformatted = Math.max(0, preformatted + (closing ? -1 : 1));
        else if (name === 'li' && !closing) add('• ');
      }
    },
  });
  breakLine();
  while (lines.at(-1) === '') lines.pop();
  return lines.join('\n');
}

function altText(attributes: string): string {
  const match = /\salt\s*=\s*(?:"([^"]{1,200})"|'([^']{1,200})')/i.exec(attributes.slice(0, 2000));
  return match ? decodeEntities(match[1] ?? match[2] ?? '') : '';
}

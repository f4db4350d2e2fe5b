import { decodeEntities } from './html-entities';

export interface HtmlSink {
  /** Return false to stop reading. */
  text(text: string): boolean;
  /** Lower-case name; `closing` for end tags; `attributes` is the raw text after the name. */
  tag(name: string, closing: boolean, attributes: string): void;
}

/** Elements whose content is no text of the document. */
const SKIPPED = new Set([
  'script',
  'style',
  'title',
  'template',
  'noscript',
  'textarea',
  'svg',
  'math',
  'object',
  'select',
]);

/**
 * Reads HTML from start to end once, without building a tree: for plain text and snippets, never for display. Linear in
 * the input whatever it holds; unclosed tags, comments and quotes swallow the rest, as they do in browsers.
 */
export function readHtmlTokens(html: string, sink: HtmlSink): void {
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    const end = open < 0 ? html.length : open;
    if (end > at && !sink.text(decodeEntities(html.slice(at, end)))) return;
    if (open < 0) return;
    const after = html.charCodeAt(open + 1) | 0;
    if (html.startsWith('<!--', open)) {
      const close = html.indexOf('-->', open + 4);
      at = close < 0 ? html.length : close + 3;
    } else if (isLetter(after) || (after === 47 && isLetter(html.charCodeAt(open + 2)))) {
      const closing = after === 47;
      const close = tagEnd(html, open + 1);
      const body = html.slice(open + (closing ? 2 : 1), close);
      const name = /^[^\s/>]+/.exec(body)?.[0].toLowerCase() ?? '';
      at = Math.min(close + 1, html.length);
      if (!closing && SKIPPED.has(name)) at = skipElement(html, at, name);
      else sink.tag(name, closing, body.slice(name.length));
    } else if (after === 33 || after === 63 || after === 47) {
      const close = html.indexOf('>', open);
      at = close < 0 ? html.length : close + 1;
    } else {
      if (!sink.text('<')) return;
      at = open + 1;
    }
  }
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

/** Index of the `>` that ends the tag, outside quotes; the end of the text when there is none. */
function tagEnd(html: string, start: number): number {
  let quote = 0;
  for (let at = start; at < html.length; at++) {
    const code = html.charCodeAt(at);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === 62) return at;
    // A quote is one only where a value begins: after the equals sign.
    else if ((code === 34 || code === 39) && lastSolid(html, at) === 61) quote = code;
  }
  return html.length;
}

function lastSolid(html: string, before: number): number {
  let at = before - 1;
  while (at > before - 8 && html.charCodeAt(at) <= 32) at--;
  return html.charCodeAt(at);
}

function skipElement(html: string, start: number, name: string): number {
  const end = new RegExp(`</${name}[\\s/>]`, 'gi');
  end.lastIndex = start;
  const found = end.exec(html);
  if (!found) return html.length;
  const close = html.indexOf('>', found.index);
  return close < 0 ? html.length : close + 1;
}

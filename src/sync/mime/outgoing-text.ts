/** The text beside HTML that is sent: readable by itself, with addresses of links, lists and quotes (SYNC-294). */
import { type HtmlElement, type HtmlNode, readHtml } from './html-tree';

const BLOCKS = new Set(
  'address article aside blockquote center dd div dl dt figure footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tr ul'.split(
    ' ',
  ),
);
/** Blocks that stand apart from what surrounds them. */
const APART = new Set('blockquote h1 h2 h3 h4 h5 h6 ol p pre table ul'.split(' '));
const DROPPED = new Set('script style template noscript title head iframe object svg math'.split(' '));
const MAX_INDENT = 8;

interface Frame {
  readonly element: HtmlElement | null;
  readonly nodes: readonly HtmlNode[];
  next: number;
  /** Where the text of a link began, in pieces of the line. */
  readonly from: number;
}

export function outgoingText(html: string): string {
  const lines: string[] = [];
  // Pieces, not one growing string: asking a long concatenation for its last character copies it every time.
  let pieces: string[] = [];
  let last = '';
  let blank = true;
  /** Indentation of an item of a list. */
  let lead = '';
  let quotes = 0;
  let pre = 0;
  const lists: { ordered: boolean; count: number }[] = [];
  /** Quote depth of an empty line that is due before the next one. */
  let gapDepth: number | null = null;

  const prefix = (): string => '> '.repeat(quotes);
  function put(text: string): void {
    if (text === '') return;
    pieces.push(text);
    last = text.slice(-1);
    blank &&= text.trim() === '';
  }
  function take(): string {
    const line = pieces.join('');
    pieces = [];
    last = '';
    blank = true;
    return line;
  }
  function flush(): void {
    const line = take();
    const text = pre > 0 ? line.trimEnd() : line.trim();
    if (text === '') return;
    if (gapDepth !== null && lines.length > 0) lines.push('> '.repeat(gapDepth).trimEnd());
    gapDepth = null;
    lines.push(`${prefix()}${lead}${text}`);
    lead = '';
  }
  function gap(): void {
    flush();
    gapDepth = Math.min(gapDepth ?? quotes, quotes);
  }
  function add(text: string): void {
    if (pre > 0) {
      const [first = '', ...rest] = text.split('\n');
      put(first);
      for (const next of rest) {
        lines.push(`${prefix()}${take()}`.trimEnd());
        put(next);
      }
      return;
    }
    const collapsed = text.replace(/[ \t\r\n\f]+/g, ' ');
    put(last === '' || last === ' ' ? collapsed.trimStart() : collapsed);
  }
  function begin(element: HtmlElement): void {
    const { name } = element;
    if (name === 'br') breakLine();
    else if (name === 'hr') {
      gap();
      put('---');
      gap();
    } else if (name === 'img') add(element.attributes.get('alt') ?? '');
    else if (name === 'td' || name === 'th') {
      if (last !== '' && last !== ' ') put('  ');
    } else if (BLOCKS.has(name)) {
      if (APART.has(name) && lists.length === 0) gap();
      else flush();
      if (name === 'blockquote') quotes++;
      if (name === 'pre') pre++;
      if (name === 'ul' || name === 'ol') {
        lists.push({ ordered: name === 'ol', count: Number(element.attributes.get('start') ?? 1) || 1 });
      }
      if (name === 'li') put(mark());
    }
  }
  /** An empty line of the writer's stays one. */
  function breakLine(): void {
    if (blank && gapDepth === null) lines.push(prefix().trimEnd());
    else flush();
  }
  function mark(): string {
    const list = lists.at(-1);
    lead = '  '.repeat(Math.min(MAX_INDENT, Math.max(0, lists.length - 1)));
    return `${list?.ordered ? `${list.count++}.` : '-'} `;
  }
  function end({ element, from }: Frame): void {
    if (element === null) return;
    const { name } = element;
    if (name === 'a') addAddress(element, from);
    if (!BLOCKS.has(name) || name === 'hr') return;
    flush();
    if (name === 'blockquote') quotes--;
    if (name === 'pre') pre--;
    if (name === 'ul' || name === 'ol') lists.pop();
    if (APART.has(name) && lists.length === 0) gap();
  }
  /** `words <address>`, where the words are not the address already. */
  function addAddress(element: HtmlElement, from: number): void {
    const href = element.attributes.get('href') ?? '';
    if (!/^(https?:\/\/|mailto:)/i.test(href) || from > pieces.length) return;
    const words = pieces.slice(from).join('').trim();
    const bare = href.replace(/^mailto:/i, '');
    const same = [href, bare, href.replace(/^https?:\/\//i, '').replace(/\/$/, '')];
    if (words !== '' && !same.includes(words) && !same.includes(words.replace(/\/$/, ''))) add(` <${bare}>`);
  }

  const stack: Frame[] = [{ element: null, nodes: readHtml(html), next: 0, from: 0 }];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const node = top.nodes[top.next++];
    if (node === undefined) {
      end(top);
      stack.pop();
    } else if (typeof node === 'string') add(node);
    else if (!DROPPED.has(node.name)) {
      begin(node);
      stack.push({ element: node, nodes: node.children, next: 0, from: pieces.length });
    }
  }
  flush();
  return lines
    .join('\n')
    .replaceAll('\u00a0', ' ')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

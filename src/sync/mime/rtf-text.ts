import { decodeText } from './decode-text';

/** Groups inside groups that are told apart; deeper ones take over what is around them. */
const MAX_DEPTH = 200;
/** Groups that hold no words of the message. */
const NO_TEXT = new Set(
  'fonttbl colortbl stylesheet info pict object header footer headerl headerr footerl footerr listtable listoverridetable rsidtbl generator themedata xmlnstbl mhtmltag'.split(
    ' ',
  ),
);
const SYMBOLS: Readonly<Record<string, string>> = {
  par: '\n',
  line: '\n',
  row: '\n',
  cell: '\t',
  tab: '\t',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
  endash: '–',
  emdash: '—',
};

interface Group {
  /** Its words are not part of the text. */
  readonly skips: boolean;
  /** Inside `\*\htmltag`: its words are markup of the original HTML. */
  readonly isMarkup: boolean;
  /** Between `\htmlrtf` and `\htmlrtf0`: words that stand for markup in plain rich text only. */
  readonly isStandIn: boolean;
  /** Characters after a `\u` that old readers would show in its place. */
  readonly fallbacks: number;
}

/**
 * The words of a rich text; where it carries a message that was HTML (MS-OXRTFEX), that HTML. One pass, no recursion;
 * whatever is broken is passed over.
 */
export function readRtf(rtf: Buffer): { readonly text: string | null; readonly html: string | null } {
  const source = rtf.toString('latin1');
  if (!source.startsWith('{\\rtf')) return { text: null, html: null };
  const isHtml = /\\fromhtml1?\b/.test(source.slice(0, 2000));
  const charset = `windows-${/\\ansicpg(\d{3,5})/.exec(source.slice(0, 2000))?.[1] ?? '1252'}`;
  let group: Group = { skips: false, isMarkup: false, isStandIn: false, fallbacks: 1 };
  const outer: Group[] = [];
  const out: string[] = [];
  let bytes: number[] = [];
  let swallow = 0;
  const flush = () => {
    if (bytes.length > 0) put(decodeText(Uint8Array.from(bytes), charset).text);
    bytes = [];
  };
  const put = (text: string) => {
    if (group.skips || group.isStandIn) return;
    out.push(isHtml && !group.isMarkup ? escapeHtml(text) : text);
  };

  // A control word, a control symbol, a brace, or a run of plain characters.
  const tokens = /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[^\\{}]+/gi;
  for (const [token, word, number, hex, symbol, brace] of source.matchAll(tokens)) {
    if (hex !== undefined) {
      if (swallow > 0) swallow--;
      else bytes.push(Number.parseInt(hex, 16));
      continue;
    }
    flush();
    if (brace === '{') {
      if (outer.length < MAX_DEPTH) outer.push(group);
    } else if (brace === '}') group = outer.pop() ?? group;
    else if (symbol !== undefined) {
      if (symbol === '*') group = { ...group, skips: true };
      else if ('\\{}'.includes(symbol)) put(symbol);
      else if (symbol === '~') put('\u00a0');
    } else if (word !== undefined) control(word.toLowerCase(), number);
    else {
      const plain = token.replace(/[\r\n]/g, '');
      put(plain.slice(swallow));
      swallow = Math.max(0, swallow - plain.length);
    }
  }
  flush();
  const text = out.join('').trim();
  if (text === '') return { text: null, html: null };
  return isHtml ? { text: null, html: text } : { text, html: null };

  function control(word: string, number: string | undefined): void {
    if (word === 'htmltag') group = { ...group, skips: !isHtml, isMarkup: true, isStandIn: false };
    else if (word === 'htmlrtf') group = { ...group, isStandIn: isHtml && number !== '0' };
    else if (NO_TEXT.has(word)) group = { ...group, skips: true };
    else if (word === 'uc') group = { ...group, fallbacks: Math.min(9, Math.max(0, Number(number ?? 1))) };
    else if (word === 'u') {
      put(String.fromCharCode(Number(number ?? 0) & 0xffff));
      swallow = group.fallbacks;
    } else if (Object.hasOwn(SYMBOLS, word)) put(SYMBOLS[word] ?? '');
  }
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

import { isFilterOperator, isTextField } from './operators';

/** A query cut into what the parser looks at. */
export type Piece =
  | { readonly kind: 'open' | 'close' | 'minus' }
  | { readonly kind: 'word'; readonly text: string; readonly broken: boolean }
  | { readonly kind: 'phrase'; readonly text: string }
  /** `value` null: the value is the group that opens behind it. */
  | {
      readonly kind: 'operator';
      readonly name: string;
      readonly value: string | null;
      readonly quoted: boolean;
    };

const OPERATOR = /^([a-z_]{2,12}):/i;

/** Linear in the length of the text; curly quotes count as straight ones. */
export function readPieces(query: string): Piece[] {
  const text = query.replace(/[\u201c\u201d\u201e\u201f\u00ab\u00bb]/g, '"');
  const pieces: Piece[] = [];
  let at = 0;
  /** True behind a quote that never ends: the word it stands before was meant as something else. */
  let broken = false;
  const word = (): string => {
    const end = nextBreak(text, at);
    const read = text.slice(at, end);
    at = end;
    return read;
  };
  while (at < text.length) {
    const here = text[at] as string;
    if (/\s/.test(here)) at++;
    else if (here === '(' || here === ')') {
      pieces.push({ kind: here === '(' ? 'open' : 'close' });
      at++;
    } else if (here === '"') {
      const end = text.indexOf('"', at + 1);
      if (end < 0) {
        broken = true;
        at++;
        continue;
      }
      pieces.push({ kind: 'phrase', text: text.slice(at + 1, end) });
      at = end + 1;
    } else if (here === '-' && /[^\s)-]/.test(text[at + 1] ?? ' ') && /^$|[\s(]/.test(text[at - 1] ?? '')) {
      pieces.push({ kind: 'minus' });
      at++;
    } else {
      const operator = operatorAt(text, at);
      if (!operator) {
        pieces.push({ kind: 'word', text: word(), broken });
        broken = false;
        continue;
      }
      at += operator.length + 1;
      const name = operator.toLowerCase();
      const end = text[at] === '"' ? text.indexOf('"', at + 1) : -1;
      if (end > 0) {
        pieces.push({ kind: 'operator', name, value: text.slice(at + 1, end), quoted: true });
        at = end + 1;
      } else if (text[at] === '(') pieces.push({ kind: 'operator', name, value: null, quoted: false });
      else if (text[at] === '"') {
        // Its quote never ends: the words are still looked for in its field.
        at++;
        pieces.push({ kind: 'operator', name, value: word(), quoted: false });
      } else pieces.push({ kind: 'operator', name, value: word(), quoted: false });
    }
  }
  return pieces;
}

/** The known operator that stands here, as written; null when it is a word. */
function operatorAt(text: string, at: number): string | null {
  const name = OPERATOR.exec(text.slice(at, at + 16))?.[1];
  if (name === undefined) return null;
  const lower = name.toLowerCase();
  return isTextField(lower) || isFilterOperator(lower) ? name : null;
}

function nextBreak(text: string, from: number): number {
  let at = from;
  while (at < text.length && !/[\s()"]/.test(text[at] as string)) at++;
  return at;
}

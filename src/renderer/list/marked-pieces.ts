import type { TextMarks } from '../../shared/contract/search-views';

export interface Piece {
  readonly text: string;
  readonly marked: boolean;
}

/**
 * Cuts a text at its marks (SYNC-375): the pieces together are the text, whatever the marks say. Marks that overlap count
 * once, those outside the text not at all; a character that takes two units is never cut in two.
 */
export function markedPieces(text: string, marks: TextMarks): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const put = (until: number, marked: boolean) => {
    if (until > at) pieces.push({ text: text.slice(at, until), marked });
    at = Math.max(at, until);
  };
  for (const [from, to] of [...marks].sort((a, b) => a[0] - b[0])) {
    const start = wholeCharacter(text, Math.max(at, from));
    const end = wholeCharacter(text, Math.min(text.length, to));
    if (start >= end) continue;
    put(start, false);
    put(end, true);
  }
  put(text.length, false);
  return pieces;
}

/** So much of a text stands before its first mark where there is little room. UTF-16 units. */
const LEAD = 14;

/**
 * The text from shortly before its first mark on, so that what was searched for is seen although the line is cut at its
 * end; the marks go along. A text whose first mark stands near its beginning is left as it is.
 */
export function fromFirstMark(
  text: string,
  marks: TextMarks,
): { readonly text: string; readonly marks: TextMarks } {
  const first = Math.min(...marks.map(([from]) => from));
  if (!Number.isFinite(first) || first <= LEAD) return { text, marks };
  const space = text.indexOf(' ', first - LEAD);
  const start = space >= 0 && space < first ? space + 1 : wholeCharacter(text, first);
  const shift = start - ELLIPSIS.length;
  return { text: ELLIPSIS + text.slice(start), marks: marks.map(([from, to]) => [from - shift, to - shift]) };
}

const ELLIPSIS = '…';

function wholeCharacter(text: string, index: number): number {
  const before = text.charCodeAt(index - 1);
  const after = text.charCodeAt(index);
  const inside = before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
  return inside ? index + 1 : index;
}

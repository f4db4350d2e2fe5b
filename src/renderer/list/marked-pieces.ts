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

function wholeCharacter(text: string, index: number): number {
  const before = text.charCodeAt(index - 1);
  const after = text.charCodeAt(index);
  const inside = before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
  return inside ? index + 1 : index;
}

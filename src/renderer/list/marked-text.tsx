import type { TextMarks } from '../../shared/contract/search-views';
import { markedPieces } from './marked-pieces';

interface MarkedTextProps {
  readonly text: string;
  /** None = the text as it is. */
  readonly marks?: TextMarks | undefined;
}

/** A text with what was searched for marked: as text, never as markup (SYNC-375). */
export function MarkedText({ text, marks }: MarkedTextProps) {
  if (!marks || marks.length === 0) return text;
  return markedPieces(text, marks).map(({ text: piece, marked }, at) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text have no other name, and hold no state.
    marked ? <mark key={at}>{piece}</mark> : piece,
  );
}

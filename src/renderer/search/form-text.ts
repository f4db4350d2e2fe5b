import { FILTER_OPERATORS, HAS_VALUES, IS_VALUES, TEXT_FIELDS } from '../../shared/search/operators';
import { type Piece, readPieces } from '../../shared/search/read-pieces';
import { quoteValue } from './words';

/** Operators with a field of their own; `is` and `has` are boxes to tick. */
export const FIELD_OPERATORS = [...TEXT_FIELDS, ...FILTER_OPERATORS].filter(
  (name): name is FieldOperator => name !== 'is' && name !== 'has',
);
export type FieldOperator = Exclude<(typeof TEXT_FIELDS | typeof FILTER_OPERATORS)[number], 'is' | 'has'>;

const JOINING = ['OR', 'AND', 'NOT'];

/** A search as the form shows it (APP-169); everything in it has to be true of a message. */
export interface FormValues {
  readonly fields: Readonly<Partial<Record<FieldOperator, string>>>;
  readonly is: readonly string[];
  readonly has: readonly string[];
  /** Words, and whatever has no field: alternatives, brackets, an operator for the second time. */
  readonly words: string;
  /** What must not be there. */
  readonly not: string;
}

/** One thing that has to be true, and whether it is the opposite. */
interface Term {
  readonly negated: boolean;
  readonly pieces: readonly Piece[];
}

/** Reads a text into the form. Nothing is lost: what has no field stands among the words. */
export function formOf(text: string): FormValues {
  const pieces = readPieces(text);
  const terms = termsOf(pieces);
  if (terms === null) return { fields: {}, is: [], has: [], words: text.trim(), not: '' };
  const fields: Partial<Record<FieldOperator, string>> = {};
  const ticked = { is: new Set<string>(), has: new Set<string>() };
  const words: string[] = [];
  const not: string[] = [];
  for (const { negated, pieces: own } of terms) {
    const written = writeTerm(own);
    const [piece] = own;
    if (negated) not.push(written);
    else if (own.length === 1 && piece?.kind === 'operator' && piece.value !== null) {
      const { name, value } = piece;
      if (name === 'is' || name === 'has') {
        const known: readonly string[] = name === 'is' ? IS_VALUES : HAS_VALUES;
        if (known.includes(value)) ticked[name].add(value);
        else words.push(written);
      } else if (isField(name) && fields[name] === undefined && staysItself(piece))
        fields[name] = value.trim();
      else words.push(written);
    } else words.push(written);
  }
  return { fields, is: [...ticked.is], has: [...ticked.has], words: words.join(' '), not: not.join(' ') };
}

/** Writes the form as a text. Words come last, so that they may go on while they are typed. */
export function textOf({ fields, is, has, words, not }: FormValues): string {
  const parts = FIELD_OPERATORS.flatMap((name) => {
    const value = fields[name]?.trim() ?? '';
    return value === '' ? [] : [`${name}:${quoteValue(value)}`];
  });
  parts.push(...is.map((value) => `is:${value}`), ...has.map((value) => `has:${value}`));
  const refused = termsOf(readPieces(not)) ?? [{ negated: false, pieces: bracketed(readPieces(not)) }];
  parts.push(...refused.map(({ pieces }) => `-${writeTerm(pieces)}`));
  const free = words.trim();
  if (free !== '') parts.push(parts.length > 0 && termsOf(readPieces(free)) === null ? `(${free})` : free);
  return parts.join(' ');
}

function isField(name: string): name is FieldOperator {
  return (FIELD_OPERATORS as readonly string[]).includes(name);
}

/** False for values that mean something else once they are written as the form writes them. */
function staysItself({ value, quoted }: Extract<Piece, { kind: 'operator' }>): boolean {
  const text = value?.trim() ?? '';
  return text !== '' && !(quoted && text.endsWith('*'));
}

/** Cuts a query into what is joined by "and"; null where it has alternatives, or a bracket that was never opened. */
function termsOf(pieces: readonly Piece[]): Term[] | null {
  const terms: Term[] = [];
  for (let at = 0; at < pieces.length; ) {
    if (isWord(pieces[at], 'OR') || pieces[at]?.kind === 'close') return null;
    if (isWord(pieces[at], 'AND') && terms.length > 0 && at + 1 < pieces.length) at += 1;
    let negated = false;
    while (at + 1 < pieces.length && (pieces[at]?.kind === 'minus' || isWord(pieces[at], 'NOT'))) {
      negated = !negated;
      at += 1;
    }
    const end = endOfTerm(pieces, at);
    const own = pieces.slice(at, end);
    if (own.length > 0 && !isWord(own[0], 'OR')) terms.push({ negated, pieces: own });
    else if (own.length > 0) return null;
    at = end;
  }
  return terms;
}

function isWord(piece: Piece | undefined, text: string): boolean {
  return piece?.kind === 'word' && piece.text === text && !piece.broken;
}

/** Behind the piece that begins at `at`, or behind the bracket it opens. */
function endOfTerm(pieces: readonly Piece[], from: number): number {
  const first = pieces[from];
  const opens = first?.kind === 'open' || (first?.kind === 'operator' && first.value === null);
  if (!opens) return from + 1;
  let depth = 0;
  for (let at = from; at < pieces.length; at += 1) {
    if (pieces[at]?.kind === 'open') depth += 1;
    if (pieces[at]?.kind !== 'close') continue;
    depth -= 1;
    if (depth === 0) return at + 1;
  }
  return pieces.length;
}

function bracketed(pieces: readonly Piece[]): readonly Piece[] {
  return [{ kind: 'open' }, ...pieces, { kind: 'close' }];
}

/** Writes pieces so that they are read as the same pieces again; a bracket that is still open is closed. */
function writePieces(pieces: readonly Piece[]): string {
  let text = '';
  let open = 0;
  // True behind what belongs to the next piece.
  let joined = true;
  const put = (written: string, joins = false) => {
    text += joined ? written : ` ${written}`;
    joined = joins;
  };
  for (const piece of pieces) {
    switch (piece.kind) {
      case 'open':
        open += 1;
        put('(', true);
        break;
      case 'close':
        open -= 1;
        text += ')';
        joined = false;
        break;
      case 'minus':
        put('-', true);
        break;
      case 'phrase':
        put(`"${piece.text}"`);
        break;
      case 'word':
        put(isMistaken(piece) ? `"${piece.text}"` : piece.text);
        break;
      case 'operator': {
        const value = piece.quoted ? `"${piece.value}"` : (piece.value ?? '');
        put(`${piece.name}:${value}`, piece.value === null);
      }
    }
  }
  return text + ')'.repeat(Math.max(0, open));
}

/** A term that is the word AND, OR or NOT itself must stay a word wherever it stands. */
function writeTerm(pieces: readonly Piece[]): string {
  const [first] = pieces;
  const joins = pieces.length === 1 && first?.kind === 'word' && JOINING.includes(first.text);
  return joins ? `"${first.text}"` : writePieces(pieces);
}

/** A word that would be read as something else where it stands now. */
function isMistaken({ text, broken }: Extract<Piece, { kind: 'word' }>): boolean {
  return text.startsWith('-') || (broken && JOINING.includes(text));
}

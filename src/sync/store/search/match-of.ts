import type { QueryNode, TextNode } from '../../../shared/search/query';
import { fold, isUnspaced, queryTermsOf } from './words';

/** Columns of the index of words that an operator names; null = in all of them. */
const COLUMNS: Readonly<Record<NonNullable<TextNode['field']>, string>> = {
  subject: 'subject',
  from: 'author',
  to: 'addressee',
  cc: 'copied',
  bcc: 'blind',
  with: 'author addressee copied blind',
  body: 'body',
  filename: 'files',
  list: 'list',
};
/** The index of parts has no texts and no List-Ids. */
const PART_COLUMNS: Readonly<Record<NonNullable<TextNode['field']>, string | null>> = {
  ...COLUMNS,
  body: null,
  list: null,
};

/** Shorter beginnings match half of all words (SYNC-367); of scripts without spaces one character is enough. */
const MIN_PREFIX = 3;
/** Three characters are what the index of parts is made of (SYNC-368). */
export const MIN_PART = 3;

/** The query's `me`: addresses of the user's own accounts. */
export type OwnAddresses = readonly string[];

const WITH_ME: ReadonlySet<TextNode['field']> = new Set(['from', 'to', 'cc', 'bcc', 'with']);

/**
 * An expression for the index of words that means the same as the node; null when other things than words are asked
 * for, or when nothing positive is left to look up. Only our own folded terms in quotes get into it.
 */
export function matchOf(node: QueryNode, own: OwnAddresses): string | null {
  switch (node.kind) {
    case 'filter':
      return null;
    case 'text':
      return node.match === 'part' ? null : textMatch(node, own);
    case 'not':
      return null;
    case 'or': {
      const parts = node.nodes.map((part) => matchOf(part, own));
      return parts.includes(null) ? null : `(${parts.join(' OR ')})`;
    }
    case 'and': {
      const wanted: string[] = [];
      const unwanted: string[] = [];
      for (const part of node.nodes) {
        const match = matchOf(part.kind === 'not' ? part.node : part, own);
        if (match === null) return null;
        (part.kind === 'not' ? unwanted : wanted).push(match);
      }
      if (wanted.length === 0) return null;
      const all = `(${wanted.join(' AND ')})`;
      return unwanted.length === 0 ? all : `(${all} NOT (${unwanted.join(' OR ')}))`;
    }
  }
}

function textMatch({ field, text, match }: TextNode, own: OwnAddresses): string | null {
  const texts = WITH_ME.has(field) && text.toLowerCase() === 'me' ? own : [text];
  const phrases = texts.flatMap((one) => phraseOf(one, match === 'prefix') ?? []);
  if (phrases.length === 0) return null;
  const any = phrases.length === 1 ? phrases[0] : `(${phrases.join(' OR ')})`;
  return field === null ? `${any}` : `{${COLUMNS[field]}} : ${any}`;
}

/** Words in a row as the index is asked for them; null when there is no letter in the text. */
function phraseOf(text: string, goesOn: boolean): string | null {
  const terms = queryTermsOf(text);
  const last = terms.at(-1);
  return last === undefined ? null : `"${terms.join(' ')}"${isPrefix(last, goesOn) ? ' *' : ''}`;
}

/** Whether the last term of a query also finds what begins with it. */
export function isPrefix(term: string, goesOn: boolean): boolean {
  if (isUnspaced(term)) return [...term].length === 1;
  return goesOn && [...term].length >= MIN_PREFIX;
}

/** An expression for the index of parts of words; null where that cannot answer: in texts, or for two characters. */
export function partMatchOf({ field, text }: TextNode): string | null {
  const folded = fold(text).replaceAll('\0', '');
  if ([...folded].length < MIN_PART) return null;
  const part = `"${folded.replaceAll('"', '""')}"`;
  if (field === null) return part;
  const columns = PART_COLUMNS[field];
  return columns === null ? null : `{${columns}} : ${part}`;
}

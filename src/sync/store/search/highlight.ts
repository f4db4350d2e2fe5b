import type { TextMarks } from '../../../shared/contract/search-views';
import type { TextField } from '../../../shared/search/operators';
import type { TextNode } from '../../../shared/search/query';
import { isPrefix } from './match-of';
import { fold, placedTermsOf, queryTermsOf, type Term } from './words';

/** Length of a snippet; the list shows less (SYNC-342). UTF-16 units. */
const MAX_SNIPPET = 200;
/** What stands before the first hit of a snippet. */
const LEAD = 40;
/** Of a text that is not plain ASCII, so much is looked through for the best place. */
const LOOKED_THROUGH = 6_000;

/** Where a text answers the query: terms in a row, the last of which may go on; or a piece of a word. */
export interface Needle {
  readonly terms: readonly string[];
  readonly goesOn: boolean;
  readonly part: string | null;
}

/** What is to be marked in a field; `fields` are the names of the operators that look into it. */
export function needlesFor(texts: readonly TextNode[], fields: readonly TextField[]): Needle[] {
  return texts.flatMap((node): Needle[] => {
    if (node.field !== null && !fields.includes(node.field)) return [];
    if (node.match === 'part') return [{ terms: [], goesOn: false, part: fold(node.text) }];
    const terms = queryTermsOf(node.text);
    const last = terms.at(-1);
    return last === undefined ? [] : [{ terms, goesOn: isPrefix(last, node.match === 'prefix'), part: null }];
  });
}

/** Places of the needles in a text, ascending and apart, by the same tokeniser that found them (SYNC-375). */
export function marksIn(text: string, needles: readonly Needle[]): TextMarks {
  if (needles.length === 0 || text === '') return [];
  const placed = placedTermsOf(text);
  const marks: [number, number][] = [];
  for (const needle of needles) {
    if (needle.part !== null) {
      for (const { term, start, end } of placed) if (term.includes(needle.part)) marks.push([start, end]);
      continue;
    }
    for (let at = 0; at + needle.terms.length <= placed.length; at++) {
      if (!standsAt(placed, at, needle)) continue;
      const first = placed[at];
      const last = placed[at + needle.terms.length - 1];
      if (first && last) marks.push([first.start, markEnd(last, needle)]);
    }
  }
  return merged(marks);
}

/**
 * The part of a body that answers best, on one line, with its marks; null when no needle is found there. Plain text is
 * searched as it is, so that a page of results costs no more than a look at each body.
 */
export function bestSnippet(
  body: string,
  needles: readonly Needle[],
): { text: string; marks: TextMarks } | null {
  const at = placeOfFirst(body, needles);
  if (at === null) return null;
  let start = Math.max(0, at - LEAD);
  if (start > 0) {
    const space = body.slice(start, at).search(/\s/);
    if (space >= 0) start += space + 1;
  }
  const before = start > 0 ? '…' : '';
  const text = `${before}${body.slice(start, start + MAX_SNIPPET * 2)}`
    .replace(/^[\udc00-\udfff]/, '')
    .replace(/\s+/g, ' ')
    .slice(0, MAX_SNIPPET)
    .replace(/[\ud800-\udbff]$/, '')
    .trim();
  const marks = marksIn(text, needles);
  return marks.length === 0 ? null : { text, marks };
}

/** The place with the most different needles close by, else the first. */
function placeOfFirst(body: string, needles: readonly Needle[]): number | null {
  const lower = body.toLowerCase();
  const wanted = needles.map(({ terms, part }) => part ?? terms[0] ?? '').filter((term) => term !== '');
  const places: { readonly at: number; readonly needle: number }[] = [];
  wanted.forEach((term, needle) => {
    let at = indexOfWord(lower, term, 0);
    for (let count = 0; at >= 0 && count < 5; count++) {
      places.push({ at, needle });
      at = indexOfWord(lower, term, at + term.length);
    }
  });
  if (places.length === 0) {
    const marks = marksIn(body.slice(0, LOOKED_THROUGH), needles);
    return marks[0]?.[0] ?? null;
  }
  places.sort((a, b) => a.at - b.at);
  let best = places[0];
  let most = 0;
  for (const place of places) {
    const near = new Set(
      places
        .filter(({ at }) => at >= place.at && at < place.at + MAX_SNIPPET - LEAD)
        .map(({ needle }) => needle),
    ).size;
    if (near > most) [best, most] = [place, near];
  }
  return best?.at ?? null;
}

/** Not inside of another word: "art" is not found in "party". */
function indexOfWord(lower: string, term: string, from: number): number {
  let at = lower.indexOf(term, from);
  while (at > 0 && /[a-z0-9]/.test(lower[at - 1] as string) && /^[a-z0-9]/.test(term))
    at = lower.indexOf(term, at + 1);
  return at;
}

function standsAt(placed: readonly Term[], at: number, { terms, goesOn }: Needle): boolean {
  return terms.every((term, offset) => {
    const there = placed[at + offset]?.term ?? '';
    return goesOn && offset === terms.length - 1 ? there.startsWith(term) : there === term;
  });
}

/** Of a pair of characters that a single one begins, the single one is marked. */
function markEnd({ term, start, end }: Term, { terms, goesOn }: Needle): number {
  const wanted = terms.at(-1) ?? '';
  const single = goesOn && [...wanted].length === 1 && [...term].length === 2;
  return single ? Math.min(end, start + wanted.length) : end;
}

function merged(marks: [number, number][]): TextMarks {
  const joined: [number, number][] = [];
  for (const [start, end] of marks.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = joined.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}

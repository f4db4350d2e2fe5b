/**
 * The one tokeniser of the search (SYNC-364, 365): what is indexed, what is asked for and what is highlighted go through
 * it, so they can never disagree. SQLite's own (`unicode61 remove_diacritics 2`) then only splits at our spaces.
 */

/** Scripts that are written without spaces between words: any two characters that touch are a term. */
const UNSPACED =
  '\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Hang}\\p{scx=Bopo}\\p{scx=Thai}\\p{scx=Laoo}\\p{scx=Khmr}\\p{scx=Mymr}';
/** Soft hyphen, zero-width characters, direction marks: inside a word they are not there. */
const INVISIBLE = '\\u00ad\\u034f\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\ufeff';
const SPACED_SCRIPTS = ['Latin', 'Cyrillic', 'Greek', 'Arabic', 'Hebrew'];

const LETTER = '[\\p{L}\\p{N}]';
const REST = `[\\p{L}\\p{N}\\p{M}${INVISIBLE}]`;
/** Letters written U+02B9 … U+02BC and the like stand for apostrophes, which separate. */
const APOSTROPHES = '\\u02b9-\\u02bf\\u055a\\uff07';

/** One stretch of one script: without spaces first, then the common alphabets, then whatever else has letters. */
const RUNS = new RegExp(
  [
    `((?![${APOSTROPHES}])(?=${LETTER})[${UNSPACED}](?:(?![${APOSTROPHES}])(?=${REST})[${UNSPACED}\\p{M}${INVISIBLE}])*)`,
    ...SPACED_SCRIPTS.map((script) => {
      const letter = `(?![${APOSTROPHES}])(?:(?=${LETTER})[\\p{scx=${script}}]|(?=\\p{N})[^${UNSPACED}])`;
      return `${letter}(?:${letter}|[\\p{M}${INVISIBLE}])*`;
    }),
    `(?![${APOSTROPHES}${UNSPACED}])${LETTER}(?:(?![${APOSTROPHES}${UNSPACED}])${REST})*`,
  ].join('|'),
  'gu',
);
// biome-ignore lint/suspicious/noControlCharactersInRegex: asks for plain ASCII, most mail
const ASCII = /^[\x00-\x7f]*$/;
const ASCII_WORDS = /[a-z0-9]+/g;

/** Marks that tell accented from plain letters; vowel signs of other scripts are letters of their words and stay. */
const DIACRITICS =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: marks by themselves are what is looked for
  /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]/gu;
const INVISIBLES = new RegExp(`[${INVISIBLE}]`, 'gu');
const SPELLED: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ς: 'σ',
  ـ: '',
};
const SPELLED_LETTERS = /[ßæœøłđðþħıςـ]/gu;
const WORD_CHARACTERS = /[\p{L}\p{N}\p{M}]+/gu;
const UNSPACED_CHARACTER = new RegExp(`^[${UNSPACED}]`, 'u');

/** A longer one is no word but data; its beginning is enough to find it. UTF-16 units. */
const MAX_TERM = 64;

/** One term and the part of the original text it stands for; terms of one word may share it. */
export interface Term {
  readonly term: string;
  readonly start: number;
  readonly end: number;
}

/**
 * All terms of a text in order, as the index holds them: a stretch without spaces gives every pair of neighbours, and its
 * last character by itself, so that every single character begins a term.
 */
export function termsOf(text: string): string[] {
  if (ASCII.test(text)) return asciiTerms(text);
  const terms: string[] = [];
  // No term goes over a blank, and most stretches between blanks are plain even in foreign mail: ten times the speed.
  for (const stretch of text.split(/[ \t\r\n]+/)) {
    if (ASCII.test(stretch)) {
      for (const term of asciiTerms(stretch)) terms.push(term);
      continue;
    }
    for (const [run] of stretch.matchAll(RUNS)) pushFolded(fold(run), terms, true);
  }
  return terms;
}

/** The terms a query's words must meet, in order; the last single character is left out, it may go on in the text. */
export function queryTermsOf(text: string): string[] {
  if (ASCII.test(text)) return asciiTerms(text);
  const terms: string[] = [];
  const runs = [...text.matchAll(RUNS)];
  runs.forEach(([run], at) => {
    pushFolded(fold(run), terms, at < runs.length - 1);
  });
  return terms;
}

/** The same terms with their places, for highlighting (SYNC-375). */
export function placedTermsOf(text: string): Term[] {
  const placed: Term[] = [];
  for (const match of text.matchAll(RUNS)) {
    const [run] = match;
    const start = match.index;
    const folded = fold(run);
    const terms: string[] = [];
    pushFolded(folded, terms, true);
    const original = [...run];
    const characters = [...folded];
    // Folding may join or split characters: then the whole stretch is what a term stands for.
    const isPlain =
      match[1] !== undefined && original.length === characters.length && terms.length === original.length;
    let offset = start;
    terms.forEach((term, at) => {
      const first = original[at]?.length ?? 0;
      const both = first + (original[at + 1]?.length ?? 0);
      placed.push(
        isPlain ? { term, start: offset, end: offset + both } : { term, start, end: start + run.length },
      );
      offset += first;
    });
  }
  return placed;
}

/** The text as both sides see it, unbroken: for looking inside of words. */
export function fold(text: string): string {
  return text
    .replace(INVISIBLES, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(DIACRITICS, '')
    .normalize('NFC')
    .replace(SPELLED_LETTERS, (letter) => SPELLED[letter] ?? letter);
}

/** Whether a term is of a script without spaces, where one character is enough to search by (SYNC-367). */
export function isUnspaced(term: string): boolean {
  return UNSPACED_CHARACTER.test(term);
}

function asciiTerms(text: string): string[] {
  const terms = text.toLowerCase().match(ASCII_WORDS) ?? [];
  for (let at = 0; at < terms.length; at++) {
    const term = terms[at] as string;
    if (term.length > MAX_TERM) terms[at] = term.slice(0, MAX_TERM);
  }
  return terms;
}

/** Folding may bring other scripts to light, leave what separates words, or nothing at all. */
function pushFolded(folded: string, terms: string[], withLast: boolean): void {
  if (ASCII.test(folded)) {
    for (const term of asciiTerms(folded)) terms.push(term);
    return;
  }
  const runs = [...folded.matchAll(RUNS)];
  runs.forEach((match, at) => {
    if (match[1] === undefined) pushWords(match[0], terms);
    else pushPairs([...match[0]], terms, withLast || at < runs.length - 1);
  });
}

function pushWords(folded: string, terms: string[]): void {
  for (const word of folded.match(WORD_CHARACTERS) ?? []) {
    const cut = word.length > MAX_TERM ? word.slice(0, MAX_TERM).replace(/[\ud800-\udbff]$/, '') : word;
    // What begins with a mark would not be a word to SQLite.
    const term = cut.replace(/^\p{M}+/u, '');
    if (term !== '') terms.push(term);
  }
}

function pushPairs(characters: readonly string[], terms: string[], withLast: boolean): void {
  for (let at = 0; at + 1 < characters.length; at++) terms.push(`${characters[at]}${characters[at + 1]}`);
  const last = characters.at(-1);
  if (last !== undefined && (withLast || characters.length === 1)) terms.push(last);
}

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold, isUnspaced, placedTermsOf, queryTermsOf, termsOf } from './words';

test.each([
  ['Straße', 'strasse'],
  ['Ærøskøbing', 'aeroskobing'],
  ['œuvre', 'oeuvre'],
  ['Łódź', 'lodz'],
  ['đak', 'dak'],
  ['ısı', 'isi'],
  ['İstanbul', 'istanbul'],
  ['so\u00adft\u200bly', 'softly'],
  ['ﬁne', 'fine'],
  ['ＦＵＬＬ', 'full'],
  ['Ёлка', 'елка'],
  ['Ωμέγας', 'ωμεγασ'],
  ['مُحَمَّد', 'محمد'],
  ['שָׁלוֹם', 'שלום'],
  ['Zürich\u0301', 'zurich'],
  ['e\u0301te\u0301', 'été'],
  ['COVID19', 'covid19'],
])('SYNC-364 %s and %s are one word', (written, other) => {
  expect(termsOf(written)).toEqual(termsOf(other));
  expect(termsOf(written)).toHaveLength(1);
});

test.each([
  ["don't", ['don', 't']],
  ['don’t', ['don', 't']],
  ['donʼt', ['don', 't']],
  ['l’amour', ['l', 'amour']],
  ['anna.maria@mail.example.com', ['anna', 'maria', 'mail', 'example', 'com']],
  ['report_v2-final.pdf', ['report', 'v2', 'final', 'pdf']],
  ['हिन्दी भाषा', ['हिन्दी', 'भाषा']],
  ['富士山', ['富士', '士山', '山']],
  ['山', ['山']],
  ['ภาษา', ['ภา', 'าษ', 'ษา', 'า']],
  ['가나', ['가나', '나']],
  ['ｶﾞｷ', ['ガキ', 'キ']],
  ['富士山abc', ['富士', '士山', '山', 'abc']],
  ['abcабв', ['abc', 'абв']],
  ['𠮷野', ['𠮷野', '野']],
  ['!?…—🎉', []],
  ['', []],
])('the terms of %s', (text, terms) => {
  expect(termsOf(text)).toEqual(terms);
});

test('of a query the last character of a stretch without spaces may go on', () => {
  expect(queryTermsOf('富士山')).toEqual(['富士', '士山']);
  expect(queryTermsOf('山')).toEqual(['山']);
  expect(queryTermsOf('東京 大阪')).toEqual(['東京', '京', '大阪']);
  expect(isUnspaced('山')).toBe(true);
  expect(isUnspaced('a山')).toBe(false);
});

test('a term never ends in half a character, and a very long one is cut', () => {
  expect(termsOf('x'.repeat(500))[0]).toHaveLength(64);
  expect(termsOf(`${'é'.repeat(63)}𝒳𝒳`)[0]).not.toMatch(/[\ud800-\udbff]$/);
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(...'aßéЖ東山ก ข가다あー’-.0１ﬁ́\u200b𠮷أ'), maxLength: 40 }),
);

test('terms never hold what separates terms, and folding them again changes nothing', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const term of termsOf(text)) {
        expect(term).toMatch(/^[\p{L}\p{N}\p{M}]+$/u);
        // Of a pair that begins with a vowel sign its letter alone would be left.
        if (/^[\p{L}\p{N}]/u.test(term)) expect(termsOf(term)[0]).toBe(term);
      }
    }),
    { numRuns: 500 },
  );
});

test('places are in the text, in order, and name the same terms', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const placed = placedTermsOf(text);
      expect(placed.map(({ term }) => term)).toEqual(termsOf(text));
      for (const { start, end } of placed) {
        expect(start).toBeLessThan(end);
        expect(end).toBeLessThanOrEqual(text.length);
      }
      expect(placed.every(({ start }, at) => start >= (placed[at - 1]?.start ?? 0))).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('folding knows no way back into capitals', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(fold(fold(text))).toBe(fold(text));
    }),
  );
});

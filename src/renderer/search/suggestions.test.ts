import { expect, test } from 'vitest';
import type { MailboxId } from '../../shared/domain';
import { suggestionsFor } from './suggestions';
import { quoteValue, replaceWord, wordBefore } from './words';

test.each([
  ['ann', 3, 'ann'],
  ['old from:an', 11, 'from:an'],
  ['in:"Old ma', 10, 'in:"Old ma'],
  ['(from:an', 8, 'from:an'],
  ['-from:an', 8, 'from:an'],
  ['a b', 1, 'a'],
  ['a ', 2, ''],
])('the word at the caret of %j at %i is %j', (text, caret, word) => {
  expect(wordBefore(text, caret).word).toBe(word);
});

test('what is chosen comes in the place of the word, with the caret ready for the next', () => {
  expect(replaceWord('old an', wordBefore('old an', 6), 'from:ann@example.org')).toEqual({
    text: 'old from:ann@example.org ',
    caret: 25,
  });
  expect(replaceWord('fr', wordBefore('fr', 2), 'from:')).toEqual({ text: 'from:', caret: 5 });
  expect(replaceWord('an b', wordBefore('an b', 2), 'x')).toEqual({ text: 'x b', caret: 2 });
});

test.each([
  ['ann', 'ann'],
  ['Old mail', '"Old mail"'],
  ['-x', '"-x"'],
  ['say "hi"', '"say  hi"'],
])('%j is written as %j', (value, written) => {
  expect(quoteValue(value)).toBe(written);
});

const ANSWER = {
  people: [{ name: 'Ann Baker', address: 'ann@example.org' }],
  operators: [{ operator: 'after', meaning: 'after' }],
  mailboxes: [{ id: 3 as MailboxId, path: 'Old mail' }],
};

test('operators, people and folders are offered for a word, and what was searched for before that begins the same', () => {
  const offered = suggestionsFor({ text: 'an', word: 'an' }, ANSWER, ['anchor dues', 'harbour', 'an']);
  expect(offered.map(({ text }) => text)).toEqual([
    'anchor dues',
    'after:',
    'from:ann@example.org',
    'in:"Old mail"',
  ]);
});

test('behind an operator only what it takes is offered, and an empty field offers what was searched for before', () => {
  const texts = (word: string) => suggestionsFor({ text: word, word }, ANSWER, []).map(({ text }) => text);
  expect(texts('to:an')).toEqual(['to:ann@example.org']);
  expect(texts('in:"Old')).toEqual(['in:"Old mail"']);
  expect(texts('has:p')).toEqual(['has:pdf']);
  expect(texts('subject:an')).toEqual([]);
  expect(suggestionsFor({ text: '', word: '' }, undefined, ['one', 'two']).map(({ text }) => text)).toEqual([
    'one',
    'two',
  ]);
});

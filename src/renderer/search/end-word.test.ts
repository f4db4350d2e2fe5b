import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseQuery } from '../../shared/search/parse-query';
import { endWord } from './end-word';

const word = fc.constantFrom(
  'ann',
  'from:ann',
  'is:unread',
  '"old mail"',
  'in:inbox',
  '-x',
  'a*',
  'larger:1',
  'from:',
  '東京',
);
const last = fc.constantFrom(
  '',
  ' ',
  'har',
  'to:me',
  'from:',
  'is:unread',
  '(a',
  '"ab',
  'subject:"ab',
  'x)',
  'OR',
);

test('an ended query means without being typed what it meant while it was', () => {
  fc.assert(
    fc.property(fc.array(word, { maxLength: 3 }), last, (words, end) => {
      const query = [...words, end].join(' ');
      const typed = parseQuery(query, { typing: true }).root;
      expect(parseQuery(endWord(query), { typing: false }).root).toEqual(typed);
    }),
    { numRuns: 2000 },
  );
});

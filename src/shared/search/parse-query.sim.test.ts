import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseQuery } from './parse-query';

const pieces = fc.constantFrom(
  '(',
  ')',
  '"',
  '-',
  'OR',
  'AND',
  'NOT',
  ' ',
  'from:',
  'is:',
  'unread',
  'before:',
  '*',
  '~',
  'word',
  '東京',
  ':',
);

test('SYNC-360 never fails, whatever is typed', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.array(pieces, { maxLength: 60 }).map((some) => some.join('')),
        fc.array(pieces, { maxLength: 60 }).map((some) => some.join(' ')),
      ),
      fc.boolean(),
      (query, typing) => {
        const { tokens } = parseQuery(query, { typing });
        expect(tokens.every(({ text }) => text.length <= query.length + 16)).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});

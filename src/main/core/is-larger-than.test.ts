import { expect, test } from 'vitest';
import { isLargerThan } from './is-larger-than';

test.each([
  ['short text', 'abc', false],
  ['long text', 'x'.repeat(1001), true],
  ['text of wide characters', '\u{1f600}'.repeat(300), true],
  ['bytes', new Uint8Array(1001), true],
  ['many small items', Array.from({ length: 3000 }, (_, i) => i), true],
  ['a long list of nothing', Array.from({ length: 1001 }), true],
  ['many keys', Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`k${i}`, i])), true],
  ['deep nesting', JSON.parse('['.repeat(2000) + ']'.repeat(2000)), true],
  ['a small tree', { a: [1, 2, { b: 'c' }] }, false],
])('%s', (_what, value, larger) => {
  expect(isLargerThan(value, 1000)).toBe(larger);
});

import { expect, test } from 'vitest';
import { initials } from './initials';

test.each([
  ['Anna Maier', 'AM'],
  ['  Dr. Anna Sophie von Maier ', 'DM'],
  ['anna', 'A'],
  ['anna.maier@example.org', 'AM'],
  ['info@example.org', 'I'],
  ['"Bob" (Sales)', 'BS'],
  ['山田 太郎', '山太'],
  ['मेरी', 'मे'],
  ['', '?'],
  ['@', '?'],
])('initials of %j are %j', (name, expected) => {
  expect(initials(name)).toBe(expected);
});

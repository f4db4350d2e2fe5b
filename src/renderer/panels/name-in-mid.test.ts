import { expect, test } from 'vitest';
import { nameInMid } from './name-in-mid';

test.each([
  ['mid:a.b@example.org', 'a.b@example.org'],
  ['MID:%3Ca%2Fb%40example.org%3E', 'a/b@example.org'],
  ['mid:a@example.org/part1@example.org', 'a@example.org'],
  ['mid://a@example.org', 'a@example.org'],
  ['mid:', null],
  ['mid:%E0%A4%A', null],
  [`mid:${'a'.repeat(2000)}`, null],
])('%s names %s', (url, name) => {
  expect(nameInMid(url)).toBe(name);
});

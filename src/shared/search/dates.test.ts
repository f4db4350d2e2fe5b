import { expect, test } from 'vitest';
import { parseAge, parseDate } from './dates';
import { parseSize } from './sizes';

/** A Wednesday, local time. */
const NOW = new Date(2026, 2, 18, 15, 30).getTime();
const day = (year: number, month: number, date: number): number => new Date(year, month - 1, date).getTime();

test.each([
  ['2026-03-01', day(2026, 3, 1), day(2026, 3, 2)],
  ['2026/3/1', day(2026, 3, 1), day(2026, 3, 2)],
  ['2026-12', day(2026, 12, 1), day(2027, 1, 1)],
  ['2025', day(2025, 1, 1), day(2026, 1, 1)],
  ['today', day(2026, 3, 18), day(2026, 3, 19)],
  ['Yesterday', day(2026, 3, 17), day(2026, 3, 18)],
  ['this week', day(2026, 3, 16), day(2026, 3, 23)],
  ['last week', day(2026, 3, 9), day(2026, 3, 16)],
  ['last-month', day(2026, 2, 1), day(2026, 3, 1)],
  ['this month', day(2026, 3, 1), day(2026, 4, 1)],
  ['last year', day(2025, 1, 1), day(2026, 1, 1)],
])('%s is a time', (text, from, to) => {
  expect(parseDate(text, NOW)).toEqual({ from, to });
});

test.each(['2026-02-30', '2026-13-01', '32', 'soon', '', 'last decade'])('%s is no date', (text) => {
  expect(parseDate(text, NOW)).toBeNull();
});

test.each([
  ['3d', NOW - 3 * 86_400_000],
  ['2w', NOW - 14 * 86_400_000],
  ['12h', NOW - 43_200_000],
  ['6m', new Date(2025, 8, 18, 15, 30).getTime()],
  ['1y', new Date(2025, 2, 18, 15, 30).getTime()],
])('%s is an age', (text, at) => {
  expect(parseAge(text, NOW)).toBe(at);
});

test.each(['d', '3', '3x', '-1d', '99999d'])('%s is no age', (text) => {
  expect(parseAge(text, NOW)).toBeNull();
});

test.each([
  ['500k', 500_000],
  ['10M', 10_000_000],
  ['1.5mb', 1_500_000],
  ['2000', 2000],
  ['3b', 3],
  ['1g', 1e9],
  ['big', null],
  ['-1k', null],
  ['', null],
])('%s is a size', (text, bytes) => {
  expect(parseSize(text)).toBe(bytes);
});

import { expect, test } from 'vitest';
import { createRowTimes, startOfDay } from './row-time';

const times = createRowTimes('en-GB');
const now = new Date(2026, 10, 21, 15, 30).getTime();
const today = startOfDay(now);

test.each([
  [new Date(2026, 10, 21, 12, 4), '12:04'],
  [new Date(2026, 10, 21, 0, 0), '00:00'],
  [new Date(2026, 10, 20, 23, 59), 'Fri'],
  [new Date(2026, 10, 15, 8, 0), 'Sun'],
  [new Date(2026, 10, 14, 23, 0), '14 Nov'],
  [new Date(2026, 2, 14, 8, 0), '14 Mar'],
  [new Date(2024, 2, 14, 8, 0), '14/03/24'],
  [new Date(2026, 11, 24, 8, 0), '24 Dec'],
])('UI-022 UI-093 relative times: %s is written %s', (date, expected) => {
  expect(times.short(date.getTime(), today)).toBe(expected);
});

test('UI-022 UI-093 relative times: older dates follow the language: German writes 14.03.24', () => {
  expect(createRowTimes('de').short(new Date(2024, 2, 14).getTime(), today)).toBe('14.03.24');
});

test.each([
  [new Date(2026, 10, 21, 18, 0), '18:00'],
  [new Date(2026, 10, 22, 9, 0), 'Sun 09:00'],
  [new Date(2026, 10, 27, 8, 0), 'Fri 08:00'],
  [new Date(2026, 10, 28, 8, 0), '28 Nov 08:00'],
  [new Date(2027, 2, 14, 8, 0), '14/03/27 08:00'],
  [new Date(2026, 10, 20, 8, 0), '20 Nov 08:00'],
])('UI-093 relative times: %s to come is written %s', (date, expected) => {
  expect(times.until(date.getTime(), today)).toBe(expected);
});

import { expect, test } from 'vitest';
import { snoozePresets, weekendOf } from './snooze-presets';

const SATURDAY_SUNDAY = { first: 6, last: 7 };
const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).getTime();
const shown = (nowMs: number, weekend = SATURDAY_SUNDAY) =>
  snoozePresets(nowMs, weekend).map(({ id, until }) => {
    const date = new Date(until);
    return `${id} ${date.getDate()}. ${date.getHours()}`;
  });

// 23 November 2026 is a Monday.
test.each([
  [
    'Monday morning',
    at(23, 9, 10),
    ['later-today 23. 13', 'this-evening 23. 18', 'tomorrow 24. 8', 'weekend 28. 9', 'next-week 30. 8'],
  ],
  [
    'Monday afternoon',
    at(23, 16),
    ['this-evening 23. 18', 'tomorrow 24. 8', 'weekend 28. 9', 'next-week 30. 8'],
  ],
  ['Monday night', at(23, 23, 30), ['tomorrow 24. 8', 'weekend 28. 9', 'next-week 30. 8']],
  ['Friday night', at(27, 20), ['tomorrow 28. 8', 'next-week 30. 8']],
  [
    'Saturday',
    at(28, 12),
    ['later-today 28. 15', 'this-evening 28. 18', 'tomorrow 29. 8', 'next-week 30. 8'],
  ],
  ['Sunday', at(29, 20), ['tomorrow 30. 8']],
])('%s', (_name, now, expected) => {
  expect(shown(now)).toEqual(expected);
});

test('a weekend of Friday and Saturday moves the weekend and the beginning of the week', () => {
  const weekend = { first: 5, last: 6 };
  expect(shown(at(23, 20), weekend)).toEqual(['tomorrow 24. 8', 'weekend 27. 9', 'next-week 29. 8']);
  expect(shown(at(28, 20), weekend)).toEqual(['tomorrow 29. 8']);
});

test('whatever the moment, every preset lies ahead, and they come in order', () => {
  for (let hour = 0; hour < 24 * 14; hour++) {
    const now = at(1, hour, 59);
    const times = snoozePresets(now, SATURDAY_SUNDAY).map(({ until }) => until);
    expect(times.every((until) => until > now)).toBe(true);
    expect(times.toSorted((a, b) => a - b)).toEqual(times);
  }
});

test('the weekend follows the region', () => {
  expect(weekendOf('de-DE')).toEqual(SATURDAY_SUNDAY);
  expect(weekendOf('ar-EG')).toEqual({ first: 5, last: 6 });
});

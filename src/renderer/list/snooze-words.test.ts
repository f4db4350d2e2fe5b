import { expect, test } from 'vitest';
import { SNOOZE_UNTIL } from '../../shared/domain';
import { startOfDay } from './row-time';
import { snoozePhrase, snoozeTime } from './snooze-words';

const today = startOfDay(new Date(2026, 10, 21).getTime());

test('what is put off without a time says what it waits for', () => {
  expect(snoozeTime(SNOOZE_UNTIL.online, today)).toBe('When online');
  expect(snoozeTime(SNOOZE_UNTIL.answered, today)).toBe('When answered');
  expect(snoozePhrase(SNOOZE_UNTIL.online, today)).toBe('until you are online');
  expect(snoozePhrase(SNOOZE_UNTIL.answered, null)).toBe('until someone answers');
  expect(snoozePhrase(new Date(2026, 10, 21, 9, 5).getTime(), today)).toMatch(/^until 0?9:05/);
  expect(snoozePhrase(new Date(2026, 10, 21, 9, 5).getTime(), null)).toMatch(/^until .*2026.*9:05/);
});

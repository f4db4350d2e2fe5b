import { expect, test } from 'vitest';
import { fromLocalText, toLocalText } from './snooze-date';

test('a local date and time is written and read as the field has it', () => {
  const at = new Date(2026, 10, 4, 8, 5).getTime();
  expect(toLocalText(at)).toBe('2026-11-04T08:05');
  expect(fromLocalText('2026-11-04T08:05')).toBe(at);
});

test.each(['', '2026-11-04', 'tomorrow', '2026-13-41T99:99'])('%j is no date yet', (text) => {
  expect(fromLocalText(text)).toBeNull();
});

import { expect, test } from 'vitest';
import { labelChoices, toLabel } from './label-choices';

test('a typed label becomes a keyword that servers keep', () => {
  expect(toLabel(' Summer  Holiday ')).toBe('summer_holiday');
  expect(toLabel('todo-2')).toBe('todo-2');
  for (const text of ['', '  ', 'Über', 'a(b', '$junk', 'a"b', '\u0007']) expect(toLabel(text)).toBeNull();
});

test('labels that all chosen rows have are on, and what nobody has yet is offered as new', () => {
  const rows = [{ labels: ['holiday', 'work'] }, { labels: ['work'] }];
  expect(labelChoices(['bills', 'work'], rows, '')).toEqual([
    { label: 'bills', state: 'off' },
    { label: 'holiday', state: 'off' },
    { label: 'work', state: 'on' },
  ]);
  expect(labelChoices(['bills', 'work'], rows, 'WOR')).toEqual([
    { label: 'work', state: 'on' },
    { label: 'wor', state: 'new' },
  ]);
  expect(labelChoices(['bills'], [], 'bills')).toEqual([{ label: 'bills', state: 'off' }]);
  expect(labelChoices(['bills'], [], 'é')).toEqual([]);
});

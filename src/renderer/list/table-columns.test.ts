import { expect, test } from 'vitest';
import { shownColumns, tableTracks, toggleColumn } from './table-columns';

test('columns keep their order, unknown ones are ignored, the subject always shows', () => {
  expect(shownColumns(['date', 'colour', 'star']).map((column) => column.id)).toEqual([
    'star',
    'subject',
    'date',
  ]);
});

test('a row has one track per column and one for the tick box', () => {
  expect(tableTracks(shownColumns([]))).toBe('var(--target-min) minmax(0, 3fr)');
});

test('showing and hiding a column', () => {
  expect(toggleColumn(['date'], 'size')).toEqual(['date', 'size']);
  expect(toggleColumn(['date', 'size'], 'date')).toEqual(['size']);
});

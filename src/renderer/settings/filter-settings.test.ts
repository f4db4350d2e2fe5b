import { expect, test } from 'vitest';
import { filterSettings } from './filter-settings';

const specs = [
  { label: 'Theme', text: 'Light, dark, or as the system.' },
  { label: 'Density', text: 'How high the rows are.', also: 'compact relaxed' },
  { label: 'Accounts', text: 'Name and colour.', also: 'Zoë' },
];

test.each([
  ['', ['Theme', 'Density', 'Accounts']],
  ['dark', ['Theme']],
  ['  DARK theme ', ['Theme']],
  ['compact', ['Density']],
  ['zoe', ['Accounts']],
  ['dark compact', []],
])('searching settings for %j', (text, labels) => {
  expect(filterSettings(specs, text).map(({ label }) => label)).toEqual(labels);
});

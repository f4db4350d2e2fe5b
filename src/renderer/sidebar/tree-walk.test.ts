import { expect, test } from 'vitest';
import { type TreeItem, treeStep, typeAhead } from './tree-walk';

const items: TreeItem[] = [
  { key: 'a', level: 1, parent: null, expanded: true, text: 'Inbox' },
  { key: 'a1', level: 2, parent: 'a', expanded: null, text: 'Invoices' },
  { key: 'b', level: 1, parent: null, expanded: false, text: 'Projects' },
];

test.each([
  ['a', 'ArrowDown', { kind: 'focus', key: 'a1' }],
  ['a', 'ArrowUp', null],
  ['a', 'ArrowRight', { kind: 'focus', key: 'a1' }],
  ['a', 'ArrowLeft', { kind: 'collapse', key: 'a' }],
  ['a1', 'ArrowLeft', { kind: 'focus', key: 'a' }],
  ['a1', 'ArrowRight', null],
  ['b', 'ArrowRight', { kind: 'expand', key: 'b' }],
  ['a', 'End', { kind: 'focus', key: 'b' }],
  ['b', 'Home', { kind: 'focus', key: 'a' }],
])('from %s the key %s does %o', (from, key, expected) => {
  expect(treeStep(items, from, key, false)).toEqual(expected);
});

test('right to left swaps the arrows', () => {
  expect(treeStep(items, 'b', 'ArrowLeft', true)).toEqual({ kind: 'expand', key: 'b' });
});

test.each([
  ['a', 'i', 'a1'],
  ['a1', 'i', 'a'],
  ['a', 'inv', 'a1'],
  ['a', 'ii', 'a1'],
  ['a', 'p', 'b'],
  ['a', 'x', null],
])('type-ahead from %s with "%s" finds %s', (from, typed, expected) => {
  expect(typeAhead(items, from, typed)).toBe(expected);
});

import { expect, test } from 'vitest';
import type { MailboxView } from '../../shared/contract/views';
import type { ListId } from '../../shared/domain';
import { LineCollection } from './line-collection';
import { lineKeys } from './line-keys';
import type { SidebarLine } from './sidebar-lines';

const line = (key: string, label: string, level: number, parent: string | null): SidebarLine => ({
  kind: 'folder',
  key,
  label,
  level,
  parent,
  expanded: key === 'a' ? true : key === 'b' ? false : null,
  count: 0,
  unread: false,
  mailbox: { name: label } as MailboxView,
  listId: 1 as ListId,
});
const collection = new LineCollection([
  line('a', 'Inbox', 1, null),
  line('a1', 'Invoices', 2, 'a'),
  line('a2', 'École', 2, 'a'),
  line('b', 'Projects', 1, null),
]);
const keysFor = (direction: 'ltr' | 'rtl') =>
  lineKeys({
    collection,
    collator: new Intl.Collator('en', { usage: 'search', sensitivity: 'base' }),
    ref: { current: null },
    direction,
  });

test('the collection is the visible lines in their order, each with what lies in it', () => {
  expect([...collection].map(({ key, level, index }) => [key, level, index])).toEqual([
    ['a', 0, 0],
    ['a1', 1, 0],
    ['a2', 1, 1],
    ['b', 0, 1],
  ]);
  expect([...collection.getChildren('a')].map(({ key }) => key)).toEqual(['a1', 'a2']);
  expect([collection.size, [...collection.getKeys()].length]).toEqual([4, 4]);
  expect([collection.getFirstKey(), collection.getLastKey()]).toEqual(['a', 'b']);
  expect([collection.getKeyAfter('a2'), collection.getKeyBefore('b')]).toEqual(['b', 'a2']);
  expect([collection.getKeyAfter('b'), collection.getKeyBefore('a')]).toEqual([null, null]);
  // What has gone is nowhere.
  expect([collection.getItem('x'), collection.getKeyAfter('x'), collection.getKeyBefore('x')]).toEqual(
    Array(3).fill(null),
  );
  expect(new LineCollection([]).getFirstKey()).toBeNull();
});

test('the arrow that unfolds goes on to the first line inside, in the direction of the window', () => {
  expect(keysFor('ltr').getKeyRightOf?.('a')).toBe('a1');
  expect(keysFor('ltr').getKeyRightOf?.('b')).toBeNull();
  expect(keysFor('ltr').getKeyLeftOf).toBeUndefined();
  expect(keysFor('rtl').getKeyLeftOf?.('a')).toBe('a1');
  expect(keysFor('rtl').getKeyRightOf).toBeUndefined();
});

test.each([
  ['a', 'i', 'a1'],
  ['a1', 'i', null],
  [undefined, 'i', 'a'],
  [undefined, 'ii', 'a'],
  ['a', 'inv', 'a1'],
  ['a', 'ii', 'a1'],
  ['a', 'ec', 'a2'],
  ['a', 'p', 'b'],
  ['b', 'p', null],
  [undefined, 'p', 'b'],
  ['a', 'x', null],
])('type-ahead from %s with "%s" finds %s', (from, typed, expected) => {
  expect(keysFor('ltr').getKeyForSearch(typed, from)).toBe(expected);
});

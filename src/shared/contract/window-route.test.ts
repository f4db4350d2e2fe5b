import { expect, test } from 'vitest';
import { parseRoute, routeFragment, showsSame, WindowRoute } from './window-route';

const PLAIN = {
  kind: 'row',
  listId: -1,
  mode: 'threads',
  itemId: 12,
  messageId: null,
  sort: 'date',
  descending: true,
  filter: null,
} as const;
const CHOSEN = { listId: 7, messageId: 30, sort: 'sender', descending: false, filter: 'unread' } as const;

test.each([
  [PLAIN, 'list=-1&threads=12&sort=date'],
  [
    { ...PLAIN, ...CHOSEN, mode: 'messages' },
    'list=7&messages=12&sort=sender&message=30&order=ascending&filter=unread',
  ],
  [{ kind: 'draft', draftId: 5 }, 'draft=5'],
])('a route is a fragment and back: %o', (route, fragment) => {
  const parsed = WindowRoute.parse(route);
  expect(routeFragment(parsed)).toBe(fragment);
  expect(parseRoute(`#${fragment}`)).toEqual(parsed);
});

test.each([
  '',
  'token=abc',
  'list=-1&sort=date',
  'list=x&threads=12&sort=date',
  'list=-1&threads=0&sort=date',
  'list=-1&threads=1e400&sort=date',
  'list=-1&threads=12&sort=colour',
  'list=-1&threads=12&sort=date&filter=all',
  'draft=',
  'draft=-1',
])('what names nothing is no route: %s', (fragment) => {
  expect(parseRoute(fragment)).toBeNull();
});

test('the same row is the same, with whichever message it began; a draft is no row', () => {
  const [row, draft] = [WindowRoute.parse(PLAIN), WindowRoute.parse({ kind: 'draft', draftId: 12 })];
  expect(showsSame(row, WindowRoute.parse({ ...PLAIN, messageId: 3, sort: 'size' }))).toBe(true);
  expect(showsSame(row, WindowRoute.parse({ ...PLAIN, itemId: 13 }))).toBe(false);
  expect(showsSame(draft, WindowRoute.parse({ kind: 'draft', draftId: 12 }))).toBe(true);
  expect([showsSame(draft, row), showsSame(row, draft)]).toEqual([false, false]);
});

import { expect, test } from 'vitest';
import { parseRoute, routeFragment, WindowRoute } from './window-route';

const PLAIN = {
  listId: -1,
  mode: 'threads',
  itemId: 12,
  messageId: null,
  sort: 'date',
  descending: true,
} as const;

test.each([
  [{ ...PLAIN, filter: null }, 'list=-1&threads=12&sort=date'],
  [
    {
      ...PLAIN,
      mode: 'messages',
      listId: 7,
      messageId: 30,
      sort: 'sender',
      descending: false,
      filter: 'unread',
    },
    'list=7&messages=12&sort=sender&message=30&order=ascending&filter=unread',
  ],
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
])('what names no row is no route: %s', (fragment) => {
  expect(parseRoute(fragment)).toBeNull();
});

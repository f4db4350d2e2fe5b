import { expect, test } from 'vitest';
import type { ListId } from '../../shared/domain';
import {
  EMPTY_SELECTION,
  extendTo,
  isSelected,
  selectedCount,
  selectRows,
  selectWholeList,
  toggle,
  toTarget,
  withoutRows,
} from './selection';

const LIST = 4 as ListId;
const ALL = { listId: LIST, filter: null };

test('a range replaces the range of the previous Shift step and keeps what was ticked before', () => {
  const ticked = toggle(EMPTY_SELECTION, 9);
  const long = extendTo(ticked, 1, [1, 2, 3]);
  const shorter = extendTo(long, 1, [1, 2]);
  expect([...shorter.ids].sort()).toEqual([1, 2, 9]);
});

test('the whole list is every row but the unticked ones, also rows never loaded', () => {
  const all = toggle(selectWholeList(), 7);
  expect(isSelected(all, 7)).toBe(false);
  expect(isSelected(all, 123_456)).toBe(true);
  expect(selectedCount(all, 3_412)).toBe(3_411);
  const whole = { kind: 'list', listId: LIST, exceptItemIds: [7] };
  expect(toTarget(all, ALL, [], 1)).toEqual(whole);
  // Through a filter "all" is what is shown: what matches and what stayed.
  const unread = { listId: LIST, filter: 'unread' } as const;
  expect(toTarget(all, unread, [3, 4], 1)).toEqual({ ...whole, filter: 'unread', keep: [3, 4] });
});

test('an action concerns the ticked rows, else the focused row, else nothing', () => {
  expect(toTarget(selectRows([3, 4]), ALL, [], 9)).toEqual({ kind: 'rows', listId: LIST, itemIds: [3, 4] });
  expect(toTarget(EMPTY_SELECTION, ALL, [], 9)).toEqual({ kind: 'rows', listId: LIST, itemIds: [9] });
  expect(toTarget(EMPTY_SELECTION, ALL, [], null)).toBeNull();
});

test('rows that left the list are no longer ticked', () => {
  const left = withoutRows(selectRows([1, 2, 3]), new Set([1, 3]));
  expect([...left.ids]).toEqual([2]);
  expect(left.anchor).toBeNull();
});

test('of what was found, named rows are messages, and everything is the search itself but what was unticked', () => {
  const search = { query: 'harbour*', scope: { kind: 'everywhere' as const }, includeTrashAndJunk: false };
  const query = { listId: -6 as ListId, filter: null, search };
  expect(toTarget(selectRows([3, 4]), query, [], null)).toEqual({ kind: 'messages', messageIds: [3, 4] });
  expect(toTarget(toggle(selectWholeList(), 4), query, [], null)).toEqual({
    kind: 'search',
    ...search,
    except: [4],
  });
  expect(toTarget(EMPTY_SELECTION, query, [], null)).toBeNull();
});

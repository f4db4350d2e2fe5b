import { expect, test } from 'vitest';
import type { ListId } from '../../shared/domain';
import { testRow } from './test-row';
import { WarmLists } from './warm-lists';

const query = (list: number) =>
  ({ listId: list as ListId, sort: 'date', descending: true, filter: null }) as const;
const page = (id: number) => ({ rows: [testRow(id)], firstIndex: 0, total: 1 });

test('what is kept belongs to one list in one mode and order, and a filtered one is never kept', () => {
  const warm = new WarmLists();
  warm.keep(query(1), 'threads', page(7));
  warm.keep({ ...query(2), filter: 'unread' }, 'threads', page(8));
  expect(warm.find(query(1), 'threads')?.rows[0]?.itemId).toBe(7);
  expect(warm.find(query(1), 'messages')).toBeNull();
  expect(warm.find({ ...query(1), descending: false }, 'threads')).toBeNull();
  expect(warm.find({ ...query(1), filter: 'unread' }, 'threads')).toBeNull();
  expect(warm.find(query(2), 'threads')).toBeNull();
  warm.keep(query(1), 'threads', null);
  expect(warm.find(query(1), 'threads')).toBeNull();
});

test('the lists used longest ago are forgotten', () => {
  const warm = new WarmLists();
  for (let list = 1; list <= 13; list += 1) warm.keep(query(list), 'threads', page(list));
  expect(warm.find(query(1), 'threads')).toBeNull();
  expect(warm.find(query(13), 'threads')).not.toBeNull();
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ListPage } from '../../shared/contract/views';
import { MAX_CACHED_ROWS, RowCache } from './row-cache';
import { testRow } from './test-row';

function page(ids: readonly number[], firstIndex: number, total: number): ListPage {
  return { rows: ids.map((id) => testRow(id)), firstIndex, total, seq: 1 as ListPage['seq'] };
}
function shown(cache: RowCache, count: number): (number | undefined)[] {
  return Array.from({ length: count }, (_, index) => cache.row(index)?.itemId);
}

test('UI-093 list rows: a row that did not change keeps its object across pages, so it does not render again', () => {
  const cache = new RowCache();
  cache.apply(page([1, 2], 0, 2), 0);
  const before = cache.row(1);
  cache.apply({ ...page([3, 1, 2], 0, 3), rows: [testRow(3), testRow(1, { starred: true }), testRow(2)] }, 0);
  expect(cache.row(2)).toBe(before);
  expect(cache.row(1)?.starred).toBe(true);
});

test('UI-093 list rows: an item is at one position at most', () => {
  const cache = new RowCache();
  cache.apply(page([1, 2, 3, 4], 0, 4), 0);
  cache.apply(page([4, 1, 2, 3], 0, 4), 0);
  expect(shown(cache, 4)).toEqual([4, 1, 2, 3]);
  expect(cache.indexOf(4)).toBe(0);
});

test('UI-093 list rows: rows outside a page move with the rows inside it', () => {
  const cache = new RowCache();
  cache.apply(page([1, 2, 3, 4, 5, 6], 0, 6), 0);
  cache.apply(page([9, 1, 2], 0, 7), 0);
  expect(shown(cache, 7)).toEqual([9, 1, 2, 3, 4, 5, 6]);
});

test('UI-093 list rows: removing rows moves what follows up and lowers the total', () => {
  const cache = new RowCache();
  cache.apply(page([1, 2, 3, 4, 5], 10, 100), 0);
  expect(cache.remove([2, 4, 77])).toEqual([11, 13]);
  expect([10, 11, 12, 13].map((index) => cache.row(index)?.itemId)).toEqual([1, 3, 5, undefined]);
  expect(cache.total).toBe(98);
});

test('UI-093 list rows: expired rows stay on screen and are asked for again', () => {
  const cache = new RowCache();
  cache.apply(page([1, 2], 0, 2), cache.epoch);
  expect(cache.isFresh(0)).toBe(true);
  cache.expire();
  expect(cache.row(0)?.itemId).toBe(1);
  expect(cache.isFresh(0)).toBe(false);
});

test('UI-093 list rows: rows beyond 2,000 are dropped, farthest from the viewport first', () => {
  const cache = new RowCache();
  for (let first = 0; first < 3_000; first += 200) {
    cache.apply(
      page(
        Array.from({ length: 200 }, (_, n) => first + n + 1),
        first,
        500_000,
      ),
      0,
    );
    cache.trim(2_900);
  }
  expect(cache.size).toBe(MAX_CACHED_ROWS);
  expect(cache.row(2_999)?.itemId).toBe(3_000);
  expect(cache.row(0)).toBeUndefined();
});

test('UI-093 list rows: the cache never shows an item twice and always agrees with the last page', () => {
  const ids = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 10 });
  fc.assert(
    fc.property(fc.array(fc.tuple(ids, fc.nat(20), ids)), (steps) => {
      const cache = new RowCache();
      for (const [pageIds, first, removed] of steps) {
        cache.remove(removed);
        cache.apply(page(pageIds, first, first + pageIds.length + 5), 0);
        for (const [offset, id] of pageIds.entries()) expect(cache.row(first + offset)?.itemId).toBe(id);
        const all = shown(cache, 60).filter((id) => id !== undefined);
        expect(new Set(all).size).toBe(all.length);
        expect(cache.size).toBeGreaterThanOrEqual(all.length);
        for (const id of all) expect(cache.row(cache.indexOf(id) ?? -1)?.itemId).toBe(id);
      }
    }),
  );
});

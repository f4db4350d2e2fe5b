import { expect, test } from 'vitest';
import { openTestStore } from '../../../../test/fakes/open-test-store';
import { COLLECTIONS } from '../collections';
import { pruneChangeLog } from './prune-history';

const DAY_MS = 24 * 3_600_000;

test('old entries of the change log go, oldest first and a few at a time; the next position still follows the last', () => {
  const { store, clock, remove } = openTestStore();
  const add = (item: number): void =>
    store.writeTx('user', (tx) => tx.log(COLLECTIONS.lists, item, 'change'));
  const positions = (): number[] =>
    store.read
      .prepare('SELECT seq FROM change_log WHERE collection = ?')
      .pluck()
      .all(COLLECTIONS.lists) as number[];
  const prune = (limit: number): number => store.writeTx('server', (tx) => pruneChangeLog(tx, limit));
  for (let item = 1; item <= 10; item++) add(item);
  expect(prune(100)).toBe(0);
  clock.advance(31 * DAY_MS);
  add(11);
  const before = positions();
  expect(prune(4)).toBe(4);
  expect(positions()).toEqual(before.slice(4));
  expect(prune(100)).toBe(6);
  clock.advance(31 * DAY_MS);
  prune(100);
  const last = before.at(-1) as number;
  add(12);
  expect(positions().at(-1)).toBeGreaterThan(last);
  remove();
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, type TestAccount } from '../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../test/fakes/open-test-store';
import type { WantedOrder } from '../store/orders/list-order';
import { wantOrder } from '../store/orders/want-order';
import { createOrderWishes, type OrderWishes } from './order-wishes';

const HOUR_MS = 3_600_000;
const BY_SIZE = { sort: 'size', descending: true, filter: null } as const;

let opened: TestStore;
let account: TestAccount;
let wishes: OrderWishes;
const told: WantedOrder[] = [];
beforeEach(() => {
  opened = openTestStore();
  account = addAccount(opened.store);
  told.length = 0;
  wishes = createOrderWishes(opened.store.read, opened.clock, (order) => told.push(order));
});
afterEach(() => opened.remove());

const lookedAt = (order: Parameters<OrderWishes>[1], rows = 50_000): number => {
  wishes(account.inbox, order, rows);
  return told.splice(0).length;
};

test('a long list is wished for once per order, whichever way round, and again when the wish was lost', () => {
  wishes(account.inbox, BY_SIZE, 50_000);
  expect(told.splice(0)).toEqual([{ listId: account.inbox, sort: 'size', filter: null }]);
  expect(lookedAt(BY_SIZE)).toBe(0);
  expect(lookedAt({ ...BY_SIZE, descending: false })).toBe(0);
  expect(lookedAt({ ...BY_SIZE, filter: 'unread' })).toBe(1);
  opened.clock.advance(61_000);
  expect(lookedAt(BY_SIZE)).toBe(1);
});

test('short lists, and what is sorted by date or by its own filter, need no order', () => {
  expect(lookedAt(BY_SIZE, 1_000)).toBe(0);
  expect(lookedAt({ ...BY_SIZE, sort: 'date' })).toBe(0);
  expect(lookedAt({ ...BY_SIZE, sort: 'unread', filter: 'unread' })).toBe(0);
});

test('an order that is there is not wished for, but once a day it is said to be in use, however short its list is now', () => {
  opened.store.writeTx('user', (tx) => wantOrder(tx, { listId: account.inbox, sort: 'size', filter: null }));
  expect(lookedAt(BY_SIZE)).toBe(0);
  opened.clock.advance(23 * HOUR_MS);
  expect(lookedAt(BY_SIZE)).toBe(0);
  opened.clock.advance(2 * HOUR_MS);
  expect(lookedAt(BY_SIZE, 5)).toBe(1);
});

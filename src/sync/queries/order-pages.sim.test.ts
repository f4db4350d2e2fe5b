import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { createFakeClock } from '../../../test/fakes/fake-clock';
import { createFakeRandom } from '../../../test/fakes/fake-random';
import { addAccount, observe, observed, type TestAccount } from '../../../test/fakes/observed-facts';
import type { ListFilter, ListSort } from '../../shared/contract/views';
import { FLAGGED, type ListId, SEEN, SMART_LISTS } from '../../shared/domain';
import { createGestures } from '../mutations/gestures';
import { createSystemClock } from '../ports/system-clock';
import { openStore, type Store } from '../store/open-store';
import { buildSome, nextStep, unfinishedOrder } from '../store/orders/build-order';
import { leaveUnused, removeLeaving } from '../store/orders/drop-orders';
import { keyOf, LAID_OUT_SORTS, type ListOrder } from '../store/orders/list-order';
import { findOrder, wantOrder } from '../store/orders/want-order';
import { matchesFilter } from '../store/read/list-filter';
import { rebuildScreen } from '../store/rebuild-screen';
import { recount } from '../store/recount';
import type { RowRecord } from '../store/screen/build-rows';
import { itemOfKey } from '../store/screen/row-key';
import { setListMode } from '../store/write/list-mode';
import { listPage } from './list-page';

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };
const SORTS: readonly ListSort[] = ['date', ...LAID_OUT_SORTS];
const FILTERS: readonly (ListFilter | null)[] = [null, 'unread', 'starred', 'attachments'];
const LIMIT = 7;
const MONTH_MS = 31 * 24 * 60 * 60_000;

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('arrive'), count: fc.integer({ min: 1, max: 15 }) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('gesture'),
      how: fc.constantFrom('read', 'unread', 'star', 'unstar', 'archive', 'delete'),
      share: fc.integer({ min: 1, max: 4 }),
      at: fc.nat(50),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('want'),
      list: fc.boolean(),
      sort: fc.constantFrom(...LAID_OUT_SORTS),
      filter: fc.constantFrom(...FILTERS),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('build'),
      rows: fc.integer({ min: 1, max: 25 }),
      held: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('kill') }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('mode'), mode: fc.constantFrom('threads', 'messages') }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('rebuild', 'month', 'remove') }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** How often a page was compared while its order was in each of these states: none may be forgotten. */
const compared = { byDate: 0, none: 0, building: 0, ready: 0 };
afterAll(() => {
  for (const [state, times] of Object.entries(compared)) expect([state, times > 300]).toEqual([state, true]);
});

test('every page of every order is what a plain sort gives, laid out or not, while it is laid out and after a kill', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 40 }), async (steps) => {
      const life = openLife();
      try {
        life.arrive(20);
        for (const one of steps) {
          await life.take(one);
          if (one.kind === 'build' || one.kind === 'kill') life.compare(0.1);
        }
        life.compare(0.3);
        // Whatever was left half done is finished at the end.
        life.finish();
        life.compare(1);
        expect(recount(life.store.read)).toEqual([]);
      } finally {
        life.end();
      }
    }),
    { numRuns: 12 },
  );
});

function openLife() {
  const folders: string[] = [];
  const folder = (): string => {
    const path = mkdtempSync(join(tmpdir(), 'homeport-orders-'));
    folders.push(path);
    return path;
  };
  const clock = createFakeClock();
  const random = createFakeRandom(11);
  const opened: Store[] = [];
  const open = (dir: string): Store => {
    const store = openStore(join(dir, 'homeport.sqlite'), { clock, logger: SILENT });
    opened.push(store);
    return store;
  };
  let store = open(folder());
  const account: TestAccount = addAccount(store);
  const lists: readonly ListId[] = [account.inbox as number as ListId, SMART_LISTS.all as ListId];
  let uid = 0;

  const records = (listId: ListId): RowRecord[] =>
    store.read.prepare<[number], RowRecord>('SELECT * FROM list_rows WHERE list_id = ?').all(listId);

  function arrive(count: number): void {
    const insert = Array.from({ length: count }, () => {
      uid++;
      const one = random.fraction();
      return observed(uid, {
        identity: `i${uid}`,
        size: 1_000 + (uid % 5),
        // Many of the same instant: then the item decides.
        receivedAt: 1_600_000_000_000 + Math.floor(one * 6) * 60_000,
        hasAttachment: uid % 4 === 0,
        keywords: [...(uid % 3 === 0 ? [SEEN] : []), ...(uid % 5 === 0 ? [FLAGGED] : [])].sort(),
        headers: {
          subject: `Subject ${uid % 6}`,
          // Beyond the first plane, where bytes and code units sort differently.
          from: [
            { name: ['Å', '\u{1f600}', 'P', '\uffee', ''][uid % 5] ?? '', address: `p${uid % 7}@x.org` },
          ],
          messageId: `m${uid}@x`,
          // An answer to one of the past: its conversation moves; to two: they become one.
          references: one < 0.3 ? [`m${1 + Math.floor(one * 3 * uid)}@x`] : [],
        },
      });
    });
    observe(store, account.inbox, { insert });
  }

  async function take(one: Step): Promise<void> {
    switch (one.kind) {
      case 'arrive':
        return arrive(one.count);
      case 'gesture': {
        const gestures = createGestures({ store, clock, random, report: () => undefined });
        const itemIds = records(account.inbox as number as ListId)
          .filter((_row, index) => (index + one.at) % (one.share + 1) === 0)
          .map(({ item_id }) => itemOfKey(item_id));
        if (itemIds.length === 0) return;
        const keyword = one.how.endsWith('read') ? SEEN : FLAGGED;
        const add = one.how === 'read' || one.how === 'star';
        await gestures.apply({
          target: { kind: 'rows', listId: account.inbox as number as ListId, itemIds },
          mutation:
            one.how === 'archive' || one.how === 'delete'
              ? { kind: one.how }
              : { kind: 'keywords', add: add ? [keyword] : [], remove: add ? [] : [keyword] },
          origin: 'user',
        });
        return;
      }
      case 'want':
        return store.writeTx('user', (tx) =>
          wantOrder(tx, {
            listId: lists[one.list ? 0 : 1] as number,
            sort: one.sort,
            filter: one.filter === one.sort ? null : one.filter,
          }),
        );
      case 'build': {
        const orderId = unfinishedOrder(store.read);
        const next = orderId === null ? null : nextStep(store.read, orderId, one.rows);
        if (next) store.writeTx('server', (tx) => buildSome(tx, next), { batch: {}, more: one.held });
        return;
      }
      // As the disk is at this instant; what waits for its commit is lost.
      case 'kill': {
        const dir = folder();
        cpSync(dirname(store.path), dir, { recursive: true });
        store = open(dir);
        return;
      }
      case 'mode':
        return setListMode(store, createSystemClock(), account.inbox as number as ListId, one.mode);
      case 'rebuild':
        return rebuildScreen(store);
      case 'month':
        clock.advance(MONTH_MS);
        store.writeTx('server', leaveUnused);
        return;
      case 'remove':
        store.writeTx('server', removeLeaving);
        return;
    }
  }

  /** What is laid out, and `share` of all other orders, each with every one of its pages. */
  function compare(share: number): void {
    for (const listId of lists)
      for (const sort of SORTS)
        for (const filter of FILTERS)
          for (const descending of [true, false]) compareSome(share, listId, { sort, filter, descending });
  }

  function compareSome(share: number, listId: ListId, order: ListOrder): void {
    if (findOrder(store.read, listId, order) || random.fraction() < share) compareOrder(listId, order);
  }

  function compareOrder(listId: ListId, order: ListOrder): void {
    const { filter, descending } = order;
    const direction = descending ? -1 : 1;
    const sorted = records(listId).toSorted(
      (a, b) => direction * compareKeys(keyOf(a, order), keyOf(b, order)),
    );
    const idsOf = (rows: readonly RowRecord[]) => rows.map(({ item_id }) => itemOfKey(item_id));
    const matching = sorted.filter((row) => filter === null || matchesFilter(row, filter));
    const all = idsOf(matching);
    const state = findOrder(store.read, listId, order);
    const isByDate = order.sort === 'date' || order.sort === filter;
    const ask = (at: Parameters<typeof listPage>[1]['at'], keep: number[] = []) => {
      compared[isByDate ? 'byDate' : state === null ? 'none' : state.ready ? 'ready' : 'building']++;
      return listPage(store.read, { listId, ...order, at, keep, limit: LIMIT });
    };
    const told = (page: ReturnType<typeof ask>) => [
      page.firstIndex,
      page.total,
      page.rows.map(({ itemId }) => itemId),
    ];
    for (let offset = 0; offset < all.length + LIMIT; offset += LIMIT) {
      const from = Math.min(offset, all.length);
      expect(told(ask({ kind: 'offset', offset }))[2]).toEqual(all.slice(from, from + LIMIT));
    }
    for (let index = 0; index < all.length; index += 5) {
      const itemId = all[index] as number;
      expect(told(ask({ kind: 'after', itemId, index }))).toEqual([
        index + 1,
        all.length,
        all.slice(index + 1, index + 1 + LIMIT),
      ]);
      const from = Math.max(0, index - LIMIT);
      expect(told(ask({ kind: 'before', itemId, index }))).toEqual([
        from,
        all.length,
        all.slice(from, index),
      ]);
      const around = ask({ kind: 'around', itemId });
      expect(told(around)[2]).toEqual(all.slice(around.firstIndex, around.firstIndex + LIMIT));
      expect(told(around)[2]).toContain(itemId);
    }
    if (filter === null) return;
    // Rows that do not match and were on screen stay where the order has them.
    const stay = sorted.filter((row, index) => !matchesFilter(row, filter) && index % 3 === 0);
    const shown = idsOf(sorted.filter((row) => matchesFilter(row, filter) || stay.includes(row)));
    for (const offset of [0, Math.floor(shown.length / 2)])
      expect(told(ask({ kind: 'offset', offset }, idsOf(stay)))).toEqual([
        offset,
        shown.length,
        shown.slice(offset, offset + LIMIT),
      ]);
  }

  return {
    get store() {
      return store;
    },
    arrive,
    take,
    compare,
    finish: (): void => {
      for (let id = unfinishedOrder(store.read); id !== null; id = unfinishedOrder(store.read)) {
        const next = nextStep(store.read, id, 10);
        if (next) store.writeTx('server', (tx) => buildSome(tx, next));
      }
      while (!store.writeTx('server', removeLeaving));
    },
    end: (): void => {
      for (const one of opened) one.close();
      for (const path of folders) rmSync(path, { recursive: true, force: true });
    },
  };
}

/** As SQLite compares them: numbers by value, text byte by byte. */
function compareKeys(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (const [at, one] of a.entries()) {
    const other = b[at] as string | number;
    const by =
      typeof one === 'string'
        ? Buffer.compare(Buffer.from(one), Buffer.from(other as string))
        : one - (other as number);
    if (by !== 0) return by;
  }
  return 0;
}

import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFakeRandom } from '../../../test/fakes/fake-random';
import { addAccount, observe, observed, type TestAccount } from '../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../test/fakes/open-test-store';
import type { MethodParsedInput } from '../../shared/contract/methods';
import type { MutationTarget } from '../../shared/contract/mutation';
import type { ListFilter, ListRow, ListSort } from '../../shared/contract/views';
import { FLAGGED, type ListId, SEEN } from '../../shared/domain';
import { createGestures, type Gestures } from '../mutations/gestures';
import { createSystemClock } from '../ports/system-clock';
import { recount } from '../store/recount';
import { setListMode } from '../store/write/list-mode';
import { listPage } from './list-page';

let opened: TestStore;
let account: TestAccount;
let gestures: Gestures;
beforeEach(() => {
  opened = openTestStore();
  account = addAccount(opened.store);
  const { store, clock } = opened;
  gestures = createGestures({ store, clock, random: createFakeRandom(3), report: () => undefined });
});
afterEach(() => {
  expect(recount(opened.store.read)).toEqual([]);
  opened.remove();
});

type Page = Partial<MethodParsedInput<'lists.page'>>;
const inbox = () => account.inbox as number as ListId;
const ask = (input: Page) =>
  listPage(opened.store.read, {
    listId: inbox(),
    sort: 'date',
    descending: true,
    at: { kind: 'offset', offset: 0 },
    limit: 500,
    ...input,
  });
const ids = (input: Page) => ask(input).rows.map(({ itemId }) => itemId);
const FILTERS: Readonly<Record<ListFilter, (row: ListRow) => boolean>> = {
  unread: ({ unreadCount }) => unreadCount > 0,
  starred: ({ starred }) => starred,
  attachments: ({ hasAttachment }) => hasAttachment,
};
const SORTS: readonly ListSort[] = ['date', 'sender', 'subject', 'size', 'unread', 'starred'];
const CASES = (Object.keys(FILTERS) as ListFilter[]).flatMap((filter) =>
  SORTS.map((sort) => [filter, sort] as const),
);

/** Conversations of one or two messages: some read, some starred, some with a file. */
function arrive(count: number): void {
  observe(opened.store, account.inbox, {
    insert: Array.from({ length: count }, (_, at) =>
      observed(at + 1, {
        identity: `i${at}`,
        size: 1_000 + ((at * 7) % 50),
        hasAttachment: at % 5 === 0,
        keywords: [...(at % 3 === 0 ? [SEEN] : []), ...(at % 4 === 0 ? [FLAGGED] : [])].sort(),
        headers: {
          subject: `Subject ${(at * 13) % 40}`,
          // Beyond the first plane, where bytes and code units sort differently.
          from: [{ name: ['Å', '\u{1f600}', 'P', '\uffee'][at % 4] ?? '', address: `p${at % 9}@x.org` }],
          messageId: `m${at}@x`,
          references: at % 10 === 9 ? [`m${at - 1}@x`] : [],
        },
      }),
    ),
  });
}

test.each(CASES)(
  'a list filtered to %s and sorted by %s is the list without the others, page by page',
  (filter, sort) => {
    arrive(80);
    for (const descending of [true, false]) {
      const order = { sort: sort === filter ? 'date' : sort, descending } as const;
      const all = ask(order)
        .rows.filter(FILTERS[filter])
        .map(({ itemId }) => itemId);
      expect(all.length).toBeGreaterThan(10);
      const page = (input: Page) => ask({ filter, sort, descending, ...input });
      expect(page({}).total).toBe(all.length);
      for (const offset of [0, 3, all.length - 2, all.length + 5])
        expect(ids({ filter, sort, descending, at: { kind: 'offset', offset }, limit: 7 })).toEqual(
          all.slice(offset, offset + 7),
        );
      const after = page({ at: { kind: 'after', itemId: all[4] as number, index: 4 }, limit: 5 });
      expect([after.firstIndex, ...after.rows.map(({ itemId }) => itemId)]).toEqual([5, ...all.slice(5, 10)]);
      const above = page({ at: { kind: 'before', itemId: all[8] as number, index: 8 }, limit: 5 });
      expect([above.firstIndex, ...above.rows.map(({ itemId }) => itemId)]).toEqual([3, ...all.slice(3, 8)]);
      const around = page({ at: { kind: 'around', itemId: all[8] as number }, limit: 5 });
      expect(around.rows.map(({ itemId }) => itemId)).toEqual(all.slice(6, 11));
    }
  },
);

test.each(['threads', 'messages'] as const)(
  'rows of a filtered list of %s that do not match any more stay where they were, however they are asked for',
  async (mode) => {
    arrive(80);
    await setListMode(opened.store, createSystemClock(), inbox(), mode);
    for (const sort of ['date', 'sender', 'subject'] as const) {
      const before = ids({ filter: 'unread', sort });
      const read = [before[0], before[1], before[7], before[8], before.at(-1)] as number[];
      const target: MutationTarget = { kind: 'rows', listId: inbox(), itemIds: read };
      const marks = (add: string[], remove: string[]) =>
        gestures.apply({ target, mutation: { kind: 'keywords', add, remove }, origin: 'user' });
      await marks([SEEN], []);
      expect(ids({ filter: 'unread', sort })).toEqual(before.filter((id) => !read.includes(id)));
      // What matches again, or never was in the list, is not there twice.
      const keep = [...read, before[3] as number, 9_999];
      const whole = ask({ filter: 'unread', sort, keep });
      expect(whole.rows.map(({ itemId }) => itemId)).toEqual(before);
      expect(whole.total).toBe(before.length);
      for (let offset = 0; offset < before.length; offset += 3) {
        const at = { kind: 'offset', offset } as const;
        expect(ids({ filter: 'unread', sort, keep, at, limit: 3 })).toEqual(before.slice(offset, offset + 3));
        const around = { kind: 'around', itemId: before[offset] as number } as const;
        expect(ids({ filter: 'unread', sort, keep, at: around, limit: 3 })).toContain(before[offset]);
        const after = { kind: 'after', itemId: before[offset] as number, index: offset } as const;
        const next = ask({ filter: 'unread', sort, keep, at: after, limit: 3 });
        expect(next.firstIndex).toBe(offset + 1);
        expect(next.rows.map(({ itemId }) => itemId)).toEqual(before.slice(offset + 1, offset + 4));
        if (offset < 3) continue;
        const above = ask({ filter: 'unread', sort, keep, at: { ...after, kind: 'before' }, limit: 3 });
        expect(above.firstIndex).toBe(offset - 3);
        expect(above.rows.map(({ itemId }) => itemId)).toEqual(before.slice(offset - 3, offset));
      }
      await marks([], [SEEN]);
    }
  },
);

test('SYNC-252 a gesture on a whole filtered list concerns the rows that match at that instant and those that were kept', async () => {
  arrive(80);
  const unread = ids({ filter: 'unread' });
  const everything = ids({});
  const read = unread.slice(0, 2);
  const rows = { kind: 'rows', listId: inbox(), itemIds: read } as const;
  const seen = { kind: 'keywords', add: [SEEN], remove: [] } as const;
  await gestures.apply({ target: rows, mutation: seen, origin: 'user' });
  const except = unread.slice(5, 8);
  const list = { kind: 'list', listId: inbox(), exceptItemIds: except, filter: 'unread' } as const;
  const mutation = { kind: 'archive' } as const;
  await gestures.apply({ target: { ...list, keep: [read[0] as number] }, mutation, origin: 'user' });
  // Left: what was read before, the kept one's neighbour that nobody named, and the exceptions.
  const left = everything.filter((id) => !unread.includes(id) || id === read[1] || except.includes(id));
  expect(ids({})).toEqual(left);
  expect(ids({ filter: 'unread' })).toEqual(except);
});

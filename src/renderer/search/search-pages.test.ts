import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SearchRow } from '../../shared/contract/search-views';
import { ok } from '../../shared/outcome';
import type { PageRequest } from '../list/page-loader';
import { testRow } from '../list/test-row';
import { FIRST_ROWS, type LookAgain, MORE_ROWS, PROMISED_ROWS, SearchPages } from './search-pages';
import { NO_FACTS } from './server-hits';

const found = (id: number): SearchRow => ({ ...testRow(id), where: [], subjectMarks: [], snippetMarks: [] });

/** An index of ids, highest first, that pages by the last id it gave. */
function index(ids: () => readonly number[], counted = true, look?: LookAgain) {
  const asked: (string | null)[] = [];
  const pages = new SearchPages(async (cursor, limit) => {
    asked.push(cursor);
    const sorted = [...ids()].sort((a, b) => b - a);
    const rest = cursor === null ? sorted : sorted.filter((id) => id < Number(cursor));
    const rows = rest.slice(0, limit).map(found);
    const next = rest.length > limit ? String(rows.at(-1)?.itemId) : null;
    return ok({ rows, next, ...NO_FACTS, count: counted ? sorted.length : null });
  }, look);
  const ask = async (at: PageRequest['at'], epoch = 0, limit = 200) => {
    const request = { listId: -6, sort: 'date', descending: true, at, limit } as unknown as PageRequest;
    const outcome = await pages.answer(request, epoch);
    if (!outcome.ok) throw new Error('refused');
    const { rows, firstIndex, total } = outcome.value;
    return { ids: rows.map(({ itemId }) => itemId), firstIndex, total };
  };
  return { pages, ask, asked };
}

const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

test('the first answer is one short page, with the true number of rows', async () => {
  const { ask, asked } = index(() => upTo(900));
  const { ids, total } = await ask({ kind: 'offset', offset: 0 });
  expect([ids.length, ids[0], total, asked]).toEqual([FIRST_ROWS, 900, 900, [null]]);
});

test('it grows behind the last row by its cursor, and asks for nothing twice', async () => {
  const { ask, asked } = index(() => upTo(900));
  await ask({ kind: 'offset', offset: 0 });
  const last = 901 - FIRST_ROWS;
  const more = await ask({ kind: 'after', itemId: last, index: FIRST_ROWS - 1 });
  expect([more.firstIndex, more.ids[0], more.ids.length]).toEqual([FIRST_ROWS, last - 1, MORE_ROWS]);
  await ask({ kind: 'offset', offset: 0 });
  expect(asked).toEqual([null, String(last)]);
});

test('a jump reads all pages up to it', async () => {
  const { ask, asked } = index(() => upTo(900));
  const { ids, firstIndex } = await ask({ kind: 'offset', offset: 600 });
  expect([firstIndex, ids[0], asked.length]).toEqual([600, 300, 4]);
});

test('while nobody knows how many there are, the list promises some more, and at the end has the true number', async () => {
  const { ask } = index(() => upTo(300), false);
  expect((await ask({ kind: 'offset', offset: 0 })).total).toBe(FIRST_ROWS + PROMISED_ROWS);
  expect((await ask({ kind: 'offset', offset: 200 })).total).toBe(FIRST_ROWS + MORE_ROWS + PROMISED_ROWS);
  expect((await ask({ kind: 'offset', offset: 260 })).total).toBe(300);
});

test('what a newer epoch asks for is read again; rows that have gone close up', async () => {
  let ids = upTo(500);
  const { ask } = index(() => ids);
  await ask({ kind: 'offset', offset: 0 });
  await ask({ kind: 'offset', offset: 60 });
  ids = ids.filter((id) => id !== 480 && id !== 430);
  const again = await ask({ kind: 'around', itemId: 470 }, 1);
  expect(again.ids).not.toContain(480);
  expect(again.ids).not.toContain(430);
  expect(again.total).toBe(498);
});

test('a row that was opened stays in its place although it matches no more, until it has left where one looks', async () => {
  let ids = upTo(9);
  let there = true;
  const { pages, ask } = index(
    () => ids,
    true,
    async (row) => (there ? { ...row, unreadCount: 0 } : null),
  );
  await ask({ kind: 'offset', offset: 0 });
  pages.keep(7);
  ids = ids.filter((id) => id !== 7 && id !== 4);
  expect((await ask({ kind: 'offset', offset: 0 }, 1)).ids).toEqual([9, 8, 7, 6, 5, 3, 2, 1]);
  there = false;
  expect((await ask({ kind: 'offset', offset: 0 }, 2)).ids).toEqual([9, 8, 6, 5, 3, 2, 1]);
});

test('where a whole page has gone, what comes there later is found', async () => {
  let ids = upTo(500);
  const { ask } = index(() => ids);
  await ask({ kind: 'offset', offset: 60 });
  ids = ids.filter((id) => id <= 400);
  expect((await ask({ kind: 'offset', offset: 0 }, 1)).ids[0]).toBe(400);
  ids = [...ids, 480];
  expect((await ask({ kind: 'offset', offset: 0 }, 2)).ids.slice(0, 2)).toEqual([480, 400]);
});

test('pages without rows are passed over while more follows', async () => {
  let turn = 0;
  const pages = new SearchPages(async () => {
    turn += 1;
    const rows = turn === 4 ? [found(7)] : [];
    return ok({ rows, next: turn === 4 ? null : String(turn), ...NO_FACTS });
  });
  const request = { at: { kind: 'offset', offset: 0 }, limit: 200 } as unknown as PageRequest;
  expect(await pages.answer(request, 0)).toMatchObject({
    ok: true,
    value: { total: 1, rows: [{ itemId: 7 }] },
  });
});

test('whatever comes and goes, after a refresh the rows shown are those of the index, in order, each once', async () => {
  const step = fc.oneof(
    fc.record({ add: fc.array(fc.integer({ min: 1, max: 3_000 }), { maxLength: 5 }) }),
    fc.record({ remove: fc.nat({ max: 2_000 }), count: fc.integer({ min: 1, max: 300 }) }),
    fc.record({ look: fc.nat({ max: 900 }) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      let ids = new Set(upTo(700).map((id) => id * 3));
      const { ask } = index(() => [...ids]);
      let epoch = 0;
      for (const each of steps) {
        if ('add' in each) for (const id of each.add) ids.add(id);
        else if ('remove' in each)
          ids = new Set([...ids].filter((id) => id < each.remove || id > each.remove + each.count));
        else {
          epoch += 1;
          await ask({ kind: 'offset', offset: 0 }, epoch);
          const seen = await ask({ kind: 'offset', offset: each.look }, epoch);
          expect(new Set(seen.ids).size).toBe(seen.ids.length);
          expect([...seen.ids].sort((a, b) => b - a)).toEqual(seen.ids);
          for (const id of seen.ids) expect(ids.has(id)).toBe(true);
        }
      }
      epoch += 1;
      const shown: number[] = [];
      for (let at = 0; ; at = shown.length) {
        const page = await ask({ kind: 'offset', offset: at }, epoch);
        if (page.ids.length === 0) break;
        shown.push(...page.ids);
      }
      expect(shown).toEqual([...ids].sort((a, b) => b - a));
    }),
    { numRuns: 60 },
  );
});

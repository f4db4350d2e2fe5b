import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ListPage } from '../../shared/contract/views';
import type { ListId } from '../../shared/domain';
import { ok } from '../../shared/outcome';
import { ListController } from './list-controller';
import type { PageRequest } from './page-loader';
import { selectRows, selectWholeList } from './selection';
import { testRow } from './test-row';

/** A list of ids as the engine would serve it. */
class Server {
  asked: PageRequest[] = [];
  ids: number[];
  constructor(count: number) {
    this.ids = Array.from({ length: count }, (_, index) => index + 1);
  }
  page = async (request: PageRequest) => {
    this.asked.push(request);
    const { at } = request;
    const first =
      at.kind === 'offset'
        ? at.offset
        : at.kind === 'after'
          ? this.ids.indexOf(at.itemId) + 1
          : at.kind === 'before'
            ? Math.max(0, this.ids.indexOf(at.itemId) - request.limit)
            : Math.max(0, this.ids.indexOf(at.itemId) - request.limit / 2);
    const rows = this.ids.slice(first, first + request.limit).map((id) => testRow(id, { unreadCount: 1 }));
    return ok<ListPage>({ rows, firstIndex: first, total: this.ids.length, seq: 1 as ListPage['seq'] });
  };
}
const LIST = 4 as ListId;
const settled = () => vi.advanceTimersByTimeAsync(1_000);

async function open(server: Server): Promise<ListController> {
  const list = new ListController({ listId: LIST, sort: 'date', descending: true, filter: null }, (request) =>
    server.page(request),
  );
  list.start();
  await settled();
  list.look(0, 20);
  list.focus(0);
  return list;
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('UI-091 windows of 200 come by place where one jumps and by row next to what is here, 2,000 rows stay, and a notice moves rows instead of loading them again', async () => {
  const server = new Server(50_000);
  const list = await open(server);
  const asked = () => server.asked.splice(0).map(({ at, limit }) => ({ ...at, limit }));
  const here = () =>
    Array.from({ length: server.ids.length }, (_, index) => index).filter((index) => list.row(index));
  asked();
  // The scroll bar: one window, around what is on screen.
  list.look(30_010, 30_030);
  await settled();
  expect(asked()).toEqual([{ kind: 'offset', offset: 29_920, limit: 200 }]);
  // The wheel, downwards and upwards: neighbours go on from a row that is here.
  list.look(30_100, 30_120);
  await settled();
  expect(asked()).toEqual([{ kind: 'after', itemId: 30_120, index: 30_119, limit: 200 }]);
  list.look(29_930, 29_950);
  await settled();
  expect(asked()).toEqual([{ kind: 'before', itemId: 29_921, index: 29_920, limit: 200 }]);
  expect(list.row(29_720)?.itemId).toBe(29_721);
  // What is here is not asked for twice.
  list.look(30_010, 30_030);
  await settled();
  expect(asked()).toEqual([]);

  // However far one scrolls, 2,000 rows stay: those around the viewport.
  for (let first = 30_010; first < 36_000; first += 60) {
    list.look(first, first + 20);
    await settled();
  }
  expect(asked().every(({ kind, limit }) => kind === 'after' && limit === 200)).toBe(true);
  expect(here()).toHaveLength(2_000);
  expect(list.row(35_970)).toBeDefined();
  expect(list.row(30_010)).toBeUndefined();

  // Mail comes in at the top: what is on screen is asked for once, and all that is here is where it now belongs.
  const before = new Map(here().map((index) => [list.row(index)?.itemId, list.row(index)]));
  server.ids.unshift(60_001, 60_002);
  list.notice();
  await settled();
  const refresh = asked();
  expect(refresh).toHaveLength(1);
  expect(refresh[0]?.limit).toBeLessThan(200);
  const after = here();
  expect(after).toHaveLength(2_000);
  for (const index of after) {
    expect(list.row(index)?.itemId).toBe(server.ids[index]);
    expect(list.row(index)).toBe(before.get(server.ids[index]));
  }
});

test('a thousand notices a second cost at most four requests', async () => {
  const server = new Server(1_000);
  const list = await open(server);
  server.asked = [];
  for (let n = 0; n < 1_000; n += 1) {
    list.notice();
    await vi.advanceTimersByTimeAsync(1);
  }
  expect(server.asked.length).toBeGreaterThan(1);
  expect(server.asked.length).toBeLessThanOrEqual(5);
});

test('dragging the scroll bar through a large list asks for little on the way and for what is there at the end', async () => {
  const server = new Server(100_000);
  const list = await open(server);
  server.asked = [];
  for (let first = 500; first <= 90_500; first += 500) list.look(first, first + 20);
  expect(server.asked.length).toBeLessThanOrEqual(3);
  await settled();
  expect(list.row(90_510)?.itemId).toBe(90_511);
  expect(server.asked.length).toBeLessThanOrEqual(6);
});

test('before anyone has been in the list, the first row is the one that Tab reaches', async () => {
  const server = new Server(100);
  const list = new ListController(
    { listId: LIST, sort: 'date', descending: true, filter: null },
    server.page,
  );
  list.start();
  await settled();
  list.look(0, 20);
  server.ids.unshift(301, 302);
  list.notice();
  await settled();
  expect(list.snapshot()).toMatchObject({ focusIndex: 0, focusId: 301 });
  list.focus(0);
  server.ids.unshift(303);
  list.notice();
  await settled();
  expect(list.snapshot()).toMatchObject({ focusIndex: 1, focusId: 301 });
});

test('mail that arrives above the viewport moves the numbers, not the screen', async () => {
  const server = new Server(1_000);
  const list = await open(server);
  list.look(300, 320);
  await settled();
  list.focus(305);
  server.ids.unshift(2_001, 2_002, 2_003);
  list.notice();
  await settled();
  const { shifted, newAbove, focusIndex, focusId, total } = list.snapshot();
  expect({ shifted, newAbove, focusIndex, focusId, total }).toEqual({
    shifted: 3,
    newAbove: 3,
    focusIndex: 308,
    focusId: 306,
    total: 1_003,
  });
  expect(list.row(303)?.itemId).toBe(301);
});

test('at the top new mail slides in, unless the pointer is over the rows', async () => {
  const server = new Server(50);
  const list = await open(server);
  server.ids.unshift(2_001);
  list.notice();
  await settled();
  expect(list.snapshot().shifted).toBe(0);
  expect(list.row(0)?.itemId).toBe(2_001);
  list.hold(true);
  server.ids.unshift(2_002);
  list.notice();
  await settled();
  expect(list.snapshot()).toMatchObject({ shifted: 1, newAbove: 1 });
});

test('an archived row is gone at once, stays gone while older answers arrive, and the next row has the focus', async () => {
  const server = new Server(300);
  const list = await open(server);
  list.focus(1);
  list.hide(selectRows([2]), 'next');
  expect(list.snapshot()).toMatchObject({ total: 299, focusIndex: 1, focusId: 3 });
  list.notice();
  await settled();
  expect(list.row(1)?.itemId).toBe(3);
  server.ids = server.ids.filter((id) => id !== 2);
  list.settle(selectRows([2]));
  await settled();
  expect(list.snapshot().total).toBe(299);
  expect(list.row(1)?.itemId).toBe(3);
});

test('the notice of a gesture that waits for its answer costs no request of its own, and one without answer costs one', async () => {
  const server = new Server(300);
  const list = await open(server);
  await settled();
  server.asked = [];
  const star = () => list.change(selectRows([2]), (row) => ({ ...row, starred: true }));
  star();
  list.notice();
  await vi.advanceTimersByTimeAsync(20);
  list.settle(selectRows([2]));
  await settled();
  expect(server.asked).toHaveLength(1);
  star();
  list.notice();
  await settled();
  expect(server.asked).toHaveLength(2);
});

test('what the engine refuses comes back', async () => {
  const server = new Server(10);
  const list = await open(server);
  list.hide(selectRows([1]), 'next');
  list.takeBack(selectRows([1]));
  await settled();
  expect(list.row(0)?.itemId).toBe(1);
});

test('a row that was refused and comes back does not take the focus, however the first row had got it', async () => {
  const server = new Server(10);
  const list = new ListController(
    { listId: LIST, sort: 'date', descending: true, filter: null },
    server.page,
  );
  list.start();
  await settled();
  list.look(0, 9);
  // Tab reached the first row, where the focus stood already.
  list.focus(0);
  list.hide(selectRows([1]), 'next');
  server.ids = server.ids.filter((id) => id !== 1);
  list.settle(selectRows([1]));
  await settled();
  expect(list.snapshot()).toMatchObject({ focusIndex: 0, focusId: 2 });
  // The mail server says no.
  server.ids.unshift(1);
  list.notice();
  await settled();
  expect(list.row(0)?.itemId).toBe(1);
  expect(list.snapshot()).toMatchObject({ focusIndex: 1, focusId: 2 });
});

test('rows acted on before anyone has moved in the list leave the focus on the next one, also when they come back', async () => {
  const server = new Server(10);
  const list = new ListController(
    { listId: LIST, sort: 'date', descending: true, filter: null },
    server.page,
  );
  list.start();
  await settled();
  list.look(0, 9);
  list.hide(selectRows([1]), 'next');
  list.takeBack(selectRows([1]));
  await settled();
  expect(list.snapshot()).toMatchObject({ focusIndex: 1, focusId: 2 });
});

test('a row that comes back while the focused one is removed elsewhere does not take its focus', async () => {
  const server = new Server(10);
  const list = await open(server);
  list.hide(selectRows([1]), 'next');
  server.ids = server.ids.filter((id) => id !== 2);
  list.takeBack(selectRows([1]));
  await settled();
  expect(list.row(0)?.itemId).toBe(1);
  expect(list.snapshot()).toMatchObject({ focusIndex: 1, focusId: 3 });
});

test('the only row comes back without the focus, and takes it when somebody goes there', async () => {
  const server = new Server(1);
  const list = await open(server);
  list.hide(selectRows([1]), 'next');
  list.takeBack(selectRows([1]));
  await settled();
  expect(list.snapshot()).toMatchObject({ total: 1, focusIndex: 0, focusId: null });
  list.focus(0);
  expect(list.snapshot().focusId).toBe(1);
});

test('sorting keeps the focused item and the ticked rows', async () => {
  const server = new Server(1_000);
  const list = await open(server);
  list.look(400, 420);
  await settled();
  list.focus(410);
  list.toggle(411);
  server.ids.reverse();
  list.sortBy('sender', false);
  await settled();
  expect(list.snapshot()).toMatchObject({ focusId: 411, focusIndex: 589 });
  expect([...list.snapshot().selection.ids]).toEqual([411]);
});

test('a range over rows that were never loaded loads them first', async () => {
  const server = new Server(6_000);
  const list = await open(server);
  list.focus(0);
  const done = list.extendTo(4_500);
  await settled();
  await done;
  expect(list.snapshot().selection.ids.size).toBe(4_501);
});

test('a focused message that someone else removed hands the focus to the row in its place', async () => {
  const server = new Server(100);
  const list = await open(server);
  list.focus(4);
  server.ids = server.ids.filter((id) => id !== 5);
  list.notice();
  await settled();
  expect(list.snapshot()).toMatchObject({ focusIndex: 4, focusId: 6 });
});

test('an answer that does not bring the missing rows is not asked for in circles', async () => {
  let asked = 0;
  const list = new ListController(
    { listId: LIST, sort: 'date', descending: true, filter: null },
    async () => {
      asked += 1;
      return ok<ListPage>({ rows: [], firstIndex: 0, total: 10, seq: 1 as ListPage['seq'] });
    },
  );
  list.start();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked).toBeLessThan(8);
});

test('a whole list that was archived stays empty until the engine has answered', async () => {
  const server = new Server(5_000);
  const list = await open(server);
  list.hide(selectWholeList(), 'next');
  list.notice();
  await settled();
  expect(list.snapshot().total).toBe(0);
  list.settle(selectWholeList());
  await settled();
  expect(list.snapshot().total).toBe(5_000);
});

test('when someone else removes the very row that was held on to, the rows below it move up and requests end', async () => {
  const server = new Server(1_000);
  const list = await open(server);
  list.look(300, 320);
  await settled();
  server.ids = server.ids.filter((id) => id !== 301);
  list.notice();
  await settled();
  expect(list.row(300)?.itemId).toBe(302);
  server.asked = [];
  await settled();
  expect(server.asked).toEqual([]);
});

test('what was on screen stays in a filtered list until it is filtered again; what is ticked is forgotten', async () => {
  const server = new Server(1_000);
  const list = await open(server);
  list.toggle(3);
  list.focus(4);
  list.filterBy('unread');
  await settled();
  // Rows of the test are unread: the focused one is still there.
  expect(list.snapshot()).toMatchObject({
    query: { filter: 'unread' },
    focusId: 5,
    selection: { mode: 'some' },
  });
  expect(list.snapshot().selection.ids.size).toBe(0);
  expect(server.asked.at(-1)).toMatchObject({
    filter: 'unread',
    at: { kind: 'around', itemId: 5 },
    keep: [],
  });

  list.look(10, 12);
  list.notice();
  await settled();
  expect(server.asked.at(-1)?.keep).toEqual([11, 12, 13]);
  list.look(12, 13);
  list.notice();
  await settled();
  expect(server.asked.at(-1)?.keep).toEqual([11, 12, 13, 14]);

  list.filterBy('attachments');
  await settled();
  expect(list.snapshot()).toMatchObject({ focusIndex: 0, query: { filter: 'attachments' } });
  expect(server.asked.at(-1)).toMatchObject({ filter: 'attachments', at: { kind: 'offset', offset: 0 } });
  list.filterBy(null);
  await settled();
  expect(server.asked.at(-1)).not.toHaveProperty('filter');
  expect(list.kept()).toEqual([]);
});

test('the same filter again lets go of what stayed without matching; focus and ticks stay with what matches', async () => {
  const server = new Server(100);
  const list = await open(server);
  list.filterBy('unread');
  await settled();
  list.look(0, 20);
  list.focus(1);
  list.toggle(2);
  list.toggle(5);
  list.change(selectRows([1, 2]), (row) => ({ ...row, unreadCount: 0 }));
  list.settle(selectRows([1, 2]));
  // The engine keeps what was on screen, until it is asked without.
  const read = new Set([1, 2]);
  const serve = server.page;
  server.page = async (request) => {
    const all = server.ids;
    server.ids = all.filter((id) => !read.has(id) || request.keep?.includes(id));
    const page = await serve(request);
    server.ids = all;
    if (!page.ok) return page;
    const rows = page.value.rows.map((row) => (read.has(row.itemId) ? { ...row, unreadCount: 0 } : row));
    return ok({ ...page.value, rows });
  };
  list.notice();
  await settled();
  expect(list.row(0)?.itemId).toBe(1);
  list.filterBy('unread');
  expect(list.snapshot()).toMatchObject({ total: 98, focusIndex: 0, focusId: 3 });
  expect([...list.snapshot().selection.ids]).toEqual([5]);
  await settled();
  expect(list.row(0)?.itemId).toBe(3);
  expect(server.asked.at(-1)?.keep).not.toContain(2);
  expect(list.snapshot()).toMatchObject({ total: 98, focusIndex: 0, focusId: 3 });
});

test('a row that is sent away hands the focus to the next or previous one while both are still in their places', async () => {
  const list = await open(new Server(100));
  const handed: number[] = [];
  list.handFocusOn = (index) => handed.push(index);
  list.focus(3);
  list.hide(selectRows([2, 4, 5]), 'next');
  expect(list.row(list.snapshot().focusIndex)?.itemId).toBe(6);
  list.hide(selectRows([6]), 'previous');
  expect(list.row(list.snapshot().focusIndex)?.itemId).toBe(3);
  // The focus is elsewhere.
  list.hide(selectRows([90]), 'next');
  expect(handed).toEqual([5, 1]);
});

test('a list that was left shows its beginning at once when it is opened again, and then what has changed', async () => {
  const server = new Server(1_000);
  const left = await open(server);
  server.asked = [];
  server.ids.shift();
  const query = left.snapshot().query;
  const again = new ListController(query, server.page, left.beginning());
  expect(again.snapshot().total).toBe(1_000);
  expect(again.row(0)?.itemId).toBe(1);
  again.start();
  await settled();
  expect(again.row(0)?.itemId).toBe(2);
  expect(again.snapshot()).toMatchObject({ total: 999, focusIndex: 0, focusId: 2, newAbove: 0 });
});

test('a list that was left after some of its rows had been sent away still shows its beginning at once', async () => {
  const server = new Server(1_000);
  const first = await open(server);
  const again = new ListController(first.snapshot().query, server.page, first.beginning());
  again.hide(selectRows([1]), 'next');
  expect(again.beginning()).toMatchObject({ firstIndex: 0, total: 999, rows: { length: 99 } });
});

test('of a list that is not loaded from its beginning nothing is kept', async () => {
  const list = new ListController(
    { listId: LIST, sort: 'date', descending: true, filter: null },
    new Server(1_000).page,
  );
  expect(list.beginning()).toBeNull();
});

import type { MethodInput } from '../../src/shared/contract/methods';
import type { ListId, MessageId, ThreadId } from '../../src/shared/domain';
import { startOrderBuilder } from '../../src/sync/api/order-builder';
import { createSystemClock } from '../../src/sync/ports/system-clock';
import { createQueryHandlers, type QueryHandlers } from '../../src/sync/queries/query-handlers';
import { openReader, openStore, type Store } from '../../src/sync/store/open-store';
import { findOrder } from '../../src/sync/store/orders/want-order';
import { setListMode } from '../../src/sync/store/write/list-mode';
import type { Bench } from '../bench';
import { atLeast, atMost, type Row } from '../row';
import { median, percentile, processorSamples, samples, timed } from '../statistics';
import { LARGE_MESSAGES } from '../workshop/workshop';

const RUNS = 300;
const PAGE = 100;
const SORTS = ['sender', 'subject', 'size', 'unread', 'starred'] as const;
const FILTERS = ['unread', 'starred', 'attachments'] as const;
/** Each reads the whole list. */
const SORTED_RUNS = 20;
/** What a page may take until its order is laid out: it is seen, and nobody is kept from working. */
const SORTED_PAGE_MS = 100;
/** A second on a slow machine, in turns nobody notices. */
const LAID_OUT_MS = 500;
/** Some of it is a commit of pages all over the order. */
const TURN_MS = 20;
const QUIET = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
type PageInput = Parameters<QueryHandlers['lists.page']>[0];
type At = MethodInput<'lists.page'>['at'];

/** What the window asks for while somebody scrolls and reads: rows and bodies of a large profile, from its file. */
export const queries: Bench = {
  name: 'queries',
  boundMs: 180_000,
  run: async (workshop) => {
    const { databasePath, inbox, rowsPerSecond, bodiesPerSecond } = workshop.copyOfLarge();
    const db = openReader(databasePath);
    const ask = createQueryHandlers(db, { now: Date.now });
    const page = (sort: PageInput['sort'], at: At, filter: PageInput['filter'] = null) =>
      ask['lists.page']({
        listId: inbox as never,
        sort,
        descending: true,
        filter,
        at,
        limit: PAGE,
      } as PageInput);
    const p95 = async (name: string, limit: number, work: (index: number) => unknown): Promise<Row> =>
      atMost({ name, value: percentile(await samples(RUNS, work), 0.95), unit: 'ms' }, limit);

    const first = await page('date', { kind: 'offset', offset: 0 });
    if (!first.ok) throw new Error('the first page failed');
    const { total, rows } = first.value;
    const deep = await page('date', { kind: 'offset', offset: total - 2 * PAGE });
    const deepItem = deep.ok ? (deep.value.rows[0]?.itemId ?? 0) : 0;
    const jump = (index: number) => (index * 7919) % (total - PAGE);
    const at = `${LARGE_MESSAGES.toLocaleString('en')} messages`;

    const measured = [
      await p95(`list page, by date, first, p95 at ${at}`, 1, () =>
        page('date', { kind: 'offset', offset: 0 }),
      ),
      await p95(`list page, by date, keyset deep, p95`, 1, () =>
        page('date', { kind: 'after', itemId: deepItem, index: total - 2 * PAGE }),
      ),
      await p95(`list page, by date, anywhere by offset, p95`, 5, (index) =>
        page('date', { kind: 'offset', offset: jump(index) }),
      ),
    ];
    for (const filter of FILTERS)
      measured.push(
        await p95(`list page, by date, only ${filter}, p95`, 1, () =>
          page('date', { kind: 'offset', offset: 0 }, filter),
        ),
      );
    measured.push(...(await layOut(databasePath, inbox, page)));
    for (const sort of SORTS)
      measured.push(
        await p95(`list page, by ${sort}, p95`, 1, () => page(sort, { kind: 'offset', offset: 0 })),
      );
    measured.push(
      await p95('list page, by subject, only unread, p95', 1, () =>
        page('subject', { kind: 'offset', offset: 0 }, 'unread'),
      ),
      await p95('list page, by subject, anywhere by offset, p95', 5, (index) =>
        page('subject', { kind: 'offset', offset: jump(index) }),
      ),
      await p95('unread counts of every list, p95', 1, () => ask['lists.list']({})),
      await p95('open thread, p95', 5, (index) =>
        ask['threads.get']({
          threadId: rows[index % rows.length]?.threadId as ThreadId,
          listId: inbox as never,
        }),
      ),
      await p95('message body, p95', 5, (index) =>
        ask['messages.body']({ messageId: rows[index % rows.length]?.messageId as MessageId, charset: null }),
      ),
      atLeast({ name: 'store writes, header rows', value: rowsPerSecond, unit: 'rows/s' }, 20_000),
      atLeast({ name: 'store writes, bodies', value: bodiesPerSecond, unit: 'bodies/s' }, 2_000),
    );
    db.close();
    return measured;
  },
};

/**
 * Pages in orders that are not laid out, of a list of 100,000 single messages; then all of them are laid out as the engine
 * does it when nothing else is to be done.
 */
async function layOut(
  databasePath: string,
  inbox: number,
  page: (sort: PageInput['sort'], at: At) => unknown,
): Promise<Row[]> {
  const clock = createSystemClock();
  const store = openStore(databasePath, { clock, logger: QUIET });
  await setListMode(store, clock, inbox as ListId, 'messages');
  const rows = `of ${LARGE_MESSAGES.toLocaleString('en')} rows`;
  const sorted: Row[] = [];
  const most = async (name: string, work: () => unknown) => {
    const value = percentile(await processorSamples(SORTED_RUNS, work), 0.95);
    sorted.push(atMost({ name: `${name}, p95, processor time`, value, unit: 'ms' }, SORTED_PAGE_MS));
  };
  for (const sort of SORTS)
    await most(`list page ${rows}, by ${sort}, not laid out`, () =>
      page(sort, { kind: 'offset', offset: 0 }),
    );
  await most(`list page ${rows}, by subject, not laid out, in the middle`, () =>
    page('subject', { kind: 'offset', offset: LARGE_MESSAGES / 2 }),
  );

  const turns: number[] = [];
  const writeTx: Store['writeTx'] = (origin, work, part) => {
    const before = process.cpuUsage();
    const result = store.writeTx(origin, work, part);
    const { user, system } = process.cpuUsage(before);
    turns.push((user + system) / 1000);
    return result;
  };
  const builder = startOrderBuilder({ ...store, writeTx }, { clock, logger: QUIET });
  const ready = async (sort: (typeof SORTS)[number], filter: (typeof FILTERS)[number] | null) => {
    builder.want({ listId: inbox, sort, filter });
    while (!findOrder(store.read, inbox, { sort, descending: true, filter })?.ready) await clock.sleep(5);
  };
  const times: number[] = [];
  for (const sort of SORTS) times.push((await timed(() => ready(sort, null))).cpuMs);
  await ready('subject', 'unread');
  await builder.stop();
  store.close();
  return [
    ...sorted,
    atMost(
      { name: `an order ${rows} laid out, processor time`, value: median(times), unit: 'ms' },
      LAID_OUT_MS,
    ),
    atMost(
      {
        name: 'longest turn while orders are laid out, processor time',
        value: Math.max(...turns),
        unit: 'ms',
      },
      TURN_MS,
    ),
  ];
}

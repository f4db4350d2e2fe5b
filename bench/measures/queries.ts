import type { MethodInput } from '../../src/shared/contract/methods';
import type { MessageId, ThreadId } from '../../src/shared/domain';
import { createQueryHandlers, type QueryHandlers } from '../../src/sync/queries/query-handlers';
import { openReader } from '../../src/sync/store/open-store';
import type { Bench } from '../bench';
import { atLeast, atMost, type Row } from '../row';
import { percentile, samples } from '../statistics';
import { LARGE_MESSAGES } from '../workshop/workshop';

const RUNS = 300;
const PAGE = 100;
type PageInput = Parameters<QueryHandlers['lists.page']>[0];
type At = MethodInput<'lists.page'>['at'];

/** What the window asks for while somebody scrolls and reads: rows and bodies of a large profile, from its file. */
export const queries: Bench = {
  name: 'queries',
  boundMs: 90_000,
  run: async (workshop) => {
    const { databasePath, inbox, rowsPerSecond, bodiesPerSecond } = workshop.largeProfile();
    const db = openReader(databasePath);
    const ask = createQueryHandlers(db, { now: Date.now });
    const page = (sort: PageInput['sort'], at: At, descending = true) =>
      ask['lists.page']({ listId: inbox as never, sort, descending, at, limit: PAGE } as PageInput);
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
    for (const sort of ['sender', 'subject', 'size', 'unread', 'starred'] as const) {
      const name = `list page, by ${sort}, p95`;
      measured.push(await p95(name, 1, () => page(sort, { kind: 'offset', offset: 0 })));
    }
    measured.push(
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

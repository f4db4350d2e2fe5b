/** Orders of a long list under the built workers: the reader answers at once, and the engine lays the order out. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startWorkers } from '../../src/main/core/start-workers';
import { createProcessHost } from '../../src/main/engine-host/process-host';
import { createThreadHost } from '../../src/main/engine-host/thread-host';
import type { ListPage } from '../../src/shared/contract/views';
import { createSystemClock } from '../../src/sync/ports/system-clock';
import { openReader, openStore } from '../../src/sync/store/open-store';
import { findOrder } from '../../src/sync/store/orders/want-order';
import { recount } from '../../src/sync/store/recount';
import { addAccount, observe, observed } from '../fakes/observed-facts';

const BUILT = join(import.meta.dirname, '../../out/main');
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };
const ROWS = 1_500;

function longList(profileDir: string): number {
  const store = openStore(join(profileDir, 'homeport.sqlite'), {
    clock: createSystemClock(),
    logger: SILENT,
  });
  const { work } = addAccount(store, 'local');
  observe(store, work, {
    insert: Array.from({ length: ROWS }, (_, at) =>
      observed(at + 1, { headers: { subject: `Subject ${(at * 7919) % ROWS}`, messageId: `m${at}@x` } }),
    ),
  });
  store.close();
  return work;
}

test.each([
  ['threads', () => createThreadHost(BUILT)],
  ['processes', () => createProcessHost(BUILT, process.execPath)],
] as const)(
  'a page of a long list is the same before and after its order is laid out, with workers that are %s',
  async (_kind, host) => {
    const profileDir = mkdtempSync(join(tmpdir(), 'homeport-orders-'));
    const listId = longList(profileDir);
    const started = await startWorkers({
      host: host(),
      init: {
        profileDir,
        client: { name: 'Homeport', version: '0', contact: 'The authors' },
        logLevel: 'error',
        network: 'offline',
        autonomous: true,
        trace: false,
      },
      vault: { get: async () => null, put: async () => '', delete: async () => undefined },
      clock: createSystemClock(),
      logger: SILENT,
    });
    if (!started.ok) throw new Error(started.failure.message);
    const workers = started.value;
    const order = { sort: 'subject', descending: false, filter: null } as const;
    const page = async (offset: number): Promise<ListPage> => {
      const answer = await workers.reader('lists.page', {
        listId,
        ...order,
        at: { kind: 'offset', offset },
        limit: 100,
      });
      if (!answer.ok) throw new Error(answer.failure.message);
      return answer.value as ListPage;
    };
    const subjects = async () => (await page(700)).rows.map(({ subject }) => subject);

    const db = openReader(join(profileDir, 'homeport.sqlite'));
    try {
      expect(findOrder(db, listId, order)).toBeNull();
      const before = await subjects();
      expect(before).toEqual(before.toSorted());
      await expect.poll(() => findOrder(db, listId, order)?.ready, { timeout: 10_000 }).toBe(1);
      expect(await subjects()).toEqual(before);
      expect(recount(db)).toEqual([]);
    } finally {
      db.close();
      await workers.stop();
      rmSync(profileDir, { recursive: true });
    }
  },
);

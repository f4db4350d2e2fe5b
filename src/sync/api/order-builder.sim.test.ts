import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, observe, observed, type TestAccount } from '../../../test/fakes/observed-facts';
import { type ListId, SMART_LISTS } from '../../shared/domain';
import { createSystemClock } from '../ports/system-clock';
import { listPage } from '../queries/list-page';
import { openStore, type Store } from '../store/open-store';
import { buildSome, nextStep, unfinishedOrder } from '../store/orders/build-order';
import { leaveUnused, removeLeaving } from '../store/orders/drop-orders';
import { LAID_OUT_SORTS } from '../store/orders/list-order';
import { findOrder, wantOrder } from '../store/orders/want-order';
import { recount } from '../store/recount';
import { removeAccountChunk } from '../store/write/remove-account';
import { removeMailboxRows } from '../store/write/remove-mailbox';
import { startOrderBuilder } from './order-builder';

const BY_SUBJECT = { sort: 'subject', descending: false, filter: null } as const;
const errors: string[] = [];
const quiet = () => undefined;
const logger = { debug: quiet, info: quiet, warn: quiet, error: (event: string) => errors.push(event) };
const clock = createSystemClock();

let profileDir: string;
let store: Store;
let account: TestAccount;
beforeEach(() => {
  profileDir = mkdtempSync(join(tmpdir(), 'homeport-builder-'));
  store = openStore(join(profileDir, 'homeport.sqlite'), { clock, logger });
  account = addAccount(store);
  errors.length = 0;
});
afterEach(() => {
  if (store.write.open) store.close();
  rmSync(profileDir, { recursive: true });
});

function arrive(count: number, from = 1): void {
  const insert = Array.from({ length: count }, (_, at) =>
    observed(from + at, {
      headers: { subject: `Subject ${((from + at) * 7919) % 1_000}`, messageId: `m${from + at}@x` },
    }),
  );
  observe(store, account.work, { insert });
}

const want = () => ({ listId: account.work as number, sort: 'subject', filter: null }) as const;
const isReady = () => findOrder(store.read, account.work, BY_SUBJECT)?.ready === 1;
const orderRows = () => store.read.prepare('SELECT count(*) FROM order_rows').pluck().get();
const subjects = () =>
  listPage(store.read, {
    listId: account.work as number as ListId,
    ...BY_SUBJECT,
    at: { kind: 'offset', offset: 0 },
    limit: 500,
  }).rows.map(({ subject }) => subject);

test('an order that is wanted is laid out once, and mail that comes in before it is ready is in it', async () => {
  arrive(3_000);
  const before = subjects();
  const builder = startOrderBuilder(store, { clock, logger });
  builder.want(want());
  builder.want(want());
  expect(isReady()).toBe(false);
  expect(subjects()).toEqual(before);
  arrive(50, 5_000);
  await expect.poll(isReady).toBe(true);
  await builder.stop();
  expect(orderRows()).toBe(3_050);
  expect(store.read.prepare('SELECT count(*) FROM list_orders').pluck().get()).toBe(1);
  expect(recount(store.read)).toEqual([]);
  expect(errors).toEqual([]);
});

test('what a kill left half done is finished at the next start', async () => {
  arrive(400);
  store.writeTx('user', (tx) => wantOrder(tx, want()));
  const step = nextStep(store.read, unfinishedOrder(store.read) as number, 150);
  if (step) store.writeTx('server', (tx) => buildSome(tx, step));
  expect([isReady(), orderRows()]).toEqual([false, 150]);
  store.close();
  store = openStore(join(profileDir, 'homeport.sqlite'), { clock, logger });
  const builder = startOrderBuilder(store, { clock, logger });
  await expect.poll(isReady).toBe(true);
  await builder.stop();
  expect(orderRows()).toBe(400);
  expect(recount(store.read)).toEqual([]);
});

test('an order nobody used for a month goes in chunks, and can be wanted again before it is gone', async () => {
  arrive(2_500);
  const builder = startOrderBuilder(store, { clock, logger });
  builder.want(want());
  await expect.poll(isReady).toBe(true);
  store.writeTx('server', leaveUnused);
  expect(isReady()).toBe(true);
  store.write.exec('UPDATE list_orders SET used_at = used_at - 31 * 86400000');
  store.writeTx('server', leaveUnused);
  expect(findOrder(store.read, account.work, BY_SUBJECT)).toBeNull();
  // What changes now is not followed any more, and is right all the same.
  arrive(10, 5_000);
  builder.want(want());
  await expect.poll(isReady).toBe(true);
  await builder.stop();
  const removed: boolean[] = [];
  do removed.push(store.writeTx('server', removeLeaving));
  while (removed.at(-1) === false);
  expect(removed.length).toBe(3);
  expect(orderRows()).toBe(2_510);
  expect(recount(store.read)).toEqual([]);
});

test('an order goes with its list, and the doctor sees one that does not hold what its list does', async () => {
  arrive(30);
  const builder = startOrderBuilder(store, { clock, logger });
  builder.want(want());
  await expect.poll(isReady).toBe(true);
  await builder.stop();
  store.write.exec('DELETE FROM order_rows WHERE item_id = (SELECT max(item_id) FROM order_rows)');
  expect(recount(store.read)).toEqual([`list ${account.work} by subject (none) holds 29 of 30 rows`]);
  store.write.exec(
    "UPDATE list_orders SET state = 'building', built_to = (SELECT max(item_id) FROM order_rows)",
  );
  expect(recount(store.read)).toEqual([]);
  // Its messages go first, then the mailbox itself.
  for (let round = 0; round < 2; round++)
    store.writeTx('server', (tx) => removeMailboxRows(tx, account.work));
  expect(orderRows()).toBe(0);
  expect(store.read.prepare('SELECT count(*) FROM list_orders').pluck().get()).toBe(0);
});

test('an account that is removed does not take its messages out of laid out orders one by one', async () => {
  arrive(60);
  const builder = startOrderBuilder(store, { clock, logger });
  for (const listId of [account.work, SMART_LISTS.all])
    for (const sort of LAID_OUT_SORTS) builder.want({ listId, sort, filter: null });
  await expect.poll(() => unfinishedOrder(store.read)).toBeNull();
  await builder.stop();
  const changed: number[] = [];
  const total = () => store.read.prepare<[], number>('SELECT total_changes()').pluck().get() as number;
  for (let done = false, before = total(); !done; before = total()) {
    done = store.writeTx('user', (tx) => removeAccountChunk(tx, account.accountId, 50));
    changed.push(total() - before);
  }
  expect(Math.max(...changed)).toBeLessThanOrEqual(100);
  for (const table of ['order_rows', 'list_orders', 'list_rows'])
    expect([table, store.read.prepare(`SELECT count(*) FROM ${table}`).pluck().get()]).toEqual([table, 0]);
});

test('a wish that cannot be written down is told in the log and kills nobody', async () => {
  const builder = startOrderBuilder(store, { clock, logger });
  store.write.exec('ALTER TABLE list_orders RENAME TO gone');
  builder.want(want());
  expect(errors).toEqual(['orders.build']);
  store.write.exec('ALTER TABLE gone RENAME TO list_orders');
  await builder.stop();
});

import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createFakeConnector } from '../../../test/fakes/fake-connector';
import { createFakeRandom } from '../../../test/fakes/fake-random';
import { openTestEngine, type TestEngine } from '../../../test/fakes/open-test-engine';
import type { Connector } from '../connectors/contract';
import { createReportedNetwork } from '../ports/system-network';
import { createSupervisor } from './supervisor';

let engine: TestEngine;
afterEach(() => engine.close());

const count = (table: string): number =>
  engine.store.read.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
/** Every table with rows of an account besides the log of changes, which tells readers that they are gone. */
const TABLES = [
  'accounts',
  'mailboxes',
  'sync_state',
  'messages',
  'placements',
  'memberships',
  'threads',
  'thread_ids',
  'list_rows',
  'bodies',
  'attachments',
  'blobs',
  'snoozes',
  'local_labels',
  'pending_changes',
  'pending_targets',
  'change_history',
  'history_targets',
  'account_counters',
  'known_people',
  'sync_log',
];

function blobFiles(): string[] {
  const folder = join(dirname(engine.store.path), 'blobs');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
}

test('SYNC-003 a removed account has no connection and no timer left, goes in transactions of at most 5,000 rows, frees its blobs, and goes on after a kill', async () => {
  const closed: string[] = [];
  engine = await openTestEngine((connector: Connector) => ({
    ...connector,
    close: async () => {
      closed.push('closed');
      await connector.close();
    },
  }));
  const { server, store, supervisor, accountId, clock } = engine;
  const big = `Subject: big\r\nMessage-ID: <big@example.org>\r\n\r\n${'words that differ '.repeat(9_000)}\r\n`;
  server.deliver('INBOX', Buffer.from(big), clock.now());
  for (let at = 0; at < 600; at++) engine.deliver(`m${at}`);
  await engine.pass(60_000);
  void supervisor.fetchContent(accountId, { messageId: engine.messageId('big'), attachment: null });
  await engine.mutate('m1', { kind: 'keywords', add: ['$flagged', 'holiday'], remove: [] });
  await engine.mutate('m2', { kind: 'snooze', until: clock.now() + 1_000_000 });
  await engine.pass(10_000);
  supervisor.setOffline(true);
  await engine.mutate('m3', { kind: 'archive' });
  await engine.pass(1_000);
  supervisor.setOffline(false);
  await engine.pass(1_000);
  for (const table of ['messages', 'bodies', 'blobs', 'change_history', 'snoozes', 'sync_log'])
    expect([table, count(table) > 0]).toEqual([table, true]);
  expect(blobFiles().length).toBeGreaterThan(0);

  // Counted by the database itself, those that go along by foreign keys included.
  const total = () => store.write.prepare('SELECT total_changes()').pluck().get() as number;
  const perTransaction: number[] = [];
  let stopping: Promise<void> | undefined;
  const writeTx = store.writeTx.bind(store);
  Object.assign(store, {
    writeTx: (...args: Parameters<typeof writeTx>) => {
      const before = total();
      const result = writeTx(...args);
      perTransaction.push(total() - before);
      // The process ends in the middle; the next one has nothing but the database.
      if (perTransaction.length === 3) stopping = supervisor.stop();
      return result;
    },
  });
  const removing = supervisor.removeAccount(accountId);
  await engine.pass(100);
  await Promise.all([removing, stopping]);
  expect(closed.length).toBeGreaterThan(0);
  expect(count('messages')).toBeGreaterThan(0);
  expect(count('messages')).toBeLessThan(601);
  expect(engine.account().state).toBe('removing');

  const quiet = () => undefined;
  const next = createSupervisor({
    store,
    clock,
    random: createFakeRandom(),
    network: createReportedNetwork(),
    logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    runId: 'run-2',
    draftSource: async () => ({ ok: true, value: null }),
    submission: () => null,
    markRelated: async () => undefined,
    connect: () => createFakeConnector(server),
    emit: quiet,
  });
  next.start();
  await engine.pass(60_000);
  for (const table of TABLES) expect([table, count(table)]).toEqual([table, 0]);
  expect(blobFiles()).toEqual([]);
  expect(Math.max(...perTransaction)).toBeLessThanOrEqual(5_000);
  expect(perTransaction.length).toBeGreaterThan(4);
  await next.stop();
  await engine.pass(60_000);
  // An account at work always has one: the next look at its server.
  expect(clock.pending()).toBe(0);
});

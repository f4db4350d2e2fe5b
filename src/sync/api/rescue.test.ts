import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { createFakeConnector } from '../../../test/fakes/fake-connector';
import { createFakeRandom } from '../../../test/fakes/fake-random';
import { noSending } from '../../../test/fakes/no-sending';
import { openTestEngine } from '../../../test/fakes/open-test-engine';
import { createSupervisor } from '../engine/supervisor';
import { openStore } from '../store/open-store';
import { pendingCounts } from '../store/read/pending';
import { recount } from '../store/recount';
import { checkIntegrity, finishRescue, isDamaged, rescueDatabase } from '../store/repair';
import { backUpOwnDataNow } from './housekeeping';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

test('SYNC-393 a store whose pages were overwritten comes back: mail is synced again, and not one change that waited is lost', async () => {
  const engine = await openTestEngine();
  const { server, clock, store } = engine;
  const { path } = store;
  for (let at = 0; at < 20; at++) engine.deliver(`old ${at}`);
  await engine.pass(120_000);
  expect(engine.subjects('INBOX')).toHaveLength(20);

  // The last daily backup.
  const backups = join(dirname(path), 'backups');
  mkdirSync(backups, { recursive: true });
  store.write.pragma('wal_checkpoint(FULL)');
  copyFileSync(path, join(backups, `${clock.now()}-daily.sqlite`));

  // A day of mail, then work without a network.
  for (let at = 0; at < 20; at++) engine.deliver(`new ${at}`);
  await engine.pass(120_000);
  expect(engine.subjects('INBOX')).toHaveLength(40);
  engine.network.report('offline');
  await engine.pass(1_000);
  for (const subject of ['old 3', 'new 3', 'new 4']) await engine.mutate(subject, { kind: 'archive' });
  for (const subject of ['old 5', 'new 5'])
    await engine.mutate(subject, { kind: 'keywords', add: ['$flagged'], remove: [] });
  expect(pendingCounts(store.read, engine.accountId).waiting).toBe(5);
  await engine.supervisor.stop();
  backUpOwnDataNow(store, { clock, logger: quiet });
  store.close();

  const reading = new Database(path, { readonly: true });
  const size = reading.pragma('page_size', { simple: true }) as number;
  const pages = reading
    .prepare("SELECT pageno FROM dbstat WHERE name IN ('messages', 'list_rows', 'messages_thread')")
    .pluck()
    .all() as number[];
  reading.close();
  const bytes = readFileSync(path);
  for (const page of pages) bytes.fill(0xa5, (page - 1) * size, page * size);
  writeFileSync(path, bytes);
  const broken = openStore(path, { clock, logger: quiet });
  expect(checkIntegrity(broken, { full: false })).toMatchObject([{ name: 'database-file' }]);
  broken.close();

  rescueDatabase(path, clock.now());
  const restored = openStore(path, { clock, logger: quiet });
  expect(finishRescue(restored)).toMatchObject({ changes: 5 });
  expect(pendingCounts(restored.read, engine.accountId).waiting).toBe(5);
  const subjects = (mailbox: string): string[] =>
    restored.read
      .prepare<[string], string>(
        `SELECT m.subject FROM memberships s JOIN messages m ON m.id = s.message_id JOIN mailboxes b ON b.id = s.mailbox_id
         WHERE b.path = ? ORDER BY 1`,
      )
      .pluck()
      .all(mailbox);
  expect(subjects('Archive')).toContain('old 3');

  const supervisor = createSupervisor({
    ...noSending,
    store: restored,
    clock,
    random: createFakeRandom(),
    network: engine.network,
    logger: quiet,
    runId: 'run-2',
    connect: () => createFakeConnector(server),
    emit: () => undefined,
  });
  engine.network.report('online');
  supervisor.start();
  await engine.pass(300_000);
  expect(pendingCounts(restored.read, engine.accountId)).toEqual({ waiting: 0, parked: 0 });
  expect(subjects('Archive')).toEqual(['new 3', 'new 4', 'old 3']);
  expect(subjects('INBOX')).toHaveLength(37);
  const onServer = (mailbox: string, keyword?: string) =>
    [...server.mailbox(mailbox).messages.values()].filter(
      ({ keywords }) => keyword === undefined || keywords.includes(keyword),
    ).length;
  expect([onServer('Archive'), onServer('INBOX'), onServer('INBOX', '$flagged')]).toEqual([3, 37, 2]);
  expect(recount(restored.read)).toEqual([]);
  await supervisor.stop();
  restored.close();
  await engine.close();
});

test('an error that is none of the file is not taken for damage', () => {
  expect(isDamaged(Object.assign(new Error('x'), { code: 'SQLITE_BUSY' }))).toBe(false);
  expect(isDamaged(new Error('x'))).toBe(false);
  expect(isDamaged(Object.assign(new Error('x'), { code: 'SQLITE_CORRUPT_INDEX' }))).toBe(true);
});

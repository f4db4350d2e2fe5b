import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, observe, observed } from '../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../test/fakes/open-test-store';
import type { MessageId } from '../../shared/domain';
import type { BodyFacts } from '../../shared/observation';
import { DiskFull } from './disk-space';
import { checkIntegrity } from './repair';
import { setSetting } from './write/settings';
import { storeBodies } from './write/store-bodies';

let opened: TestStore;
beforeEach(() => {
  opened = openTestStore();
});
afterEach(() => opened.remove());

const count = (sql: string): number => opened.store.read.prepare(sql).pluck().get() as number;
/** From now on the database may grow by so many pages. */
function leavePages(pages: number): void {
  const { read } = opened.store;
  read.pragma(`max_page_count = ${(read.pragma('page_count', { simple: true }) as number) + pages}`);
}
const write = (key: string, bytes: number, part?: { batch: object; more: boolean }): void =>
  opened.store.writeTx('server', (tx) => setSetting(tx, key, 'x'.repeat(bytes)), part);

test('SYNC-348 a database that cannot grow says so, keeps what it has and goes on when there is room', () => {
  const { store } = opened;
  expect(store.space.resume()).toBe(true);
  expect(existsSync(join(opened.profileDir, 'reserve'))).toBe(true);
  write('before', 10);
  leavePages(2);
  expect(() => write('large', 200_000)).toThrow(DiskFull);
  expect(store.space.isFull()).toBe(true);
  // What was kept aside is there now for what a person does.
  expect(existsSync(join(opened.profileDir, 'reserve'))).toBe(false);
  expect(() => store.space.requireRoom()).toThrow(DiskFull);
  expect(count("SELECT count(*) FROM settings WHERE key = 'large'")).toBe(0);
  write('small', 10);
  expect(checkIntegrity(store, { full: false }).flatMap(({ problems }) => problems)).toEqual([]);
  leavePages(1_000);
  expect(store.space.resume()).toBe(true);
  expect(store.space.isFull()).toBe(false);
  write('large', 200_000);
});

test('SYNC-348 a batch of which a part could not be committed never stores its checkpoint', () => {
  const { store, clock } = opened;
  const batch = {};
  write('part-1', 100, { batch, more: true });
  leavePages(0);
  // The next part finds no room: with it the parts before it are taken back.
  expect(() => write('part-2', 500_000, { batch, more: true })).toThrow(DiskFull);
  expect(count("SELECT count(*) FROM settings WHERE key LIKE 'part-%'")).toBe(0);

  // The commit itself fails, while nobody of the batch is there to hear it.
  leavePages(1_000);
  write('held-1', 100, { batch, more: true });
  const commit = store.read.exec.bind(store.read);
  store.read.exec = (sql: string) => {
    if (sql === 'COMMIT') throw Object.assign(new Error('full'), { code: 'SQLITE_FULL' });
    return commit(sql);
  };
  clock.advance(1_000);
  store.read.exec = commit;
  expect(() => write('held-2', 100, { batch, more: false })).toThrow(DiskFull);
  expect(count("SELECT count(*) FROM settings WHERE key LIKE 'held-%'")).toBe(0);
  write('somebody else', 10);
});

test('SYNC-348 a blob that does not fit leaves neither a row nor a file', () => {
  const { store } = opened;
  const account = addAccount(store);
  const messageId = observe(store, account.inbox, { insert: [observed(1, {})] }).added[0] as MessageId;
  const body: BodyFacts = {
    text: 'text',
    html: null,
    snippet: 'text',
    truncated: false,
    protection: 'none',
    charset: null,
    attachments: [],
    source: Buffer.from('x'.repeat(100_000)),
  };
  const original = store.blobFiles.write;
  Object.assign(store.blobFiles, {
    write: () => {
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    },
  });
  expect(() => store.writeTx('server', (tx) => storeBodies(tx, [{ messageId, body }]))).toThrow(DiskFull);
  expect(count('SELECT count(*) FROM blobs')).toBe(0);
  expect(count('SELECT count(*) FROM bodies')).toBe(0);
  expect(count("SELECT count(*) FROM messages WHERE body_state = 'none'")).toBe(1);
  expect(existsSync(store.blobFiles.directory) ? readdirSync(store.blobFiles.directory) : []).toEqual([]);
  Object.assign(store.blobFiles, { write: original });
  expect(store.space.resume()).toBe(true);
  store.writeTx('server', (tx) => storeBodies(tx, [{ messageId, body }]));
  expect(count('SELECT count(*) FROM blobs')).toBe(1);
});

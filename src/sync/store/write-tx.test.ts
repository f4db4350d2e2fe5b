import { writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFakeClock } from '../../../test/fakes/fake-clock';
import { addAccount, observe, observed } from '../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../test/fakes/open-test-store';
import { listBackups } from './backup';
import type { Notice } from './change-feed';
import { COLLECTIONS } from './collections';
import { MIGRATIONS, migrate } from './migrate';
import { openStore } from './open-store';
import { getSetting } from './read/settings';
import { checkIntegrity, repair, rescueDatabase } from './repair';
import { setSetting } from './write/settings';

const logger = { debug() {}, info() {}, warn() {}, error() {} };
let opened: TestStore;
beforeEach(() => {
  opened = openTestStore();
});
afterEach(() => opened.remove());
const reopen = () => openStore(opened.store.path, { clock: createFakeClock(), logger });

test('SYNC-314 the change log is written with the rows, without gaps, and a rolled back write leaves none', () => {
  const { store } = opened;
  store.writeTx('user', (tx) => setSetting(tx, 'a', 1));
  expect(() =>
    store.writeTx('user', (tx) => {
      setSetting(tx, 'a', 2);
      throw new Error('stop');
    }),
  ).toThrow('stop');
  store.writeTx('server', (tx) => setSetting(tx, 'b', 3));
  expect(getSetting(store.read, 'a')).toBe(1);
  expect(
    store.read.prepare('SELECT seq, collection, origin FROM change_log ORDER BY seq').raw().all(),
  ).toEqual([
    [1, COLLECTIONS.settings, 'user'],
    [2, COLLECTIONS.settings, 'server'],
  ]);
});

test('a write that states no change-log entry is refused and rolled back', () => {
  const { store } = opened;
  expect(() => store.writeTx('user', (tx) => tx.db.exec("INSERT INTO settings VALUES ('x', '1')"))).toThrow(
    'change-log',
  );
  expect(getSetting(store.read, 'x')).toBeUndefined();
});

test('the feed tells after the commit what was touched; a listener that fails harms nobody', () => {
  const { store } = opened;
  const notices: Notice[] = [];
  store.feed.subscribe(() => {
    throw new Error('listener');
  });
  store.feed.subscribe((notice) => {
    expect(store.read.inTransaction).toBe(false);
    notices.push(notice);
  });
  const account = addAccount(store);
  observe(store, account.inbox, { insert: [observed(1)] });
  const last = notices.at(-1);
  expect(last?.topics).toEqual(
    expect.arrayContaining([`list:${account.inbox}`, 'list:-1', 'list:-6', 'lists', 'mailboxes']),
  );
  expect(last?.seq).toBe(store.read.prepare('SELECT max(seq) FROM change_log').pluck().get());
});

test('one entry per item and transaction: what came and went in between is no change', () => {
  const { store } = opened;
  store.writeTx('user', (tx) => {
    tx.log(5, 1, 'add');
    tx.log(5, 1, 'change');
    tx.log(5, 2, 'add');
    tx.log(5, 2, 'remove');
    tx.log(5, 3, 'remove');
    tx.log(5, 3, 'add');
  });
  expect(store.read.prepare('SELECT item, op FROM change_log').raw().all()).toEqual([
    [1, 'add'],
    [3, 'change'],
  ]);
});

test('the database is opened as it must be', () => {
  const { write } = opened.store;
  const pragma = (name: string) => write.pragma(name, { simple: true });
  expect([
    pragma('journal_mode'),
    pragma('foreign_keys'),
    pragma('synchronous'),
    pragma('busy_timeout'),
  ]).toEqual(['wal', 1, 1, 5_000]);
});

test('an unclean stop is noticed at the next start', () => {
  expect(opened.store.startedClean).toBe(true);
  opened.store.close();
  const again = reopen();
  expect(again.startedClean).toBe(true);
  again.write.close();
  const crashed = reopen();
  expect(crashed.startedClean).toBe(false);
  crashed.close();
});

test('migrations go by their ids: a late one is applied, each once, after a backup of existing data', () => {
  const db = new Database(':memory:');
  let backups = 0;
  const run = (ids: string[]) =>
    migrate(
      db,
      1,
      () => backups++,
      ids.map((id) => ({ id, sql: `CREATE TABLE t${id} (a)` })),
    );
  expect(run(['1', '3'])).toEqual(['1', '3']);
  expect(backups).toBe(0);
  expect(run(['1', '2', '3'])).toEqual(['2']);
  expect(backups).toBe(1);
  expect(run(['1', '2', '3'])).toEqual([]);
  expect(backups).toBe(1);
  expect(() => migrate(db, 1, () => {}, [{ id: '4', sql: 'CREATE TABLE t4 (a); nonsense' }])).toThrow();
  expect(db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 't4'").pluck().get()).toBe(0);
  db.close();
});

test('0001-foundation makes the tables, and a database that has them is left alone', () => {
  expect(MIGRATIONS[0]?.id).toBe('0001-foundation');
  opened.store.close();
  const again = reopen();
  expect(again.read.prepare('SELECT id FROM schema_migrations').pluck().all()).toEqual(
    MIGRATIONS.map(({ id }) => id),
  );
  expect(listBackups(`${opened.profileDir}/backups`)).toEqual([]);
  again.close();
});

test('repair keeps a copy and makes screen and counters again; a broken file is replaced by the last good backup', () => {
  const { store } = opened;
  const account = addAccount(store);
  observe(store, account.inbox, { insert: [observed(1), observed(2)] });
  expect(checkIntegrity(store, { full: false }).flatMap(({ problems }) => problems)).toEqual([]);
  store.write.exec(
    'DELETE FROM list_rows WHERE list_id = -6; UPDATE lists SET rows = 9; DELETE FROM memberships',
  );
  expect(
    checkIntegrity(store, { full: false }).find(({ name }) => name === 'counters')?.problems.length,
  ).toBeGreaterThan(0);
  repair(store, 1_000);
  expect(checkIntegrity(store, { full: false }).flatMap(({ problems }) => problems)).toEqual([]);
  repair(store, 2_000);
  store.close();

  writeFileSync(store.path, 'this is no database');
  expect(() => reopen()).toThrow();
  const rescued = rescueDatabase(store.path, 5);
  expect(rescued).toMatchObject({
    asideAs: `${store.path}.broken-5`,
    restoredFrom: expect.stringContaining('2000-before-repair'),
  });
  const again = reopen();
  expect(checkIntegrity(again, { full: true }).flatMap(({ problems }) => problems)).toEqual([]);
  expect(again.read.prepare('SELECT count(*) FROM messages').pluck().get()).toBe(2);
  again.close();
});

test('the parts of one batch share a commit; another write, the last part or a reader of the file ends the wait', () => {
  const { store } = opened;
  const seqs: number[] = [];
  store.feed.subscribe(({ seq }) => seqs.push(seq));
  const other = new Database(store.path, { readonly: true });
  const committed = (key: string) =>
    other.prepare('SELECT 1 FROM settings WHERE key = ?').get(key) !== undefined;
  const batch = {};
  const part = (key: string, more: boolean) =>
    store.writeTx('server', (tx) => setSetting(tx, key, 1), { batch, more });

  part('a', true);
  part('b', true);
  expect([getSetting(store.read, 'b'), committed('a'), seqs]).toEqual([1, false, []]);
  store.writeTx('user', (tx) => setSetting(tx, 'gesture', 1));
  expect([committed('a'), committed('b'), committed('gesture'), seqs]).toEqual([true, true, true, [2, 3]]);

  part('c', true);
  expect(() => store.writeTx('server', () => assertNever(), { batch, more: true })).toThrow('broken part');
  expect(getSetting(store.read, 'c')).toBeUndefined();

  part('d', true);
  part('e', false);
  expect([committed('d'), committed('e'), seqs]).toEqual([true, true, [2, 3, 5]]);

  part('f', true);
  expect(store.write.inTransaction).toBe(false);
  expect(committed('f')).toBe(true);
  other.close();
});

function assertNever(): never {
  throw new Error('broken part');
}

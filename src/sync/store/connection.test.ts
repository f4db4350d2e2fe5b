import { statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openTestStore } from '../../../test/fakes/open-test-store';
import { COLLECTIONS } from './collections';
import { openReadonly } from './connection';

test('the database is kept in WAL with foreign keys, writes NORMAL, waits 5 s, and readers cannot write', () => {
  const { store, remove } = openTestStore();
  try {
    const pragma = (name: string) => store.read.pragma(name, { simple: true });
    expect(['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout'].map(pragma)).toEqual([
      'wal',
      1,
      1,
      5_000,
    ]);
    const reader = openReadonly(store.path);
    expect(reader.pragma('busy_timeout', { simple: true })).toBe(5_000);
    expect(() => reader.exec('DELETE FROM settings')).toThrow(/readonly/);
    reader.close();
  } finally {
    remove();
  }
});

test('a flush writes one transaction that is synchronous, and waits for no reader', () => {
  const { store, remove } = openTestStore();
  const pragma = (name: string) => store.read.pragma(name, { simple: true });
  try {
    store.writeTx('user', (tx) => {
      tx.db.prepare("INSERT INTO settings (key, value) VALUES ('flushed', '1')").run();
      tx.log(COLLECTIONS.settings, 0, 'change');
    });
    // Somebody reads an old state for a long time, as a search does.
    const reader = openReadonly(store.path);
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM settings').get();
    store.writeTx('user', (tx) => {
      tx.db.prepare("UPDATE settings SET value = '2' WHERE key = 'flushed'").run();
      tx.log(COLLECTIONS.settings, 0, 'change');
    });
    const log = () => statSync(`${store.path}-wal`).size;
    const before = log();
    const startedAt = performance.now();
    store.flush();
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    // Its commit syncs the log with all that was written to it before (synchronous = FULL).
    expect(log()).toBeGreaterThan(before);
    expect(pragma('synchronous')).toBe(1);
    reader.exec('COMMIT');
    reader.close();
    const found = openReadonly(store.path);
    expect(found.prepare("SELECT value FROM settings WHERE key = 'flushed'").pluck().get()).toBe('2');
    found.close();
  } finally {
    remove();
  }
});

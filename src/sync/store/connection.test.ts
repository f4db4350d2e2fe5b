import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
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

test('what was committed is in the database file itself after a flush, without its log', () => {
  const { store, remove } = openTestStore();
  const elsewhere = mkdtempSync(join(tmpdir(), 'homeport-flush-'));
  try {
    const valuesWithoutLog = (): unknown[] => {
      const copy = join(elsewhere, 'copy.sqlite');
      copyFileSync(store.path, copy);
      const db = new Database(copy);
      const found = db.prepare("SELECT value FROM settings WHERE key = 'flushed'").pluck().all();
      db.close();
      return found;
    };
    store.flush();
    store.writeTx('user', (tx) => {
      tx.db.prepare("INSERT INTO settings (key, value) VALUES ('flushed', '1')").run();
      tx.log(COLLECTIONS.settings, 0, 'change');
    });
    expect(valuesWithoutLog()).toEqual([]);
    store.flush();
    expect(valuesWithoutLog()).toEqual(['1']);
  } finally {
    remove();
    rmSync(elsewhere, { recursive: true, force: true });
  }
});

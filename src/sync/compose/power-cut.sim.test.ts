import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openTestCompose } from '../../../test/fakes/open-test-compose';
import { addEngineAccount } from '../../../test/fakes/open-test-engine';
import { openTestStore, type TestStore } from '../../../test/fakes/open-test-store';
import { openReadonly, openWritable } from '../store/connection';
import { openStore } from '../store/open-store';
import { setSetting } from '../store/write/settings';

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
let opened: TestStore;
const folders: string[] = [];
afterEach(() => {
  opened.remove();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** The disk after a power cut: the database file, and of its log what the last synchronous commit had taken along. */
function afterPowerCut(path: string, syncedBytes: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'homeport-cut-'));
  folders.push(folder);
  const copy = join(folder, 'homeport.sqlite');
  copyFileSync(path, copy);
  writeFileSync(`${copy}-wal`, readFileSync(`${path}-wal`).subarray(0, syncedBytes));
  return copy;
}

test('SYNC-392 a power cut may take the last commits, but no draft that was saved and no message that is queued; the file stays whole', async () => {
  opened = openTestStore();
  const { store, clock } = opened;
  const accountId = addEngineAccount(store, clock);
  const pragma = (name: string) => store.read.pragma(name, { simple: true });
  expect(['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout'].map(pragma)).toEqual([
    'wal',
    1,
    1,
    5_000,
  ]);
  // One writer: whoever else opens it for writing waits for its five seconds, and readers cannot write at all.
  const other = openWritable(store.path);
  expect(other.pragma('busy_timeout', { simple: true })).toBe(5_000);
  other.close();
  const reader = openReadonly(store.path);
  expect(() => reader.exec('DELETE FROM settings')).toThrow(/readonly/);
  reader.close();

  const logBytes = (): number => statSync(`${store.path}-wal`).size;
  let syncedBytes = 0;
  let syncs = 0;
  const flush = store.flush;
  Object.assign(store, {
    flush: () => {
      let mode: unknown = null;
      const { pragma: original } = store.write;
      // The commit inside is synchronous for everything before it in the log.
      store.write.pragma = (source: string, options?: object) => {
        if (/synchronous = FULL/.test(source)) mode = 'FULL';
        return original.call(store.write, source, options as never);
      };
      flush();
      store.write.pragma = original;
      expect(mode).toBe('FULL');
      syncedBytes = logBytes();
      syncs += 1;
    },
  });
  const compose = openTestCompose(store, clock);
  const survived = () => {
    const copy = openStore(afterPowerCut(store.path, syncedBytes), { clock, logger: quiet });
    const all = (sql: string) => copy.read.prepare(sql).all() as Record<string, unknown>[];
    const found = {
      drafts: all("SELECT content_json ->> 'subject' AS subject, revision FROM drafts"),
      outbox: all('SELECT subject, state FROM outbox'),
      settings: all("SELECT key FROM settings WHERE key LIKE 'test-%'"),
    };
    expect(copy.read.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(copy.read.pragma('foreign_key_check')).toEqual([]);
    copy.close();
    return found;
  };

  const draft = await compose.begin(accountId);
  // When the answer is there, nothing that it stands for is only in memory.
  const saved = await compose.write(draft, {
    subject: 'Held on to',
    to: [{ name: '', address: 'bob@example.org' }],
  });
  expect(syncs).toBeGreaterThan(0);
  expect(logBytes()).toBe(syncedBytes);
  expect(survived().drafts).toMatchObject([{ subject: 'Held on to', revision: saved.revision }]);

  const before = syncs;
  await compose.send(saved);
  expect(syncs).toBeGreaterThan(before);
  expect(logBytes()).toBe(syncedBytes);
  expect(survived().outbox).toMatchObject([{ subject: 'Held on to' }]);

  // What nobody was promised may be lost: commits go on without waiting for the disk.
  store.writeTx('server', (tx) => setSetting(tx, 'test-unpromised', 1));
  expect(logBytes()).toBeGreaterThan(syncedBytes);
  expect(survived()).toMatchObject({ settings: [], outbox: [{ subject: 'Held on to' }] });
});

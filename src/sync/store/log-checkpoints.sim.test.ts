import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createFakeClock } from '../../../test/fakes/fake-clock';
import { openTestStore } from '../../../test/fakes/open-test-store';
import { COLLECTIONS } from './collections';
import { openWritable } from './connection';
import { asWritable } from './handles';
import { createLogCheckpoints } from './log-checkpoints';

const pages = (db: { pragma(text: string): unknown }): { log: number; checkpointed: number } =>
  (db.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[])[0] ?? {
    log: 0,
    checkpointed: 0,
  };

test('a commit never copies the log into the file; a turn of its own does, when the log has grown', () => {
  const { store, clock, remove } = openTestStore();
  try {
    const write = (kilobytes: number) =>
      store.writeTx('user', (tx) => {
        tx.db
          .prepare('INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)')
          .run(`big-${kilobytes}`, 'x'.repeat(kilobytes * 1024));
        tx.log(COLLECTIONS.settings, 0, 'change');
      });
    write(100);
    clock.advance(0);
    expect(pages(store.read).checkpointed).toBe(0);
    write(9_000);
    const grown = pages(store.read);
    expect(grown.log).toBeGreaterThan(2_000);
    expect(grown.checkpointed).toBe(0);
    // Also while a long write is being held open for its next part.
    store.writeTx('server', (tx) => tx.touch('lists'), { batch: {}, more: true });
    clock.advance(0);
    const after = pages(store.read);
    expect(after.checkpointed).toBe(after.log);
  } finally {
    remove();
  }
});

test('where there is another thread it copies the log; the writer does when that fails, and what is left of a log too long', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'homeport-log-'));
  const db = asWritable(openWritable(join(dir, 'log.sqlite')));
  const clock = createFakeClock();
  let asked = 0;
  let works = true;
  const checkpoints = createLogCheckpoints(db, {
    clock,
    settle: () => undefined,
    failed: (error) => {
      throw error;
    },
    copyElsewhere: async () => {
      asked++;
      return works;
    },
  });
  const write = async (megabytes: number) => {
    db.prepare('INSERT INTO t (x) VALUES (zeroblob(?))').run(megabytes * 1024 * 1024);
    checkpoints.committed();
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(0);
  };
  try {
    db.exec('CREATE TABLE t (x)');
    await write(7);
    expect(asked).toBe(0);
    await write(7);
    await write(1);
    expect([asked, pages(db).checkpointed]).toEqual([2, 0]);
    await write(18);
    expect(asked).toBe(3);
    expect(pages(db).checkpointed).toBe(pages(db).log);
    works = false;
    await write(9);
    expect(asked).toBe(4);
    expect(pages(db).checkpointed).toBe(pages(db).log);
    checkpoints.stop();
    await write(9);
    expect(asked).toBe(4);
  } finally {
    db.close();
    rmSync(dir, { recursive: true, force: true });
  }
});

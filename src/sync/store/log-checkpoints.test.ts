import { expect, test } from 'vitest';
import { openTestStore } from '../../../test/fakes/open-test-store';
import { COLLECTIONS } from './collections';

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

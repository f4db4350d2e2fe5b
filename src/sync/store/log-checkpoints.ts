import type { Clock } from '../ports/clock';
import type { WritableDb } from './handles';

/**
 * The write-ahead log is copied into the file when it has so many pages (8 MiB): some 20 ms of work. Rarer means longer
 * turns; the default of 1,000 copies the same index pages again with every commit of a first sync.
 */
const LOG_PAGES = 2_000;

/** Copies the write-ahead log into the file in turns of its own, so that no commit has to wait for it (SYNC-395). */
export interface LogCheckpoints {
  /** To be told after every commit. */
  committed(): void;
  /** From now on the log is left as it is: closing the connection copies the rest. */
  stop(): void;
}

/** @param settle ends a transaction that is being held open: the log cannot be copied inside one */
export function createLogCheckpoints(
  db: WritableDb,
  clock: Clock,
  settle: () => void,
  failed: (error: unknown) => void,
): LogCheckpoints {
  db.pragma('wal_autocheckpoint = 0');
  const size = db.prepare<[], { log: number }>('PRAGMA wal_checkpoint(NOOP)');
  const copy = db.prepare('PRAGMA wal_checkpoint(PASSIVE)');
  let cancel: (() => void) | null = null;
  return {
    committed: () => {
      if (cancel || (size.get()?.log ?? 0) < LOG_PAGES) return;
      cancel = clock.after(0, () => {
        cancel = null;
        if (!db.open) return;
        settle();
        try {
          copy.get();
        } catch (error) {
          // A full disk, for instance: the log keeps what it has, and the next commit asks again.
          failed(error);
        }
      });
    },
    stop: () => {
      cancel?.();
      cancel = null;
    },
  };
}

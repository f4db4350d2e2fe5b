import type { Clock } from '../ports/clock';
import type { WritableDb } from './handles';

/**
 * The write-ahead log is copied into the file when it has so many new pages (8 MiB): some 20 ms of work. Rarer means
 * longer turns; the default of 1,000 copies the same index pages again with every commit of a first sync.
 */
const LOG_PAGES = 2_000;
/**
 * A log begins anew only when nobody writes while the last of it is copied. At so many pages (32 MiB) the writer copies
 * the little itself that was written while the other thread copied, between two of its turns.
 */
const LOG_LIMIT_PAGES = 8_000;

/** Copies the write-ahead log into the file, and no commit has to wait for it (SYNC-395). */
export interface LogCheckpoints {
  /** To be told after every commit. */
  committed(): void;
  /** From now on the log is left as it is: closing the connection copies the rest. */
  stop(): void;
}

export interface CheckpointPorts {
  readonly clock: Clock;
  /** Ends a transaction that is being held open: the log cannot be copied inside one. */
  settle(): void;
  failed(error: unknown): void;
  /** Copies what there is in another thread; false when it could not. Null = there is none: in turns of the writer. */
  readonly copyElsewhere: (() => Promise<boolean>) | null;
}

export function createLogCheckpoints(
  db: WritableDb,
  { clock, settle, failed, copyElsewhere }: CheckpointPorts,
): LogCheckpoints {
  db.pragma('wal_autocheckpoint = 0');
  const size = db.prepare<[], { log: number; checkpointed: number }>('PRAGMA wal_checkpoint(NOOP)');
  const copy = db.prepare('PRAGMA wal_checkpoint(PASSIVE)');
  let cancel: (() => void) | null = null;
  let copying = false;
  let stopped = false;

  function copyHere(): void {
    cancel ??= clock.after(0, () => {
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
  }

  function copyThere(elsewhere: () => Promise<boolean>, finishHere: boolean): void {
    copying = true;
    void elsewhere().then((copied) => {
      copying = false;
      if ((finishHere || !copied) && !stopped) copyHere();
    });
  }

  return {
    committed: () => {
      if (cancel || copying || stopped) return;
      const { log, checkpointed } = size.get() ?? { log: 0, checkpointed: 0 };
      if (log - checkpointed < LOG_PAGES && (log < LOG_LIMIT_PAGES || log === checkpointed)) return;
      if (copyElsewhere) copyThere(copyElsewhere, log >= LOG_LIMIT_PAGES);
      else copyHere();
    },
    stop: () => {
      stopped = true;
      cancel?.();
      cancel = null;
    },
  };
}

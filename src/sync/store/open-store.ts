import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Origin } from '../../shared/domain';
import { bugText } from '../../shared/mask-personal';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import { createTurnQueue, type Turns } from '../ports/turn-queue';
import type { Workbench } from '../ports/workbench';
import { backupDatabase } from './backup';
import { type BlobFiles, openBlobFiles } from './blob-files';
import { type ChangeFeed, createChangeFeed } from './change-feed';
import { openReadonly, openWritable } from './connection';
import { createDiskSpace, type DiskSpace } from './disk-space';
import { asReadable, asWritable, type ReadableDb, type WritableDb } from './handles';
import { createLogCheckpoints } from './log-checkpoints';
import { migrate } from './migrate';
import { commitHeld, type Part, runWriteTx, type WriteCore } from './run-write-tx';
import { prepared, readSql, writeSql } from './sql';
import type { WriteTx } from './write-tx';

const CLEAN = readSql<{ value: string }>("SELECT value FROM settings WHERE key = 'store.clean'");
/** Has to change something, or there would be nothing to commit. */
const COUNT_FLUSH = writeSql(
  "INSERT INTO settings (key, value) VALUES ('flushes', '1') ON CONFLICT (key) DO UPDATE SET value = value + 1",
);
const SET_CLEAN = writeSql(
  "INSERT INTO settings (key, value) VALUES ('store.clean', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
);

export interface StorePorts {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Copies the write-ahead log in its own thread; without one the writer does it between its turns. */
  readonly workbench?: Pick<Workbench, 'run'> | undefined;
}

export interface Store {
  readonly path: string;
  readonly blobFiles: BlobFiles;
  readonly write: WritableDb;
  readonly read: ReadableDb;
  readonly feed: ChangeFeed;
  /** The line that everybody who writes much stands in: it is one thread, and one writer. */
  readonly turns: Turns;
  /** Room on the disk; asked before whatever makes the profile grow. */
  readonly space: DiskSpace;
  /** False after a crash or a power cut: the host should run checkIntegrity (SYNC-393). */
  readonly startedClean: boolean;
  /** One transaction: rows, screen and change log commit together or not at all. Throws for our own bugs, and DiskFull. */
  writeTx<T>(origin: Origin, work: (tx: WriteTx) => T, part?: Part): T;
  /** Waits until everything committed would survive a power cut (SYNC-392). */
  flush(): void;
  close(): void;
}

/**
 * Opens (or creates) the database at `path`, backs it up before migrating, and becomes its one writer. The caller
 * holds the profile lock (SYNC-394). Throws when the file is no database: `rescueDatabase` comes first then.
 */
export function openStore(path: string, { clock, logger, workbench }: StorePorts): Store {
  const profileDir = dirname(path);
  mkdirSync(profileDir, { recursive: true, mode: 0o700 });
  const connection = openWritable(path);
  try {
    migrate(connection, clock.now(), () => {
      backupDatabase(connection, join(profileDir, 'backups'), `${clock.now()}-before-migration`);
    });
  } catch (error) {
    connection.close();
    throw error;
  }
  const write = asWritable(connection);
  const read = asReadable(connection);
  const clean = prepared(read, CLEAN).get()?.value;
  prepared(write, SET_CLEAN).run('0');
  const feed = createChangeFeed((error) => logger.error('store.feed', { error: bugText(error) }));
  const core: WriteCore = {
    db: write,
    clock,
    blobFiles: openBlobFiles(path),
    emit: feed.emit,
    committed: () => logCheckpoints.committed(),
    held: null,
    space: createDiskSpace(path),
    lost: new WeakMap(),
  };
  const logCheckpoints = createLogCheckpoints(write, {
    clock,
    settle: () => commitHeld(core),
    failed: (error) => logger.warn('store.checkpoint', { error: bugText(error) }),
    copyElsewhere: workbench ? async () => (await workbench.run('copy-log', { path })).ok : null,
  });
  return {
    path,
    blobFiles: core.blobFiles,
    get write() {
      commitHeld(core);
      return write;
    },
    read,
    feed: { subscribe: feed.subscribe },
    turns: createTurnQueue(clock),
    space: core.space,
    startedClean: clean !== '0',
    writeTx: (origin, work, part) => runWriteTx(core, origin, work, part),
    flush: () => {
      commitHeld(core);
      // A synchronous commit takes all of the log before it along to the disk; a checkpoint would wait for every reader.
      connection.pragma('synchronous = FULL');
      try {
        prepared(write, COUNT_FLUSH).run();
      } finally {
        connection.pragma('synchronous = NORMAL');
      }
    },
    close: () => {
      commitHeld(core);
      logCheckpoints.stop();
      prepared(write, SET_CLEAN).run('1');
      connection.close();
    },
  };
}

/** A read-only connection for the reader worker; each statement sees one snapshot. */
export function openReader(path: string): ReadableDb {
  return asReadable(openReadonly(path));
}

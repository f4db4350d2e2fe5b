import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bugText } from '../../shared/mask-personal';
import type { Ports } from '../ports/ports';
import { listBackups } from '../store/backup';
import { sweepBlobFiles } from '../store/blobs';
import { collectBlobs } from '../store/collect-blobs';
import { writeCompact } from '../store/compact/write-compact';
import type { Store } from '../store/open-store';
import { leaveUnused, removeLeaving } from '../store/orders/drop-orders';
import { pruneKnownPeople } from '../store/write/learn-people';
import { finishListMode } from '../store/write/list-mode';
import { pruneOutbox } from '../store/write/outbox';
import { pruneChangeLog, pruneHistory } from '../store/write/prune-history';
import { pruneSyncLog } from '../store/write/sync-log';
import { copyDatabase } from './copy-store';

/** After the start, so that the first screen comes first. */
const FIRST_AFTER_MS = 2 * 60_000;
const EVERY_MS = 24 * 60 * 60_000;
const KEPT_BACKUPS = 3;
/** Our own data is at most this much older than a damage (SYNC-393). */
const COMPACT_EVERY_MS = 60 * 60_000;
/** Of the 3 s a stop may take; a queue too long for it is in the last hourly copy, and in the sound file itself. */
const COMPACT_AT_STOP_MS = 500;
/** Change-log entries removed in one turn. */
const CHANGE_CHUNK = 2_000;

/**
 * Work nobody waits for: every day old log and history go, unused blobs go, a consistent backup is written in small
 * steps; every hour what no server can give back is copied (SYNC-393). `nightly`: what others do once a day.
 */
export function startHousekeeping(
  store: Store,
  ports: Ports,
  nightly: () => Promise<void> = async () => {},
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { clock, logger } = ports;
  const rest = () => store.turns.next('audit');

  async function repeat(everyMs: number, work: () => Promise<void>): Promise<void> {
    await clock.sleep(FIRST_AFTER_MS, stopping.signal);
    while (!stopping.signal.aborted) {
      try {
        await work();
      } catch (error) {
        if (stopping.signal.aborted) return;
        tellFailure(logger, error);
      }
      await clock.sleep(everyMs, stopping.signal);
    }
  }

  async function backUpOwnData(): Promise<void> {
    const steps = writeCompact(store.path, clock.now());
    try {
      while (!stopping.signal.aborted && !steps.next().done) await clock.sleep(0);
    } finally {
      steps.return(null);
    }
  }

  async function round(): Promise<void> {
    while (!stopping.signal.aborted && !store.writeTx('server', pruneHistory)) await rest();
    store.writeTx('server', pruneKnownPeople);
    store.writeTx('server', pruneOutbox);
    while (!stopping.signal.aborted && store.writeTx('server', pruneSyncLog) === 'more') await rest();
    while (!stopping.signal.aborted && store.writeTx('server', (tx) => pruneChangeLog(tx, CHANGE_CHUNK)) > 0)
      await rest();
    store.writeTx('server', leaveUnused);
    while (!stopping.signal.aborted && !store.writeTx('server', removeLeaving)) await rest();
    sweepBlobFiles(store.read, store.blobFiles);
    await collectBlobs(store, rest, () => stopping.signal.aborted);
    if (!stopping.signal.aborted) await nightly();
    if (!stopping.signal.aborted) await backUp();
  }

  async function backUp(): Promise<void> {
    const folder = join(dirname(store.path), 'backups');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await copyDatabase(store, join(folder, `${clock.now()}-daily.sqlite`), stopping.signal);
    for (const old of listBackups(folder).slice(KEPT_BACKUPS)) await rm(old, { force: true });
  }

  // First what a kill left half done.
  const running = finishListMode(store, clock).then(() =>
    Promise.all([repeat(EVERY_MS, round), repeat(COMPACT_EVERY_MS, backUpOwnData)]),
  );
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

/** What changed since the last hourly copy of our own data, at the end of the program (SYNC-393). */
export function backUpOwnDataNow(store: Store, { clock, logger }: Pick<Ports, 'clock' | 'logger'>): void {
  const until = clock.monotonic() + COMPACT_AT_STOP_MS;
  try {
    const steps = writeCompact(store.path, clock.now());
    while (!steps.next().done && clock.monotonic() < until);
    steps.return(null);
  } catch (error) {
    // A disk without room must not keep the store from being closed.
    tellFailure(logger, error);
  }
}

function tellFailure(logger: Ports['logger'], error: unknown): void {
  logger.error('housekeeping.failed', { error: bugText(error) });
}

import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Ports } from '../ports/ports';
import { listBackups } from '../store/backup';
import { sweepBlobFiles } from '../store/blobs';
import { collectBlobs } from '../store/collect-blobs';
import type { Store } from '../store/open-store';
import { pruneKnownPeople } from '../store/write/learn-people';
import { finishListMode } from '../store/write/list-mode';
import { pruneChangeLog, pruneHistory } from '../store/write/prune-history';
import { pruneSyncLog } from '../store/write/sync-log';
import { copyDatabase } from './copy-store';

/** After the start, so that the first screen comes first. */
const FIRST_AFTER_MS = 2 * 60_000;
const EVERY_MS = 24 * 60 * 60_000;
const KEPT_BACKUPS = 3;
/** Change-log entries removed in one turn. */
const CHANGE_CHUNK = 2_000;

/** Daily work nobody waits for: old log and history go, unused blobs go, a consistent backup is written in small steps. */
export function startHousekeeping(store: Store, ports: Ports): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { clock, logger } = ports;
  const rest = () => store.turns.next('audit');

  async function loop(): Promise<void> {
    await clock.sleep(FIRST_AFTER_MS, stopping.signal);
    while (!stopping.signal.aborted) {
      try {
        await round();
      } catch (error) {
        if (stopping.signal.aborted) return;
        logger.error('housekeeping.failed', {
          error: error instanceof Error ? error.message : String(error),
        });
      }
      await clock.sleep(EVERY_MS, stopping.signal);
    }
  }

  async function round(): Promise<void> {
    store.writeTx('server', pruneHistory);
    store.writeTx('server', pruneKnownPeople);
    while (!stopping.signal.aborted && store.writeTx('server', pruneSyncLog) === 'more') await rest();
    while (!stopping.signal.aborted && store.writeTx('server', (tx) => pruneChangeLog(tx, CHANGE_CHUNK)) > 0)
      await rest();
    sweepBlobFiles(store.read, store.blobFiles);
    await collectBlobs(store, rest, () => stopping.signal.aborted);
    if (!stopping.signal.aborted) await backUp();
  }

  async function backUp(): Promise<void> {
    const folder = join(dirname(store.path), 'backups');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await copyDatabase(store, join(folder, `${clock.now()}-daily.sqlite`), stopping.signal);
    for (const old of listBackups(folder).slice(KEPT_BACKUPS)) await rm(old, { force: true });
  }

  // First what a kill left half done.
  const running = finishListMode(store, clock).then(loop);
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

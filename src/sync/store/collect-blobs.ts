import { dropUnusedBlobs } from './blobs';
import type { Store } from './open-store';

/** Blob rows removed in one turn. */
const BLOB_CHUNK = 200;

/** Removes all content nothing refers to any more, in short turns with `rest` between them (SYNC-340); files go last. */
export async function collectBlobs(
  store: Store,
  rest: () => Promise<unknown>,
  stopped: () => boolean,
): Promise<void> {
  for (let dropped = BLOB_CHUNK; dropped === BLOB_CHUNK && !stopped(); await rest()) {
    const turn = store.writeTx('server', (tx) => dropUnusedBlobs(tx, BLOB_CHUNK));
    for (const hash of turn.files) store.blobFiles.remove(hash);
    dropped = turn.dropped;
  }
}

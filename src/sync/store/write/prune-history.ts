import { COLLECTIONS } from '../collections';
import { prepared, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';
import { forgetGestures } from './gestures';

/** What became of a change can be looked up this long (SYNC 7.1). */
const HISTORY_MS = 30 * 24 * 60 * 60_000;
/** Settled changes forgotten in one turn; each may have named 1,000 messages. */
const HISTORY_CHUNK = 20;
/** Messages of gestures forgotten in one turn. */
const GESTURE_CHUNK = 2_000;

const FORGET_HISTORY = writeSql(
  'DELETE FROM change_history WHERE id IN (SELECT id FROM change_history WHERE finished_at < ? ORDER BY finished_at LIMIT ?)',
);

// The newest entry always stays: the next position continues from it (SYNC-314).
const FORGET_CHANGES = writeSql(
  `DELETE FROM change_log WHERE seq < (SELECT min(seq) FROM change_log) + ?
     AND seq < (SELECT max(seq) FROM change_log) AND at < ?`,
);

/**
 * Forgets change-log entries of more than 30 days, oldest first, at most `limit`; answers how many went. What is left
 * begins at the horizon: a reader whose position is below it has missed something and must be told (SYNC-314).
 */
export function pruneChangeLog(tx: WriteTx, limit: number): number {
  const { changes } = prepared(tx.db, FORGET_CHANGES).run(limit, tx.nowMs - HISTORY_MS);
  if (changes > 0) tx.log(COLLECTIONS.syncLog, 0, 'remove');
  return changes;
}

/** Forgets settled changes and gestures nobody can undo any more, some in one turn; call daily until it answers true. */
export function pruneHistory(tx: WriteTx): boolean {
  const settled = prepared(tx.db, FORGET_HISTORY).run(tx.nowMs - HISTORY_MS, HISTORY_CHUNK).changes;
  if (settled > 0) tx.log(COLLECTIONS.pending, 0, 'remove');
  return forgetGestures(tx, GESTURE_CHUNK) && settled < HISTORY_CHUNK;
}

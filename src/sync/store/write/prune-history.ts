import { COLLECTIONS } from '../collections';
import { prepared, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';

/** What became of a change can be looked up this long (SYNC 7.1). */
const HISTORY_MS = 30 * 24 * 60 * 60_000;
/** A gesture can be undone this long, and at most so many of them (SYNC-246). */
const UNDO_MS = 7 * 24 * 60 * 60_000;
const UNDO_GESTURES = 100;
/** Rows removed in one turn; the next day takes the rest. */
const CHUNK = 1_000;

const FORGET_HISTORY = writeSql(
  'DELETE FROM change_history WHERE id IN (SELECT id FROM change_history WHERE finished_at < ? ORDER BY finished_at LIMIT ?)',
);
const FORGET_GESTURES = writeSql(
  `DELETE FROM gestures WHERE seq IN (SELECT seq FROM gestures
     WHERE created_at < ? OR seq <= (SELECT max(seq) FROM gestures) - ? ORDER BY seq LIMIT ?)`,
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

/** Forgets settled changes and gestures nobody can undo any more; call daily. */
export function pruneHistory(tx: WriteTx): void {
  const settled = prepared(tx.db, FORGET_HISTORY).run(tx.nowMs - HISTORY_MS, CHUNK).changes;
  const gestures = prepared(tx.db, FORGET_GESTURES).run(tx.nowMs - UNDO_MS, UNDO_GESTURES, CHUNK).changes;
  if (settled + gestures > 0) tx.log(COLLECTIONS.pending, 0, 'remove');
}

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

/** Forgets settled changes and gestures nobody can undo any more; call daily. */
export function pruneHistory(tx: WriteTx): void {
  const settled = prepared(tx.db, FORGET_HISTORY).run(tx.nowMs - HISTORY_MS, CHUNK).changes;
  const gestures = prepared(tx.db, FORGET_GESTURES).run(tx.nowMs - UNDO_MS, UNDO_GESTURES, CHUNK).changes;
  if (settled + gestures > 0) tx.log(COLLECTIONS.pending, 0, 'remove');
}

import type { GestureId } from '../../../shared/domain';
import type { ReadableDb } from '../handles';
import { prepared, readSql } from '../sql';
import { type GestureState, oldestKept, type StoredGesture } from '../write/gestures';

/** As many as are remembered. */
const RECENT = readSql<{ seq: number; id: GestureId; state: GestureState; mutation_json: string }>(
  `SELECT seq, id, state, mutation_json FROM gestures WHERE seq >= ? AND origin = 'user' ORDER BY seq DESC`,
);
const MESSAGES = readSql<{ messages: number }>(
  'SELECT count(DISTINCT message_id) AS messages FROM gesture_items WHERE gesture_seq = ?',
);

export type RecentGesture = Pick<StoredGesture, 'seq' | 'state' | 'mutation'> & { readonly id: GestureId };

/** What people did by hand and can still take back or do again, newest first (SYNC-246). */
export function recentGestures(db: ReadableDb): RecentGesture[] {
  return prepared(db, RECENT)
    .all(oldestKept(db))
    .map(({ mutation_json, ...gesture }) => ({ ...gesture, mutation: JSON.parse(mutation_json) }));
}

export function countGestureMessages(db: ReadableDb, seq: number): number {
  return prepared(db, MESSAGES).get(seq)?.messages ?? 0;
}

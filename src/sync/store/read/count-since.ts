import type { ReadableDb } from '../handles';
import { prepared, readSql } from '../sql';

const BETWEEN = readSql<{ n: number }>(
  'SELECT count(*) AS n FROM list_rows INDEXED BY list_rows_date WHERE list_id = ? AND latest_at >= ? AND latest_at < ?',
);

/**
 * Rows of a list that are as new as each instant (ms, newest first). Each part of the index is counted once, and no row
 * is read: the list may have half a million.
 */
export function countSince(db: ReadableDb, listId: number, since: readonly number[]): number[] {
  const counts: number[] = [];
  let newer = 0;
  let until = Number.MAX_SAFE_INTEGER;
  for (const instant of since) {
    newer += prepared(db, BETWEEN).get(listId, instant, until)?.n ?? 0;
    counts.push(newer);
    until = instant;
  }
  return counts;
}

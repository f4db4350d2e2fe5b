import { COLLECTIONS } from '../collections';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';

/**
 * Commits between two merges. SQLite itself merges at sixteen trees of one size, inside of the commit and all at once; a
 * merge that finds fewer than four of them does nothing.
 */
export const COMMITS_PER_MERGE = 8;
/** Pages of 4 KB that one step may write: some 5 ms. */
const PAGES = 64;

const MERGE = [
  writeSql(`INSERT INTO search_words (search_words, rank) VALUES ('merge', ${PAGES})`),
  writeSql(`INSERT INTO search_parts (search_parts, rank) VALUES ('merge', ${PAGES})`),
];
const TOTAL_CHANGES = readSql<{ n: number }>('SELECT total_changes() AS n');

/**
 * Every commit leaves a small tree in each index; these are merged a step at a time, because SQLite's own merging inside
 * of a commit would take longer than a turn may (SYNC-395). Answers false when there is nothing left to merge.
 */
export function mergeSome(tx: WriteTx): boolean {
  const changes = (): number => prepared(tx.db, TOTAL_CHANGES).get()?.n ?? 0;
  let merged = false;
  for (const statement of MERGE) {
    const before = changes();
    prepared(tx.db, statement).run();
    // A step that finds nothing to do still counts as one change.
    merged ||= changes() - before >= 2;
  }
  tx.log(COLLECTIONS.search, 0, 'change');
  return merged;
}

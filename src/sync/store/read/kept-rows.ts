import type { ReadableDb } from '../handles';
import { prepared, readSql } from '../sql';
import { matchesFilter } from './list-filter';
import { indexOfRow, keyOf, type ListOrder, type ListRowRecord } from './list-page';

/** A row that does not match the filter (any more) and stays in its place. */
export interface KeptRow {
  readonly record: ListRowRecord;
  /** Rows that match and come before it. */
  readonly matchingBefore: number;
  /** Its place among all rows shown, kept ones included. */
  readonly index: number;
}

const ROW = readSql<ListRowRecord>(
  `SELECT r.*, m.account_id, m.subject, m.snippet, m.from_name, m.from_address
   FROM list_rows r CROSS JOIN messages m ON m.id = r.message_id WHERE r.list_id = ? AND r.item_id = ?`,
);

/** Those of `keys` that are in the list and would be missing from it under the filter, in the order of the list. */
export function keptRows(
  db: ReadableDb,
  listId: number,
  order: ListOrder,
  keys: readonly number[],
): KeptRow[] {
  const { filter } = order;
  if (filter === null) return [];
  const found = [...new Set(keys)].flatMap((key) => {
    const record = prepared(db, ROW).get(listId, key);
    if (!record || matchesFilter(record, filter)) return [];
    return [{ record, matchingBefore: indexOfRow(db, listId, order, key) ?? 0 }];
  });
  const direction = order.descending ? -1 : 1;
  found.sort(
    (a, b) =>
      a.matchingBefore - b.matchingBefore ||
      direction * compareKeys(keyOf(a.record, order), keyOf(b.record, order)),
  );
  return found.map((row, at) => ({ ...row, index: row.matchingBefore + at }));
}

/** As SQLite compares them: numbers by value, text byte by byte. */
function compareKeys(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (const [at, one] of a.entries()) {
    const other = b[at] as string | number;
    const by =
      typeof one === 'string'
        ? Buffer.compare(Buffer.from(one), Buffer.from(other as string))
        : one - (other as number);
    if (by !== 0) return by;
  }
  return 0;
}

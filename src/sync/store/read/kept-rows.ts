import type { ReadableDb } from '../handles';
import { keyOf, type ListOrder } from '../orders/list-order';
import { prepared, readSql } from '../sql';
import { matchesFilter } from './list-filter';
import { indexesOfRows } from './list-page';
import type { ListRowRecord } from './list-statements';

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
  const records = [...new Set(keys)].flatMap((key) => {
    const record = prepared(db, ROW).get(listId, key);
    return record && !matchesFilter(record, filter) ? [record] : [];
  });
  const ids = records.map(({ item_id }) => item_id);
  const before = indexesOfRows(db, listId, order, ids);
  const found = records.map((record) => ({ record, matchingBefore: before.get(record.item_id) ?? 0 }));
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

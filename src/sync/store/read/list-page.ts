import type { ListFilter } from '../../../shared/contract/views';
import type { ReadableDb } from '../handles';
import { keyOf, type ListOrder } from '../orders/list-order';
import type { RowRecord } from '../screen/build-rows';
import { prepared, readSql } from '../sql';
import { type ListRowRecord, orderSource } from './list-statements';

export interface ListCounters {
  readonly mode: 'threads' | 'messages';
  readonly rows: number;
  readonly unread_rows: number;
  readonly starred_rows: number;
  readonly attachment_rows: number;
}

const COUNTERS = readSql<ListCounters>(
  'SELECT mode, rows, unread_rows, starred_rows, attachment_rows FROM lists WHERE list_id = ?',
);
const ROW = readSql<RowRecord>('SELECT * FROM list_rows WHERE list_id = ? AND item_id = ?');

/** Null for a list nothing was ever in. */
export function listCounters(db: ReadableDb, listId: number): ListCounters | null {
  return prepared(db, COUNTERS).get(listId) ?? null;
}

/** How many rows of a list a filter leaves. */
export function filteredRows(counters: ListCounters, filter: ListFilter | null): number {
  switch (filter) {
    case null:
      return counters.rows;
    case 'unread':
      return counters.unread_rows;
    case 'starred':
      return counters.starred_rows;
    case 'attachments':
      return counters.attachment_rows;
  }
}

/** Rows `offset` … of a list in an order; the shorter way is taken. */
export function rowsAtOffset(
  db: ReadableDb,
  listId: number,
  order: ListOrder,
  page: { readonly offset: number; readonly limit: number; readonly total: number },
): ListRowRecord[] {
  const { offset, total } = page;
  const limit = Math.max(0, Math.min(page.limit, total - offset));
  if (limit === 0) return [];
  const { statements, reversed, of, list } = orderSource(db, listId, order);
  if (offset <= total / 2) return prepared(db, statements.offset).all(of, limit, offset, ...list);
  const fromEnd = total - offset - limit;
  return prepared(db, reversed.offset)
    .all(of, limit, fromEnd, ...list)
    .reverse();
}

/** Rows behind one that is in the list; null when it is not (any more). */
export function rowsAfter(
  db: ReadableDb,
  listId: number,
  order: ListOrder,
  page: { readonly key: number; readonly limit: number },
): ListRowRecord[] | null {
  const row = prepared(db, ROW).get(listId, page.key);
  if (!row) return null;
  const { statements, of, list } = orderSource(db, listId, order);
  return prepared(db, statements.after).all(of, ...keyOf(row, order), page.limit, ...list);
}

/** Rows right before one that is in the list, in the list's order; null when it is not (any more). */
export function rowsBefore(
  db: ReadableDb,
  listId: number,
  order: ListOrder,
  page: { readonly key: number; readonly limit: number },
): ListRowRecord[] | null {
  const row = prepared(db, ROW).get(listId, page.key);
  if (!row) return null;
  const { reversed, of, list } = orderSource(db, listId, order);
  return prepared(db, reversed.after)
    .all(of, ...keyOf(row, order), page.limit, ...list)
    .reverse();
}

/** How many rows come before one; null when it is not in the list. The row itself need not match the filter. */
export function indexOfRow(db: ReadableDb, listId: number, order: ListOrder, key: number): number | null {
  const row = prepared(db, ROW).get(listId, key);
  if (!row) return null;
  const { statements, of } = orderSource(db, listId, order);
  return prepared(db, statements.before).get(of, ...keyOf(row, order))?.n ?? 0;
}

/** The same for some rows that are in the list, by their keys. */
export function indexesOfRows(
  db: ReadableDb,
  listId: number,
  order: ListOrder,
  keys: readonly number[],
): Map<number, number> {
  const { places } = orderSource(db, listId, order).statements;
  if (!places || keys.length < 2)
    return new Map(keys.map((key) => [key, indexOfRow(db, listId, order, key) ?? 0]));
  const asked = JSON.stringify(keys);
  const found = prepared(db, places).all(listId, asked, asked);
  return new Map(found.map(({ item_id, n }) => [item_id, n]));
}

import { COLLECTIONS } from '../collections';
import type { ReadableDb } from '../handles';
import { FILTER_SQL } from '../read/list-filter';
import { prepared, readSql, type Sql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';
import { FILTER_NAMES, type FilterName, LAID_OUT_SORTS, type LaidOutSort, SORT_COLUMN } from './list-order';

const UNFINISHED = readSql<{ order_id: number }>(
  "SELECT order_id FROM list_orders WHERE state = 'building' ORDER BY order_id LIMIT 1",
);
const ORDER = readSql<{ list_id: number; sort: LaidOutSort; filter: FilterName; built_to: number }>(
  "SELECT list_id, sort, filter, built_to FROM list_orders WHERE order_id = ? AND state = 'building'",
);
const END_OF_STEP = readSql<{ item_id: number }>(
  'SELECT item_id FROM list_rows WHERE list_id = ? AND item_id > ? ORDER BY item_id LIMIT 1 OFFSET ?',
);
const SET_BUILT = writeSql('UPDATE list_orders SET state = ?, built_to = ? WHERE order_id = ?');
const COPY = new Map<string, Sql<never>>(
  LAID_OUT_SORTS.flatMap((sort) =>
    FILTER_NAMES.map((filter): [string, Sql<never>] => [
      `${sort} ${filter}`,
      writeSql(
        `INSERT INTO order_rows (order_id, key, latest_at, item_id)
         SELECT ?, ${SORT_COLUMN[sort]}, latest_at, item_id FROM list_rows
         WHERE list_id = ? AND item_id > ? AND item_id <= ?${filter === 'none' ? '' : ` AND ${FILTER_SQL[filter]}`}`,
      ),
    ]),
  ),
);

/** Rows of the list that are looked at next, by the order of their items. */
export interface BuildStep {
  readonly orderId: number;
  readonly upTo: number;
  /** Nothing comes behind them: the order is ready then. */
  readonly last: boolean;
}

/** An order that is wanted and not ready, also one that was left half done by a kill; null = there is none. */
export function unfinishedOrder(db: ReadableDb): number | null {
  return prepared(db, UNFINISHED).get()?.order_id ?? null;
}

/** The next `rows` rows of the order's list; null when the order is ready or gone. */
export function nextStep(db: ReadableDb, orderId: number, rows: number): BuildStep | null {
  const order = prepared(db, ORDER).get(orderId);
  if (!order) return null;
  const end = prepared(db, END_OF_STEP).get(order.list_id, order.built_to, rows - 1);
  return { orderId, upTo: end?.item_id ?? Number.MAX_SAFE_INTEGER, last: end === undefined };
}

/**
 * Copies the rows of a step into its order. What is behind it may change freely until its turn comes; what is copied
 * already is followed by whoever changes it, so there is no moment at which the order is wrong.
 */
export function buildSome(tx: WriteTx, { orderId, upTo, last }: BuildStep): void {
  const order = prepared(tx.db, ORDER).get(orderId);
  const copy = order && COPY.get(`${order.sort} ${order.filter}`);
  if (!copy) return;
  prepared(tx.db, copy).run(orderId, order.list_id, order.built_to, upTo);
  prepared(tx.db, SET_BUILT).run(last ? 'ready' : 'building', upTo, orderId);
  tx.log(COLLECTIONS.orders, order.list_id, 'change');
}

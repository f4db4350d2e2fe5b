import { COLLECTIONS } from '../collections';
import type { ReadableDb } from '../handles';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';
import { effectiveSort, filterName, type ListOrder, type WantedOrder } from './list-order';

/** Before the first item of any list. */
const NOTHING_YET = Number.MIN_SAFE_INTEGER;

const FIND = readSql<OrderState>(
  `SELECT order_id AS orderId, state = 'ready' AS ready, used_at AS usedAt FROM list_orders
   WHERE list_id = ? AND sort = ? AND filter = ? AND state <> 'leaving'`,
);
const WANT = writeSql(
  `INSERT INTO list_orders (list_id, sort, filter, state, built_to, used_at)
   VALUES (?, ?, ?, 'building', ${NOTHING_YET}, ?)
   ON CONFLICT (list_id, sort, filter) WHERE state <> 'leaving' DO UPDATE SET used_at = excluded.used_at`,
);

export interface OrderState {
  readonly orderId: number;
  /** 0 while rows are still being copied into it. */
  readonly ready: 0 | 1;
  /** Wall clock, ms; about: it is noted once a day. */
  readonly usedAt: number;
}

/** Null where it is not laid out; for an order by date, which always is there, too. */
export function findOrder(db: ReadableDb, listId: number, order: ListOrder): OrderState | null {
  const sort = effectiveSort(order);
  if (sort === 'date') return null;
  return prepared(db, FIND).get(listId, sort, filterName(order.filter)) ?? null;
}

/** Notes that the order is wanted, or goes on being used; `build-order` does the rest. */
export function wantOrder(tx: WriteTx, { listId, sort, filter }: WantedOrder): void {
  prepared(tx.db, WANT).run(listId, sort, filterName(filter), tx.nowMs);
  tx.log(COLLECTIONS.orders, listId, 'change');
}

import { COLLECTIONS } from '../collections';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';

/** Nobody who comes back to an order every few weeks waits for it again. */
const UNUSED_MS = 30 * 24 * 60 * 60_000;
/** Rows that go in one transaction: some 20 ms. */
const CHUNK = 2_000;

const LEAVE = writeSql("UPDATE list_orders SET state = 'leaving' WHERE state <> 'leaving' AND used_at < ?");
const LEAVING = readSql<{ order_id: number }>(
  "SELECT order_id FROM list_orders WHERE state = 'leaving' ORDER BY order_id LIMIT 1",
);
const REMOVE_ROWS = writeSql(
  `DELETE FROM order_rows WHERE (order_id, key, latest_at, item_id) IN
     (SELECT order_id, key, latest_at, item_id FROM order_rows WHERE order_id = ? LIMIT ?)`,
);
const REMOVE_ORDER = writeSql('DELETE FROM list_orders WHERE order_id = ?');
const REMOVE_OF_LIST = writeSql("DELETE FROM list_orders WHERE list_id = ? AND state <> 'leaving'");
const CLEAR_ROWS = writeSql('DELETE FROM order_rows');

/** Orders nobody used for a month cost every change of their lists for nothing; `removeLeaving` takes their rows. */
export function leaveUnused(tx: WriteTx): void {
  leave(tx, tx.nowMs - UNUSED_MS);
}

/** All of them: rows are about to go by the thousand, and it is cheaper to lay out again what is still looked at then. */
export function leaveAll(tx: WriteTx): void {
  leave(tx, Number.MAX_SAFE_INTEGER);
}

function leave(tx: WriteTx, usedBefore: number): void {
  const { changes } = prepared(tx.db, LEAVE).run(usedBefore);
  if (changes > 0) tx.log(COLLECTIONS.orders, 0, 'change');
}

/**
 * Removes up to `most` rows of orders that are left; call again until it answers true: there are none. A kill does no
 * harm.
 */
export function removeLeaving(tx: WriteTx, most: number = CHUNK): boolean {
  const orderId = prepared(tx.db, LEAVING).get()?.order_id;
  if (orderId === undefined) return true;
  const { changes } = prepared(tx.db, REMOVE_ROWS).run(orderId, most);
  if (changes < most) prepared(tx.db, REMOVE_ORDER).run(orderId);
  tx.log(COLLECTIONS.orders, 0, 'change');
  return false;
}

/** With the list, whose rows have gone and have taken those of its orders along. */
export function removeOrdersOf(tx: WriteTx, listId: number): void {
  prepared(tx.db, REMOVE_OF_LIST).run(listId);
}

/** Before all rows of all lists are made again: the orders follow them, as they follow every row. */
export function clearOrders(tx: WriteTx): void {
  prepared(tx.db, CLEAR_ROWS).run();
}

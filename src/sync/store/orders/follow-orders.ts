import { assert } from '../assert';
import { matchesFilter } from '../read/list-filter';
import type { RowRecord } from '../screen/build-rows';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';
import { type FilterName, type LaidOutSort, SORT_COLUMN } from './list-order';

const LIVE = readSql<LiveOrder>(
  "SELECT order_id, list_id, sort, filter, state, built_to FROM list_orders WHERE state <> 'leaving'",
);
const PUT = writeSql('INSERT INTO order_rows (order_id, key, latest_at, item_id) VALUES (?, ?, ?, ?)');
const TAKE = writeSql(
  'DELETE FROM order_rows WHERE order_id = ? AND key = ? AND latest_at = ? AND item_id = ?',
);

interface LiveOrder {
  readonly order_id: number;
  readonly list_id: number;
  readonly sort: LaidOutSort;
  readonly filter: FilterName;
  readonly state: 'building' | 'ready';
  readonly built_to: number;
}

/** Keeps the orders that are laid out in step with the rows of their lists, in the transaction that writes those. */
export interface OrderFollower {
  put(row: RowRecord): void;
  take(row: RowRecord): void;
  /** The same row of the same list, before and after. */
  change(old: RowRecord, next: RowRecord): void;
}

export function followOrders({ db }: WriteTx): OrderFollower {
  const live = Map.groupBy(prepared(db, LIVE).all(), (order) => order.list_id);
  const putRow = prepared(db, PUT);
  const takeRow = prepared(db, TAKE);
  /** The row's key in an order it is in, or null: it does not match, or was not copied yet. */
  const keyIn = (order: LiveOrder, row: RowRecord): string | number | null => {
    if (order.state === 'building' && row.item_id > order.built_to) return null;
    if (order.filter !== 'none' && !matchesFilter(row, order.filter)) return null;
    return row[SORT_COLUMN[order.sort]];
  };
  const replace = (listId: number, old: RowRecord | null, next: RowRecord | null): void => {
    for (const order of live.get(listId) ?? []) {
      const before = old && keyIn(order, old);
      const after = next && keyIn(order, next);
      if (before === after && old?.latest_at === next?.latest_at) continue;
      if (old && before !== null) {
        const { changes } = takeRow.run(order.order_id, before, old.latest_at, old.item_id);
        assert(changes === 1, 'an order holds every row it follows');
      }
      if (next && after !== null) putRow.run(order.order_id, after, next.latest_at, next.item_id);
    }
  };
  return {
    put: (row) => replace(row.list_id, null, row),
    take: (row) => replace(row.list_id, row, null),
    change: (old, next) => replace(next.list_id, old, next),
  };
}

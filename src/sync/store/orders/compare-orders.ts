import type { ReadableDb } from '../handles';
import { FILTER_SQL } from '../read/list-filter';
import { prepared, readSql, type Sql } from '../sql';
import { FILTER_NAMES, type FilterName, LAID_OUT_SORTS, type LaidOutSort, SORT_COLUMN } from './list-order';

const ORDERS = readSql<{
  order_id: number;
  list_id: number;
  sort: LaidOutSort;
  filter: FilterName;
  upTo: number;
}>(
  `SELECT order_id, list_id, sort, filter, iif(state = 'ready', ${Number.MAX_SAFE_INTEGER}, built_to) AS upTo
   FROM list_orders WHERE state <> 'leaving'`,
);
const STRAY = readSql<{ order_id: number }>(
  'SELECT order_id FROM order_rows WHERE order_id NOT IN (SELECT order_id FROM list_orders) LIMIT 1',
);
const COMPARE = new Map<string, Sql<{ wanted: number; held: number; equal: number }>>(
  LAID_OUT_SORTS.flatMap((sort) =>
    FILTER_NAMES.map((filter): [string, Sql<{ wanted: number; held: number; equal: number }>] => {
      const rows = `r.list_id = @list AND r.item_id <= @upTo${filter === 'none' ? '' : ` AND r.${FILTER_SQL[filter]}`}`;
      return [
        `${sort} ${filter}`,
        readSql(
          `SELECT (SELECT count(*) FROM list_rows r WHERE ${rows}) AS wanted,
             (SELECT count(*) FROM order_rows o WHERE o.order_id = @order) AS held,
             (SELECT count(*) FROM order_rows o CROSS JOIN list_rows r ON ${rows} AND r.item_id = o.item_id
                AND r.latest_at = o.latest_at AND r.${SORT_COLUMN[sort]} = o.key WHERE o.order_id = @order) AS equal`,
        ),
      ];
    }),
  ),
);

/** Looks whether every order holds exactly the rows of its list that it should; reports without any content of them. */
export function compareOrders(db: ReadableDb, report: (difference: string) => void): void {
  for (const { order_id: order, list_id: list, sort, filter, upTo } of prepared(db, ORDERS).all()) {
    const compare = COMPARE.get(`${sort} ${filter}`);
    const found = compare && prepared(db, compare).get({ order, list, upTo });
    if (!found || found.wanted !== found.held || found.held !== found.equal)
      report(`list ${list} by ${sort} (${filter}) holds ${found?.equal} of ${found?.wanted} rows`);
  }
  if (prepared(db, STRAY).get()) report('there are rows of no order');
}

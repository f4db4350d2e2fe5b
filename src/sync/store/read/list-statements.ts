import type { ListFilter, ListSort } from '../../../shared/contract/views';
import type { ReadableDb } from '../handles';
import {
  effectiveSort,
  FILTER_NAMES,
  type FilterName,
  filterName,
  keyColumns,
  LAID_OUT_SORTS,
  type LaidOutSort,
  type ListOrder,
} from '../orders/list-order';
import { findOrder } from '../orders/want-order';
import type { RowRecord } from '../screen/build-rows';
import { readSql, type Sql } from '../sql';
import { FILTER_SQL } from './list-filter';

/** A list row with what it shows of its newest message. */
export interface ListRowRecord extends RowRecord {
  readonly account_id: number;
  readonly subject: string;
  readonly snippet: string;
  readonly from_name: string;
  readonly from_address: string;
}

interface Directed {
  readonly offset: Sql<ListRowRecord>;
  readonly after: Sql<ListRowRecord>;
  readonly before: Sql<{ n: number }>;
  /** Of several rows at once, of those that match the filter; null where one by one is cheap, or nothing is filtered. */
  readonly places: Sql<{ item_id: number; n: number }> | null;
}
type Directions = Readonly<Record<'true' | 'false', Directed>>;

/** Where the rows of one order of one list are read from. */
export interface OrderSource {
  readonly statements: Directed;
  /** The same rows from their end. */
  readonly reversed: Directed;
  /** What the keys are chosen by: the list, or the order laid out for it. */
  readonly of: number;
  /** Follows the other parameters, where the rows are found by another number than their keys. */
  readonly list: readonly number[];
}

/** By date with each filter: always there, as indexes. */
const BY_DATE = each((filter) => directions((descending) => inIndex(filter, descending)));
/** One pair for all orders that are laid out: their keys look alike. */
const LAID_OUT = directions(laidOut);
const SORTED = each(
  (filter) =>
    Object.fromEntries(
      LAID_OUT_SORTS.map((sort) => [sort, directions((descending) => sorted(filter, sort, descending))]),
    ) as Readonly<Record<LaidOutSort, Directions>>,
);

/**
 * The quickest way there is at this instant: by date an index, else the order as it is laid out, else, until it is, the
 * rows of the list sorted for this one answer. All of them answer the same.
 */
export function orderSource(db: ReadableDb, listId: number, order: ListOrder): OrderSource {
  const { descending } = order;
  const sort = effectiveSort(order);
  const filter = filterName(order.filter);
  const chosen = (way: Directions) => ({ statements: way[`${descending}`], reversed: way[`${!descending}`] });
  if (sort === 'date') return { ...chosen(BY_DATE[filter]), of: listId, list: [] };
  const found = findOrder(db, listId, order);
  return found?.ready
    ? { ...chosen(LAID_OUT), of: found.orderId, list: [listId] }
    : { ...chosen(SORTED[filter][sort]), of: listId, list: [] };
}

/** The keys of a page come from one index alone, however deep the page is; only its own rows are then looked up. */
function inIndex(filter: FilterName, descending: boolean): Directed {
  const index = filter === 'none' ? 'list_rows_date' : `list_rows_${filter}_date`;
  const from = `FROM list_rows INDEXED BY ${index} WHERE list_id = ?${matching(filter)}`;
  return pages(`SELECT list_id, item_id ${from}`, 'r.list_id = k.list_id', from, 'date', descending);
}

/** Columns of order_rows are called otherwise than those of the list they come from. */
function laidOut(descending: boolean): Directed {
  const from = 'FROM order_rows WHERE order_id = ?';
  return pages(`SELECT item_id ${from}`, 'r.list_id = ?', from, 'laid out', descending);
}

/**
 * Reads every row of the list, or of those that match a filter, and keeps the best: right at once, and some hundred times
 * slower in a long list. Only for a list that is too short to lay an order out, or while that is still being done.
 */
function sorted(filter: FilterName, sort: LaidOutSort, descending: boolean): Directed {
  const index = filter === 'none' ? '' : ` INDEXED BY list_rows_${filter}_date`;
  const from = `FROM list_rows AS unsorted${index} WHERE list_id = ?${matching(filter)}`;
  const way = pages(`SELECT list_id, item_id ${from}`, 'r.list_id = k.list_id', from, sort, descending);
  if (filter === 'none') return way;
  const matches = FILTER_SQL[filter];
  return {
    ...way,
    places: readSql(
      `SELECT item_id, n FROM (
         SELECT item_id, count(*) FILTER (WHERE ${matches})
           OVER (ORDER BY ${ordered(keyColumns(sort), descending)} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS n
         FROM list_rows AS unsorted
         WHERE list_id = ? AND (${matches} OR item_id IN (SELECT value FROM json_each(?))))
       WHERE item_id IN (SELECT value FROM json_each(?))`,
    ),
  };
}

function pages(
  keys: string,
  ofList: string,
  from: string,
  sort: ListSort | 'laid out',
  descending: boolean,
): Directed {
  const columns = sort === 'laid out' ? ['key', 'latest_at', 'item_id'] : keyColumns(sort);
  const key = `(${columns.join(', ')})`;
  const values = `(${columns.map(() => '?').join(', ')})`;
  const page = (where: string, limit: string): Sql<ListRowRecord> =>
    readSql(
      `SELECT r.*, m.account_id, m.subject, m.snippet, m.from_name, m.from_address
       FROM (${keys}${where} ORDER BY ${ordered(columns, descending)} LIMIT ${limit}) k
         CROSS JOIN list_rows r ON ${ofList} AND r.item_id = k.item_id
         CROSS JOIN messages m ON m.id = r.message_id`,
    );
  return {
    offset: page('', '? OFFSET ?'),
    after: page(` AND ${key} ${descending ? '<' : '>'} ${values}`, '?'),
    before: readSql(`SELECT count(*) AS n ${from} AND ${key} ${descending ? '>' : '<'} ${values}`),
    places: null,
  };
}

function ordered(columns: readonly string[], descending: boolean): string {
  return columns.map((column) => `${column} ${descending ? 'DESC' : 'ASC'}`).join(', ');
}

function matching(filter: FilterName): string {
  return filter === 'none' ? '' : ` AND ${FILTER_SQL[filter satisfies ListFilter]}`;
}

function directions(make: (descending: boolean) => Directed): Directions {
  return { true: make(true), false: make(false) };
}

function each<T>(make: (filter: FilterName) => T): Readonly<Record<FilterName, T>> {
  return Object.fromEntries(FILTER_NAMES.map((filter) => [filter, make(filter)])) as Record<FilterName, T>;
}

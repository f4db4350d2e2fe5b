import type { ListFilter, ListSort } from '../../../shared/contract/views';
import type { ReadableDb } from '../handles';
import type { RowRecord } from '../screen/build-rows';
import { prepared, readSql, type Sql } from '../sql';
import { FILTER_SQL } from './list-filter';

/** A list row with what it shows of its newest message. */
export interface ListRowRecord extends RowRecord {
  readonly account_id: number;
  readonly subject: string;
  readonly snippet: string;
  readonly from_name: string;
  readonly from_address: string;
}

export interface ListCounters {
  readonly mode: 'threads' | 'messages';
  readonly rows: number;
  readonly unread_rows: number;
  readonly starred_rows: number;
  readonly attachment_rows: number;
}

/** Which rows of a list, and in which order. */
export interface ListOrder {
  readonly sort: ListSort;
  readonly descending: boolean;
  /** Only rows that match; null = all. */
  readonly filter: ListFilter | null;
}

interface SortStatements {
  readonly offset: Sql<ListRowRecord>;
  readonly after: Sql<ListRowRecord>;
  readonly before: Sql<{ n: number }>;
}

type KeyColumn = 'latest_at' | 'item_id' | 'sender_key' | 'subject_key' | 'size' | 'unread' | 'starred';

/** Leading columns of each sort; every one has its own index, ended by time and id so that the order is total. */
const COLUMNS: Readonly<Record<ListSort, readonly KeyColumn[]>> = {
  date: ['latest_at', 'item_id'],
  sender: ['sender_key', 'latest_at', 'item_id'],
  subject: ['subject_key', 'latest_at', 'item_id'],
  size: ['size', 'latest_at', 'item_id'],
  unread: ['unread', 'latest_at', 'item_id'],
  starred: ['starred', 'latest_at', 'item_id'],
};

type Directions = Readonly<Record<'true' | 'false', SortStatements>>;
type Sorts = Readonly<Record<ListSort, Directions>>;
const STATEMENTS: Readonly<Record<ListFilter | 'none', Sorts>> = {
  none: sorts(null),
  unread: sorts('unread'),
  starred: sorts('starred'),
  attachments: sorts('attachments'),
};
const COUNTERS = readSql<ListCounters>(
  'SELECT mode, rows, unread_rows, starred_rows, attachment_rows FROM lists WHERE list_id = ?',
);
const ROW = readSql<RowRecord>('SELECT * FROM list_rows WHERE list_id = ? AND item_id = ?');

function sorts(filter: ListFilter | null): Sorts {
  const directions = (sort: ListSort): Directions => ({
    true: statements(filter, sort, true),
    false: statements(filter, sort, false),
  });
  return {
    date: directions('date'),
    sender: directions('sender'),
    subject: directions('subject'),
    size: directions('size'),
    unread: directions('unread'),
    starred: directions('starred'),
  };
}

/** Rows that are all unread are not told apart by being unread: date is what is left to sort by. */
function columnsOf(filter: ListFilter | null, sort: ListSort): readonly KeyColumn[] {
  return COLUMNS[sort === filter ? 'date' : sort];
}

/** Every filter has an index over its own rows per order; unread and starred rows lie together where one sorts by it. */
function indexOf(filter: ListFilter | null, sort: ListSort): string {
  if (filter === null) return `list_rows_${sort}`;
  if (filter !== 'attachments' && (sort === 'date' || sort === filter)) return `list_rows_${filter}`;
  return `list_rows_${filter}_${sort}`;
}

/**
 * The keys of the page come from the sort's index alone, however deep the page is; only its own rows are then looked up.
 */
function statements(filter: ListFilter | null, sort: ListSort, descending: boolean): SortStatements {
  const columns = columnsOf(filter, sort);
  const order = columns.map((column) => `${column} ${descending ? 'DESC' : 'ASC'}`).join(', ');
  const values = columns.map(() => '?').join(', ');
  const from = `FROM list_rows INDEXED BY ${indexOf(filter, sort)} WHERE list_id = ?${filter === null ? '' : ` AND ${FILTER_SQL[filter]}`}`;
  const page = (where: string, limit: string): Sql<ListRowRecord> =>
    readSql(
      `SELECT r.*, m.account_id, m.subject, m.snippet, m.from_name, m.from_address
       FROM (SELECT list_id, item_id ${from}${where} ORDER BY ${order} LIMIT ${limit}) k
         CROSS JOIN list_rows r ON r.list_id = k.list_id AND r.item_id = k.item_id
         CROSS JOIN messages m ON m.id = r.message_id`,
    );
  return {
    offset: page('', '? OFFSET ?'),
    after: page(` AND (${columns.join(', ')}) ${descending ? '<' : '>'} (${values})`, '?'),
    before: readSql(
      `SELECT count(*) AS n ${from} AND (${columns.join(', ')}) ${descending ? '>' : '<'} (${values})`,
    ),
  };
}

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

/** Rows `offset` … of a sorted list; the shorter way through the index is taken. */
export function rowsAtOffset(
  db: ReadableDb,
  listId: number,
  order: ListOrder,
  page: { readonly offset: number; readonly limit: number; readonly total: number },
): ListRowRecord[] {
  const { offset, total } = page;
  const limit = Math.max(0, Math.min(page.limit, total - offset));
  if (limit === 0) return [];
  const directions = STATEMENTS[order.filter ?? 'none'][order.sort];
  if (offset <= total / 2)
    return prepared(db, directions[`${order.descending}`].offset).all(listId, limit, offset);
  const fromEnd = total - offset - limit;
  return prepared(db, directions[`${!order.descending}`].offset).all(listId, limit, fromEnd).reverse();
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
  const { after } = STATEMENTS[order.filter ?? 'none'][order.sort][`${order.descending}`];
  return prepared(db, after).all(listId, ...keyOf(row, order), page.limit);
}

/** How many rows come before one; null when it is not in the list. The row itself need not match the filter. */
export function indexOfRow(db: ReadableDb, listId: number, order: ListOrder, key: number): number | null {
  const row = prepared(db, ROW).get(listId, key);
  if (!row) return null;
  const { before } = STATEMENTS[order.filter ?? 'none'][order.sort][`${order.descending}`];
  return prepared(db, before).get(listId, ...keyOf(row, order))?.n ?? 0;
}

/** What orders the row among others. */
export function keyOf(row: RowRecord, { sort, filter }: ListOrder): (string | number)[] {
  return columnsOf(filter, sort).map((column) => row[column]);
}

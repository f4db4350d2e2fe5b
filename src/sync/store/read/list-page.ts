import type { ListSort } from '../../../shared/contract/views';
import type { ReadableDb } from '../handles';
import type { RowRecord } from '../screen/build-rows';
import { prepared, readSql, type Sql } from '../sql';

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
}

interface SortStatements {
  readonly offset: Sql<ListRowRecord>;
  readonly after: Sql<ListRowRecord>;
  readonly before: Sql<{ n: number }>;
}

/** Leading columns of each sort; every one has its own index, ended by time and id so that the order is total. */
const COLUMNS: Readonly<Record<ListSort, readonly string[]>> = {
  date: ['latest_at', 'item_id'],
  sender: ['sender_key', 'latest_at', 'item_id'],
  subject: ['subject_key', 'latest_at', 'item_id'],
  size: ['size', 'latest_at', 'item_id'],
  unread: ['unread', 'latest_at', 'item_id'],
  starred: ['starred', 'latest_at', 'item_id'],
};

const STATEMENTS = {
  date: { true: statements('date', true), false: statements('date', false) },
  sender: { true: statements('sender', true), false: statements('sender', false) },
  subject: { true: statements('subject', true), false: statements('subject', false) },
  size: { true: statements('size', true), false: statements('size', false) },
  unread: { true: statements('unread', true), false: statements('unread', false) },
  starred: { true: statements('starred', true), false: statements('starred', false) },
};
const COUNTERS = readSql<ListCounters>('SELECT mode, rows FROM lists WHERE list_id = ?');
const ROW = readSql<RowRecord>('SELECT * FROM list_rows WHERE list_id = ? AND item_id = ?');

/**
 * The keys of the page come from the sort's index alone, however deep the page is; only its own rows are then looked up.
 */
function statements(sort: ListSort, descending: boolean): SortStatements {
  const columns = COLUMNS[sort];
  const order = columns.map((column) => `${column} ${descending ? 'DESC' : 'ASC'}`).join(', ');
  const values = columns.map(() => '?').join(', ');
  const page = (where: string, limit: string): Sql<ListRowRecord> =>
    readSql(
      `SELECT r.*, m.account_id, m.subject, m.snippet, m.from_name, m.from_address
       FROM (SELECT list_id, item_id FROM list_rows INDEXED BY list_rows_${sort}
             WHERE list_id = ?${where} ORDER BY ${order} LIMIT ${limit}) k
         CROSS JOIN list_rows r ON r.list_id = k.list_id AND r.item_id = k.item_id
         CROSS JOIN messages m ON m.id = r.message_id`,
    );
  return {
    offset: page('', '? OFFSET ?'),
    after: page(` AND (${columns.join(', ')}) ${descending ? '<' : '>'} (${values})`, '?'),
    before: readSql(
      `SELECT count(*) AS n FROM list_rows INDEXED BY list_rows_${sort}
       WHERE list_id = ? AND (${columns.join(', ')}) ${descending ? '>' : '<'} (${values})`,
    ),
  };
}

/** Null for a list nothing was ever in. */
export function listCounters(db: ReadableDb, listId: number): ListCounters | null {
  return prepared(db, COUNTERS).get(listId) ?? null;
}

/** Rows `offset` … of a sorted list; the shorter way through the index is taken. */
export function rowsAtOffset(
  db: ReadableDb,
  listId: number,
  sort: ListSort,
  descending: boolean,
  page: { readonly offset: number; readonly limit: number; readonly total: number },
): ListRowRecord[] {
  const { offset, total } = page;
  const limit = Math.max(0, Math.min(page.limit, total - offset));
  if (limit === 0) return [];
  if (offset <= total / 2)
    return prepared(db, STATEMENTS[sort][`${descending}`].offset).all(listId, limit, offset);
  const fromEnd = total - offset - limit;
  return prepared(db, STATEMENTS[sort][`${!descending}`].offset).all(listId, limit, fromEnd).reverse();
}

/** Rows behind one that is in the list; null when it is not (any more). */
export function rowsAfter(
  db: ReadableDb,
  listId: number,
  sort: ListSort,
  descending: boolean,
  page: { readonly key: number; readonly limit: number },
): ListRowRecord[] | null {
  const row = prepared(db, ROW).get(listId, page.key);
  if (!row) return null;
  const { after } = STATEMENTS[sort][`${descending}`];
  return prepared(db, after).all(listId, ...keyOf(row, sort), page.limit);
}

/** How many rows come before one; null when it is not in the list. */
export function indexOfRow(
  db: ReadableDb,
  listId: number,
  sort: ListSort,
  descending: boolean,
  key: number,
): number | null {
  const row = prepared(db, ROW).get(listId, key);
  if (!row) return null;
  const { before } = STATEMENTS[sort][`${descending}`];
  return prepared(db, before).get(listId, ...keyOf(row, sort))?.n ?? 0;
}

function keyOf(row: RowRecord, sort: ListSort): (string | number)[] {
  switch (sort) {
    case 'date':
      return [row.latest_at, row.item_id];
    case 'sender':
      return [row.sender_key, row.latest_at, row.item_id];
    case 'subject':
      return [row.subject_key, row.latest_at, row.item_id];
    case 'size':
      return [row.size, row.latest_at, row.item_id];
    case 'unread':
      return [row.unread, row.latest_at, row.item_id];
    case 'starred':
      return [row.starred, row.latest_at, row.item_id];
  }
}

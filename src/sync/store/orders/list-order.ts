import type { ListFilter, ListSort } from '../../../shared/contract/views';
import type { RowRecord } from '../screen/build-rows';

/** Which rows of a list, and in which order. */
export interface ListOrder {
  readonly sort: ListSort;
  readonly descending: boolean;
  /** Only rows that match; null = all. */
  readonly filter: ListFilter | null;
}

/** What is laid out on demand; the other direction is the same rows read from their end. */
export interface WantedOrder {
  readonly listId: number;
  readonly sort: LaidOutSort;
  readonly filter: ListFilter | null;
}

export type LaidOutSort = Exclude<ListSort, 'date'>;
/** How a filter is written in list_orders, and the name of its statements. */
export type FilterName = ListFilter | 'none';

export const LAID_OUT_SORTS: readonly LaidOutSort[] = ['sender', 'subject', 'size', 'unread', 'starred'];
export const FILTER_NAMES: readonly FilterName[] = ['none', 'unread', 'starred', 'attachments'];

type SortColumn = 'sender_key' | 'subject_key' | 'size' | 'unread' | 'starred';
type KeyColumn = SortColumn | 'latest_at' | 'item_id';

/** The leading column of each order; time and id come behind it, so that every order is total. */
export const SORT_COLUMN: Readonly<Record<LaidOutSort, SortColumn>> = {
  sender: 'sender_key',
  subject: 'subject_key',
  size: 'size',
  unread: 'unread',
  starred: 'starred',
};

/** Rows that are all unread are not told apart by being unread: date is what is left to sort by. */
export function effectiveSort({ sort, filter }: Pick<ListOrder, 'sort' | 'filter'>): ListSort {
  return sort === filter ? 'date' : sort;
}

export function filterName(filter: ListFilter | null): FilterName {
  return filter ?? 'none';
}

/** The columns that order rows, the most important first. */
export function keyColumns(sort: ListSort): readonly KeyColumn[] {
  return sort === 'date' ? ['latest_at', 'item_id'] : [SORT_COLUMN[sort], 'latest_at', 'item_id'];
}

/** What orders the row among others. */
export function keyOf(row: RowRecord, order: Pick<ListOrder, 'sort' | 'filter'>): (string | number)[] {
  return keyColumns(effectiveSort(order)).map((column) => row[column]);
}

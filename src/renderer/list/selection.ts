import type { MutationTarget } from '../../shared/contract/mutation';
import type { MessageId } from '../../shared/domain';
import type { ListQuery } from './page-loader';

/** The contract takes at most this many rows by name; more are "all in this folder, except". */
export const MAX_NAMED_ROWS = 10_000;

/**
 * Which rows are ticked. `some`: exactly `ids`. `all`: every row of the list, also those never loaded, except `ids`
 * (APP-055's explicit second step). Values; every function returns a new one.
 */
export interface Selection {
  readonly mode: 'some' | 'all';
  readonly ids: ReadonlySet<number>;
  /** Row from which Shift extends. */
  readonly anchor: number | null;
  /** What was ticked before the range from `anchor` began. */
  readonly base: ReadonlySet<number>;
}

const NONE: ReadonlySet<number> = new Set();
export const EMPTY_SELECTION: Selection = { mode: 'some', ids: NONE, anchor: null, base: NONE };

export function isSelected(selection: Selection, itemId: number): boolean {
  return selection.ids.has(itemId) === (selection.mode === 'some');
}

export function selectedCount(selection: Selection, total: number): number {
  return selection.mode === 'some' ? selection.ids.size : Math.max(0, total - selection.ids.size);
}

export function toggle(selection: Selection, itemId: number): Selection {
  const ids = new Set(selection.ids);
  if (!ids.delete(itemId)) ids.add(itemId);
  return { mode: selection.mode, ids, anchor: itemId, base: ids };
}

/** The rows between anchor and focus replace the range of the previous Shift step. */
export function extendTo(selection: Selection, anchor: number, range: readonly number[]): Selection {
  if (selection.mode === 'all') return selection;
  const base = selection.anchor === anchor ? selection.base : selection.ids;
  const ids = new Set(base);
  for (const id of range) {
    if (ids.size >= MAX_NAMED_ROWS) break;
    ids.add(id);
  }
  return { mode: 'some', ids, anchor, base };
}

export function selectRows(itemIds: readonly number[]): Selection {
  const ids = new Set(itemIds.slice(0, MAX_NAMED_ROWS));
  return { mode: 'some', ids, anchor: itemIds[0] ?? null, base: ids };
}

export function selectWholeList(): Selection {
  return { mode: 'all', ids: NONE, anchor: null, base: NONE };
}

/** Rows that left the list are no longer ticked. */
export function withoutRows(selection: Selection, itemIds: ReadonlySet<number>): Selection {
  const ids = new Set([...selection.ids].filter((id) => !itemIds.has(id)));
  if (ids.size === selection.ids.size) return selection;
  const anchor = selection.anchor !== null && itemIds.has(selection.anchor) ? null : selection.anchor;
  return { mode: selection.mode, ids, anchor, base: ids };
}

/**
 * What an action concerns: the ticked rows, else the given row; null = nothing to act on. All rows of a filtered list are
 * those that match and those that stayed (`kept`). What was found are messages, or all that the search finds.
 */
export function toTarget(
  selection: Selection,
  { listId, filter, search }: Pick<ListQuery, 'listId' | 'filter' | 'search'>,
  kept: readonly number[],
  fallback: number | null,
): MutationTarget | null {
  if (selection.mode === 'all') {
    if (search) {
      const except = [...selection.ids].slice(0, MAX_NAMED_ROWS) as MessageId[];
      return { kind: 'search', ...search, except };
    }
    const exceptItemIds = [...selection.ids].slice(0, MAX_NAMED_ROWS);
    return { kind: 'list', listId, exceptItemIds, ...(filter === null ? {} : { filter, keep: [...kept] }) };
  }
  const itemIds = selection.ids.size > 0 ? [...selection.ids] : fallback === null ? [] : [fallback];
  if (itemIds.length === 0) return null;
  return search
    ? { kind: 'messages', messageIds: itemIds as MessageId[] }
    : { kind: 'rows', listId, itemIds };
}

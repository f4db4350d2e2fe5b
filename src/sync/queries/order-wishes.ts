import type { Clock } from '../ports/clock';
import type { ReadableDb } from '../store/handles';
import { effectiveSort, type ListOrder, type WantedOrder } from '../store/orders/list-order';
import { findOrder } from '../store/orders/want-order';

/** A list this long is sorted for an answer in less than the millisecond a page may take. */
const SHORT_LIST_ROWS = 1_000;
/** An order that goes on being used is said to be so once a day: it is dropped after a month. */
const SAY_AGAIN_MS = 24 * 60 * 60_000;
/** A wish may get lost with a worker: what still is not there is wished for again. */
const ASK_AGAIN_MS = 60_000;

/** Told of every page that is read, it wishes for the orders that are worth laying out, each once. */
export type OrderWishes = (listId: number, order: ListOrder, matchingRows: number) => void;

export function createOrderWishes(
  db: ReadableDb,
  clock: Pick<Clock, 'now'>,
  tell: (order: WantedOrder) => void,
): OrderWishes {
  const asked = new Map<string, number>();
  return (listId, order, matchingRows) => {
    const sort = effectiveSort(order);
    if (sort === 'date') return;
    const found = findOrder(db, listId, order);
    const now = clock.now();
    if (found ? now - found.usedAt < SAY_AGAIN_MS : matchingRows <= SHORT_LIST_ROWS) return;
    const name = `${listId} ${sort} ${order.filter}`;
    if (now - (asked.get(name) ?? Number.NEGATIVE_INFINITY) < ASK_AGAIN_MS) return;
    asked.set(name, now);
    tell({ listId, sort, filter: order.filter });
  };
}

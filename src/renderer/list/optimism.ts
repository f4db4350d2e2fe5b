import type { ListPage, ListRow } from '../../shared/contract/views';

/** What the user has already done to rows that the next pages may not know yet. */
interface Belief {
  readonly change: 'hidden' | ((row: ListRow) => ListRow);
  /** Where the row was when it was hidden: rows of later pages stand that much further up. */
  readonly index: number;
  /** The first request that knows better; Infinity while the engine has not answered. */
  knownFrom: number;
}

/**
 * Bridges the time between a gesture and the first page asked for after the engine took it (APP-058): hidden rows
 * stay hidden and changed rows changed, whatever an older answer says. Requests are numbered in the order asked.
 */
export class Optimism {
  private beliefs = new Map<number, Belief>();
  /** The whole list was hidden, except these. */
  private emptied: { readonly except: ReadonlySet<number>; knownFrom: number } | null = null;

  hide(itemId: number, index: number): void {
    this.beliefs.set(itemId, { change: 'hidden', index, knownFrom: Number.POSITIVE_INFINITY });
  }

  hideAll(except: ReadonlySet<number>): void {
    this.emptied = { except, knownFrom: Number.POSITIVE_INFINITY };
  }

  change(itemId: number, change: (row: ListRow) => ListRow): void {
    this.beliefs.set(itemId, { change, index: -1, knownFrom: Number.POSITIVE_INFINITY });
  }

  /** The engine took the change: pages of request `firstRequest` and later are the truth. */
  settle(itemIds: Iterable<number>, firstRequest: number): void {
    for (const id of itemIds) {
      const belief = this.beliefs.get(id);
      if (belief) belief.knownFrom = firstRequest;
    }
  }

  settleAll(firstRequest: number): void {
    if (this.emptied) this.emptied.knownFrom = firstRequest;
  }

  /** Whether the engine has yet to answer a gesture. */
  waits(): boolean {
    const open = (one: { readonly knownFrom: number }) => one.knownFrom === Number.POSITIVE_INFINITY;
    return (this.emptied !== null && open(this.emptied)) || [...this.beliefs.values()].some(open);
  }

  /** The engine refused: forget at once. */
  forget(itemIds: Iterable<number>): void {
    for (const id of itemIds) this.beliefs.delete(id);
  }

  forgetAll(): void {
    this.emptied = null;
  }

  /** The page of request `request` as the user must see it. */
  correct(page: ListPage, request: number): ListPage {
    for (const [id, belief] of this.beliefs) if (request >= belief.knownFrom) this.beliefs.delete(id);
    if (this.emptied && request >= this.emptied.knownFrom) this.emptied = null;
    if (this.emptied) {
      const { except } = this.emptied;
      const rows = page.rows.filter((row) => except.has(row.itemId));
      return { rows, firstIndex: 0, total: rows.length, seq: page.seq };
    }
    if (this.beliefs.size === 0) return page;
    let hiddenAll = 0;
    let hiddenAbove = 0;
    const inPage = new Set(page.rows.map((row) => row.itemId));
    for (const [id, belief] of this.beliefs) {
      if (belief.change !== 'hidden') continue;
      hiddenAll += 1;
      if (!inPage.has(id) && belief.index < page.firstIndex) hiddenAbove += 1;
    }
    const rows: ListRow[] = [];
    for (const row of page.rows) {
      const change = this.beliefs.get(row.itemId)?.change;
      if (change === 'hidden') continue;
      rows.push(change ? change(row) : row);
    }
    return {
      rows,
      firstIndex: Math.max(0, page.firstIndex - hiddenAbove),
      total: Math.max(rows.length, page.total - hiddenAll),
      seq: page.seq,
    };
  }
}

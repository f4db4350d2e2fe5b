import type { ListQuery } from './page-loader';
import type { RowPage } from './row-cache';

/** Lists whose beginning is kept: as many folders as one goes back and forth between. */
const MAX_WARM_LISTS = 12;

/**
 * The first rows of lists that were left, so that going back shows them in the same frame; they count as stale and are
 * asked for again at once (APP-341). Filtered lists begin anew: what stayed in them without matching is gone then.
 */
export class WarmLists {
  /** By what the list shows, last used last. */
  private readonly pages = new Map<string, RowPage>();

  keep(query: ListQuery, mode: string, page: RowPage | null): void {
    if (query.filter !== null) return;
    const key = keyOf(query, mode);
    this.pages.delete(key);
    if (page !== null) this.pages.set(key, page);
    const oldest = this.pages.size > MAX_WARM_LISTS ? this.pages.keys().next().value : undefined;
    if (oldest !== undefined) this.pages.delete(oldest);
  }

  find(query: ListQuery, mode: string): RowPage | null {
    return query.filter === null ? (this.pages.get(keyOf(query, mode)) ?? null) : null;
  }
}

function keyOf({ listId, sort, descending }: ListQuery, mode: string): string {
  return `${listId} ${mode} ${sort} ${descending}`;
}

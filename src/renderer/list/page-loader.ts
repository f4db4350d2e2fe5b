import type { MethodInput } from '../../shared/contract/methods';
import type { MutationTarget } from '../../shared/contract/mutation';
import type { FailureView, ListFilter, ListPage, ListSort } from '../../shared/contract/views';
import type { ListId } from '../../shared/domain';
import type { Outcome } from '../../shared/outcome';
import type { Optimism } from './optimism';
import type { RowCache } from './row-cache';

/** Rows of one request (UI-091). */
export const WINDOW_ROWS = 200;
/** Of the first request of a list: what a tall window shows, so that it is there sooner. */
const FIRST_ROWS = 60;
/** Rows beyond both edges of the viewport that a refresh asks for: a turn of the wheel stays within them. */
const REFRESH_MARGIN_ROWS = 20;
/** As many windows as can be on screen or about to be. */
const MAX_UNDER_WAY = 3;
/** Notices are answered at most this often, however many arrive: four times a second. */
export const REFRESH_EVERY_MS = 250;
/** Rows asked for beyond both edges of the viewport. */
const LOOK_AHEAD_ROWS = 60;

export type PageRequest = MethodInput<'lists.page'>;
/** `epoch`: what was asked for under an older one is to be asked for again. */
export type AskPage = (request: PageRequest, epoch: number) => Promise<Outcome<ListPage, FailureView>>;

/** Positions from the first to the last. */
interface Span {
  readonly from: number;
  readonly to: number;
}

export type SearchTarget = Omit<Extract<MutationTarget, { kind: 'search' }>, 'kind' | 'except'>;

export interface ListQuery {
  readonly listId: ListId;
  readonly sort: ListSort;
  readonly descending: boolean;
  /** Only rows that match; null = all. */
  readonly filter: ListFilter | null;
  /** What was searched for, where the rows are single messages that were found; else absent. */
  readonly search?: SearchTarget;
}

/** The loader's owner: where the viewport is, and what to do with answers. */
export interface LoaderOwner {
  /** Indices of the rows on screen, inclusive. */
  range(): { readonly first: number; readonly last: number };
  /** The row that must not move on screen, or null when rows may slide in at the top (APP-057). */
  held(): number | null;
  /** Items that stay in a filtered list although they do not match any more. */
  kept(): readonly number[];
  arrived(page: ListPage, epoch: number): void;
  failed(failure: FailureView): void;
}

/**
 * Keeps the rows around the viewport in the cache: missing rows are asked for at once, stale ones at most four times
 * a second, nothing else ever. Answers to an older query are dropped.
 */
export class PageLoader {
  /** Number of the newest request; `Optimism` compares with it. */
  requests = 0;
  /** When each request of this epoch was answered; Infinity while it is on its way. */
  private asked = new Map<string, number>();
  private underWay = 0;
  /** Rows that requests on their way will bring: nobody asks for them twice. */
  private coming: Span[] = [];
  private dirty = false;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private lastRefresh = Number.NEGATIVE_INFINITY;
  private generation = 0;

  private readonly cache: RowCache;
  private readonly optimism: Optimism;
  private readonly ask: AskPage;
  private readonly owner: LoaderOwner;
  private query: ListQuery;

  constructor(cache: RowCache, optimism: Optimism, ask: AskPage, owner: LoaderOwner, query: ListQuery) {
    this.cache = cache;
    this.optimism = optimism;
    this.ask = ask;
    this.owner = owner;
    this.query = query;
  }

  stop(): void {
    this.generation += 1;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.asked.clear();
    this.underWay = 0;
    this.coming = [];
  }

  /** Another order: every answer on its way is for nothing. */
  restart(query: ListQuery, around: number | null): void {
    this.stop();
    this.query = query;
    this.cache.clear();
    void this.request(around === null ? { kind: 'offset', offset: 0 } : { kind: 'around', itemId: around });
  }

  /**
   * Something in the list may have changed. `expected`: by the user's own change, and `refreshNow` comes with its answer
   * in a moment: it is not asked for twice.
   */
  notice(expected = false): void {
    this.dirty = true;
    this.schedule(expected ? REFRESH_EVERY_MS : 0);
  }

  /** Asks now, without waiting for the next turn: after the user's own change. */
  refreshNow(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.dirty = true;
    this.refresh();
  }

  /** The viewport moved. */
  look(): void {
    const { total } = this.cache;
    if (total === null) {
      if (this.underWay === 0) void this.request({ kind: 'offset', offset: 0 }, FIRST_ROWS);
      return;
    }
    const { first, last } = this.owner.range();
    let stale = false;
    const end = Math.min(total - 1, last + LOOK_AHEAD_ROWS);
    for (let index = Math.max(0, first - LOOK_AHEAD_ROWS); index <= end; index += 1) {
      if (this.cache.row(index) === undefined) this.fetchWindowOf(index, end);
      else if (!this.cache.isFresh(index)) stale = true;
    }
    if (stale) this.schedule();
  }

  /** Item ids of the rows `from`..`to` (inclusive); what the cache lacks is loaded, one request after the other. */
  async idsBetween(from: number, to: number): Promise<number[]> {
    const ids: number[] = [];
    for (let index = from; index <= to; ) {
      const row = this.cache.row(index);
      if (row) {
        ids.push(row.itemId);
        index += 1;
        continue;
      }
      const page = await this.request({ kind: 'offset', offset: index });
      const found = page?.rows.slice(index - page.firstIndex, to + 1 - page.firstIndex) ?? [];
      if (found.length === 0) return ids;
      ids.push(...found.map((loaded) => loaded.itemId));
      index += found.length;
    }
    return ids;
  }

  private schedule(leastMs = 0): void {
    if (this.timer !== null) return;
    const wait = Math.max(leastMs, this.lastRefresh + REFRESH_EVERY_MS - performance.now());
    this.timer = setTimeout(() => {
      this.timer = null;
      this.refresh();
    }, wait);
  }

  private refresh(): void {
    this.lastRefresh = performance.now();
    for (const [key, answered] of this.asked)
      if (answered !== Number.POSITIVE_INFINITY) this.asked.delete(key);
    if (this.dirty) this.cache.expire();
    this.dirty = false;
    const { first, last } = this.owner.range();
    if (this.cache.isFresh(first) && this.cache.isFresh(last)) return;
    const offset = Math.max(0, first - REFRESH_MARGIN_ROWS);
    const limit = Math.min(WINDOW_ROWS, last - offset + 1 + REFRESH_MARGIN_ROWS);
    const held = this.owner.held();
    const { total } = this.cache;
    // A short list is always here as a whole.
    if (total !== null && total <= WINDOW_ROWS) void this.request({ kind: 'offset', offset: 0 });
    // Around the row that must not move there is as much again on the side it is nearer to.
    else if (held !== null)
      void this.request({ kind: 'around', itemId: held }, Math.min(WINDOW_ROWS, 2 * limit));
    else void this.request({ kind: 'offset', offset }, limit);
  }

  /**
   * Rows that follow a known one, or come right before one, go on from it (keyset); others are a jump to the window
   * around the viewport.
   */
  private fetchWindowOf(index: number, end: number): void {
    // While the scroll bar is dragged through a large list, what was passed is not asked for: every answer looks again.
    if (this.underWay >= MAX_UNDER_WAY || this.coming.some(({ from, to }) => index >= from && index <= to))
      return;
    const before = this.cache.isFresh(index - 1) ? this.cache.row(index - 1) : undefined;
    if (before) {
      void this.request({ kind: 'after', itemId: before.itemId, index: index - 1 });
      return;
    }
    let next = index + 1;
    while (next <= end && this.cache.row(next) === undefined) next += 1;
    const after = next - index <= WINDOW_ROWS && this.cache.isFresh(next) ? this.cache.row(next) : undefined;
    if (after) {
      void this.request({ kind: 'before', itemId: after.itemId, index: next });
      return;
    }
    const { first, last } = this.owner.range();
    const around = Math.max(0, Math.floor((first + last - WINDOW_ROWS) / 2));
    const offset = index < around + WINDOW_ROWS ? Math.min(index, around) : index;
    void this.request({ kind: 'offset', offset });
  }

  private async request(at: PageRequest['at'], limit = WINDOW_ROWS): Promise<ListPage | null> {
    const { epoch } = this.cache;
    const key = `${epoch}:${JSON.stringify(at)}`;
    const answered = this.asked.get(key);
    if (answered === Number.POSITIVE_INFINITY) return null;
    // An answer that did not bring what was missing is asked for again, but never in a tight circle.
    if (answered !== undefined && performance.now() - answered < REFRESH_EVERY_MS) {
      this.schedule();
      return null;
    }
    this.asked.set(key, Number.POSITIVE_INFINITY);
    this.requests += 1;
    this.underWay += 1;
    const span = spanOf(at, limit);
    this.coming.push(span);
    const { generation, requests } = this;
    const { filter, search: _search, ...order } = this.query;
    const narrowed = filter === null ? {} : { filter, keep: [...this.owner.kept()] };
    const outcome = await this.ask({ ...order, ...narrowed, at, limit }, epoch);
    if (this.generation !== generation) return null;
    this.underWay -= 1;
    this.coming = this.coming.filter((other) => other !== span);
    this.asked.set(key, performance.now());
    if (!outcome.ok) {
      this.owner.failed(outcome.failure);
      return null;
    }
    const page = this.optimism.correct(outcome.value, requests);
    // The row to hold on to has left the list: another one is asked about next.
    if (at.kind === 'around' && !page.rows.some((row) => row.itemId === at.itemId))
      this.cache.remove([at.itemId]);
    this.owner.arrived(page, epoch);
    this.look();
    return page;
  }
}

/** Where the rows of a request will be; around a row nobody knows yet. */
function spanOf(at: PageRequest['at'], limit: number): Span {
  switch (at.kind) {
    case 'offset':
      return { from: at.offset, to: at.offset + limit - 1 };
    case 'after':
      return { from: at.index + 1, to: at.index + limit };
    case 'before':
      return { from: at.index - limit, to: at.index - 1 };
    case 'around':
      return { from: 0, to: -1 };
  }
}

import type { FailureView, ListFilter, ListRow, ListSort } from '../../shared/contract/views';
import { matchesFilter } from './filter';
import { KeptItems } from './kept-items';
import { Optimism } from './optimism';
import { type AskPage, type ListQuery, PageLoader } from './page-loader';
import { RowCache, type RowPage } from './row-cache';
import {
  EMPTY_SELECTION,
  extendTo,
  isSelected,
  type Selection,
  selectRows,
  selectWholeList,
  toggle,
  withoutRows,
} from './selection';

/** Of what is kept of a list that is left: two tall windows. */
const WARM_ROWS = 100;

/** What the list shows, replaced as a whole at every change; rows are read with `ListController.row`. */
export interface ListSnapshot {
  readonly query: ListQuery;
  /** True number of rows; null until the first answer. */
  readonly total: number | null;
  /** Why the last request failed; rows that are here stay. */
  readonly failure: FailureView | null;
  readonly selection: Selection;
  /** Row that has (or would get) the keyboard focus. */
  readonly focusIndex: number;
  readonly focusId: number | null;
  /** Grows with every wish to have the focused row on screen. */
  readonly reveals: number;
  /** Rows that came in above while the user was reading further down (APP-057). */
  readonly newAbove: number;
  /** Rows by which everything on screen has moved since the start; the view scrolls by the difference. */
  readonly shifted: number;
}

/**
 * State of one open list: cache, loader, selection and focus. Knows nothing of React; the view subscribes.
 * Focus and selection follow items, never positions, so that arriving mail cannot move them to another message.
 */
export class ListController {
  private readonly cache = new RowCache();
  private readonly optimism = new Optimism();
  private readonly keptItems = new KeptItems();
  private readonly loader: PageLoader;
  private readonly listeners = new Set<() => void>();
  private current: ListSnapshot;
  private first = 0;
  private last = 40;
  private holding = false;
  /** True once a person has been in the list; before that the first row is the one Tab reaches. */
  private entered = false;
  /** Items taken off the screen since a person last chose a row: whichever comes back, it does not take the focus. */
  private readonly sentAway = new Set<number>();
  /**
   * Set by the view: gives the focus to the row that is still at `index`, before the row that has it leaves the document.
   * A browser that loses the focused element lays out what is left in the middle of the change.
   */
  handFocusOn: ((index: number) => void) | null = null;

  /** `warm`: its beginning as it was when the list was last left; shown at once and asked for again. */
  constructor(query: ListQuery, ask: AskPage, warm: RowPage | null = null) {
    this.current = {
      query,
      total: null,
      failure: null,
      selection: EMPTY_SELECTION,
      focusIndex: 0,
      focusId: null,
      reveals: 0,
      newAbove: 0,
      shifted: 0,
    };
    this.loader = new PageLoader(
      this.cache,
      this.optimism,
      ask,
      {
        range: () => ({ first: this.first, last: this.last }),
        held: () => (this.isHeld() ? (this.anchor()?.id ?? null) : null),
        kept: () => this.kept(),
        arrived: (page, epoch) => this.arrived(page, epoch),
        failed: (failure) => this.update({ failure }),
      },
      query,
    );
    if (warm === null) return;
    this.arrived(warm, this.cache.epoch);
    this.cache.expire();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): ListSnapshot => this.current;

  row(index: number): ListRow | undefined {
    return this.cache.row(index);
  }

  indexOf(itemId: number): number | undefined {
    return this.cache.indexOf(itemId);
  }

  rowOf(itemId: number): ListRow | undefined {
    const index = this.cache.indexOf(itemId);
    return index === undefined ? undefined : this.cache.row(index);
  }

  /** Item ids of the loaded rows on screen, in order. */
  idsOnScreen(): number[] {
    const ids: number[] = [];
    for (let index = this.first; index <= this.last; index += 1) {
      const row = this.cache.row(index);
      if (row) ids.push(row.itemId);
    }
    return ids;
  }

  start(): void {
    this.loader.look();
  }

  /**
   * The rows from the first one on as they are shown now, at most `WARM_ROWS`; null when they would not fill the screen:
   * some of what was there may have gone, and what has come in since is asked for anyway.
   */
  beginning(): RowPage | null {
    const { total } = this.current;
    const rows: ListRow[] = [];
    for (let row = this.cache.row(0); row && rows.length < WARM_ROWS; row = this.cache.row(rows.length))
      rows.push(row);
    const enough = Math.min(total ?? 0, WARM_ROWS, this.last - this.first + 1);
    return total === null || rows.length < enough ? null : { rows, firstIndex: 0, total };
  }

  /** Begins around one of its rows instead of at the top: for a window that shows this row alone. */
  startAt(itemId: number): void {
    this.entered = true;
    this.update({ focusId: itemId });
    this.loader.restart(this.current.query, itemId);
  }

  stop(): void {
    this.loader.stop();
  }

  /** The list's notice: something in it may have changed. */
  notice(): void {
    this.loader.notice(this.optimism.waits());
  }

  retry(): void {
    this.update({ failure: null });
    this.loader.refreshNow();
    this.loader.look();
  }

  /** The view tells which rows are on screen (inclusive indices). */
  look(first: number, last: number): void {
    this.first = first;
    this.last = last;
    if (first === 0 && !this.holding && this.current.newAbove > 0) this.update({ newAbove: 0 });
    this.loader.look();
  }

  /** While the pointer is over the rows nothing may move under it. */
  hold(holding: boolean): void {
    this.holding = holding;
  }

  /** Another order; selection and focus stay with their items (APP-054). */
  sortBy(sort: ListSort, descending: boolean): void {
    const query = { ...this.current.query, sort, descending };
    this.update({ query, total: null, newAbove: 0 });
    this.loader.restart(query, this.current.focusId);
  }

  /**
   * Narrows the list to what matches, or shows all of it again. The focus stays with its item where that is still
   * there. What is ticked is forgotten: nothing may be acted on that cannot be seen. The present filter again only lets
   * go of the rows that stayed without matching.
   */
  filterBy(filter: ListFilter | null): void {
    if (filter === this.current.query.filter) {
      this.letGo(filter);
      return;
    }
    const { focusId, focusIndex } = this.current;
    const row = focusId === null ? undefined : this.rowOf(focusId);
    const stays = row !== undefined && (filter === null || matchesFilter(row, filter));
    const query = { ...this.current.query, filter };
    this.keptItems.clear();
    this.update({
      query,
      total: null,
      newAbove: 0,
      selection: EMPTY_SELECTION,
      focusIndex: stays ? focusIndex : 0,
      focusId: stays ? focusId : null,
    });
    this.loader.restart(query, stays ? focusId : null);
  }

  /**
   * Items that stay in a filtered list although they do not match any more: what was on screen. Whoever reads the
   * unread messages must not have each one vanish under the eyes, and the list move, once it counts as read; it goes
   * when the list is left or filtered again.
   */
  kept(): readonly number[] {
    if (this.current.query.filter === null) return [];
    this.keptItems.add(this.idsOnScreen());
    return this.keptItems.ids();
  }

  /** A person is on this row, by key, pointer or Tab; from here on the focus follows its item. */
  focus(index: number): void {
    const total = this.current.total ?? 0;
    const focusIndex = Math.max(0, Math.min(total - 1, index));
    const row = this.cache.row(focusIndex);
    this.entered = true;
    // The focus was there already, perhaps on a row that is about to be loaded again.
    if (focusIndex === this.current.focusIndex && (!row || row.itemId === this.current.focusId)) return;
    this.sentAway.clear();
    this.update({ focusIndex, focusId: row?.itemId ?? null });
  }

  /** Scrolls the focused row into view: a key moved the focus, not the pointer. */
  reveal(): void {
    this.update({ reveals: this.current.reveals + 1 });
  }

  toggle(itemId: number): void {
    this.update({ selection: toggle(this.current.selection, itemId) });
  }

  /** Moves the focus to `index` and ticks everything between it and where the range began. */
  async extendTo(index: number): Promise<void> {
    const anchor = this.current.selection.anchor ?? this.current.focusId;
    const from = anchor === null ? undefined : this.cache.indexOf(anchor);
    this.focus(index);
    if (anchor === null || from === undefined) return;
    const range = await this.loader.idsBetween(Math.min(from, index), Math.max(from, index));
    this.update({ selection: extendTo(this.current.selection, anchor, range) });
  }

  selectOnScreen(): void {
    this.update({ selection: selectRows(this.idsOnScreen()) });
  }

  selectWholeList(): void {
    this.update({ selection: selectWholeList() });
  }

  clearSelection(): void {
    if (this.current.selection !== EMPTY_SELECTION) this.update({ selection: EMPTY_SELECTION });
  }

  /**
   * Takes rows off the screen before anyone is asked (APP-058). The answer of the engine is reported with `settle`
   * or `takeBack`. A focused row among them hands the focus to the next or previous one.
   */
  hide(rows: Selection, move: 'next' | 'previous'): void {
    // Whoever acts on rows has been in the list, whichever way they came.
    this.entered = true;
    if (rows.mode === 'all') {
      for (const id of this.idsOnScreen()) if (isSelected(rows, id)) this.sentAway.add(id);
      this.optimism.hideAll(rows.ids);
      this.cache.clear();
      this.cache.total = 0;
      this.update({ total: 0, selection: EMPTY_SELECTION, focusIndex: 0, focusId: null });
      return;
    }
    for (const id of rows.ids) {
      this.sentAway.add(id);
      this.optimism.hide(id, this.cache.indexOf(id) ?? Number.POSITIVE_INFINITY);
    }
    this.takeOut(rows.ids, move);
    this.loader.look();
  }

  /** Shows a change of rows at once; the next page that knows confirms it. */
  change(rows: Selection, change: (row: ListRow) => ListRow): void {
    for (const id of rows.mode === 'some' ? rows.ids : this.idsOnScreen()) {
      if (!isSelected(rows, id)) continue;
      this.optimism.change(id, change);
      this.cache.patch(id, change);
    }
    this.update({});
  }

  /** The engine took it: pages asked for from now on know. */
  settle(rows: Selection): void {
    const next = this.loader.requests + 1;
    if (rows.mode === 'all') {
      this.optimism.settleAll(next);
      this.optimism.settle(this.idsOnScreen(), next);
    } else {
      this.optimism.settle(rows.ids, next);
    }
    this.loader.refreshNow();
  }

  /** The engine refused it: what was there comes back. */
  takeBack(rows: Selection): void {
    if (rows.mode === 'all') this.optimism.forgetAll();
    this.optimism.forget(rows.mode === 'all' ? this.idsOnScreen() : rows.ids);
    this.loader.refreshNow();
  }

  /** Rows leave the screen; ticks, focus and what is in view follow the rows that stay. */
  private takeOut(itemIds: ReadonlySet<number>, move: 'next' | 'previous'): void {
    const { selection, focusIndex, focusId, total } = this.current;
    const gone = this.cache.remove(itemIds);
    const focusGone = focusId !== null && itemIds.has(focusId);
    const above = gone.filter((index) => index < focusIndex).length;
    const left = this.cache.total ?? total ?? 0;
    const landing = focusIndex - above - (focusGone && move === 'previous' ? 1 : 0);
    const index = Math.max(0, Math.min(left - 1, landing));
    const aboveScreen = gone.filter((at) => at < this.first).length;
    this.first -= aboveScreen;
    this.last -= aboveScreen;
    this.update({
      total: left,
      selection: withoutRows(selection, itemIds),
      focusIndex: index,
      focusId: focusGone ? (this.cache.row(index)?.itemId ?? null) : focusId,
      shifted: this.current.shifted - aboveScreen,
    });
    if (focusGone) this.handFocusOn?.(gone.reduce((at, one) => (one <= at ? at + 1 : at), index));
  }

  /** What stayed in the filtered list without matching goes, as if it had been left and opened again. */
  private letGo(filter: ListFilter | null): void {
    if (filter === null) return;
    const stayed = this.kept().filter((id) => {
      const row = this.rowOf(id);
      return row === undefined || !matchesFilter(row, filter);
    });
    this.keptItems.clear();
    if (stayed.length === 0) return;
    this.takeOut(new Set(stayed), 'next');
    // An answer on its way would bring them back.
    this.loader.stop();
    this.loader.refreshNow();
  }

  private isHeld(): boolean {
    return this.holding || this.first > 0;
  }

  /** First loaded row on screen: what must not move. */
  private anchor(): { id: number; index: number } | null {
    for (let index = this.first; index <= this.last; index += 1) {
      const row = this.cache.row(index);
      if (row) return { id: row.itemId, index };
    }
    return null;
  }

  private arrived(page: RowPage, epoch: number): void {
    const anchor = this.isHeld() ? this.anchor() : null;
    const { query, newAbove, shifted } = this.current;
    const { focusId, focusIndex } = this.entered || anchor ? this.current : { focusId: null, focusIndex: 0 };
    this.cache.apply(page, epoch);
    const moved = anchor ? (this.cache.indexOf(anchor.id) ?? anchor.index) - anchor.index : 0;
    this.first += moved;
    this.last += moved;
    this.cache.trim((this.first + this.last) / 2);
    const known = focusId === null ? undefined : this.cache.indexOf(focusId);
    const place = Math.max(0, Math.min(page.total - 1, focusIndex + moved));
    const gone = known === undefined && (focusId === null || this.cache.isFresh(place));
    const index = known ?? (gone ? this.landing(place) : place);
    const byDate = query.sort === 'date' && query.descending;
    this.update({
      total: page.total,
      failure: null,
      focusIndex: index,
      focusId: gone ? this.focusable(index) : focusId,
      newAbove: byDate ? Math.max(0, newAbove + moved) : 0,
      shifted: shifted + moved,
    });
  }

  /** Where the focus goes when its item has left `place`: the row there, or the nearest that was not sent away. */
  private landing(place: number): number {
    for (const step of [1, -1])
      for (let index = place; this.cache.row(index) !== undefined; index += step)
        if (this.focusable(index) !== null) return index;
    return place;
  }

  /** The item of a row that may be given the focus without anyone asking for it. */
  private focusable(index: number): number | null {
    const id = this.cache.row(index)?.itemId;
    return id === undefined || this.sentAway.has(id) ? null : id;
  }

  private update(changes: Partial<ListSnapshot>): void {
    this.current = { ...this.current, ...changes };
    for (const listener of this.listeners) listener();
  }
}

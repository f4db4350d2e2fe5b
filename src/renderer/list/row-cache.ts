import type { ListPage, ListRow } from '../../shared/contract/views';
import { sameRow } from './same-row';

/** Rows kept beyond this are dropped, farthest from the viewport first (UI-091). */
export const MAX_CACHED_ROWS = 2_000;

/** Rows at their place in a list of `total`. */
export type RowPage = Omit<ListPage, 'seq'>;

interface Slot {
  readonly row: ListRow;
  /** The cache's epoch when the row was asked for; older than the current one = to be asked again. */
  readonly epoch: number;
}

/**
 * Rows of one list by position: sparse, bounded, patched in place (UI-091).
 * An item is at one position at most, and a row that did not change keeps its object, so that nothing re-renders.
 */
export class RowCache {
  /** True number of rows of the list; null until the first page. */
  total: number | null = null;
  /** Raised by `expire`; pages asked for under an older epoch are shown but count as stale. */
  epoch = 0;
  private slots = new Map<number, Slot>();
  private positions = new Map<number, number>();

  get size(): number {
    return this.slots.size;
  }

  row(index: number): ListRow | undefined {
    return this.isBehindTheEnd(index) ? undefined : this.slots.get(index)?.row;
  }

  indexOf(itemId: number): number | undefined {
    const index = this.positions.get(itemId);
    return index === undefined || this.isBehindTheEnd(index) ? undefined : index;
  }

  isFresh(index: number): boolean {
    return this.slots.get(index)?.epoch === this.epoch;
  }

  /** Everything stays visible but is asked for again once it is on screen. */
  expire(): void {
    this.epoch += 1;
  }

  clear(): void {
    this.slots.clear();
    this.positions.clear();
    this.total = null;
    this.epoch += 1;
  }

  /**
   * Puts a page at its place. Rows outside the page move by as much as the nearest row that the page and the cache
   * have in common, so that a neighbour scrolled into view later is right more often than not.
   */
  apply(page: RowPage, epoch: number): void {
    const known = page.rows.map((row) => this.rowOf(row.itemId));
    const end = page.firstIndex + page.rows.length;
    this.moveNeighbours(page, end);
    for (let index = page.firstIndex; index < end; index += 1) this.dropAt(index);
    for (const [offset, fresh] of page.rows.entries()) {
      const before = known[offset];
      const elsewhere = this.positions.get(fresh.itemId);
      if (elsewhere !== undefined) this.dropAt(elsewhere);
      this.put(page.firstIndex + offset, { row: before && sameRow(before, fresh) ? before : fresh, epoch });
    }
    // Rows behind the end are not dropped: while a gesture is on its way the total may be told too small for a moment.
    this.total = page.total;
  }

  /** Takes rows out as if they had never been there; what follows moves up. Returns the positions they had. */
  remove(itemIds: Iterable<number>): number[] {
    const gone: number[] = [];
    for (const id of itemIds) {
      const index = this.positions.get(id);
      if (index !== undefined) gone.push(index);
    }
    if (gone.length === 0) return gone;
    gone.sort((a, b) => a - b);
    for (const index of gone) this.dropAt(index);
    let before = 0;
    this.rebuild((index) => {
      while (before < gone.length && (gone[before] ?? 0) < index) before += 1;
      return index - before;
    });
    if (this.total !== null) this.total = Math.max(0, this.total - gone.length);
    return gone;
  }

  /** Replaces one row by a changed copy; unknown items are ignored. */
  patch(itemId: number, change: (row: ListRow) => ListRow): void {
    const index = this.positions.get(itemId);
    const slot = index === undefined ? undefined : this.slots.get(index);
    if (index === undefined || !slot) return;
    this.slots.set(index, { row: change(slot.row), epoch: slot.epoch });
  }

  /** Drops what is farthest from `centre` until at most `limit` rows are left. */
  trim(centre: number, limit = MAX_CACHED_ROWS): void {
    if (this.slots.size <= limit) return;
    const byDistance = [...this.slots.keys()].sort((a, b) => Math.abs(b - centre) - Math.abs(a - centre));
    for (const index of byDistance.slice(0, this.slots.size - limit)) this.dropAt(index);
  }

  private isBehindTheEnd(index: number): boolean {
    return this.total !== null && index >= this.total;
  }

  private rowOf(itemId: number): ListRow | undefined {
    const index = this.positions.get(itemId);
    return index === undefined ? undefined : this.row(index);
  }

  private moveNeighbours(page: RowPage, end: number): void {
    const shiftOf = (rows: Iterable<[number, ListRow]>): number => {
      for (const [offset, row] of rows) {
        const known = this.positions.get(row.itemId);
        if (known !== undefined) return page.firstIndex + offset - known;
      }
      return 0;
    };
    const entries = [...page.rows.entries()];
    const above = shiftOf(entries);
    const below = shiftOf(entries.reverse());
    if (above === 0 && below === 0) return;
    const ids = new Set(page.rows.map((row) => row.itemId));
    this.rebuild((index, slot) => {
      // Rows of the page get their places from it; where they were, a neighbour may be by then.
      if (ids.has(slot.row.itemId)) return null;
      const moved = index + (index < page.firstIndex ? above : below);
      const stays = index < page.firstIndex ? moved < page.firstIndex : moved >= end;
      return moved >= 0 && stays ? moved : null;
    });
  }

  /** Moves every slot; null drops it. Rows of two old positions never meet: the later one wins. */
  private rebuild(place: (index: number, slot: Slot) => number | null): void {
    const old = [...this.slots].sort((a, b) => a[0] - b[0]);
    this.slots.clear();
    this.positions.clear();
    for (const [index, slot] of old) {
      const moved = place(index, slot);
      if (moved !== null) this.put(moved, slot);
    }
  }

  private put(index: number, slot: Slot): void {
    this.dropAt(index);
    this.slots.set(index, slot);
    this.positions.set(slot.row.itemId, index);
  }

  private dropAt(index: number): void {
    const slot = this.slots.get(index);
    if (!slot) return;
    this.slots.delete(index);
    this.positions.delete(slot.row.itemId);
  }
}

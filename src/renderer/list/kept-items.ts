/** As many as the contract takes: some screens full. */
const MAX_KEPT = 200;

/** The items that were on screen last, as many as may be kept in a filtered list; the oldest give way. */
export class KeptItems {
  private readonly seen = new Set<number>();

  add(itemIds: readonly number[]): void {
    for (const id of itemIds) {
      this.seen.delete(id);
      this.seen.add(id);
    }
    for (const id of this.seen) {
      if (this.seen.size <= MAX_KEPT) return;
      this.seen.delete(id);
    }
  }

  ids(): number[] {
    return [...this.seen];
  }

  clear(): void {
    this.seen.clear();
  }
}

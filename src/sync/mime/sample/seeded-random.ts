/** A small deterministic generator (mulberry32): good enough to vary a sample, nothing more. */
export class SeededRandom {
  #state: number;

  constructor(...seeds: readonly number[]) {
    let state = 2166136261;
    for (const seed of seeds) {
      state = Math.imul(state ^ (seed >>> 0), 16777619);
      state = Math.imul(state ^ (state >>> 13), 0x5bd1e995);
    }
    this.#state = (state ^ (state >>> 15)) >>> 0;
  }

  /** 0 ≤ x < 1 */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let x = this.#state;
    x = Math.imul(x ^ (x >>> 15), x | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }
}

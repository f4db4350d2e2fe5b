/** Upper bounds of the buckets, in milliseconds; the last bucket has none. */
export const BOUNDS_MS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000];

/** How long many things took, without keeping each of them. */
export interface Histogram {
  readonly count: number;
  readonly meanMs: number;
  readonly maxMs: number;
  /** One number per bound, and one for what took longer. */
  readonly buckets: readonly number[];
}

export function emptyHistogram(): Histogram {
  return { count: 0, meanMs: 0, maxMs: 0, buckets: Array.from({ length: BOUNDS_MS.length + 1 }, () => 0) };
}

export function withSample({ count, meanMs, maxMs, buckets }: Histogram, ms: number): Histogram {
  const found = BOUNDS_MS.findIndex((bound) => ms <= bound);
  const bucket = found < 0 ? BOUNDS_MS.length : found;
  return {
    count: count + 1,
    meanMs: (meanMs * count + ms) / (count + 1),
    maxMs: Math.max(maxMs, ms),
    buckets: buckets.map((inBucket, at) => (at === bucket ? inBucket + 1 : inBucket)),
  };
}

/** The bound below which `share` (0 to 1) of the samples lie; the longest sample where that is less. */
export function quantileMs({ count, maxMs, buckets }: Histogram, share: number): number {
  let left = Math.ceil(count * share);
  for (const [at, inBucket] of buckets.entries()) {
    left -= inBucket;
    if (left <= 0) return Math.min(BOUNDS_MS[at] ?? maxMs, maxMs);
  }
  return maxMs;
}

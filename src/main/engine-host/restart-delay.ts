const FIRST_MS = 250;
const LONGEST_MS = 30_000;

/** How many starts in a row may fail before people are told that it does not work; it is tried on nevertheless. */
export const FAILED_AFTER = 5;

/** A worker that ran this long was healthy: the next crash starts the count anew. */
export const HEALTHY_AFTER_MS = 60_000;

/** Wait before the next start after `crashes` crashes in a row (1 = the first). */
export function restartDelayMs(crashes: number): number {
  return Math.min(FIRST_MS * 2 ** (crashes - 1), LONGEST_MS);
}

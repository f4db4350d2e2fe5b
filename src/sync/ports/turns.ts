import type { Clock } from './clock';

/** One turn of the engine's thread may take at most 50 ms (SYNC-395): this leaves room for a commit, and for slow disks. */
const TURN_GOAL_MS = 12;
/** Below it a turn costs more than its rows: a busy machine would be made busier by smaller ones. */
const LEAST_CHUNK = 50;
const LARGEST_CHUNK = 2_000;

/**
 * Cuts long synchronous work into turns: `work` gets slices of at most `largest` items whose size follows the measured
 * speed, and other work of the thread runs between two slices. Stops early when the signal aborts.
 */
export function createTurns(clock: Clock, largest: number = LARGEST_CHUNK) {
  let chunk = 200;
  return async function inTurns<T>(
    items: readonly T[],
    work: (slice: readonly T[], last: boolean) => void,
    signal?: AbortSignal,
  ): Promise<void> {
    let from = 0;
    do {
      const slice = items.slice(from, from + chunk);
      from += slice.length;
      const started = clock.monotonic();
      work(slice, from >= items.length);
      const took = clock.monotonic() - started;
      if (slice.length > 0) {
        const ideal = took > 0 ? (slice.length * TURN_GOAL_MS) / took : chunk * 2;
        chunk = Math.round(Math.min(largest, chunk * 2, Math.max(LEAST_CHUNK, ideal)));
      }
      if (from < items.length) await clock.sleep(0);
    } while (from < items.length && !signal?.aborted);
  };
}
export type InTurns = ReturnType<typeof createTurns>;

import type { Clock } from './clock';
import { PASS_MS, type Turns, type Work } from './turn-queue';

/** Below it a turn costs more than its rows: a busy machine would be made busier by smaller ones. */
const LEAST_CHUNK = 50;
const LARGEST_CHUNK = 2_000;

/**
 * Cuts long synchronous work into turns: `work` gets slices of at most `largest` items whose size follows the measured
 * speed, and each waits for its turn of the thread; `urgency` is asked every time, so work can become more urgent on
 * its way. Stops early when the signal aborts.
 */
export function createTurns(clock: Clock, turns: Turns, largest: number = LARGEST_CHUNK) {
  let chunk = 200;
  return async function inTurns<T>(
    items: readonly T[],
    urgency: () => Work,
    work: (slice: readonly T[], last: boolean) => void,
    signal?: AbortSignal,
  ): Promise<void> {
    let from = 0;
    // What a person did begins at once.
    if (urgency() !== 'user') await turns.next(urgency());
    do {
      const slice = items.slice(from, from + chunk);
      from += slice.length;
      const started = clock.monotonic();
      work(slice, from >= items.length);
      const took = clock.monotonic() - started;
      if (slice.length > 0) {
        const ideal = took > 0 ? (slice.length * PASS_MS) / took : chunk * 2;
        chunk = Math.round(Math.min(largest, chunk * 2, Math.max(LEAST_CHUNK, ideal)));
      }
      if (from < items.length) await turns.next(urgency());
    } while (from < items.length && !signal?.aborted);
  };
}
export type InTurns = ReturnType<typeof createTurns>;

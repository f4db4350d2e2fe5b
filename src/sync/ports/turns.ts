import type { Clock } from './clock';
import { PASS_MS, type Turns, type Work } from './turn-queue';

/** Below it a turn costs more than its rows: a busy machine would be made busier by smaller ones. */
const LEAST_CHUNK = 50;

export interface SliceSize {
  /** Items of a slice at most. */
  readonly largest: number;
  /** What a slice should take. */
  readonly ms: number;
}
/** For slices that are transactions of their own: the commit costs more than most rows. */
const A_PASS: SliceSize = { largest: 2_000, ms: PASS_MS };
/**
 * For slices that share their commits. A pass holds several of them and goes over by the last one only; where its size was
 * guessed wrong by three times that is still far from the 50 ms of SYNC-395.
 */
export const PART_OF_A_PASS: SliceSize = { largest: 2_000, ms: PASS_MS / 3 };

/**
 * Cuts long synchronous work into turns: `work` gets slices whose size follows the measured speed, and each waits for
 * its turn of the thread; `urgency` is asked every time, so work can become more urgent on its way. Stops early when
 * the signal aborts.
 */
export function createTurns(clock: Clock, turns: Turns, size: Partial<SliceSize> = {}) {
  const { largest, ms } = { ...A_PASS, ...size };
  let chunk = 100;
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
        const ideal = took > 0 ? (slice.length * ms) / took : chunk * 2;
        chunk = Math.round(Math.min(largest, chunk * 2, Math.max(LEAST_CHUNK, ideal)));
      }
      if (from < items.length) await turns.next(urgency());
    } while (from < items.length && !signal?.aborted);
  };
}
export type InTurns = ReturnType<typeof createTurns>;

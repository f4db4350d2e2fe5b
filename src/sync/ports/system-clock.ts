import type { Clock } from './clock';

/** Longest delay a Node timer takes (2^31 - 1 ms); longer ones would fire at once. */
const MAX_TIMER_MS = 2_147_483_647;

export function createSystemClock(): Clock {
  const after = (delayMs: number, callback: () => void): (() => void) => {
    const timer = setTimeout(callback, Math.min(Math.max(delayMs, 0), MAX_TIMER_MS));
    return () => clearTimeout(timer);
  };
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    after,
    sleep: (delayMs, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const cancel = after(delayMs, done);
        signal?.addEventListener('abort', done, { once: true });
        function done(): void {
          cancel();
          signal?.removeEventListener('abort', done);
          resolve();
        }
      }),
  };
}

import type { Clock } from '../../src/sync/ports/clock';

/** A clock that moves only when the test says so; due timers fire in order while it advances. */
export interface FakeClock extends Clock {
  /** Moves on by `ms` and runs every timer that becomes due on the way. */
  advance(ms: number): void;
  /** Time that work takes: moves on, and what becomes due meanwhile has to wait for the next `advance`. */
  spend(ms: number): void;
  /** Only the wall clock moves, either way: the computer slept, or somebody set it. */
  setWall(byMs: number): void;
  /** Timers that have not fired. */
  pending(): number;
}

export function createFakeClock(startMs = 1_700_000_000_000): FakeClock {
  let now = startMs;
  let wallOffset = 0;
  let order = 0;
  const timers = new Map<number, { at: number; callback: () => void }>();
  const after = (delayMs: number, callback: () => void): (() => void) => {
    const id = order++;
    timers.set(id, { at: now + Math.max(delayMs, 0), callback });
    return () => timers.delete(id);
  };
  return {
    now: () => now + wallOffset,
    monotonic: () => now - startMs,
    after,
    sleep: (delayMs, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const cancel = after(delayMs, resolve);
        signal?.addEventListener(
          'abort',
          () => {
            cancel();
            resolve();
          },
          { once: true },
        );
      }),
    advance: (ms) => {
      const end = now + ms;
      for (;;) {
        const next = [...timers.entries()]
          .filter(([, timer]) => timer.at <= end)
          .sort(([a, x], [b, y]) => x.at - y.at || a - b)[0];
        if (!next) break;
        const [id, timer] = next;
        timers.delete(id);
        now = Math.max(now, timer.at);
        timer.callback();
      }
      now = end;
    },
    spend: (ms) => {
      now += ms;
    },
    setWall: (byMs) => {
      wallOffset += byMs;
    },
    pending: () => timers.size,
  };
}

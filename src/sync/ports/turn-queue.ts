import type { Clock } from './clock';

/**
 * Kinds of work that share the engine's thread, the most urgent first (SYNC-400). Of ten turns that all kinds want, each
 * gets its share by weight, so even the least urgent one goes on. What a person did is not weighed: it goes first.
 */
const WEIGHTS = {
  user: Number.POSITIVE_INFINITY,
  visible: 32,
  'new-mail': 16,
  queue: 8,
  bodies: 4,
  backfill: 2,
  audit: 1,
} as const;
export type Work = keyof typeof WEIGHTS;

/**
 * Work done in one pass of the event loop, by all accounts together: whoever comes later waits for another pass, so that
 * clicks and sockets are served in between. A pass ends with the work that goes over it; with a commit that stays well
 * below the 50 ms of SYNC-395.
 */
export const PASS_MS = 12;

/** One line for the thread: all accounts, all kinds of long work. */
export interface Turns {
  /**
   * Resolves when it is this work's turn: at once while the present pass has time left and nobody waits, otherwise in
   * a later pass, after more urgent work. Work of one kind is served in the order it came, whichever account it is of.
   */
  next(work: Work): Promise<void>;
}

export function createTurnQueue(clock: Clock): Turns {
  const waiting = new Map<Work, (() => void)[]>();
  /** How much of its share each kind has had: the least goes next. */
  const had = new Map<Work, number>();
  let passBegan = Number.NEGATIVE_INFINITY;
  let latest = 0;
  let armed = false;
  /** Somebody may work and has not begun: nobody knows yet how much of the pass that takes. */
  let granted = false;

  function arm(): void {
    armed = true;
    clock.after(0, pass);
  }

  function begun(): void {
    granted = false;
  }

  function pass(): void {
    armed = false;
    passBegan = clock.monotonic();
    const chosen = choose();
    if (!chosen) return;
    armed = true;
    chosen();
    // Timers that are set in a timer may fire in the same pass: sockets and clicks come in between only afterwards.
    void Promise.resolve().then(arm);
  }

  function choose(): (() => void) | undefined {
    let best: Work | undefined;
    for (const work of waiting.keys()) if (best === undefined || shareOf(work) < shareOf(best)) best = work;
    if (best === undefined) return undefined;
    const queue = waiting.get(best) as (() => void)[];
    const first = queue.shift();
    if (queue.length === 0) waiting.delete(best);
    latest = Math.max(latest, shareOf(best));
    had.set(best, shareOf(best) + 1 / WEIGHTS[best]);
    return first;
  }

  function shareOf(work: Work): number {
    return work === 'user' ? Number.NEGATIVE_INFINITY : (had.get(work) ?? 0);
  }

  return {
    next: (work) => {
      const now = clock.monotonic();
      // The first in a quiet time: its pass is the present one.
      if (!armed) passBegan = now;
      if (waiting.size === 0 && !granted && now - passBegan < PASS_MS) {
        if (!armed) arm();
        granted = true;
        void Promise.resolve().then(begun);
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        const queue = waiting.get(work);
        if (queue) queue.push(resolve);
        else {
          waiting.set(work, [resolve]);
          // Who did not want turns for a while has not saved them up.
          if (work !== 'user') had.set(work, Math.max(shareOf(work), latest));
        }
        if (!armed) arm();
      });
    },
  };
}

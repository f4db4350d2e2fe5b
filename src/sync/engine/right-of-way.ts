import type { Clock } from '../ports/clock';

/** Old mail waits this long for one request of a person: a large attachment on a slow line must not stop it for good. */
const GIVE_WAY_MS = 15_000;

export interface RightOfWay {
  /** What a person waits for. */
  first<T>(run: () => Promise<T>): Promise<T>;
  /** Resolves when none of it is under way, or after a while. */
  giveWay(signal: AbortSignal): Promise<void>;
}

/** Both share one link: while somebody waits for a message, no window of old mail is asked for (SYNC-057). */
export function createRightOfWay(clock: Clock): RightOfWay {
  let underWay = 0;
  let waiting: (() => void)[] = [];
  return {
    first: async (run) => {
      underWay++;
      try {
        return await run();
      } finally {
        underWay--;
        if (underWay === 0) for (const go of waiting.splice(0)) go();
      }
    },
    giveWay: async (signal) => {
      if (underWay === 0 || signal.aborted) return;
      const ended = new Promise<void>((resolve) => {
        waiting = [...waiting, resolve];
      });
      await Promise.race([ended, clock.sleep(GIVE_WAY_MS, signal)]);
    },
  };
}

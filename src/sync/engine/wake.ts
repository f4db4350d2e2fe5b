/**
 * A flag that a loop can wait on. Setting it many times before the loop looks counts once, so bursts of wake-ups
 * cost one round (SYNC-120).
 */
export interface Wake {
  set(): void;
  /** Resolves when set (and clears it), or when the signal aborts. */
  wait(signal: AbortSignal): Promise<void>;
  isSet(): boolean;
  clear(): void;
}

export function createWake(): Wake {
  let raised = false;
  let resolveWaiting: (() => void) | null = null;
  return {
    set: () => {
      raised = true;
      resolveWaiting?.();
    },
    isSet: () => raised,
    clear: () => {
      raised = false;
    },
    wait: async (signal) => {
      if (!raised && !signal.aborted) {
        await new Promise<void>((resolve) => {
          resolveWaiting = resolve;
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
        resolveWaiting = null;
      }
      raised = false;
    },
  };
}

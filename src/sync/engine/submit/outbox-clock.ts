import type { Clock } from '../../ports/clock';
import type { Logger } from '../../ports/logger';
import type { Store } from '../../store/open-store';
import { queueDueMessages, releaseOutbox } from '../../store/write/outbox-clock';

export interface OutboxClock {
  /** Something in the outbox changed: another time may be the next. */
  look(): void;
  stop(): void;
}

/** Longest a timer is trusted: clocks are set, and computers sleep. */
const LONGEST_WAIT_MS = 60_000;

/** Moves messages on when their time has come, with or without a network (SYNC-287, 288). */
export function createOutboxClock(store: Store, clock: Clock, logger: Logger): OutboxClock {
  let cancel: (() => void) | null = null;
  let stopped = false;
  /** What an earlier run left half done was looked at. */
  let released = false;

  function look(): void {
    cancel?.();
    cancel = null;
    if (stopped) return;
    const next = moveOn();
    if (next !== null) cancel = clock.after(Math.min(LONGEST_WAIT_MS, Math.max(0, next - clock.now())), look);
  }

  function moveOn(): number | null {
    try {
      if (!released) store.writeTx('server', releaseOutbox);
      released = true;
      return store.writeTx('server', queueDueMessages);
    } catch (error) {
      // A full disk, for instance: everything stays as it is until there is room.
      logger.warn('outbox-clock', { error: error instanceof Error ? error.message : String(error) });
      return clock.now() + LONGEST_WAIT_MS;
    }
  }

  look();
  return {
    look,
    stop: () => {
      stopped = true;
      cancel?.();
    },
  };
}

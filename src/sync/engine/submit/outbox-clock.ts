import type { Clock } from '../../ports/clock';
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
export function createOutboxClock(store: Store, clock: Clock): OutboxClock {
  let cancel: (() => void) | null = null;
  let stopped = false;

  function look(): void {
    cancel?.();
    cancel = null;
    if (stopped) return;
    const next = store.writeTx('server', queueDueMessages);
    if (next !== null) cancel = clock.after(Math.min(LONGEST_WAIT_MS, Math.max(0, next - clock.now())), look);
  }

  store.writeTx('server', releaseOutbox);
  look();
  return {
    look,
    stop: () => {
      stopped = true;
      cancel?.();
    },
  };
}

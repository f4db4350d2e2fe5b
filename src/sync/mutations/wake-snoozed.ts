import type { AccountId, MessageId, ThreadId } from '../../shared/domain';
import { bugText } from '../../shared/mask-personal';
import type { Ports } from '../ports/ports';
import type { Store } from '../store/open-store';
import { newMailFacts } from '../store/read/new-mail';
import { type DueSnooze, dueSnoozes, earliestSnooze, readSnooze } from '../store/read/snoozes';
import type { Gestures } from './gestures';

/** So many wake up in one gesture: few enough that a full queue never refuses it (SYNC-247). */
const CHUNK = 50;
/**
 * The longest sleep of the one timer. Timers stand still while a computer sleeps and the wall clock may be set: it is
 * looked at again this often, and not more often, while something is put off (APP-347).
 */
const LONGEST_WAIT_MS = 10 * 60_000;

export interface WakerDeps {
  readonly store: Store;
  readonly gestures: Pick<Gestures, 'apply'>;
  readonly clock: Ports['clock'];
  readonly logger: Ports['logger'];
  /** Tells of conversations that are back, by their newest message; what an answer brought back is told as new mail. */
  readonly announce: (accountId: AccountId, messages: ReturnType<typeof newMailFacts>) => void;
}

export interface Waker {
  /** Brings back what is due, also what became due while nothing ran, and then keeps watch. */
  start(): void;
  stop(): Promise<void>;
}

/**
 * Brings back what was put off (APP-163): through the one door, at the instant that was asked for, with one timer for
 * the next of them; none is set while nothing is put off.
 */
export function createWaker({ store, gestures, clock, logger, announce }: WakerDeps): Waker {
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = true;
  /** Wall clock at which the timer is meant to fire; Infinity = there is none. */
  let dueAt = Number.POSITIVE_INFINITY;
  let cancel: (() => void) | null = null;
  let unsubscribe: (() => void) | null = null;

  function look(): void {
    if (stopped) return;
    again = true;
    running ??= work().finally(() => {
      running = null;
    });
  }

  async function work(): Promise<void> {
    // Not inside the commit that called.
    await Promise.resolve();
    while (again && !stopped) {
      again = false;
      const lookedAt = clock.now();
      try {
        await wakeAll(lookedAt);
      } catch (error) {
        logger.error('snooze.failed', { error: bugText(error) });
      }
      arm(lookedAt);
    }
  }

  async function wakeAll(nowMs: number): Promise<void> {
    for (;;) {
      const due = stopped ? [] : dueSnoozes(store.read, nowMs, CHUNK);
      if (due.length === 0) return;
      const messageIds = due.map(({ messageId }) => messageId);
      const result = await gestures.apply({
        target: { kind: 'messages', messageIds },
        mutation: { kind: 'wake' },
        origin: 'rule',
      });
      if (!result.ok) logger.warn('snooze.refused', { kind: result.failure.kind });
      if (!result.ok || result.value.affected === 0) return;
      tell(due);
    }
  }

  function tell(woken: readonly DueSnooze[]): void {
    const newest = new Map<ThreadId, DueSnooze>();
    for (const one of woken) {
      const isBack = readSnooze(store.read, one.messageId)?.state === 'returned';
      const known = newest.get(one.threadId);
      if (isBack && (!known || known.messageId < one.messageId)) newest.set(one.threadId, one);
    }
    for (const [accountId, ones] of Map.groupBy(newest.values(), (one) => one.accountId)) {
      const messages = newMailFacts(
        store.read,
        ones.map(({ messageId }): MessageId => messageId),
      );
      if (messages.length > 0) announce(accountId, messages);
    }
  }

  function arm(lookedAt: number): void {
    cancel?.();
    cancel = null;
    dueAt = Number.POSITIVE_INFINITY;
    const next = stopped ? null : earliestSnooze(store.read);
    if (next === null) return;
    // What was due and is still asleep cannot be helped now: its account is being removed, for instance.
    const wanted = next <= lookedAt ? LONGEST_WAIT_MS : next - clock.now();
    const waitMs = Math.min(Math.max(wanted, 0), LONGEST_WAIT_MS);
    dueAt = clock.now() + waitMs;
    cancel = clock.after(waitMs, look);
  }

  return {
    start: () => {
      stopped = false;
      // Every commit is a chance to see that the time has come, long before a timer that slept with the computer; one about
      // accounts may mean that they are online.
      unsubscribe = store.feed.subscribe(({ topics }) => {
        if (topics.includes('snoozes') || topics.includes('accounts') || clock.now() >= dueAt) look();
      });
      look();
    },
    stop: async () => {
      stopped = true;
      unsubscribe?.();
      cancel?.();
      await running;
    },
  };
}

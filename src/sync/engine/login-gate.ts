import type { Failure } from '../../shared/failure';
import type { Clock } from '../ports/clock';
import type { Random } from '../ports/random';
import { reconnectDelayMs } from './backoff';

/**
 * Decides for all connections of an account together when the server may be tried again, so that a push, a click and a
 * poll cannot add up to a hammering (SYNC-019, SYNC-124). A person's explicit wish opens it at once.
 */
export interface LoginGate {
  isOpen(): boolean;
  /** Milliseconds until it opens by itself; null = only a person opens it. */
  opensInMs(): number | null;
  /** An attempt failed: closed for the time the backoff says. */
  failed(failure: Failure): void;
  /** An attempt succeeded. The backoff begins anew only when that lasts: a link that breaks at every use is no health. */
  succeeded(): void;
  /** A person asked. */
  open(): void;
}

/** Success that lasted this long starts the backoff anew (SYNC-124). */
const HEALTHY_AFTER_MS = 60_000;

export function createLoginGate(clock: Clock, random: Random): LoginGate {
  let failures = 0;
  let healthySince: number | null = null;
  let opensAt: number | null = Number.NEGATIVE_INFINITY;
  return {
    isOpen: () => opensAt !== null && clock.monotonic() >= opensAt,
    opensInMs: () => (opensAt === null ? null : Math.max(0, opensAt - clock.monotonic())),
    failed: (failure) => {
      if (healthySince !== null && clock.monotonic() - healthySince >= HEALTHY_AFTER_MS) failures = 0;
      healthySince = null;
      failures += 1;
      const delayMs = reconnectDelayMs(failure, failures, random.fraction());
      opensAt = delayMs === null ? null : clock.monotonic() + delayMs;
    },
    succeeded: () => {
      healthySince ??= clock.monotonic();
      opensAt = Number.NEGATIVE_INFINITY;
    },
    open: () => {
      failures = 0;
      opensAt = Number.NEGATIVE_INFINITY;
    },
  };
}

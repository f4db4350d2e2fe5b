import type { Failure } from '../../shared/failure';

/** Pure rules of when to try again; time and randomness come in as numbers. */

/** First wait after a lost connection, doubling up to the longest (SYNC-124). */
const RECONNECT_FIRST_MS = 1_000;
const RECONNECT_LONGEST_MS = 5 * 60_000;
/** First wait of a change that failed for a passing reason, doubling up to the longest (SYNC-240). */
const PUSH_FIRST_MS = 2_000;
const PUSH_LONGEST_MS = 15 * 60_000;
/** After a refused login only these automatic tries follow: repeated bad logins lock accounts (SYNC-019). */
const AUTH_RETRY_MS = [60_000, 10 * 60_000] as const;
/** A server that broke a bound or our trust is asked again after this (SYNC-131). */
const BROKEN_SERVER_RETRY_MS = 60 * 60_000;
/** Share of the delay that is spread at random, so that clients do not return in step. */
const JITTER = 0.3;

/** Delay in ms before connecting again; null = not before the user acts. `failures` counts from 1. */
export function reconnectDelayMs(failure: Failure, failures: number, fraction: number): number | null {
  switch (failure.kind) {
    case 'auth':
      return AUTH_RETRY_MS[failures - 1] ?? null;
    case 'tls':
    case 'protocol':
    case 'limit':
    case 'not-a-mail-server':
      return spread(failures === 1 ? RECONNECT_LONGEST_MS : BROKEN_SERVER_RETRY_MS, fraction);
    case 'offline':
    case 'throttled':
      return Math.max(
        failure.retryAfterMs ?? 0,
        doubling(RECONNECT_FIRST_MS, RECONNECT_LONGEST_MS, failures, fraction),
      );
    case 'dns':
    case 'refused':
    case 'rejected':
    case 'conflict':
    case 'unknown-outcome':
    case 'invalid':
    case 'usage':
    case 'not-found':
    case 'cancelled':
    case 'internal':
      return doubling(RECONNECT_FIRST_MS, RECONNECT_LONGEST_MS, failures, fraction);
  }
}

/** Delay in ms before a pending change is tried again; for ever, never evicted (SYNC-240). */
export function pushDelayMs(failure: Failure, attempts: number, fraction: number): number {
  const stated = failure.kind === 'throttled' || failure.kind === 'offline' ? (failure.retryAfterMs ?? 0) : 0;
  return Math.max(stated, doubling(PUSH_FIRST_MS, PUSH_LONGEST_MS, attempts, fraction));
}

function doubling(firstMs: number, longestMs: number, attempt: number, fraction: number): number {
  return spread(Math.min(longestMs, firstMs * 2 ** Math.min(attempt - 1, 30)), fraction);
}

/** ±30 % around the delay; `fraction` is uniform in [0, 1). */
function spread(delayMs: number, fraction: number): number {
  return Math.round(delayMs * (1 - JITTER + 2 * JITTER * fraction));
}

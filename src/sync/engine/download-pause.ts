import type { Failure } from '../../shared/failure';
import { downloadPauseKey, downloadsPausedUntil } from '../store/read/upkeep';
import { setSetting } from '../store/write/settings';
import type { RunnerContext } from './runner-context';

/** Whether the provider gives no more bodies for today (SYNC-063). */
export function isDownloadPaused({ store, accountId, clock }: RunnerContext): boolean {
  return (downloadsPausedUntil(store.read, accountId) ?? 0) > clock.now();
}

/**
 * Takes a refusal as what it is: a download quota that is used up pauses the backfill of bodies until the time the
 * provider named, or the next midnight. Answers whether it was one. Headers and what a person opens go on.
 */
export function pauseDownloads(
  { store, accountId, clock, logger }: RunnerContext,
  failure: Failure,
): boolean {
  if (failure.kind !== 'throttled' || failure.bound !== 'download') return false;
  const now = clock.now();
  const until = failure.retryAfterMs === undefined ? nextMidnight(now) : now + failure.retryAfterMs;
  store.writeTx('server', (tx) => setSetting(tx, downloadPauseKey(accountId), until));
  logger.warn('downloads-paused', { accountId, forMs: until - now });
  return true;
}

/** Of the person's day: providers count days, and rarely say whose. */
export function nextMidnight(nowMs: number): number {
  return new Date(nowMs).setHours(24, 0, 0, 0);
}

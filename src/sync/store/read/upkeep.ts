import type { AccountId } from '../../../shared/domain';
import type { ReadableDb } from '../handles';
import { prepared, readSql } from '../sql';
import { getSetting } from './settings';

/** What an account may store at its server: bytes for 'storage', a number of messages for 'messages'. */
export interface StoredQuota {
  readonly checkedAt: number;
  readonly resources: {
    readonly kind: 'storage' | 'messages';
    readonly used: number;
    readonly limit: number;
  }[];
}

export function quotaKey(accountId: AccountId): string {
  return `quota.${accountId}`;
}

export function auditKey(accountId: AccountId): string {
  return `audit.${accountId}`;
}

export function alertsKey(accountId: AccountId): string {
  return `alerts.${accountId}`;
}

export function downloadPauseKey(accountId: AccountId): string {
  return `download-pause.${accountId}`;
}

/** Until when the provider gives no more bodies unasked (ms UTC, SYNC-063); may be over. Null = it never said so. */
export function downloadsPausedUntil(db: ReadableDb, accountId: AccountId): number | null {
  const until = getSetting(db, downloadPauseKey(accountId));
  return typeof until === 'number' ? until : null;
}

/** Null until the server was asked; no resources where it sets no limit (SYNC-044). */
export function readQuota(db: ReadableDb, accountId: AccountId): StoredQuota | null {
  return (getSetting(db, quotaKey(accountId)) as StoredQuota | undefined) ?? null;
}

const NEWEST_CHANGE = readSql<{ at: number | null }>(
  'SELECT max(k.at) AS at FROM (SELECT at FROM change_log ORDER BY seq DESC LIMIT 5000) k',
);
const NEWEST_CYCLE = readSql<{ at: number | null }>(
  'SELECT max(k.at) AS at FROM (SELECT started_at AS at FROM sync_log ORDER BY id DESC LIMIT 5000) k',
);

/** The latest moment (ms UTC) at which this store was at work by its own records; null = never. */
export function latestWork(db: ReadableDb): number | null {
  const change = prepared(db, NEWEST_CHANGE).get()?.at ?? null;
  const cycle = prepared(db, NEWEST_CYCLE).get()?.at ?? null;
  return change === null || cycle === null ? (change ?? cycle) : Math.max(change, cycle);
}

/** When everything of the account was last compared with the server (ms UTC); null = not yet (SYNC-396). */
export function lastAudit(db: ReadableDb, accountId: AccountId): number | null {
  const at = getSetting(db, auditKey(accountId));
  return typeof at === 'number' ? at : null;
}

/** Since when the next comparison is waited for (ms UTC): the last one, or `{ began }`, the first look at a new account. */
export function auditAwaitedSince(db: ReadableDb, accountId: AccountId): number | null {
  const at = getSetting(db, auditKey(accountId));
  if (typeof at === 'number') return at;
  return typeof at === 'object' && at !== null && 'began' in at && typeof at.began === 'number'
    ? at.began
    : null;
}

import { Settings } from '../../../shared/contract/settings';
import type { ReadableDb } from '../handles';
import { prepared, readSql } from '../sql';

const SETTING = readSql<{ value: string }>('SELECT value FROM settings WHERE key = ?');
const SENDERS = readSql<{ address: string }>('SELECT address FROM remote_senders ORDER BY address');
const SENDER = readSql<{ address: string }>('SELECT address FROM remote_senders WHERE address = ?');

export const PREFERENCES_KEY = 'preferences';

/** One value of our own bookkeeping; undefined when it was never set. */
export function getSetting(db: ReadableDb, key: string): unknown {
  const row = prepared(db, SETTING).get(key);
  return row === undefined ? undefined : (JSON.parse(row.value) as unknown);
}

/** The user's preferences with defaults for what is missing; unknown keys survive (APP-251). */
export function readPreferences(db: ReadableDb): Settings {
  return Settings.parse(getSetting(db, PREFERENCES_KEY) ?? {});
}

/** Senders whose remote pictures the user always allows, ascending. */
export function listRemoteSenders(db: ReadableDb): string[] {
  return prepared(db, SENDERS)
    .all()
    .map(({ address }) => address);
}

export function isRemoteSenderAllowed(db: ReadableDb, address: string): boolean {
  return prepared(db, SENDER).get(address.toLowerCase()) !== undefined;
}

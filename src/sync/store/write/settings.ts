import type { Settings } from '../../../shared/contract/settings';
import { COLLECTIONS } from '../collections';
import { PREFERENCES_KEY } from '../read/settings';
import { prepared, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';

const SET = writeSql(
  'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
);

export function setSetting(tx: WriteTx, key: string, value: unknown): void {
  prepared(tx.db, SET).run(key, JSON.stringify(value));
  tx.log(COLLECTIONS.settings, 0, 'change');
}

/** Replaces the whole document of preferences. */
export function writePreferences(tx: WriteTx, preferences: Settings): void {
  setSetting(tx, PREFERENCES_KEY, preferences);
}

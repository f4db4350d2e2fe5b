import Database from 'better-sqlite3';

/** How long a writer or checkpoint may keep us waiting before a statement fails (SYNC-392). */
const BUSY_TIMEOUT_MS = 5_000;
/** Memory for pages of the writing connection, in KiB: the parts of the indexes that one window of a download touches. */
const WRITER_CACHE_KIB = 16 * 1024;
/** The same of a reading one: pages of the list are read by range, and the system caches the file as well. */
const READER_CACHE_KIB = 8 * 1024;

/** Opens the writing connection: WAL, foreign keys, NORMAL (a power cut may lose the last commits, never the file). */
export function openWritable(path: string): Database.Database {
  const db = new Database(path, { timeout: BUSY_TIMEOUT_MS });
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma('foreign_keys = ON');
  db.pragma(`cache_size = -${WRITER_CACHE_KIB}`);
  db.pragma('temp_store = MEMORY');
  return db;
}

export function openReadonly(path: string): Database.Database {
  const db = new Database(path, { timeout: BUSY_TIMEOUT_MS, readonly: true, fileMustExist: true });
  db.pragma(`cache_size = -${READER_CACHE_KIB}`);
  db.pragma('query_only = ON');
  return db;
}

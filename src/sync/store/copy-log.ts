import Database from 'better-sqlite3';

/**
 * Copies the write-ahead log of the database at `path` into its file, as far as readers allow, without making anybody
 * wait. Opens a connection of its own, so any thread may do it; it writes no row. Throws when the disk is full.
 */
export function copyLog(path: string): void {
  const db = new Database(path, { fileMustExist: true });
  try {
    db.pragma('synchronous = NORMAL');
    db.pragma('wal_checkpoint(PASSIVE)');
  } finally {
    db.close();
  }
}

import type { ReadableDb } from '../handles';

/** Bytes of the database file; files of large blobs are not in it. */
export function databaseBytes(db: ReadableDb): number {
  const pages = db.pragma('page_count', { simple: true }) as number;
  return pages * (db.pragma('page_size', { simple: true }) as number);
}

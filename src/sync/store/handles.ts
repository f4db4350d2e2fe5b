import type { Database } from 'better-sqlite3';

declare const canRead: unique symbol;
declare const canWrite: unique symbol;

/** A connection that queries may use; the type keeps writes out of views (style.md 6). */
export type ReadableDb = Database & { readonly [canRead]: true };

/** The one writing connection; only `writeTx` hands it out. */
export type WritableDb = ReadableDb & { readonly [canWrite]: true };

/** The only two places where a plain connection gets its brand are openStore and openReader. */
export function asReadable(db: Database): ReadableDb {
  return db as ReadableDb;
}

export function asWritable(db: Database): WritableDb {
  return db as WritableDb;
}

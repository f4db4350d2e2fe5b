import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BlobFiles } from './blob-files';
import { COLLECTIONS } from './collections';
import { compress, decompress, type Encoding } from './compression';
import type { ReadableDb } from './handles';
import { prepared, readSql, writeSql } from './sql';
import type { WriteTx } from './write-tx';

const BLOB = readSql<{ encoding: Encoding; data: Buffer | null }>(
  'SELECT encoding, data FROM blobs WHERE hash = ?',
);
const HAS = readSql<{ hash: string }>('SELECT hash FROM blobs WHERE hash = ?');
const INSERT = writeSql('INSERT INTO blobs (hash, size, encoding, data) VALUES (?, ?, ?, ?)');
const UNUSED = readSql<{ hash: string; stored: number }>(
  `SELECT hash, data IS NOT NULL AS stored FROM blobs
   WHERE NOT EXISTS (SELECT 1 FROM bodies WHERE source_hash = blobs.hash)
     AND NOT EXISTS (SELECT 1 FROM attachments WHERE blob_hash = blobs.hash)
     AND NOT EXISTS (SELECT 1 FROM draft_attachments WHERE blob_hash = blobs.hash)
     AND NOT EXISTS (SELECT 1 FROM outbox WHERE transmitted_hash = blobs.hash)
     AND NOT EXISTS (SELECT 1 FROM outbox WHERE filed_hash = blobs.hash) LIMIT ?`,
);
const DELETE = writeSql('DELETE FROM blobs WHERE hash = ?');

/** Smaller ones live in the database: one read, no file (SYNC-341). */
const IN_DATABASE_BYTES = 64 * 1024;

/** Stores content once, whoever has it (SYNC-340). Answers its SHA-256 in lower-case hex. */
export function putBlob(tx: WriteTx, content: Uint8Array): string {
  const hash = createHash('sha256').update(content).digest('hex');
  if (prepared(tx.db, HAS).get(hash)) return hash;
  const { encoding, data } = compress(content);
  const inDatabase = content.length <= IN_DATABASE_BYTES;
  // The file is durable before the row names it; a row that never comes leaves an orphan for the sweep.
  if (!inDatabase) tx.blobFiles.write(hash, data);
  prepared(tx.db, INSERT).run(hash, content.length, encoding, inDatabase ? data : null);
  return hash;
}

/** The content, or null when it is not (or no longer) on this computer. */
export function readBlob(db: ReadableDb, files: BlobFiles, hash: string): Buffer | null {
  const row = prepared(db, BLOB).get(hash);
  if (!row) return null;
  const stored = row.data ?? files.read(hash);
  return stored === null ? null : decompress(row.encoding, stored);
}

/** Removes up to `limit` rows nothing refers to; answers how many, and the hashes whose files may go after the commit. */
export function dropUnusedBlobs(
  tx: WriteTx,
  limit: number,
): { readonly dropped: number; readonly files: string[] } {
  const unused = prepared(tx.db, UNUSED).all(limit);
  for (const { hash } of unused) prepared(tx.db, DELETE).run(hash);
  if (unused.length > 0) tx.log(COLLECTIONS.bodies, 0, 'remove');
  return {
    dropped: unused.length,
    files: unused.filter(({ stored }) => stored === 0).map(({ hash }) => hash),
  };
}

/** Start-up sweep (SYNC-341): removes files no row names and half-written ones; answers how many. */
export function sweepBlobFiles(db: ReadableDb, files: BlobFiles): number {
  if (!existsSync(files.directory)) return 0;
  let removed = 0;
  for (const prefix of readdirSync(files.directory)) {
    if (!/^[0-9a-f]{2}$/.test(prefix)) continue;
    for (const name of readdirSync(join(files.directory, prefix))) {
      const hash = `${prefix}${name}`;
      if (prepared(db, HAS).get(hash)) continue;
      files.remove(hash);
      removed++;
    }
  }
  return removed;
}

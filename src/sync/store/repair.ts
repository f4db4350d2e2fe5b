import { copyFileSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { type Outcome, ok } from '../../shared/outcome';
import { backupDatabase, listBackups } from './backup';
import { readBlob } from './blobs';
import type { ReadableDb } from './handles';
import type { Store } from './open-store';
import { rebuildScreen } from './rebuild-screen';
import { recount } from './recount';

export interface IntegrityCheck {
  readonly name: 'database-file' | 'foreign-keys' | 'counters' | 'blobs';
  /** Plain sentences; empty = all is well. */
  readonly problems: string[];
}

/** Looks at the file, at what refers to what, at every counter and row, and at the files of large blobs (SYNC-393). */
export function checkIntegrity(store: Pick<Store, 'read' | 'blobFiles'>): IntegrityCheck[] {
  const { read } = store;
  const file = fileProblems(read);
  // A broken file makes every other answer meaningless.
  if (file.length > 0) return [{ name: 'database-file', problems: file }];
  const dangling = read.pragma('foreign_key_check') as { table: string; parent: string }[];
  return [
    { name: 'database-file', problems: [] },
    {
      name: 'foreign-keys',
      problems: dangling.map(({ table, parent }) => `A row of ${table} names a missing row of ${parent}.`),
    },
    { name: 'counters', problems: recount(read) },
    { name: 'blobs', problems: blobProblems(store) },
  ];
}

/** The quick check that runs after an unclean stop. */
export function fileProblems(db: ReadableDb): string[] {
  const rows = db.pragma('quick_check') as { quick_check: string }[];
  return rows.map(({ quick_check }) => quick_check).filter((text) => text !== 'ok');
}

function blobProblems({ read, blobFiles }: Pick<Store, 'read' | 'blobFiles'>): string[] {
  return read
    .prepare<[], { hash: string }>('SELECT hash FROM blobs WHERE data IS NULL')
    .all()
    .filter(({ hash }) => readBlob(read, blobFiles, hash) === null)
    .map(({ hash }) => `The file of blob ${hash.slice(0, 12)} is missing.`);
}

/**
 * Puts right what can be put right while the file itself is sound: a copy is kept, then screen and counters are made
 * again from facts and intents. A broken file is replaced before the store is opened: `rescueDatabase`.
 */
export function repair(store: Store, nowMs: number): Outcome<null> {
  backupDatabase(store.write, join(dirname(store.path), 'backups'), `${nowMs}-before-repair`);
  rebuildScreen(store);
  return ok(null);
}

/** A damaged file is still in use now; the next start replaces it before it opens it. */
export function markForRescue(path: string): void {
  writeFileSync(rescueMark(path), '', { mode: 0o600 });
}

export function isMarkedForRescue(path: string): boolean {
  return existsSync(rescueMark(path));
}

function rescueMark(path: string): string {
  return `${path}.rescue`;
}

/** Whether opening failed because the file itself is damaged; anything else (locked, no disk) must not be "repaired". */
export function isDamaged(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^SQLITE_(CORRUPT|NOTADB)/.test(code);
}

/**
 * Called on a database that cannot be opened or fails its check: sets it aside under a new name and puts the last good
 * backup in its place (without one: nothing, and the accounts are synced anew). Answers what happened.
 */
export function rescueDatabase(
  path: string,
  nowMs: number,
): { asideAs: string | null; restoredFrom: string | null } {
  let asideAs: string | null = null;
  if (existsSync(path)) {
    asideAs = `${path}.broken-${nowMs}`;
    renameSync(path, asideAs);
  }
  for (const suffix of ['-wal', '-shm', '.rescue']) rmSync(`${path}${suffix}`, { force: true });
  const restoredFrom = listBackups(join(dirname(path), 'backups')).find(isSound) ?? null;
  if (restoredFrom) copyFileSync(restoredFrom, path);
  return { asideAs, restoredFrom };
}

function isSound(path: string): boolean {
  try {
    const db = new Database(path, { readonly: true, fileMustExist: true });
    try {
      return db.pragma('quick_check', { simple: true }) === 'ok';
    } finally {
      db.close();
    }
  } catch {
    // Not a database at all: the next older one may be.
    return false;
  }
}

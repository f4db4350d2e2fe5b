import { copyFileSync, existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { type Outcome, ok } from '../../shared/outcome';
import { backupDatabase, listBackups } from './backup';
import { readBlob } from './blobs';
import type { ReadableDb } from './handles';
import type { Store } from './open-store';
import { rebuildScreen } from './rebuild-screen';
import { recount } from './recount';

export interface IntegrityCheck {
  readonly name: 'database-file' | 'indexes' | 'foreign-keys' | 'counters' | 'blobs';
  /** Plain sentences; empty = all is well. */
  readonly problems: string[];
}

/**
 * Looks at the file and its indexes, at what refers to what, at every counter and row, and at the files of large blobs
 * (SYNC-393).
 */
export function checkIntegrity(store: Pick<Store, 'read' | 'blobFiles'>): IntegrityCheck[] {
  const { read } = store;
  const { file, indexes } = fileProblems(read);
  // A broken file makes every other answer meaningless.
  if (file.length > 0) return [{ name: 'database-file', problems: file }];
  // One snapshot, so that what the engine writes meanwhile is no difference.
  return [
    { name: 'database-file', problems: [] },
    { name: 'indexes', problems: indexes },
    ...read.transaction(() => contentChecks(store))(),
  ];
}

function contentChecks(store: Pick<Store, 'read' | 'blobFiles'>): IntegrityCheck[] {
  const { read } = store;
  const dangling = read.pragma('foreign_key_check') as { table: string; parent: string }[];
  return [
    {
      name: 'foreign-keys',
      problems: dangling.map(({ table, parent }) => `A row of ${table} names a missing row of ${parent}.`),
    },
    { name: 'counters', problems: recount(read) },
    { name: 'blobs', problems: blobProblems(store) },
  ];
}

/** What SQLite says of an index whose table is sound: it can be made again from the table. */
const INDEX_PROBLEM = /missing from index|wrong # of entries in index|non-unique entry in index/;

function fileProblems(db: ReadableDb): { readonly file: string[]; readonly indexes: string[] } {
  let problems: string[];
  // Outside of a transaction: one that met a broken page cannot even be ended.
  try {
    // The quick check does not compare indexes with their tables.
    const rows = db.pragma('integrity_check') as { integrity_check: string }[];
    problems = rows.map(({ integrity_check }) => integrity_check).filter((text) => text !== 'ok');
  } catch (error) {
    if (!isDamaged(error)) throw error;
    problems = ['The file cannot be read to its end.'];
  }
  return {
    file: problems.filter((text) => !INDEX_PROBLEM.test(text)),
    indexes: problems.filter((text) => INDEX_PROBLEM.test(text)),
  };
}

function blobProblems({ read, blobFiles }: Pick<Store, 'read' | 'blobFiles'>): string[] {
  return read
    .prepare<[], { hash: string }>('SELECT hash FROM blobs WHERE data IS NULL')
    .all()
    .filter(({ hash }) => readBlob(read, blobFiles, hash) === null)
    .map(({ hash }) => `The file of blob ${hash.slice(0, 12)} is missing.`);
}

/**
 * Puts right what can be put right while the file itself is sound: a copy is kept, then indexes are made again from
 * their tables, and screen and counters from facts and intents. A broken file is marked: the next start replaces it
 * before it is opened (`rescueDatabase`).
 */
export function repair(store: Store, nowMs: number): Outcome<null> {
  const { file, indexes } = fileProblems(store.read);
  if (file.length > 0) {
    markForRescue(store.path);
    return ok(null);
  }
  backupDatabase(store.write, join(dirname(store.path), 'backups'), `${nowMs}-before-repair`);
  if (indexes.length > 0) store.write.exec('REINDEX');
  rebuildScreen(store);
  return ok(null);
}

/** Files that `rescueDatabase` set aside and nobody has removed since, newest first, with when (ms UTC). */
export function setAsideFiles(path: string): { readonly file: string; readonly at: number }[] {
  const beginning = `${basename(path)}.broken-`;
  return readdirSync(dirname(path))
    .filter((name) => name.startsWith(beginning))
    .map((name) => ({ file: join(dirname(path), name), at: Number(name.slice(beginning.length)) }))
    .sort((a, b) => b.at - a.at);
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

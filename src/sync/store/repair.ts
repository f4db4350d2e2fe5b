import { copyFileSync, existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { type Outcome, ok } from '../../shared/outcome';
import { backupDatabase, listBackups } from './backup';
import { readBlob } from './blobs';
import { beginNewLog, type Replayed, replayCompact } from './compact/replay-compact';
import { compactFolder, readCompactMeta, writeCompact } from './compact/write-compact';
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
/**
 * Looks at the file, at what refers to what, at every counter and row, and at the files of large blobs (SYNC-393).
 * `full`: also whether every index holds what its table holds, which takes several times as long.
 */
export function checkIntegrity(
  store: Pick<Store, 'read' | 'blobFiles'>,
  { full }: { readonly full: boolean },
): IntegrityCheck[] {
  const { read } = store;
  const { file, indexes } = fileProblems(read, full ? 'integrity_check' : 'quick_check');
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

function fileProblems(
  db: ReadableDb,
  check: 'quick_check' | 'integrity_check',
): { readonly file: string[]; readonly indexes: string[] } {
  let problems: string[];
  // Outside of a transaction: one that met a broken page cannot even be ended.
  try {
    const rows = db.pragma(check) as Record<string, string>[];
    // One entry may hold a hundred findings, a line each.
    problems = rows
      .flatMap((row) => Object.values(row).flatMap((text) => text.split('\n')))
      .filter((text) => text !== 'ok' && !text.startsWith('***'));
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
  const { file, indexes } = fileProblems(store.read, 'integrity_check');
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
  writeFileSync(mark(path, 'rescue'), '', { mode: 0o600 });
}

/** Also true when a rescue was cut short before a restored file was in place. */
export function needsRescue(path: string): boolean {
  return existsSync(mark(path, 'rescue')) || (existsSync(mark(path, 'replay')) && !existsSync(path));
}

function mark(path: string, what: 'rescue' | 'replay'): string {
  return `${path}.${what}`;
}

/** Whether opening failed because the file itself is damaged; anything else (locked, no disk) must not be "repaired". */
export function isDamaged(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^SQLITE_(CORRUPT|NOTADB)/.test(code);
}

export interface Rescued {
  readonly asideAs: string | null;
  readonly restoredFrom: string | null;
  /** Whether the damaged file held newer data of our own than the last compact backup, and it could be read. */
  readonly salvaged: boolean;
}

/**
 * Called on a database that cannot be opened or fails its check. What is ours alone is copied out of it as far as it
 * is sound; then it is set aside under a new name with its log, and the last good backup takes its place (without one:
 * nothing, and the accounts are synced anew). `finishRescue` has to follow once the store is open; a kill in between
 * is noticed at the next start.
 */
export function rescueDatabase(path: string, nowMs: number): Rescued {
  writeFileSync(mark(path, 'replay'), '', { mode: 0o600 });
  const salvaged = salvage(path, nowMs);
  let asideAs: string | null = null;
  if (existsSync(path)) {
    asideAs = `${path}.broken-${nowMs}`;
    renameSync(path, asideAs);
    // The newest transactions may be in the log only: whoever looks into the damaged file needs both.
    if (existsSync(`${path}-wal`)) renameSync(`${path}-wal`, `${asideAs}-wal`);
  }
  for (const suffix of ['-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
  const restoredFrom = listBackups(join(dirname(path), 'backups')).find(isSound) ?? null;
  if (restoredFrom) {
    const draft = `${path}.restored`;
    copyFileSync(restoredFrom, draft);
    renameSync(draft, path);
  }
  rmSync(mark(path, 'rescue'), { force: true });
  return { asideAs, restoredFrom, salvaged };
}

/**
 * After a rescue: the queue, accounts, settings and everything else of ours goes on as in the newest compact backup
 * (SYNC-393), and positions of the change log begin anew. Null when there was no rescue.
 */
export function finishRescue(store: Store): Replayed | null {
  const pending = mark(store.path, 'replay');
  if (!existsSync(pending)) return null;
  const newest = listBackups(compactFolder(store.path))
    .map((file) => ({ file, seq: readCompactMeta(file)?.seq ?? 0 }))
    .filter(({ file, seq }) => seq > 0 && isSound(file))
    .sort((a, b) => b.seq - a.seq)[0];
  let replayed = newest ? replayCompact(store, newest.file) : null;
  if (!replayed) {
    store.writeTx('server', (tx) => beginNewLog(tx, newest?.seq ?? 0));
    replayed = { changes: 0, lostTargets: 0 };
  }
  store.flush();
  rmSync(pending, { force: true });
  return replayed;
}

/** The damaged page is often one of mail, and what was done since the last compact backup is still to be had. */
function salvage(path: string, nowMs: number): boolean {
  if (!existsSync(path)) return false;
  try {
    const steps = writeCompact(path, nowMs, 'damaged');
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value !== null;
    }
  } catch {
    // Our own tables are damaged too, or it is no database at all: the last compact backup has to do.
    return false;
  }
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

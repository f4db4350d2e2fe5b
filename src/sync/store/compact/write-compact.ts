import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { listBackups } from '../backup';
import { COLLECTIONS } from '../collections';
import { openReadonly } from '../connection';
import { OWN_TABLES } from './own-tables';

/** Rows copied between two looks at the clock or two turns of the thread: a few milliseconds. */
const SLICE = 500;
/** So many are kept: should the newest turn out to be unreadable, the one before it is an hour older. */
const KEPT = 3;
/** What the copied data is made of; its last position tells whether a new copy would hold anything else. */
const COVERED = [
  COLLECTIONS.accounts,
  COLLECTIONS.mailboxes,
  COLLECTIONS.pending,
  COLLECTIONS.settings,
  COLLECTIONS.lists,
  COLLECTIONS.gestures,
  COLLECTIONS.snoozes,
  COLLECTIONS.drafts,
  COLLECTIONS.outbox,
  COLLECTIONS.identities,
].join();

/** Folder of the compact backups of this database. */
export function compactFolder(databasePath: string): string {
  return join(dirname(databasePath), 'backups', 'compact');
}

/**
 * Copies our own data (SYNC-393) out of the database at `path` into a new file: complete under its final name or not
 * there at all. One snapshot, read in slices; whoever drives it may pause between them. Ends with the path of the file,
 * or with null when the newest one holds the same already. Throws when a table of ours is damaged: garbage must not
 * take the place of a good backup. From a file that is damaged elsewhere, the mail the queue names is taken as far as
 * it can be read.
 */
export function* writeCompact(
  path: string,
  nowMs: number,
  from: 'sound' | 'damaged' = 'sound',
): Generator<void, string | null> {
  const folder = compactFolder(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const source = openReadonly(path);
  const temporary = join(folder, 'compact.tmp');
  rmSync(temporary, { force: true });
  const target = new Database(temporary);
  try {
    // The file gets its name only when it is complete, so nothing has to survive a crash before that.
    target.pragma('journal_mode = OFF');
    source.exec('BEGIN');
    const newest = listBackups(folder)[0];
    const before = newest === undefined ? null : readCompactMeta(newest);
    const attempt = from === 'sound' ? readOrThrow : readOrDefault;
    const seq = attempt(() => lastSeq(source), (before?.seq ?? 0) + 1);
    const covered = attempt(() => coveredSeq(source), seq);
    if (before?.covered === covered) return null;
    yield* copyOwnTables(source, target);
    yield* copyNamedMail(source, target, attempt);
    target.exec('CREATE TABLE compact_meta (covered INTEGER, seq INTEGER, at INTEGER)');
    target.prepare('INSERT INTO compact_meta VALUES (?, ?, ?)').run(covered, seq, nowMs);
    target.close();
    const file = join(folder, `${nowMs}-compact.sqlite`);
    renameSync(temporary, file);
    for (const old of listBackups(folder).slice(KEPT)) rmSync(old, { force: true });
    return file;
  } finally {
    source.close();
    target.close();
    rmSync(temporary, { force: true });
  }
}

type Attempt = typeof readOrThrow;

function readOrThrow<T>(read: () => T, _otherwise: T): T {
  return read();
}

/** For files of which some pages are known to be damaged. */
function readOrDefault<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

export interface CompactMeta {
  readonly covered: number;
  /** Change-log position of the database when it was written. */
  readonly seq: number;
  readonly at: number;
}

/** Null when the file is no complete compact backup. */
export function readCompactMeta(file: string): CompactMeta | null {
  try {
    const db = new Database(file, { readonly: true, fileMustExist: true });
    try {
      return db.prepare<[], CompactMeta>('SELECT covered, seq, at FROM compact_meta').get() ?? null;
    } finally {
      db.close();
    }
  } catch {
    // Cut short or overwritten: an older one may be whole.
    return null;
  }
}

function* copyOwnTables(source: Database.Database, target: Database.Database): Generator<void> {
  for (const { name, where } of OWN_TABLES) {
    const problem = source.pragma(`quick_check(${name})`, { simple: true });
    if (problem !== 'ok') throw new Error(`The table ${name} is damaged.`);
    const insert = createTable(source, target, name);
    const filter = where === undefined ? '' : ` WHERE ${where}`;
    const rows = source
      .prepare<[], unknown[]>(`SELECT * FROM ${name}${filter}`)
      .raw()
      .safeIntegers()
      .iterate();
    yield* inSlices(target, rows, (row) => insert(row));
  }
  const sequences = source.prepare<[], unknown[]>('SELECT name, seq FROM sqlite_sequence').raw().all();
  target.exec('CREATE TABLE sequences (name, seq)');
  const insert = target.prepare('INSERT INTO sequences VALUES (?, ?)');
  for (const row of sequences) insert.run(...row);
}

/** Messages that rows of ours name, and where the server has them. */
function* copyNamedMail(
  source: Database.Database,
  target: Database.Database,
  attempt: Attempt,
): Generator<void> {
  const naming = OWN_TABLES.map(({ name }) => name).filter((name) =>
    columnsOf(target, name).includes('message_id'),
  );
  const named = target
    .prepare<[], number>(naming.map((name) => `SELECT message_id FROM ${name}`).join(' UNION '))
    .pluck()
    .all();
  const found = [
    { table: 'messages', key: 'id' },
    { table: 'placements', key: 'message_id' },
  ].map(({ table, key }) => ({
    insert: createTable(source, target, table),
    rows: source.prepare<[number], unknown[]>(`SELECT * FROM ${table} WHERE ${key} = ?`).raw().safeIntegers(),
  }));
  yield* inSlices(target, named, (id) => {
    for (const { insert, rows } of found) for (const row of attempt(() => rows.all(id), [])) insert(row);
  });
  const insert = createTable(source, target, 'sync_state');
  const states = source.prepare<[], unknown[]>('SELECT * FROM sync_state').raw().safeIntegers();
  for (const row of attempt(() => states.all(), [])) insert(row);
}

function createTable(
  source: Database.Database,
  target: Database.Database,
  table: string,
): (row: readonly unknown[]) => void {
  const columns = columnsOf(source, table);
  target.exec(`CREATE TABLE ${table} (${columns.join()})`);
  const insert = target.prepare(`INSERT INTO ${table} VALUES (${columns.map(() => '?').join()})`);
  return (row) => void insert.run(...row);
}

function* inSlices<T>(
  target: Database.Database,
  items: Iterable<T>,
  work: (item: T) => void,
): Generator<void> {
  let inSlice = 0;
  target.exec('BEGIN');
  for (const item of items) {
    work(item);
    if (++inSlice < SLICE) continue;
    inSlice = 0;
    yield;
  }
  target.exec('COMMIT');
}

export function columnsOf(db: Database.Database, table: string): string[] {
  return (db.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name);
}

function coveredSeq(db: Database.Database): number {
  const newest = db.prepare<[], { seq: number | null }>(
    `SELECT max(seq) AS seq FROM change_log WHERE collection IN (${COVERED})`,
  );
  return newest.get()?.seq ?? 0;
}

function lastSeq(db: Database.Database): number {
  return db.prepare<[], { seq: number | null }>('SELECT max(seq) AS seq FROM change_log').get()?.seq ?? 0;
}

import type { Database } from 'better-sqlite3';
import { nameKey } from './name-key';

const FILES = import.meta.glob<string>('./migrations/*.sql', {
  query: '?raw',
  import: 'default',
  eager: true,
});

export interface Migration {
  /** File name without its ending, for example '0001-foundation'. */
  readonly id: string;
  readonly sql: string;
}

/** All migrations of this program in order of their numbers. */
export const MIGRATIONS: readonly Migration[] = Object.entries(FILES)
  .map(([path, sql]) => ({ id: (path.split('/').at(-1) as string).replace(/\.sql$/, ''), sql }))
  .sort((a, b) => (a.id < b.id ? -1 : 1));

/**
 * Applies every migration that is not recorded, in order, each in its own transaction with its record. Going by ids
 * and not by a high-water mark, a migration that was merged late is never skipped. `beforeFirst` runs once, when there
 * is something to apply to a database that already holds data.
 */
export function migrate(
  db: Database,
  nowMs: number,
  beforeFirst: () => void,
  migrations: readonly Migration[] = MIGRATIONS,
): string[] {
  db.exec('CREATE TABLE IF NOT EXISTS schema_migrations (id TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT');
  const applied = new Set(
    db
      .prepare<[], { id: string }>('SELECT id FROM schema_migrations')
      .all()
      .map(({ id }) => id),
  );
  // 0002 fills a table with keys only our code can make.
  db.function('name_key', { deterministic: true }, (name) => nameKey(String(name)));
  const due = migrations.filter(({ id }) => !applied.has(id));
  if (due.length > 0 && applied.size > 0) beforeFirst();
  for (const { id, sql } of due) {
    db.transaction(() => {
      db.exec(sql);
      db.prepare('INSERT INTO schema_migrations (id, at) VALUES (?, ?)').run(id, nowMs);
    }).immediate();
  }
  return due.map(({ id }) => id);
}

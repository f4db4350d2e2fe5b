import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';

/** Full copies kept; older ones are removed after a newer one is complete. */
const KEPT = 3;

/**
 * Writes a consistent copy of the whole database next to it: complete under its final name or not there at all.
 * Answers its path.
 */
export function backupDatabase(db: Database, directory: string, label: string): string {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, `${label}.sqlite`);
  const temporary = `${path}.tmp`;
  rmSync(temporary, { force: true });
  db.prepare('VACUUM INTO ?').run(temporary);
  renameSync(temporary, path);
  for (const old of listBackups(directory).slice(KEPT)) rmSync(old, { force: true });
  return path;
}

/** Complete copies, newest first: labels begin with the time in milliseconds. */
export function listBackups(directory: string): string[] {
  try {
    return readdirSync(directory)
      .filter((name) => /^[0-9]+-.*\.sqlite$/.test(name))
      .sort((a, b) => Number.parseInt(b, 10) - Number.parseInt(a, 10))
      .map((name) => join(directory, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

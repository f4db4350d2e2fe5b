import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PRIVATE_FILE } from './private-files';
import { processStart } from './process-start';

const FILE = 'profile.lock';

/** Who owns a profile: a pid alone could by now be another program's. */
interface Owner {
  readonly pid: number;
  readonly start: string | null;
}

export interface ProfileLock {
  release(): void;
}

/**
 * Takes the profile for this process, or answers who has it (SYNC-394: never two writers). A lock whose owner is gone,
 * or whose pid belongs to a younger process, is taken over; of several that try at once exactly one wins.
 */
export function takeProfileLock(profileDir: string): ProfileLock | { readonly heldBy: number } {
  const path = join(profileDir, FILE);
  const mine = JSON.stringify({ pid: process.pid, start: processStart(process.pid) } satisfies Owner);
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, mine, { mode: PRIVATE_FILE });
  try {
    for (;;) {
      // A link appears with its whole content or not at all, which creating and writing a file does not promise.
      if (tryLink(draft, path)) return { release: () => releaseIfOurs(path, mine) };
      const text = readText(path);
      if (text === null) continue;
      const owner = parseOwner(text);
      if (owner !== null && isAlive(owner)) return { heldBy: owner.pid };
      moveAside(path, text);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

function tryLink(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isAlive(owner: Owner): boolean {
  const start = processStart(owner.pid);
  return start !== null && (owner.start === null || start === owner.start);
}

/** Removes the stale lock we judged; should another process have replaced it meanwhile, its lock is put back. */
function moveAside(path: string, judged: string): void {
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (readText(aside) !== judged) tryLink(aside, path);
  rmSync(aside, { force: true });
}

function releaseIfOurs(path: string, mine: string): void {
  if (readText(path) === mine) rmSync(path, { force: true });
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function parseOwner(text: string): Owner | null {
  try {
    const { pid, start } = JSON.parse(text) as { pid?: unknown; start?: unknown };
    if (!Number.isSafeInteger(pid) || (pid as number) <= 0) return null;
    return { pid: pid as number, start: typeof start === 'string' ? start : null };
  } catch {
    return null;
  }
}

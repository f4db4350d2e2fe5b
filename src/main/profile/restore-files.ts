import { randomBytes } from 'node:crypto';
import { cp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BLOBS_FOLDER, DATABASE_FILE } from '../../shared/profile-files';
import { makePrivateFolder } from './private-files';

/** What makes up a mail store; SQLite's log belongs to the database until that was closed cleanly. */
const PARTS = [DATABASE_FILE, `${DATABASE_FILE}-wal`, BLOBS_FOLDER];

export async function hasMailStore(directory: string): Promise<boolean> {
  const facts = await stat(join(directory, DATABASE_FILE)).catch(() => null);
  return facts?.isFile() === true;
}

/**
 * Copies the store of `directory` into a new folder inside the profile, where it can be looked at before it counts.
 * Answers that folder; throws when the disk does.
 */
export async function stageStore(directory: string, profileDir: string): Promise<string> {
  const staged = join(profileDir, `restore-${randomBytes(6).toString('hex')}`);
  makePrivateFolder(staged);
  try {
    for (const part of PARTS) {
      await cp(join(directory, part), join(staged, part), { recursive: true }).catch(ignoreMissing);
    }
    return staged;
  } catch (error) {
    await rm(staged, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Puts a staged store in the place of the profile's, whose lock the caller holds. What was there goes into a folder
 * that can itself be restored; answers that folder, or null when there was nothing.
 */
export async function adoptStore(staged: string, profileDir: string, nowMs: number): Promise<string | null> {
  const previous = join(profileDir, `before-restore-${nowMs}`);
  const kept = await hasMailStore(profileDir);
  if (kept) {
    makePrivateFolder(previous);
    for (const part of PARTS) await rename(join(profileDir, part), join(previous, part)).catch(ignoreMissing);
  }
  await rm(join(profileDir, `${DATABASE_FILE}-shm`), { force: true });
  for (const part of PARTS) await rename(join(staged, part), join(profileDir, part)).catch(ignoreMissing);
  await rm(staged, { recursive: true, force: true });
  return kept ? previous : null;
}

/** Names in a staged folder that tell that its database could not be opened as it was. */
export async function wasReplaced(staged: string): Promise<boolean> {
  return (await readdir(staged)).some((name) => name.startsWith(`${DATABASE_FILE}.broken-`));
}

function ignoreMissing(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}

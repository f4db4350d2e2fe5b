import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Store } from '../store/open-store';

/** Pages copied in one turn: 1 MB, well below a turn's 50 ms. */
const PAGES = 256;

/**
 * A consistent copy of the database in small steps between other work: complete at `path` or not there at all.
 * Throws when the signal ends it or the disk does.
 */
export async function copyDatabase(store: Store, path: string, signal?: AbortSignal): Promise<void> {
  const temporary = `${path}.tmp`;
  try {
    await store.read.backup(temporary, {
      progress: () => {
        signal?.throwIfAborted();
        return PAGES;
      },
    });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/**
 * Copies the files of large blobs into `target`. Called after the database was copied, so that every file its copy
 * names is here already; one that is removed meanwhile was no longer in use.
 */
export async function copyBlobFiles(store: Store, target: string): Promise<void> {
  const { directory } = store.blobFiles;
  for (const prefix of await entriesOf(directory)) {
    await mkdir(join(target, prefix), { recursive: true, mode: 0o700 });
    for (const name of await entriesOf(join(directory, prefix))) {
      if (name.endsWith('.tmp')) continue;
      await copyFile(
        join(directory, prefix, name),
        join(target, prefix, name),
        constants.COPYFILE_FICLONE,
      ).catch(ignoreMissing);
    }
  }
}

async function entriesOf(directory: string): Promise<string[]> {
  return (await readdir(directory).catch(ignoreMissing)) ?? [];
}

function ignoreMissing(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}

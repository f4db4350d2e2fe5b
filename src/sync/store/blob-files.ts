import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { BLOBS_FOLDER } from '../../shared/profile-files';

/** Files of blobs too large for the database, named by their content: `ab/cdef…` below one folder. */
export interface BlobFiles {
  readonly directory: string;
  /** Durable when it returns: temporary file, fsync, rename (SYNC-341). Writing the same content twice is fine. */
  write(hash: string, data: Uint8Array): void;
  /** Null when the file is gone. */
  read(hash: string): Buffer | null;
  remove(hash: string): void;
}

/** The files that belong to the database at that path. */
export function openBlobFiles(databasePath: string): BlobFiles {
  const directory = join(dirname(databasePath), BLOBS_FOLDER);
  const pathOf = (hash: string): string => join(directory, hash.slice(0, 2), hash.slice(2));
  return {
    directory,
    write: (hash, data) => {
      const path = pathOf(hash);
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      const temporary = `${path}.tmp`;
      const file = openSync(temporary, 'w', 0o600);
      try {
        writeFileSync(file, data);
        fsyncSync(file);
      } catch (error) {
        // On a full disk a part of it would take the last room (SYNC-348).
        rmSync(temporary, { force: true });
        throw error;
      } finally {
        closeSync(file);
      }
      renameSync(temporary, path);
    },
    read: (hash) => {
      try {
        return readFileSync(pathOf(hash));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
    },
    remove: (hash) => rmSync(pathOf(hash), { force: true }),
  };
}

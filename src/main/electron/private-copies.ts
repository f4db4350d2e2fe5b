import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { safeFileName } from '../../shared/attachment-safety';
import type { Content } from '../content/content-part';
import { makePrivateFolder } from '../profile/private-files';
import { saveFile } from './save-files';

/** Copies of mail's files for other programs: what is opened or dragged out (APP-369, APP-065). */
export interface PrivateCopies {
  /** Writes one, marked as from the internet and never executable, under a safe name; answers its path. */
  put(content: Content): Promise<string>;
  /** Removes all: at the start, for what a crash left, and at quit. */
  clear(): Promise<void>;
}

/** @param folder inside the profile; only its user can look into it */
export function createPrivateCopies(folder: string, platform = process.platform): PrivateCopies {
  return {
    put: async (content) => {
      makePrivateFolder(folder);
      // A folder each: two files of one name stay apart, and a program's companion files stay with theirs.
      const path = join(await mkdtemp(join(folder, 'file-')), safeFileName(content.filename));
      await saveFile(path, content, false, platform);
      return path;
    },
    // A file another program holds open may stay on Windows; the next start removes it.
    clear: () => rm(folder, { recursive: true, force: true, maxRetries: 2 }).catch(() => undefined),
  };
}

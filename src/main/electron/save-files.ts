import { open } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { safeFileName } from '../../shared/attachment-safety';
import type { Content } from '../content/content-part';
import { markAsDownloaded } from './mark-as-downloaded';

/**
 * Writes bytes from mail where the user said: never executable, never over another file unless that very file was
 * chosen, and marked as coming from the internet where the system knows such a mark (APP-090, APP-369).
 */
export async function saveFile(
  path: string,
  content: Content,
  overwrite: boolean,
  platform = process.platform,
): Promise<void> {
  const file = await open(path, overwrite ? 'w' : 'wx', 0o600);
  try {
    await file.writeFile(content.bytes);
    // A file that was there before keeps its rights, and may have been a program; some file systems decide themselves.
    await file.chmod((await file.stat()).mode & 0o666).catch(() => undefined);
  } finally {
    await file.close();
  }
  await markAsDownloaded(path, platform);
}

/** Saves into a folder under the message's own name, made unique by a number. */
export async function saveIntoFolder(folder: string, content: Content): Promise<string> {
  const name = safeFileName(content.filename);
  const extension = extname(name);
  const stem = name.slice(0, name.length - extension.length);
  for (let number = 1; ; number += 1) {
    const path = join(folder, number === 1 ? name : `${stem} (${number})${extension}`);
    try {
      await saveFile(path, content, false);
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

import { open } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { safeFilename } from '../content/content-headers';
import type { Content } from '../content/content-part';

/**
 * Writes bytes from mail where the user said: never executable, never over another file unless that very file was
 * chosen, and marked as coming from the internet where the system knows such a mark (APP-369).
 */
export async function saveFile(path: string, content: Content, overwrite: boolean): Promise<void> {
  const file = await open(path, overwrite ? 'w' : 'wx', 0o600);
  try {
    await file.writeFile(content.bytes);
  } finally {
    await file.close();
  }
  if (process.platform === 'win32') await markAsDownloaded(path);
}

/** Saves into a folder under the message's own name, made unique by a number. */
export async function saveIntoFolder(folder: string, content: Content): Promise<string> {
  const name = safeFilename(content.filename);
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

/** Windows' mark of the web: an alternate stream that makes the system ask before it opens the file. */
async function markAsDownloaded(path: string): Promise<void> {
  const stream = await open(`${path}:Zone.Identifier`, 'w').catch(() => null);
  await stream?.writeFile('[ZoneTransfer]\r\nZoneId=3\r\n');
  await stream?.close();
}

import { execFile } from 'node:child_process';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Asked before it is opened (0081), by us; the other fields may be empty. */
const QUARANTINE = '0081;;Homeport;';

/**
 * Marks a file as coming from the internet where the system knows such a mark, so that it asks before it opens or runs
 * it: Windows' zone stream, the quarantine of macOS. A file system without room for the mark is no reason not to save.
 */
export async function markAsDownloaded(
  path: string,
  platform: NodeJS.Platform = process.platform,
  runTool: (file: string, args: string[]) => Promise<unknown> = run,
): Promise<void> {
  if (platform === 'win32') {
    const stream = await open(`${path}:Zone.Identifier`, 'w').catch(() => null);
    await stream?.writeFile('[ZoneTransfer]\r\nZoneId=3\r\n');
    await stream?.close();
  } else if (platform === 'darwin') {
    await runTool('/usr/bin/xattr', ['-w', 'com.apple.quarantine', QUARANTINE, path]).catch(() => undefined);
  }
}

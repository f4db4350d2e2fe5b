import { execFile } from 'node:child_process';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';

/** A tool that waits for something is no reason to let a person wait for their file. */
const TOOL_LIMIT_MS = 5000;

type RunTool = (file: string, args: readonly string[]) => Promise<unknown>;
const run: RunTool = (file, args) => promisify(execFile)(file, args, { timeout: TOOL_LIMIT_MS });

/**
 * Marks a file as coming from the internet where the system knows such a mark, so that it asks before it opens or runs
 * it: Windows' zone stream, the quarantine of macOS, and on Linux the attribute of freedesktop.org (ADR 0238). A file
 * system without room for the mark is no reason not to save.
 * @param path absolute, so that no tool takes it for an option
 */
export async function markAsDownloaded(
  path: string,
  platform: NodeJS.Platform = process.platform,
  runTool: RunTool = run,
  now: () => number = Date.now,
): Promise<void> {
  if (platform === 'win32') {
    const stream = await open(`${path}:Zone.Identifier`, 'w').catch(() => null);
    await stream?.writeFile('[ZoneTransfer]\r\nZoneId=3\r\n').catch(() => undefined);
    await stream?.close();
    return;
  }
  for (const [tool, ...args] of toolsFor(platform, path, now())) {
    const done = await runTool(tool, args).then(
      () => true,
      () => false,
    );
    if (done) return;
  }
}

/** Node cannot write such attributes itself; the first tool that can is enough. */
function toolsFor(platform: NodeJS.Platform, path: string, now: number): readonly [string, ...string[]][] {
  if (platform === 'darwin') {
    // Asked about before it is opened (0081), since when, by whom.
    const quarantine = `0081;${Math.floor(now / 1000).toString(16)};Homeport;`;
    return [['/usr/bin/xattr', '-w', 'com.apple.quarantine', quarantine, path]];
  }
  if (platform !== 'linux') return [];
  // No address of the letter: the mark goes wherever the file is given on to.
  const origin = 'about:internet';
  return [
    ['setfattr', '-n', 'user.xdg.origin.url', '-v', origin, path],
    ['gio', 'set', '-t', 'string', path, 'xattr::xdg.origin.url', origin],
  ];
}

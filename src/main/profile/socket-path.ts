import { createHash } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { makePrivateFolder } from './private-files';

/** Bytes an address of a local socket may have: 103 on macOS, 107 on Linux. */
const LONGEST = 100;

/**
 * Where the process that owns a profile listens. In the profile; where that path is too long for the system, under a
 * hashed name in a folder of this user below the temporary folder; on Windows a named pipe.
 */
export function socketPath(profileDir: string, platform: NodeJS.Platform = process.platform): string {
  const absolute = resolve(profileDir);
  const hash = createHash('sha256').update(absolute).digest('hex').slice(0, 32);
  if (platform === 'win32') return `\\\\.\\pipe\\homeport-${hash}`;
  const inProfile = join(absolute, 'homeport.sock');
  if (Buffer.byteLength(inProfile) <= LONGEST) return inProfile;
  const { uid } = userInfo();
  const folder = join(tmpdir(), `homeport-${uid}`);
  makePrivateFolder(folder);
  // Someone else may have made that folder before us in order to listen in.
  const facts = lstatSync(folder);
  if (!facts.isDirectory() || facts.uid !== uid)
    throw new Error('The folder for local sockets belongs to someone else.');
  return join(folder, `${hash}.sock`);
}

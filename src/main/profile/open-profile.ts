import { resolve } from 'node:path';
import { forbidCoreDumps } from './no-core-dumps';
import { keepNewFilesPrivate, makePrivateFolder } from './private-files';
import { type ProfileLock, takeProfileLock } from './profile-lock';
import { socketPath } from './socket-path';

export type OpenedProfile =
  | { readonly kind: 'owned'; readonly dir: string; readonly socketPath: string; readonly lock: ProfileLock }
  | { readonly kind: 'held'; readonly dir: string; readonly socketPath: string; readonly pid: number };

/** Makes the profile folder private and takes it, or says who owns it (CLI-001, SYNC-394). */
export function openProfile(profileDir: string): OpenedProfile {
  const dir = resolve(profileDir);
  keepNewFilesPrivate();
  makePrivateFolder(dir);
  const lock = takeProfileLock(dir);
  const path = socketPath(dir);
  if ('heldBy' in lock) return { kind: 'held', dir, socketPath: path, pid: lock.heldBy };
  forbidCoreDumps();
  return { kind: 'owned', dir, socketPath: path, lock };
}

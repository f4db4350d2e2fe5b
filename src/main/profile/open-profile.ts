import { rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, parse, resolve } from 'node:path';
import type { Failure } from '../../shared/failure';
import { RESERVE_FILE } from '../../shared/profile-files';
import { forbidCoreDumps } from './no-core-dumps';
import { keepNewFilesPrivate, makePrivateFolder } from './private-files';
import { type ProfileLock, takeProfileLock } from './profile-lock';
import { socketPath } from './socket-path';

export type OpenedProfile =
  | { readonly kind: 'owned'; readonly dir: string; readonly socketPath: string; readonly lock: ProfileLock }
  | { readonly kind: 'held'; readonly dir: string; readonly socketPath: string; readonly pid: number }
  | { readonly kind: 'unusable'; readonly failure: Failure };

const STICKY = 0o1000;
const NO_ROOM: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);

/** Makes the profile folder private and takes it, or says who owns it (CLI-001, SYNC-394), or why it cannot be one. */
export function openProfile(profileDir: string): OpenedProfile {
  const dir = resolve(profileDir);
  keepNewFilesPrivate();
  try {
    if (isForMore(dir))
      return unusable(dir, 'It holds more than a profile: it would be closed to everyone else.');
    makePrivateFolder(dir);
    const lock = takeLock(dir);
    const path = socketPath(dir);
    if ('heldBy' in lock) return { kind: 'held', dir, socketPath: path, pid: lock.heldBy };
    forbidCoreDumps();
    return { kind: 'owned', dir, socketPath: path, lock };
  } catch (error) {
    const code = codeOf(error);
    if (code === null) throw error;
    if (NO_ROOM.has(code)) return { kind: 'unusable', failure: DISK_FULL };
    return unusable(dir, WHY[code] ?? `The system says ${code}.`);
  }
}

/** On a full disk the reserve is given up for it, as for everything that people still do then (SYNC-348). */
function takeLock(dir: string): ReturnType<typeof takeProfileLock> {
  try {
    return takeProfileLock(dir);
  } catch (error) {
    if (!NO_ROOM.has(codeOf(error) ?? '')) throw error;
    rmSync(join(dir, RESERVE_FILE), { force: true });
    return takeProfileLock(dir);
  }
}

/** The home folder, the root, and folders that every user writes in. */
function isForMore(dir: string): boolean {
  if (dir === parse(dir).root || dir === resolve(homedir())) return true;
  const facts = statSync(dir, { throwIfNoEntry: false });
  return facts !== undefined && (facts.mode & STICKY) !== 0;
}

const WHY: Readonly<Record<string, string>> = {
  EEXIST: 'It is a file.',
  ENOTDIR: 'A part of its path is a file.',
  EROFS: 'It can only be read.',
  EACCES: 'This user may not write there.',
  EPERM: 'This user may not write there.',
};

const DISK_FULL: Failure = {
  kind: 'limit',
  bound: 'disk',
  message: 'There is no room left on the disk of the profile.',
  hint: 'Free some space and try again.',
};

function unusable(dir: string, why: string): OpenedProfile {
  return {
    kind: 'unusable',
    failure: {
      kind: 'invalid',
      message: `${dir} cannot be used as the profile. ${why}`,
      hint: 'Name another folder with --profile DIR.',
    },
  };
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

import { closeSync, existsSync, fsyncSync, openSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Failure } from '../../shared/failure';
import { RESERVE_FILE } from '../../shared/profile-files';

/**
 * Kept aside in a file of the profile and given up when the disk is full: room for what people still do then, thousands
 * of deletions and their way to the server.
 */
const RESERVE_BYTES = 8 * 1024 * 1024;
/** With less free space the disk counts as full: the write-ahead log and its copy into the file have to fit (8 MiB and more). */
const FULL_BELOW_BYTES = 12 * 1024 * 1024;
/** What SQLite and the file system say when nothing more fits; a quota is as full as a disk. */
const FULL_CODES: ReadonlySet<string> = new Set(['SQLITE_FULL', 'ENOSPC', 'EDQUOT']);

/** Nothing was stored, because the disk has no room for it. Whoever answers a person turns it into its failure. */
export class DiskFull extends Error {
  readonly failure: Failure;

  constructor() {
    super('the disk is full');
    this.failure = {
      kind: 'limit',
      bound: 'disk',
      message: 'There is no room left on the disk.',
      hint: 'Free some space. Reading and deleting go on meanwhile.',
    };
  }
}

/** Room on the disk of the profile (SYNC-348). */
export interface DiskSpace {
  /** While true nothing that makes the profile grow is written. */
  isFull(): boolean;
  /** Bytes that are free for us now. */
  freeBytes(): number;
  /** Bytes that have to be free before mail is stored again. */
  readonly workingBytes: number;
  /** Before a transaction: a disk that is nearly full is noticed while there is still room to say so. */
  look(): void;
  /** For work that makes the profile grow: throws DiskFull. */
  requireRoom(): void;
  /** The error as it concerns us: DiskFull when it was about room, else the same. */
  judge(error: unknown): unknown;
  /** Sets the reserve aside, again or for the first time; true when there is room, and mail may be stored. */
  resume(): boolean;
  onChange(listener: () => void): void;
}

/** @param databasePath the reserve lies beside it */
export function createDiskSpace(databasePath: string): DiskSpace {
  const folder = dirname(databasePath);
  const reserve = join(folder, RESERVE_FILE);
  const listeners = new Set<() => void>();
  let full = false;

  function freeBytes(): number {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  }

  function setFull(next: boolean): void {
    if (full === next) return;
    full = next;
    if (full) rmSync(reserve, { force: true });
    for (const listener of listeners) listener();
  }

  return {
    isFull: () => full,
    freeBytes,
    workingBytes: RESERVE_BYTES + FULL_BELOW_BYTES,
    look: () => {
      if (!full && freeBytes() < FULL_BELOW_BYTES) setFull(true);
    },
    requireRoom: () => {
      if (full) throw new DiskFull();
    },
    judge: (error) => {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      // Growing the shared index of the log fails as an input error.
      const noRoom = FULL_CODES.has(code) || (code.startsWith('SQLITE_IOERR') && freeBytes() < RESERVE_BYTES);
      if (!noRoom) return error;
      setFull(true);
      return new DiskFull();
    },
    resume: () => {
      const missing = existsSync(reserve) ? 0 : RESERVE_BYTES;
      if (freeBytes() < missing + FULL_BELOW_BYTES) {
        setFull(true);
        return false;
      }
      if (missing > 0 && !writeReserve(reserve)) {
        setFull(true);
        return false;
      }
      setFull(false);
      return true;
    },
    onChange: (listener) => listeners.add(listener),
  };
}

/** False, and nothing left behind, when it does not fit. */
function writeReserve(path: string): boolean {
  try {
    const file = openSync(path, 'w', 0o600);
    try {
      writeFileSync(file, Buffer.alloc(RESERVE_BYTES, 0x5a));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    return true;
  } catch {
    rmSync(path, { force: true });
    return false;
  }
}

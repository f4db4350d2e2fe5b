import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { headlessEntry, outDir, tools } from './paths.mjs';
import { buildInputHash } from './sources.mjs';
import { runStreaming } from './spawn.mjs';

const stampFile = join(outDir, '.build-hash');
const lockDir = join(outDir, '.building');

/** Builds the app when its sources changed since the last build. Speaks on stderr only. Returns an exit code. */
export async function ensureBuilt() {
  return isBuilt() ? 0 : build();
}

export function isBuilt() {
  return (
    existsSync(headlessEntry) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === buildInputHash()
  );
}

/**
 * Builds main, preload, renderer and the message viewer. Two commands at the same moment build once: the second waits
 * for the first. Returns an exit code.
 * @param {{ force?: boolean }} [options] build even when the output is up to date
 */
export async function build({ force = false } = {}) {
  await takeLock();
  try {
    if (!force && isBuilt()) return 0;
    rmSync(stampFile, { force: true });
    const hash = buildInputHash();
    // One after the other: the renderer's build empties the folder that the viewer is written into.
    for (const args of [
      [tools.electronVite, 'build', '--logLevel', 'warn'],
      [tools.vite, 'build', '--config', 'scripts/vite/viewer.config.ts', '--logLevel', 'warn'],
    ]) {
      const code = await runStreaming(process.execPath, args, {
        quietStdout: true,
      });
      if (code !== 0) return code;
    }
    writeFileSync(stampFile, hash);
    return 0;
  } finally {
    rmSync(lockDir, { recursive: true, force: true });
  }
}

/** A folder is the lock: making it is atomic everywhere. A lock whose owner is gone is taken over. */
async function takeLock() {
  mkdirSync(outDir, { recursive: true });
  for (;;) {
    try {
      mkdirSync(lockDir);
      writeFileSync(join(lockDir, 'pid'), String(process.pid));
      return;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    }
    if (ownerIsGone()) rmSync(lockDir, { recursive: true, force: true });
    else await sleep(100);
  }
}

function ownerIsGone() {
  try {
    process.kill(Number(readFileSync(join(lockDir, 'pid'), 'utf8')), 0);
    return false;
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'ESRCH') return true;
    // Between making the folder and writing the pid there is a moment without a pid file.
    return (
      code === 'ENOENT' && (statSync(lockDir, { throwIfNoEntry: false })?.mtimeMs ?? 0) < Date.now() - 5000
    );
  }
}

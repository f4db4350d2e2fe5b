import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

/**
 * The lock-file gate: makes node_modules what package-lock.json says, with `npm ci`, and only when it is not already.
 * Ends the process with a clear message when npm fails. Everything npm says goes to stderr.
 */
export function ensureInstalled() {
  const lockFile = join(root, 'package-lock.json');
  const stampFile = join(root, 'node_modules/.lock-hash');
  const hash = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8').trim() === hash) return;

  const installedFile = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedFile) || !sameTree(readJson(lockFile), readJson(installedFile))) {
    console.error('Installing dependencies (npm ci)…');
    if (npmCi() !== 0) {
      console.error('npm ci failed: see the lines above. Nothing was started.');
      process.exit(1);
    }
  }
  writeFileSync(stampFile, `${hash}\n`);
}

/**
 * Whether a tree that npm installed itself (`npm install` leaves its own record) is already what the lock demands.
 * Platform packages of other systems are in the lock only.
 * @param {{ packages: Record<string, { version?: string, optional?: boolean, devOptional?: boolean, link?: boolean }> }} lock
 * @param {{ packages: Record<string, { version?: string }> }} installed
 */
export function sameTree(lock, installed) {
  const wanted = Object.entries(lock.packages).filter(([path]) => path.includes('node_modules/'));
  const extra = Object.keys(installed.packages).filter((path) => !(path in lock.packages));
  return (
    extra.length === 0 &&
    wanted.every(([path, entry]) => {
      const present = installed.packages[path];
      return present === undefined
        ? Boolean(entry.optional || entry.devOptional)
        : present.version === entry.version;
    })
  );
}

/** Returns npm's exit status. `npm_execpath` is npm's own JavaScript file when npm started us. */
function npmCi() {
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const npmFile = process.env.npm_execpath;
  /** @type {import('node:child_process').SpawnSyncOptions} */
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  const result = npmFile?.endsWith('.js')
    ? spawnSync(process.execPath, [npmFile, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  return result.status ?? 1;
}

/** @param {string} file */
function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

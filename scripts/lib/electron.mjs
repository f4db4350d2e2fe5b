import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './paths.mjs';
import { runStreaming } from './spawn.mjs';

const electronDir = join(root, 'node_modules/electron');
const failureFile = join(root, 'node_modules/.cache/homeport-electron-fetch-failed');
const RETRY_AFTER_MS = 24 * 60 * 60 * 1000;
const FETCH_TIMEOUT_MS = 60_000;

/**
 * The Electron binary, or undefined where there is none. Never `require('electron')`: outside Electron that starts a
 * download. ELECTRON_OVERRIDE_DIST_PATH counts as it does for Electron's own launcher.
 * @returns {string | undefined}
 */
export function electronBinary() {
  const nameFile = join(electronDir, 'path.txt');
  const name = existsSync(nameFile) ? readFileSync(nameFile, 'utf8').trim() : defaultName();
  const binary = join(distFolder(), name);
  return existsSync(binary) ? binary : undefined;
}

/** The whole distribution around that binary, for packing; undefined where there is none. */
export function electronFolder() {
  return electronBinary() === undefined ? undefined : distFolder();
}

/**
 * The binary, fetched with Electron's own install script where it is missing. A failed fetch is remembered for a day.
 * @returns {Promise<string | undefined>}
 */
export async function ensureElectron() {
  const present = electronBinary();
  if (present !== undefined || process.env.CI || failedLately()) return present;
  console.error('Fetching Electron…');
  const code = await runStreaming(process.execPath, [join(electronDir, 'install.js')], {
    quietStdout: true,
    timeoutMs: FETCH_TIMEOUT_MS,
  });
  const fetched = electronBinary();
  if (code === 0 && fetched !== undefined) {
    rmSync(failureFile, { force: true });
    return fetched;
  }
  mkdirSync(dirname(failureFile), { recursive: true });
  writeFileSync(failureFile, '');
  console.error(`Electron could not be fetched; the next try is in a day (or remove ${failureFile}).`);
  return undefined;
}

/** Whether a window can be opened at all: on Linux only with a display. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Chromium refuses its sandbox to root. */
export function sandboxArgs() {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

function distFolder() {
  return process.env.ELECTRON_OVERRIDE_DIST_PATH || join(electronDir, 'dist');
}

function defaultName() {
  if (process.platform === 'win32') return 'electron.exe';
  return process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';
}

function failedLately() {
  const at = statSync(failureFile, { throwIfNoEntry: false })?.mtimeMs;
  return at !== undefined && Date.now() - at < RETRY_AFTER_MS;
}

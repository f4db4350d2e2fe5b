import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

/**
 * Runs npm in the project and keeps what it says. `npm_execpath` is npm's own JavaScript file when npm started us.
 * @param {readonly string[]} args
 * @param {{ timeoutMs?: number }} [options] by default it may take as long as it wants
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>} code 127 when there is no npm, 128 when it was
 *   stopped
 */
export function runNpm(args, { timeoutMs = 0 } = {}) {
  const npmFile = process.env.npm_execpath;
  const own = npmFile?.endsWith('.js') ? npmFile : undefined;
  const child = spawn(
    own === undefined ? 'npm' : process.execPath,
    own === undefined ? args : [own, ...args],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: own === undefined && process.platform === 'win32',
      timeout: timeoutMs,
    },
  );
  /** @type {Buffer[]} */
  const out = [];
  /** @type {Buffer[]} */
  const err = [];
  child.stdout.on('data', (chunk) => out.push(chunk));
  child.stderr.on('data', (chunk) => err.push(chunk));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 127, stdout: '', stderr: error.message }));
    child.once('close', (code) =>
      resolve({
        code: code ?? 128,
        stdout: Buffer.concat(out).toString('utf8'),
        stderr: Buffer.concat(err).toString('utf8'),
      }),
    );
  });
}

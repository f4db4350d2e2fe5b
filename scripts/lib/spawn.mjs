import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './paths.mjs';

/** How soon a program learns that the npm it was started through was stopped. */
const PARENT_CHECK_MS = 200;

/**
 * Runs a long-lived program in our place: standard streams inherited, stop signals handed on. npm hands a signal to the
 * shell it started us through, and that shell ends without a word to us: then our parent changes, which stops it too.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>} its exit code (128 + signal number when a signal ended it)
 */
export function runForwarding(command, args, env = process.env) {
  const child = spawn(command, args, { stdio: 'inherit', env });
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => {
    // At a terminal Ctrl+C already reaches the whole process group; a second one would mean "at once".
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  const parent = process.ppid;
  const orphaned = () => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    child.kill('SIGTERM');
  };
  const watch = setInterval(orphaned, PARENT_CHECK_MS);
  if (process.env.npm_lifecycle_event === undefined) clearInterval(watch);
  return exitCode(child).finally(() => {
    clearInterval(watch);
    for (const signal of signals) process.off(signal, forward);
  });
}

/**
 * Runs a step with its output on our stderr or stdout as it comes.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, quietStdout?: boolean, timeoutMs?: number }} [options] `quietStdout` moves its
 *   stdout to our stderr, so that our own stdout stays clean for data
 */
export function runStreaming(command, args, { env = process.env, quietStdout = false, timeoutMs } = {}) {
  const child = spawn(command, args, {
    cwd: root,
    env,
    stdio: ['ignore', quietStdout ? 2 : 'inherit', 'inherit'],
    ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
  });
  return exitCode(child);
}

/**
 * Runs a step and keeps what it says, for steps that run side by side.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function runCaptured(command, args, env = process.env) {
  const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  /** @type {Buffer[]} */
  const chunks = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  child.stderr.on('data', (chunk) => chunks.push(chunk));
  const code = await exitCode(child);
  return { code, output: Buffer.concat(chunks).toString('utf8') };
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>}
 */
function exitCode(child) {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(error.message);
      resolve(127);
    });
    child.once('close', (code, signal) => {
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}

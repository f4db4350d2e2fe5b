import { spawnSync } from 'node:child_process';

/**
 * A core dump would write passwords and mail outside of the profile (APP-372). Linux lets a process lower its own limit
 * and its children inherit it; Node has no call for that, so util-linux's tool does it. macOS and Windows write none
 * by default.
 */
export function forbidCoreDumps(): void {
  if (process.platform !== 'linux') return;
  spawnSync('prlimit', ['--core=0:0', '--pid', String(process.pid)], { stdio: 'ignore', timeout: 1000 });
}

import { spawn } from 'node:child_process';
import type { ElectronApplication } from '@playwright/test';

/**
 * Starts the desktop app once more on a profile where it runs, as the system does for an address somebody clicked.
 * @returns its exit code: 0 when it handed over to the first one
 */
export async function startAgain(
  electron: ElectronApplication,
  profileDir: string,
  ...more: readonly string[]
): Promise<number | null> {
  const { spawnfile, spawnargs } = electron.process();
  const args = spawnargs
    .slice(1)
    .filter((arg) => !/^(-r$|--inspect|--remote-debugging|--hidden$|.*\.cjs$)/.test(arg));
  const second = spawn(spawnfile, [...args, ...more], {
    env: { ...process.env, HOMEPORT_PROFILE: profileDir },
    stdio: 'ignore',
  });
  return new Promise((resolve) => second.once('exit', (code) => resolve(code)));
}

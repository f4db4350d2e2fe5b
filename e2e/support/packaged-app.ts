import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chromium, type Page } from '@playwright/test';
import { sandboxArgs } from '../../scripts/lib/electron.mjs';

/** How long a start may take until the browser engine says where it listens. */
const LISTENS_WITHIN_MS = 20_000;

/** A running packaged app, looked at from outside: its main process lets no debugger in (APP-371). */
export interface PackagedApp {
  readonly page: Page;
  /** Addresses of all pages there are, developer tools included. */
  addresses(): string[];
  /** Presses keys as a keyboard does, such as `ctrl+r`: they reach the menu too, unlike keys sent to a page. */
  press(...keys: string[]): void;
  stderr(): string;
  stop(): Promise<void>;
}

export interface PackagedStart {
  readonly profileDir: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts the executable and waits for its window's page. */
export async function startPackagedApp(binary: string, start: PackagedStart): Promise<PackagedApp> {
  const child = spawn(binary, [...sandboxArgs(), '--remote-debugging-port=0', ...(start.args ?? [])], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // The engine may need a newer Node than this Electron brings along.
    env: {
      ...process.env,
      HOMEPORT_PROFILE: start.profileDir,
      HOMEPORT_NODE: process.execPath,
      ...start.env,
    },
  });
  const stderr = collect(child);
  try {
    const address = await listeningAddress(child, stderr);
    const browser = await chromium.connectOverCDP(address);
    const [context] = browser.contexts();
    if (context === undefined) throw new Error('no browser context');
    const page = context.pages()[0] ?? (await context.waitForEvent('page'));
    return {
      page,
      addresses: () => context.pages().map((each) => each.url()),
      press: (...keys) => {
        // Without a window manager nothing else gives the window the keyboard.
        const [window = ''] = xdotool('search', '--onlyvisible', '--name', '^Homeport$').split('\n');
        xdotool('windowfocus', '--sync', window);
        for (const key of keys) xdotool('key', key);
      },
      stderr,
      // The connection ends with it; closing that first waits long for pages that are not Playwright's to close.
      stop: () => end(child),
    };
  } catch (error) {
    await end(child);
    throw new Error(`the packaged app did not start: ${stderr()}`, { cause: error });
  }
}

function xdotool(...args: string[]): string {
  return execFileSync('xdotool', args, { encoding: 'utf8' }).trim();
}

function collect(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return () => text;
}

function listeningAddress(child: ChildProcess, stderr: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const giveUp = setTimeout(() => reject(new Error('it never listened')), LISTENS_WITHIN_MS);
    child.stderr?.on('data', () => {
      const address = /^DevTools listening on (ws:\S+)/m.exec(stderr())?.[1];
      if (address === undefined) return;
      clearTimeout(giveUp);
      resolve(address);
    });
    child.once('exit', (code) => {
      clearTimeout(giveUp);
      reject(new Error(`it ended with ${code}`));
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

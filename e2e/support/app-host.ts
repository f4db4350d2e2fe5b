import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  _electron,
  type Browser,
  type ElectronApplication,
  type LaunchOptions,
  type Page,
} from '@playwright/test';
import { homeportJson, type RunningHost, serve } from '../../test/integration/homeport-process';

/** One running Homeport with one window, in either host. */
export interface AppHost {
  readonly kind: 'headless' | 'electron';
  readonly page: Page;
  /** The desktop host's own process; null in the headless host. */
  readonly electron: ElectronApplication | null;
  /** The headless host; null in the desktop. */
  readonly process: RunningHost | null;
  /** Another window on the same profile (headless host only). */
  openWindow(): Promise<Page>;
  /** What the window opens beside itself, in the way of this host (UI-003). */
  nextWindow(open: () => Promise<unknown>): Promise<Page>;
  /** Asks it to end, as closing the app does. */
  quit(): Promise<void>;
  /** Ends it the hard way. */
  kill(): Promise<void>;
}

const VIEWPORT = { width: 1440, height: 900 };

export function newProfile(): string {
  return mkdtempSync(join(tmpdir(), 'homeport-e2e-'));
}

export function removeProfile(profileDir: string): void {
  rmSync(profileDir, { recursive: true, force: true, maxRetries: 5 });
}

/** Called for every page before it loads anything. */
type Prepare = (page: Page) => void;

export async function startHeadlessApp(
  browser: Browser,
  profileDir: string,
  prepare: Prepare,
): Promise<AppHost> {
  const host = await serve(profileDir);
  // Senders' web servers in the tests have certificates of their own making.
  const context = await browser.newContext({ viewport: VIEWPORT, ignoreHTTPSErrors: true });
  context.on('page', prepare);
  const open = async (url: string): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(url);
    return page;
  };
  const page = await open(host.ready.ui);
  return {
    kind: 'headless',
    page,
    electron: null,
    process: host,
    openWindow: async () => {
      const { ui } = await homeportJson<{ ui: string }>(profileDir, ['link']);
      return open(ui);
    },
    nextWindow: async (wanted) => (await Promise.all([context.waitForEvent('page'), wanted()]))[0],
    quit: async () => {
      await context.close();
      const { code } = await host.stop();
      if (code !== 0) throw new Error(`the host ended with ${code}: ${host.stderr()}`);
    },
    kill: async () => {
      await context.close();
      await host.kill();
    },
  };
}

/**
 * Starts the desktop host and attaches to it before it is ready; it may have no window.
 * @param launch the project's launch options: the binary and what it needs to run here
 */
export async function launchElectron(
  launch: LaunchOptions | undefined,
  profileDir: string,
  more: readonly string[] = [],
): Promise<ElectronApplication> {
  if (launch?.executablePath === undefined) throw new Error('no Electron binary');
  const env = Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return _electron.launch({
    executablePath: launch.executablePath,
    args: [
      ...['-r', join(import.meta.dirname, 'wait-for-driver.cjs')],
      ...(launch.args ?? []),
      '--ignore-certificate-errors',
      // Without a graphics card its process fails twice before it starts in software; now and then the end of a failed one is
      // missed, and the window waits for it for ever.
      '--disable-gpu',
      join(import.meta.dirname, '../..'),
      ...more,
    ],
    // The engine may need a newer Node than Electron brings along.
    env: { ...env, HOMEPORT_PROFILE: profileDir, HOMEPORT_NODE: process.execPath },
  });
}

/** @param launch the project's launch options: the binary and what it needs to run here */
export async function startElectronApp(
  launch: LaunchOptions | undefined,
  profileDir: string,
  prepare: Prepare,
): Promise<AppHost> {
  const electron = await launchElectron(launch, profileDir);
  electron.context().on('page', prepare);
  const page = await electron.firstWindow();
  prepare(page);
  await electron.evaluate(({ BrowserWindow }, { width, height }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
  }, VIEWPORT);
  return {
    kind: 'electron',
    page,
    electron,
    process: null,
    openWindow: () => Promise.reject(new Error('the desktop host has one whole window')),
    nextWindow: async (wanted) => (await Promise.all([electron.waitForEvent('window'), wanted()]))[0],
    quit: () => electron.close(),
    kill: async () => {
      const child = electron.process();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    },
  };
}

import { type Browser, test as base, chromium, expect, type Page } from '@playwright/test';
import {
  addImapAccount,
  type CliOptions,
  type CliResult,
  homeport,
  homeportJson,
} from '../test/integration/homeport-process';
import { type FlakyProxy, startFlakyProxy } from '../test/servers/flaky-proxy';
import { type DovecotServer, startDovecot, type TestUser } from '../test/servers/start-dovecot';
import {
  type AppHost,
  newProfile,
  removeProfile,
  startElectronApp,
  startHeadlessApp,
} from './support/app-host';

/** What a test does with the running app; `page` is the present window, also after a restart. */
export interface Homeport {
  readonly hostKind: 'headless' | 'electron';
  readonly profileDir: string;
  readonly page: Page;
  readonly host: AppHost;
  /** Starts it again on the same profile: after a clean end, or after `kill -9`. */
  relaunch(how?: 'quit' | 'kill'): Promise<Page>;
  /** A command of the command line against the running app. */
  cli(args: readonly string[], options?: CliOptions): Promise<CliResult>;
  cliJson<T = Record<string, unknown>>(args: readonly string[], options?: CliOptions): Promise<T>;
  /** Adds the test's user by the command line; answers the account's id. */
  addAccount(): Promise<string>;
  /** Adds a local account with generated mail. */
  addSample(count: number): Promise<string>;
  /** Console errors that this test provokes on purpose. */
  allowConsole(pattern: RegExp): void;
}

export interface TestFixtures {
  user: TestUser;
  cable: FlakyProxy;
  profileDir: string;
  app: Homeport;
}
export interface WorkerFixtures {
  server: DovecotServer;
  hostBrowser: Browser | null;
}

/**
 * One set of flows for both hosts: project `chromium` runs them in a browser over the headless host, project `electron`
 * in the desktop host. Every test has its own profile, mail user and link to the server. A test fails on any console
 * error, uncaught error or refused policy in any window.
 */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  server: [
    async ({}, use) => {
      const server = await startDovecot();
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],

  hostBrowser: [
    async ({}, use, info) => {
      if (info.project.name === 'electron') return use(null);
      const browser = await chromium.launch(info.project.use.launchOptions);
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],

  user: async ({ server }, use) => use(await server.addUser()),

  cable: async ({ server }, use) => {
    const proxy = await startFlakyProxy(server.imapPort);
    await use(proxy);
    await proxy.close();
  },

  profileDir: async ({}, use) => {
    const profileDir = newProfile();
    await use(profileDir);
    removeProfile(profileDir);
  },

  app: async ({ hostBrowser, profileDir, user, cable }, use, info) => {
    const complaints: string[] = [];
    const allowed: RegExp[] = [];
    const complain = (text: string) => {
      if (!allowed.some((pattern) => pattern.test(text))) complaints.push(text);
    };
    const watched = new WeakSet<Page>();
    const watch = (page: Page) => {
      if (watched.has(page)) return;
      watched.add(page);
      page.on('console', (message) => {
        const policy = /Content Security Policy|TrustedHTML|Trusted Type/i.test(message.text());
        if (message.type() === 'error' || policy)
          complain(`console: ${message.text()} (${message.location().url})`);
      });
      page.on('pageerror', (error) => complain(`uncaught: ${error.stack ?? error.message}`));
    };
    const start = () =>
      hostBrowser === null
        ? startElectronApp(info.project.use.launchOptions, profileDir, watch)
        : startHeadlessApp(hostBrowser, profileDir, watch);

    let host = await start();
    const cliJson: Homeport['cliJson'] = (args, options) => homeportJson(profileDir, args, options);
    await use({
      hostKind: host.kind,
      profileDir,
      get page() {
        return host.page;
      },
      get host() {
        return host;
      },
      relaunch: async (how = 'quit') => {
        await host[how]();
        host = await start();
        return host.page;
      },
      cli: (args, options) => homeport(profileDir, args, options),
      cliJson,
      addAccount: () => addImapAccount(profileDir, user, cable.port),
      addSample: async (count) => {
        const local = await cliJson<{ accountId: string }>([
          ...['account', 'add', 'local', '--name', 'Sample', '--sample', String(count), '--seed', '1'],
        ]);
        return local.accountId;
      },
      allowConsole: (pattern) => allowed.push(pattern),
    });
    if (info.status !== info.expectedStatus && host.process) {
      await info.attach('host-log', { body: host.process.stderr(), contentType: 'text/plain' });
    }
    await host.quit();
    expect(complaints, 'the windows complained').toEqual([]);
  },
});

export { expect };

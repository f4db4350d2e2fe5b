import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type ElectronApplication, expect, test } from '@playwright/test';
import type { HostBridge } from '../src/shared/contract/bridge';
import { homeport, homeportJson } from '../test/integration/homeport-process';
import { type AppHost, newProfile, removeProfile, startElectronApp } from './support/app-host';
import { expectLockedDown } from './support/desktop';
import { startAgain } from './support/second-start';

let profileDir = '';
let host: AppHost;

test.beforeEach(async ({}, info) => {
  profileDir = newProfile();
  host = await startElectronApp(info.project.use.launchOptions, profileDir, () => undefined);
  await expect(host.page.getByRole('textbox')).toBeVisible();
});
test.afterEach(async () => {
  await host.quit();
  removeProfile(profileDir);
});

/** The engine runs beside an Electron whose Node is too old for our SQLite; elsewhere it is a thread and cannot be killed. */
async function childRunning(file: string): Promise<number> {
  const parent = await inMain().evaluate(() => process.pid);
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const [, , , ppid] = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/\(.*\)/, 'x')
        .split(' ');
      if (Number(ppid) === parent && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(file))
        return Number(pid);
    } catch {
      // Gone between two looks.
    }
  }
  throw new Error(`no child runs ${file}`);
}

function inMain(): ElectronApplication {
  if (host.electron === null) throw new Error('not the desktop host');
  return host.electron;
}

/** Not documented, but the only way to see what a window really has. */
interface Effective {
  getLastWebPreferences(): Readonly<Record<string, unknown>>;
}
interface Bridged {
  readonly homeport: HostBridge;
}

test('APP-360 every window really is sandboxed, isolated and without Node', async () => {
  const preferences = await inMain().evaluate(({ webContents }) =>
    webContents
      .getAllWebContents()
      .map((contents) => (contents as unknown as Effective).getLastWebPreferences()),
  );
  expect(preferences.length).toBeGreaterThan(0);
  for (const preference of preferences) {
    expectLockedDown(preference);
  }
  const seen = await host.page.evaluate(() => ({
    bridge: Object.getOwnPropertyNames((window as unknown as Bridged).homeport).sort(),
    frozen: Object.isFrozen((window as unknown as Bridged).homeport),
    node: ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window),
  }));
  expect(seen).toEqual({ bridge: ['call', 'platform', 'subscribe'], frozen: true, node: [] });
});

test('APP-363 the app comes from its own scheme under a policy that stops injected scripts, styles, forms and markup', async () => {
  const { page } = host;
  expect(page.url()).toBe('app://homeport/');
  const policy = await page.evaluate(async () => (await fetch('/')).headers.get('content-security-policy'));
  for (const directive of [
    "default-src 'none'",
    "script-src 'self'",
    "connect-src 'self'",
    'frame-src mail-content:',
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
  ]) {
    expect(policy).toContain(directive);
  }
  const outside = await page.evaluate(() =>
    Promise.all(
      [
        '/../main/index.js',
        '/%2e%2e/main/index.js',
        '/..%2fmain/index.js',
        '//etc/passwd',
        '/.git/config',
      ].map(async (path) => (await fetch(`app://homeport${path}`)).status),
    ),
  );
  expect(outside).toEqual([404, 404, 404, 404, 404]);
  const probes = await page.evaluate(async () => {
    const violated: string[] = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      violated.push(effectiveDirective),
    );
    const attempt = (run: () => void) => {
      try {
        run();
      } catch {
        // Trusted Types throw; the violation is what counts.
      }
    };
    attempt(() => {
      document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.pwned=1">');
    });
    const link = document.createElement('a');
    link.href = 'javascript:window.pwned=1';
    document.body.append(link);
    link.click();
    const style = document.createElement('style');
    style.textContent = 'body{display:none}';
    document.head.append(style);
    const frame = document.createElement('iframe');
    frame.src = 'https://example.org/';
    document.body.append(frame);
    const base = document.createElement('base');
    base.href = 'https://example.org/';
    document.head.append(base);
    await fetch('https://example.org/').catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { violated: [...new Set(violated)].sort(), pwned: 'pwned' in window, base: document.baseURI };
  });
  expect(probes).toEqual({
    violated: [
      'base-uri',
      'connect-src',
      'frame-src',
      'require-trusted-types-for',
      'script-src-elem',
      'style-src-elem',
    ],
    pwned: false,
    base: 'app://homeport/',
  });
});

test('a page that takes itself to an empty one is brought back', async () => {
  await host.page.evaluate(() => {
    location.href = 'about:blank';
  });
  await expect(host.page).toHaveURL('app://homeport/');
  await expect(host.page.getByRole('textbox')).toBeVisible();
});

test('APP-366 nothing leads out of the window: addresses, targets, new windows, downloads and the middle button', async () => {
  const { page } = host;
  const before = await inMain().evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  expect(await page.evaluate(() => String(window.open('https://example.org/')))).toBe('null');
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.id = 'out';
    link.textContent = 'out';
    link.style.setProperty('position', 'fixed');
    link.style.setProperty('inset', '0');
    document.body.append(link);
  });
  for (const [href, target, button] of [
    ['https://example.org/', '', 'left'],
    ['https://example.org/', '_blank', 'left'],
    ['https://example.org/', '', 'middle'],
    ['file:///etc/passwd', '', 'left'],
    ['data:text/html,x', '', 'left'],
    ['mail-content://00/', '', 'left'],
  ] as const) {
    await page.evaluate(
      ({ address, where }) => {
        const link = document.getElementById('out');
        link?.setAttribute('href', address);
        link?.setAttribute('target', where);
      },
      { address: href, where: target },
    );
    await page.mouse.click(300, 300, { button });
  }
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(['x']));
    link.download = 'evil.sh';
    link.click();
    location.href = 'https://example.org/';
    location.assign('app://elsewhere/');
  });
  await page.waitForTimeout(300);
  expect(page.url()).toBe('app://homeport/');
  expect(await inMain().evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(before);
  expect(
    await inMain().evaluate(({ webContents }) => webContents.getAllWebContents().map((c) => c.getURL())),
  ).toEqual(['app://homeport/']);
});

test('APP-367 the page is denied everything it could ask the system for', async () => {
  const answers = await host.page.evaluate(async () => {
    const names = [
      'geolocation',
      'notifications',
      'camera',
      'microphone',
      'midi',
      'clipboard-read',
      'persistent-storage',
    ];
    const states = await Promise.all(
      names.map((name) =>
        navigator.permissions.query({ name: name as PermissionName }).then(
          ({ state }) => state,
          () => 'denied',
        ),
      ),
    );
    const media = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => 'granted',
      () => 'denied',
    );
    const screen = await navigator.mediaDevices.getDisplayMedia({ video: true }).then(
      () => 'granted',
      () => 'denied',
    );
    return [...states, media, screen];
  });
  expect(new Set(answers)).toEqual(new Set(['denied']));
});

test('APP-279 page, reader and engine come back by themselves after being killed, with everything they had', async () => {
  await homeportJson(profileDir, [
    'account',
    'add',
    'local',
    '--name',
    'Sample',
    '--sample',
    '20',
    '--seed',
    '1',
  ]);
  const rows = async () => (await homeportJson<{ rows: unknown[] }>(profileDir, ['list'])).rows.length;
  expect(await rows()).toBe(20);
  await host.page.evaluate(() => {
    const states: string[] = [];
    const said: string[] = [];
    Object.assign(window, { states, said });
    (window as unknown as Bridged).homeport.subscribe((event) => {
      if (event.kind === 'engine') states.push(event.state);
    });
    const look = () => {
      if (document.body.innerText.includes('being started again')) said.push('it');
    };
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });
  const states = () => host.page.evaluate(() => (window as unknown as { states: string[] }).states);
  for (const worker of ['engine', 'reader']) {
    const told = (await states()).length;
    process.kill(await childRunning(`${worker}.js`), 'SIGKILL');
    await expect.poll(async () => (await states()).slice(told)).toEqual(['restarting', 'running']);
    expect(await rows()).toBe(20);
  }
  const said = await host.page.evaluate(() => (window as unknown as { said: string[] }).said.length);
  expect(said).toBeGreaterThan(0);
  const text = await inMain().evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const back = new Promise((resolve) => contents?.once('did-finish-load', () => resolve(undefined)));
    contents?.forcefullyCrashRenderer();
    await back;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    return contents?.executeJavaScript('document.body.innerText') as Promise<string>;
  });
  expect(text).toContain('Inbox');
});

test('SYNC-394 a second start shows the first, a command talks to it, and no other host gets the profile', async () => {
  await inMain().evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  const visible = () =>
    inMain().evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((w) => w.isVisible()));
  expect(await visible()).toEqual([false]);
  expect(await startAgain(inMain(), profileDir)).toBe(0);
  await expect.poll(visible).toEqual([true]);

  const added = await homeportJson<{ accountId: string }>(profileDir, [
    'account',
    'add',
    'local',
    '--name',
    'By command',
  ]);
  expect(added.accountId).toMatch(/^\d+$/);
  await expect(host.page.getByText('By command').first()).toBeVisible();
  const refused = await homeport(profileDir, ['serve', '--json']);
  expect([refused.code, refused.json<{ error: { kind: string } }>().error.kind]).toEqual([1, 'conflict']);
});

test('the profile is for its user only, the browser engine’s own files included', async () => {
  expect(statSync(profileDir).mode & 0o777).toBe(0o700);
  for (const name of readdirSync(profileDir))
    expect(statSync(join(profileDir, name)).mode & 0o077, name).toBe(0);
});

test('the application menu shows the keys in force, and follows when another preset or another key is chosen', async () => {
  const shown = () =>
    inMain().evaluate(({ Menu }) => {
      const items = (Menu.getApplicationMenu()?.items ?? []).flatMap(({ submenu }) => submenu?.items ?? []);
      const wanted = ['compose.new', 'compose.reply', 'mail.archive', 'palette.open', 'go.inbox'];
      return Object.fromEntries([
        ...wanted.map((id) => [id, String(items.find((item) => item.id === id)?.accelerator ?? '')]),
        ['quit', items.find(({ label, role }) => role === 'quit' || label === 'Quit')?.role ?? 'none'],
      ]) as Record<string, string>;
    });
  const choose = (patch: Record<string, unknown>) =>
    host.page.evaluate(
      (value) => (window as unknown as Bridged).homeport.call('settings.set', { patch: value }),
      patch,
    );
  const plain = { 'compose.new': 'C', 'compose.reply': 'R', 'mail.archive': 'E', 'go.inbox': '' };
  await expect.poll(shown).toMatchObject({ ...plain, 'palette.open': 'CommandOrControl+K', quit: 'quit' });
  await choose({ keyPreset: 'outlook' });
  await expect.poll(shown).toEqual({
    'compose.new': 'CommandOrControl+N',
    'compose.reply': 'CommandOrControl+R',
    'mail.archive': 'Backspace',
    'palette.open': 'Alt+Q',
    'go.inbox': 'CommandOrControl+1',
    // Ctrl+Q marks as read there: it must not end the program.
    quit: 'none',
  });
  await choose({ keyPreset: 'gmail', keyBindings: { 'go.inbox': ['F3'], 'mail.star': ['e'] } });
  await expect.poll(shown).toMatchObject({ ...plain, 'mail.archive': '', 'go.inbox': 'F3', quit: 'quit' });
});

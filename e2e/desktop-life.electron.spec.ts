import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import type { HostBridge } from '../src/shared/contract/bridge';
import type { Settings } from '../src/shared/contract/methods';
import { addImapAccount, homeport } from '../test/integration/homeport-process';
import { expect, type Homeport, test } from './fixtures';
import { launchElectron, newProfile, removeProfile, startElectronApp } from './support/app-host';
import { composer } from './support/letter-desk';
import { letter } from './support/letters';
import { grid, listHeading, openMessage, reader, showFolder, toasts, waitForMail } from './support/screen';
import { startAgain } from './support/second-start';

interface Bridged {
  readonly homeport: HostBridge;
}

function inMain(app: Homeport): ElectronApplication {
  if (app.host.electron === null) throw new Error('not the desktop host');
  return app.host.electron;
}

async function change(page: Page, patch: Partial<Settings>): Promise<void> {
  await page.evaluate(
    (wanted) => (window as unknown as Bridged).homeport.call('settings.set', { patch: wanted }),
    patch,
  );
  // The desktop follows the settings a moment later.
  await page.waitForTimeout(500);
}

/** As after a minute in the tray: the page's process is gone, the program is not. */
async function takeWindowDown(app: Homeport): Promise<void> {
  await change(app.page, { closeToTray: true });
  await inMain(app).evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.destroy());
}

/** What the window says that the desktop opens next. */
async function nextWindow(app: Homeport, open: () => Promise<unknown>): Promise<Page> {
  const [page] = await Promise.all([inMain(app).waitForEvent('window'), open()]);
  return page;
}

test('APP-279 a page that crashes comes back to the folder and the message it showed', async ({
  app,
  server,
  user,
}) => {
  await server.append(user, letter({ subject: 'In the inbox' }));
  await server.append(user, letter({ subject: 'Put away' }), { mailbox: 'Archive' });
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  await waitForMail(app.page, 'In the inbox');
  await showFolder(app.page, 'Archive');
  await openMessage(app.page, 'Put away');
  const shown = await inMain(app).evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const back = new Promise((resolve) => contents?.once('did-finish-load', () => resolve(undefined)));
    contents?.forcefullyCrashRenderer();
    await back;
    const look = `[...document.querySelectorAll('h1, h2')].map((each) => each.textContent)`;
    for (let tries = 0; tries < 50; tries += 1) {
      const headings = (await contents?.executeJavaScript(look)) as string[];
      if (headings.includes('Put away')) return headings;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return [];
  });
  expect(shown).toEqual(expect.arrayContaining(['Archive', 'Put away']));
});

test('links open messages, in a window that was given back to the system too; what cannot be opened is said', async ({
  app,
  server,
  user,
}) => {
  await server.append(user, letter({ subject: 'First', id: 'first' }));
  await server.append(user, letter({ subject: 'Second', id: 'second' }));
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  await waitForMail(app.page, 'First');
  const heading = (page: Page) => reader(page).getByRole('heading', { level: 2 });
  const again = (link: string) => startAgain(inMain(app), app.profileDir, link);

  expect(await again('mid:first%40example.org')).toBe(0);
  await expect(heading(app.page)).toHaveText('First');
  await again('mid:nobody%40example.org');
  await expect(toasts(app.page).getByText('It is not on this computer.')).toBeVisible();
  await again('mailto:Bob%20%3Cbob@example.org%3E?subject=Hello%20you');
  await expect(composer(app.page).getByRole('list', { name: 'To: recipients' })).toContainText('Bob');
  await expect(composer(app.page).getByRole('textbox', { name: 'Subject' })).toHaveValue('Hello you');
  await composer(app.page).getByRole('button', { name: 'Close and keep the draft' }).click();

  const { rows } = await app.cliJson<{ rows: { id: string; subject: string }[] }>([
    ...['list', '--mailbox', 'role:inbox'],
  ]);
  const second = rows.find(({ subject }) => subject === 'Second')?.id;
  await takeWindowDown(app);
  const page = await nextWindow(app, () => again(`homeport://message/${second}`));
  await expect(heading(page)).toHaveText('Second');
  await expect(listHeading(page)).toHaveText('Inbox');
  await expect(grid(page).getByRole('row', { name: 'First' })).toBeVisible();
});

test('after a sleep in which every connection died in silence, mail is there within 10 s and nothing is reported', async ({
  app,
  server,
  user,
  cable,
}) => {
  await server.append(user, letter({ subject: 'Before the sleep' }));
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  await waitForMail(app.page, 'Before the sleep');
  const windows = () => inMain(app).evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  cable.pause();
  await inMain(app).evaluate(({ powerMonitor }) => powerMonitor.emit('suspend'));
  await server.append(user, letter({ subject: 'While it slept' }));
  await app.page.waitForTimeout(3000);
  cable.resume();
  await inMain(app).evaluate(({ powerMonitor }) => powerMonitor.emit('resume'));
  await expect(grid(app.page).getByRole('row', { name: 'While it slept' })).toBeVisible({ timeout: 10_000 });
  await expect(toasts(app.page).getByRole('alert')).toHaveCount(0);
  expect(await windows()).toBe(1);
});

test('APP-275 started by the system it has no window and syncs; a second start shows it, and the choice is undone by its switch', async ({
  server,
  user,
}, info) => {
  const profileDir = newProfile();
  const { launchOptions } = info.project.use;
  const configBefore = process.env.XDG_CONFIG_HOME;
  process.env.XDG_CONFIG_HOME = join(profileDir, 'config');
  const entries = () => {
    const folder = join(profileDir, 'config/autostart');
    return existsSync(folder)
      ? readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
      : [];
  };
  try {
    const first = await startElectronApp(launchOptions, profileDir, () => undefined);
    await addImapAccount(profileDir, user, server.imapPort);
    expect(entries()).toEqual([]);
    const electron = first.electron as ElectronApplication;
    await first.page.keyboard.press('Control+,');
    const choice = first.page.getByRole('switch', { name: 'Start when you sign in' });
    await choice.focus();
    await first.page.keyboard.press('Space');
    await expect.poll(entries).toHaveLength(1);
    expect(entries()[0]).toContain(`"--profile=${profileDir}" "--hidden"`);
    expect(await startAgain(electron, profileDir)).toBe(0);
    await first.quit();

    const hidden = await launchElectron(launchOptions, profileDir, ['--hidden']);
    await server.append(user, letter({ subject: 'Unseen' }));
    await expect
      .poll(async () => (await homeport(profileDir, ['list', '--mailbox', 'role:inbox', '--json'])).stdout, {
        timeout: 20_000,
      })
      .toContain('Unseen');
    expect(hidden.windows()).toEqual([]);
    const [page] = await Promise.all([hidden.waitForEvent('window'), startAgain(hidden, profileDir)]);
    await waitForMail(page, 'Unseen');
    expect(await hidden.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow() !== null)).toBe(
      true,
    );
    await change(page, { startAtLogin: false });
    await expect.poll(entries).toEqual([]);
    await hidden.close();
  } finally {
    if (configBefore === undefined) delete process.env.XDG_CONFIG_HOME;
    else process.env.XDG_CONFIG_HOME = configBefore;
    removeProfile(profileDir);
  }
});

test('a closed window leaves syncing on when that is chosen; the badge follows the unread mail of the inboxes, and the window is back at once', async ({
  app,
  server,
  user,
}) => {
  const electron = inMain(app);
  // Where the system has no badge to show, what it is asked to show is what there is to see.
  await electron.evaluate(({ app: desktop }) => {
    Object.assign(globalThis, { badges: [] as number[] });
    desktop.setBadgeCount = (count = 0) => {
      (globalThis as unknown as { badges: number[] }).badges.push(count);
      return true;
    };
  });
  const badge = () =>
    electron.evaluate(() => (globalThis as unknown as { badges: number[] }).badges.at(-1) ?? null);
  const closed = () => electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  const visible = () =>
    electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => window.isVisible()),
    );
  await server.append(user, letter({ subject: 'One' }));
  await server.append(user, letter({ subject: 'Elsewhere' }), { mailbox: 'Archive' });
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  await waitForMail(app.page, 'One');
  await expect.poll(badge).toBe(1);
  await change(app.page, { closeToTray: true });
  await closed();
  expect(await visible()).toEqual([false]);
  await server.append(user, letter({ subject: 'Two' }));
  await expect.poll(badge, { timeout: 20_000 }).toBe(2);
  await takeWindowDown(app);
  const page = await nextWindow(app, () => electron.evaluate(({ app: desktop }) => desktop.emit('activate')));
  await waitForMail(page, 'Two');
  const { rows } = await app.cliJson<{ rows: { id: string }[] }>(['list', '--mailbox', 'role:inbox']);
  await app.cliJson(['mutate', 'keyword', '--add', '$seen', ...rows.map(({ id }) => id)]);
  await expect.poll(badge).toBe(0);
});

test('what is told by the system is chosen in the settings', async ({ app }) => {
  await app.addSample(20);
  const { page } = app;
  await expect(grid(page).getByRole('row').nth(5)).toBeVisible();
  await page.keyboard.press('Control+,');
  const groups = page.getByRole('dialog', { name: 'Settings' }).getByRole('heading', { level: 3 });
  await expect(groups.filter({ hasText: /^Notifications$/ })).toHaveCount(1);
});

test('a notification opens its message, answers it, archives it; of one’s own mail there is none', async ({
  app,
  server,
  user,
}) => {
  const electron = inMain(app);
  await server.append(user, letter({ subject: 'Old news' }));
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  await waitForMail(app.page, 'Old news');
  // Where the system shows none, what it is asked to show is what there is to see and to press.
  await electron.evaluate(({ Notification }) => {
    const told: Electron.Notification[] = [];
    Object.assign(globalThis, { told });
    Object.assign(Notification, { isSupported: () => true });
    Notification.prototype.show = function show(this: Electron.Notification) {
      told.push(this);
    };
  });
  const titles = () =>
    electron.evaluate(() =>
      (globalThis as unknown as { told: Electron.Notification[] }).told.map(({ body, actions }) => [
        body.split('\n')[0],
        actions.map(({ text }) => text),
      ]),
    );
  const press = (at: number, event: 'click' | 'action', index = 0) =>
    electron.evaluate(
      (_electron, what) => {
        const { told } = globalThis as unknown as { told: Electron.Notification[] };
        told[what.at]?.emit(what.event, { actionIndex: what.index }, what.index);
      },
      { at, event, index },
    );
  const actions = ['Archive', 'Reply', 'Mark as read'];

  await server.append(user, letter({ subject: 'To myself', from: `Me <${user.name}@example.org>` }));
  await server.append(user, letter({ subject: 'Question' }));
  await expect.poll(titles, { timeout: 20_000 }).toEqual([['Question', actions]]);
  await press(0, 'click');
  await expect(reader(app.page).getByRole('heading', { level: 2 })).toHaveText('Question');
  await press(0, 'action', 1);
  await expect(composer(app.page).getByRole('textbox', { name: 'Subject' })).toHaveValue('Re: Question');
  await composer(app.page).getByRole('button', { name: 'Close and keep the draft' }).click();
  await press(0, 'action', 0);
  await expect(grid(app.page).getByRole('row', { name: 'Question' })).toHaveCount(0);

  await takeWindowDown(app);
  const page = await nextWindow(app, () =>
    electron.evaluate(({ Menu }) => {
      const file = Menu.getApplicationMenu()?.items.find(({ label }) => label === 'File');
      file?.submenu?.items.find(({ label }) => label === 'New Message')?.click();
    }),
  );
  await expect(composer(page).getByRole('textbox', { name: 'Subject' })).toHaveValue('');
});

interface Overlaid {
  readonly windowControlsOverlay: { readonly visible: boolean; getTitlebarAreaRect(): DOMRect };
}

/** Whether the system's buttons lie in the page, where they leave room, and what one can drag the window by. */
const titleBarOf = (page: Page) =>
  page.evaluate(() => {
    const { visible, getTitlebarAreaRect } = (navigator as unknown as Overlaid).windowControlsOverlay;
    const { left, right, height } = getTitlebarAreaRect.call(
      (navigator as unknown as Overlaid).windowControlsOverlay,
    );
    const region = (element: Element | null): string => {
      const own = element && getComputedStyle(element).getPropertyValue('-webkit-app-region');
      return own && own !== 'none' ? own : element ? region(element.parentElement) : 'none';
    };
    // Also what no pointer reaches: the regions are the window's affair.
    const probe = (x: number) =>
      [...document.querySelectorAll('body *')].some((element) => {
        const box = element.getBoundingClientRect();
        const at = x * window.innerWidth;
        const here = box.left <= at && box.right > at && box.top <= 6 && box.bottom > 6;
        return here && getComputedStyle(element).getPropertyValue('-webkit-app-region') === 'drag';
      });
    const strip = getComputedStyle(document.querySelector('#root > div') as Element, '::before');
    const grip = ['-webkit-app-region', 'width', 'height'].map((name) => strip.getPropertyValue(name));
    const controls = [...document.querySelectorAll('header[data-region="top-bar"] :is(button, input)')]
      .filter((element) => element.checkVisibility())
      .map((element) => ({ region: region(element), box: element.getBoundingClientRect() }));
    return {
      overlaid: visible,
      area: { left, right, height },
      between: [0.3, 0.6].map(probe),
      grip,
      regions: [...new Set(controls.map((each) => each.region))],
      controls: controls.length,
      leftmost: Math.min(...controls.map(({ box }) => box.left)),
      rightmost: Math.max(...controls.map(({ box }) => box.right)),
      width: window.innerWidth,
    };
  });

test('UI-004 the top bar is the title bar: it keeps clear of the system’s buttons and moves the window between its own; on Linux the system’s title bar by setting', async ({
  app,
}) => {
  let { page } = app;
  await expect(page.getByRole('textbox')).toBeVisible();
  expect(await titleBarOf(page), 'the system’s own').toMatchObject({ overlaid: false });
  await change(page, { systemTitleBar: false });
  page = await app.relaunch();
  await expect(page.getByRole('textbox')).toBeVisible();
  // Also where there is no top bar yet.
  const bare = await titleBarOf(page);
  expect(bare).toMatchObject({ overlaid: true, controls: 0 });
  expect(bare.grip).toEqual(['drag', `${bare.area.right - bare.area.left}px`, '47px']);

  await app.addSample(10);
  const bar = page.getByRole('banner');
  await expect(bar).toBeVisible();
  expect(await bar.boundingBox()).toMatchObject({ x: 0, y: 0, height: 48 });
  const shown = await titleBarOf(page);
  expect(shown).toMatchObject({ overlaid: true, between: [true, true], regions: ['no-drag'] });
  expect(shown.area.height, 'as high as the bar but its hairline').toBe(47);
  expect(shown.area.right).toBeLessThan(shown.width);
  expect(shown.controls).toBeGreaterThan(4);
  expect(shown.leftmost).toBeGreaterThanOrEqual(shown.area.left);
  expect(shown.rightmost).toBeLessThanOrEqual(shown.area.right);
  const frame = await inMain(app).evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0];
    return [window?.getBounds(), window?.getContentBounds()];
  });
  expect(frame[0], 'nothing of the system’s above it').toEqual(frame[1]);

  await page.keyboard.press('Control+,');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  const own = settings.getByRole('switch', { name: 'Title bar of the system' });
  await expect(own).not.toBeChecked();
  await own.focus();
  await page.keyboard.press('Space');
  await expect(own).toBeChecked();
  page = await app.relaunch();
  await expect(page.getByRole('banner')).toBeVisible();
  const native = await titleBarOf(page);
  expect(native).toMatchObject({ overlaid: false, grip: ['drag', '0px', '0px'] });
  expect(native.rightmost).toBeCloseTo(native.width - 8, 0);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { HostBridge } from '../src/shared/contract/bridge';
import { expect, type Homeport, test } from './fixtures';
import { change, expectLockedDown, inMain } from './support/desktop';
import { NEW_WINDOW, reader, row, toasts } from './support/screen';
import { startWithMail } from './support/start-with-mail';

/** Not documented, but the only way to see what a window really has. */
interface Effective {
  getLastWebPreferences(): Readonly<Record<string, unknown>>;
}
interface Bridged {
  readonly homeport: HostBridge;
}

const subjectOf = (page: Page) => reader(page).getByRole('heading', { level: 2 });
const windowsOf = (app: Homeport) =>
  inMain(app).evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((each) => each.getTitle()));

async function openWindow(app: Homeport, subject: string): Promise<Page> {
  const window = await app.host.nextWindow(async () => {
    await row(app.page, `${subject},`).focus();
    await app.page.keyboard.press('Shift+Enter');
  });
  await expect(subjectOf(window)).toHaveText(subject, NEW_WINDOW);
  return window;
}

test('APP-360 APP-366 APP-367 a window of its own is as closed as the main one, and leads nowhere', async ({
  app,
  server,
  user,
}) => {
  await startWithMail({ app, server, user }, 'Item', 2);
  const window = await openWindow(app, 'Item 2');
  const preferences = await inMain(app).evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) =>
      (webContents as unknown as Effective).getLastWebPreferences(),
    ),
  );
  expect(preferences).toHaveLength(2);
  for (const preference of preferences) {
    expectLockedDown(preference);
  }
  app.allowConsole(/policy|Refused|not allowed/i);
  const seen = await window.evaluate(async () => ({
    bridge: Object.getOwnPropertyNames((globalThis as unknown as Bridged).homeport).sort(),
    node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis),
    opened: String(globalThis.open('./', '_blank')),
    microphone: await navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => 'granted',
      () => 'denied',
    ),
  }));
  expect(seen).toEqual({
    bridge: ['call', 'platform', 'subscribe'],
    node: [],
    opened: 'null',
    microphone: 'denied',
  });
  const before = window.url();
  const heading = await window.evaluate(async () => {
    location.assign('app://elsewhere/');
    location.href = 'https://example.org/';
    const link = document.createElement('a');
    link.href = 'https://example.org/';
    link.target = '_blank';
    document.body.append(link);
    link.click();
    // By the time the host has answered, it has refused what came before.
    await (globalThis as unknown as Bridged).homeport.call('status.get', {});
    return document.querySelector('h2')?.textContent;
  });
  expect([heading, window.url()]).toEqual(['Item 2', before]);
  expect(await windowsOf(app)).toHaveLength(2);
  // One that takes itself to an empty page is brought back to its row.
  await window.evaluate(() => {
    location.href = 'about:blank';
  });
  await expect(window).toHaveURL(before);
  await expect(subjectOf(window)).toHaveText('Item 2');
});

test('a conversation has one window, which comes up again; menu and quitting know it; it is as large the next time', async ({
  app,
  server,
  user,
}) => {
  await startWithMail({ app, server, user }, 'Item', 4);
  const window = await openWindow(app, 'Item 2');
  await expect(window).toHaveTitle('Item 2');
  await expect.poll(() => windowsOf(app)).toEqual(expect.arrayContaining(['Item 2']));
  await row(app.page, 'Item 2,').focus();
  await app.page.keyboard.press('Shift+Enter');
  await openWindow(app, 'Item 3').then((other) => other.keyboard.press('Control+W').catch(() => undefined));
  await expect.poll(async () => (await windowsOf(app)).length).toBe(2);

  // The menu is about the window in front.
  const menu = (id: string) =>
    inMain(app).evaluate(({ BrowserWindow, Menu }, wanted) => {
      BrowserWindow.getAllWindows()
        .find((each) => each.getTitle() === 'Item 2')
        ?.focus();
      const item = (Menu.getApplicationMenu()?.items ?? [])
        .flatMap(({ submenu }) => submenu?.items ?? [])
        .find((each) => each.id === wanted);
      item?.click();
    }, id);
  await menu('mail.star');
  await expect(row(app.page, 'Item 2,')).toHaveAccessibleName(/starred/);
  await expect(toasts(window).getByText('1 starred')).toBeVisible();

  await inMain(app).evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()
      .find((each) => each.getTitle() === 'Item 2')
      ?.setBounds({ x: 40, y: 60, width: 640, height: 560 });
  });
  // The main window may go first.
  await inMain(app).evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()
      .find((each) => each.getTitle() !== 'Item 2')
      ?.close();
  });
  await expect.poll(() => windowsOf(app)).toEqual(['Item 2']);
  await window.keyboard.press('j');
  await expect(subjectOf(window)).toHaveText('Item 3');
  const ended = new Promise((resolve) => inMain(app).process().once('exit', resolve));
  await window.keyboard.press('Escape').catch(() => undefined);
  expect(await ended, 'the last window ends the program').toBe(0);
  const saved = JSON.parse(readFileSync(join(app.profileDir, 'reader-window-state.json'), 'utf8'));
  expect(saved.bounds).toMatchObject({ width: 640, height: 560 });
  await app.relaunch();
  await expect(row(app.page, 'Item 2,')).toBeVisible();
  await openWindow(app, 'Item 2');
  const sizes = await inMain(app).evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((each) => each.getBounds().width),
  );
  expect(sizes).toContain(640);
});

test('with closing to the tray a window of its own closes for good, and the hidden main one stays', async ({
  app,
  server,
  user,
}) => {
  await startWithMail({ app, server, user }, 'Item', 2);
  await change(app.page, { closeToTray: true });
  const window = await openWindow(app, 'Item 2');
  const gone = window.waitForEvent('close');
  await window.keyboard.press('Escape').catch(() => undefined);
  await gone;
  await inMain(app).evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  const visible = () =>
    inMain(app).evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((each) => each.isVisible()),
    );
  await expect.poll(visible).toEqual([false]);
});

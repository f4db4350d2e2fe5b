import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { letter } from './support/letters';
import { folders, grid, NEW_WINDOW, openMessage, reader, row, toasts } from './support/screen';
import { startWithMail } from './support/start-with-mail';

const subjectOf = (page: Page) => reader(page).getByRole('heading', { level: 2 });

async function choose(page: Page, setting: string, value: string): Promise<void> {
  await page.keyboard.press('Control+,');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('button', { name: setting }).click();
  await page.getByRole('option', { name: value, exact: true }).click();
  await page.keyboard.press('Escape');
  await expect(settings).toHaveCount(0);
}

/** Closes a window by a key and waits until it has gone. */
async function closeBy(window: Page, key: string): Promise<void> {
  const gone = window.waitForEvent('close');
  // A window that goes at once takes the answer to the key along.
  await Promise.all([gone, window.keyboard.press(key).catch(() => undefined)]);
}

test('UI-003 a conversation opens in a window of its own by key, double click, palette and both menus: the reader alone, named after the subject, at the same page’s address; Escape or Ctrl+W closes it', async ({
  app,
  server,
  user,
}) => {
  await startWithMail({ app, server, user }, 'Item', 6);
  const { page } = app;
  const isWindowOf = async (window: Page, subject: string) => {
    await expect(subjectOf(window)).toHaveText(subject, NEW_WINDOW);
    await expect(window).toHaveTitle(subject);
    await expect(reader(window).getByText(`This is the text of ${subject}.`)).toBeVisible();
    for (const part of [folders(window), grid(window), window.getByRole('banner')])
      await expect(part).toHaveCount(0);
    const [here, there] = [new URL(page.url()), new URL(window.url())];
    expect([there.origin, there.pathname]).toEqual([here.origin, here.pathname]);
    expect(there.hash).toMatch(/^#list=-1&threads=\d+&sort=date/);
  };
  const inRowMenu = async () => {
    await row(page, 'Item 4,').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Open in new window' }).click();
  };
  const inMessageMenu = async () => {
    await openMessage(page, 'Item 5');
    await reader(page).getByRole('button', { name: 'More for this message' }).click();
    await page.getByRole('menuitem', { name: 'Open in new window' }).click();
  };
  const inPalette = async () => {
    await row(page, 'Item 6,').focus();
    await page.keyboard.press('Control+K');
    await page.getByRole('dialog', { name: 'Command palette' }).getByRole('combobox').fill('new window');
    await page.keyboard.press('Enter');
  };
  const byKey = (at: number, key: string) => async () => {
    await row(page, `Item ${at},`).focus();
    await page.keyboard.press(key);
  };
  const ways: readonly (readonly [number, () => Promise<unknown>, string])[] = [
    [1, byKey(1, 'Shift+Enter'), 'Escape'],
    [2, byKey(2, 'Shift+O'), 'Control+W'],
    [2, byKey(2, 'Control+O'), 'u'],
    [3, () => row(page, 'Item 3,').dblclick(), 'Escape'],
    [4, inRowMenu, 'Control+W'],
    [5, inMessageMenu, 'Escape'],
    [6, inPalette, 'Escape'],
  ];
  for (const [at, open, close] of ways) {
    const window = await app.host.nextWindow(open);
    await isWindowOf(window, `Item ${at}`);
    await closeBy(window, close);
  }
  await expect(grid(page).getByRole('row')).toHaveCount(6);
});

test('UI-003 a window of its own acts as the whole one does: what is done shows in both at once and is undone there, it goes on to the next, and a reload comes back to it', async ({
  app,
  server,
  user,
}) => {
  await startWithMail({ app, server, user }, 'Item', 6);
  const { page } = app;
  const window = await app.host.nextWindow(async () => {
    await row(page, 'Item 2,').focus();
    await page.keyboard.press('Shift+Enter');
  });
  await expect(subjectOf(window)).toHaveText('Item 2', NEW_WINDOW);
  await expect(reader(window).getByText('2 of 6')).toBeVisible();
  await window.keyboard.press('s');
  await expect(row(page, 'Item 2,')).toHaveAccessibleName(/starred/);
  await window.keyboard.press('e');
  await expect(row(page, 'Item 2,')).toHaveCount(0);
  await expect(subjectOf(window)).toHaveText('Item 3');
  await expect(window).toHaveTitle('Item 3');
  await expect(toasts(window).getByText('1 archived')).toBeVisible();
  await expect(toasts(page).getByText('1 archived')).toHaveCount(0);
  await window.keyboard.press('z');
  await expect(row(page, 'Item 2,')).toBeVisible();

  await window.keyboard.press('j');
  await expect(subjectOf(window)).toHaveText('Item 4');
  await window.reload();
  await expect(subjectOf(window)).toHaveText('Item 4', NEW_WINDOW);
  // And what the whole window does shows here.
  await row(page, 'Item 4,').focus();
  await page.keyboard.press('s');
  await expect(reader(window).getByRole('button', { name: 'Remove star' })).toBeVisible();
  await choose(page, 'Theme', 'Dark');
  await expect(window.locator(':root')).toHaveAttribute('data-theme', 'dark');
});

test('UI-003 where an archived conversation leads back to the list, its window closes once nothing can be taken back; what is taken back shows again', async ({
  app,
  server,
  user,
}) => {
  await startWithMail({ app, server, user }, 'Item', 3);
  const { page } = app;
  await choose(page, 'After archiving or deleting', 'The list');
  const window = await app.host.nextWindow(async () => {
    await row(page, 'Item 2,').focus();
    await page.keyboard.press('Shift+Enter');
  });
  await expect(subjectOf(window)).toHaveText('Item 2', NEW_WINDOW);
  await reader(window).getByRole('button', { name: 'Archive' }).click();
  await expect(reader(window).getByText('Nothing else is open in this window.')).toBeVisible();
  await toasts(window).getByRole('button', { name: 'Undo' }).click();
  await expect(subjectOf(window)).toHaveText('Item 2');
  await reader(window).getByRole('button', { name: 'Archive' }).click();
  await expect(toasts(window).getByText('1 archived', { exact: true })).toBeVisible();
  // What was undone before, and what was done now.
  const close = toasts(window).getByRole('button', { name: 'Close' });
  await expect(close).toHaveCount(2);
  await close.first().click();
  await expect(close).toHaveCount(1);
  const gone = window.waitForEvent('close');
  await close.click().catch(() => undefined);
  await gone;
  await expect(row(page, 'Item 2,')).toHaveCount(0);
});

test('what was found opens in a window of its own with its conversation, the found message open', async ({
  app,
  server,
  user,
}) => {
  await server.append(user, letter({ subject: 'Berths', id: 'berths', text: 'Which berth is lowermost?' }));
  await server.append(
    user,
    letter({
      subject: 'Re: Berths',
      inReplyTo: 'berths',
      text: 'The answer.',
      from: 'Bob <bob@example.org>',
    }),
  );
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await page.keyboard.press('/');
  await page.keyboard.type('lowermost');
  await expect(row(page, 'Berths')).toBeVisible();
  const window = await app.host.nextWindow(() => row(page, 'Berths').dblclick());
  await expect(reader(window).getByText('Which berth is lowermost?')).toBeVisible(NEW_WINDOW);
  await expect(reader(window).getByRole('article')).toHaveCount(2);
});

import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { accountFolder, folder, folders, listHeading, waitForMail } from './support/screen';
import { startWithMail } from './support/start-with-mail';

/** Presses keys one after the other and looks which line has the focus after each. */
async function walk(page: Page, steps: readonly (readonly [key: string, name: RegExp | string])[]) {
  for (const [key, name] of steps) {
    await page.keyboard.press(key);
    await expect(page.locator('[role="treeitem"]:focus'), key).toHaveAccessibleName(name);
  }
}

test('the folder tree is walked by the library: arrows, Home, End, letters in both directions of writing, and no letter is a command there', async ({
  app,
  server,
  user,
}) => {
  const other = await server.session(user);
  for (const path of ['Blue One', 'Blue Two', 'Zebra', 'Zebra/Spots', 'Zebra/Stripes', 'Zoo'])
    await other.mailboxCreate(path);
  await other.logout();
  await startWithMail({ app, server, user }, 'Item', 3);
  const { page } = app;
  await waitForMail(page, 'Item 1,');
  const zebra = accountFolder(page, 'Zebra');
  await expect(zebra).toHaveAttribute('aria-expanded', 'true');
  // A tree and its lines, and nothing of a grid: what the library would make of it.
  await expect(folders(page).locator('[role]:not([role="treeitem"])')).toHaveCount(0);
  const stops = folders(page).locator('[tabindex="0"]');
  await expect(stops).toHaveCount(1);
  await expect(stops).toHaveAttribute('aria-current', 'page');

  await stops.focus();
  await walk(page, [
    ['End', /^Zoo/],
    ['ArrowDown', /^Zoo/],
    ['Home', /^Inbox/],
    ['ArrowUp', /^Inbox/],
    ['ArrowDown', /^Unread/],
    ['z', /^Zebra/],
    ['z', /^Zoo/],
    ['z', /^Zebra/],
  ]);
  await expect(stops).toHaveAccessibleName(/^Zebra/);
  // An unfolded line leads inside, from where one comes back out, and then it folds.
  await walk(page, [
    ['ArrowRight', 'Spots'],
    ['ArrowRight', 'Spots'],
    ['ArrowDown', 'Stripes'],
    ['ArrowLeft', /^Zebra/],
    ['ArrowLeft', /^Zebra/],
  ]);
  await expect(zebra).toHaveAttribute('aria-expanded', 'false');
  await expect(folder(page, 'Spots')).toHaveCount(0);
  await walk(page, [['ArrowRight', /^Zebra/]]);
  await expect(zebra).toHaveAttribute('aria-expanded', 'true');
  await walk(page, [['ArrowRight', 'Spots']]);

  // Letters in a row are one name, with the blank in it; by itself it chooses. What was typed before is forgotten in time.
  const line = page.locator('[role="treeitem"]:focus');
  await expect(async () => {
    await page.keyboard.type('blue t');
    await expect(line).toHaveAccessibleName('Blue Two', { timeout: 1_500 });
  }).toPass();
  await expect(async () => {
    await page.keyboard.press(' ');
    await expect(listHeading(page)).toHaveText('Blue Two', { timeout: 1_500 });
  }).toPass();
  await expect(folder(page, 'Blue Two')).toHaveAttribute('aria-selected', 'true');
  await expect(folder(page, 'Blue Two')).toBeFocused();
  await walk(page, [['End', /^Zoo/]]);
  await page.keyboard.press('Enter');
  await expect(listHeading(page)).toHaveText('Zoo');

  // Neither `c`, which writes a letter elsewhere, nor `?`; but what is held down is the window's.
  await page.keyboard.press('c');
  await page.keyboard.press('?');
  await page.keyboard.press('Control+K');
  await expect(page.getByRole('dialog')).toHaveCount(1);
  await expect(page.getByRole('dialog')).toHaveAccessibleName('Command palette');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(folder(page, 'Zoo')).toBeFocused();

  // Written from right to left the arrows change places.
  await page.evaluate(() => {
    document.documentElement.dir = 'rtl';
  });
  await zebra.click();
  await expect(listHeading(page)).toHaveText('Zebra');
  await walk(page, [
    ['ArrowLeft', 'Spots'],
    ['ArrowRight', /^Zebra/],
    ['ArrowRight', /^Zebra/],
  ]);
  await expect(zebra).toHaveAttribute('aria-expanded', 'false');
  await walk(page, [['ArrowLeft', /^Zebra/]]);
  await expect(zebra).toHaveAttribute('aria-expanded', 'true');
  await page.evaluate(() => {
    document.documentElement.dir = '';
  });

  // One comes in where something is shown, also when it was shown from elsewhere.
  await page.keyboard.press('F6');
  await expect(page.locator('[role="treeitem"]:focus')).toHaveCount(0);
  await expect(stops).toHaveAccessibleName(/^Zebra/);
  await page.keyboard.press('Control+K');
  await page.getByRole('dialog').getByRole('combobox').fill('go to starred');
  await page.keyboard.press('Enter');
  await expect(listHeading(page)).toHaveText('Starred');
  await expect(stops).toHaveAccessibleName('Starred');
});

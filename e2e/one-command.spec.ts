import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { folder, grid, listHeading, openMessage, reader, row, toasts } from './support/screen';
import { startWithMail } from './support/start-with-mail';

const palette = (page: Page) => page.getByRole('dialog', { name: 'Command palette' });
const sheet = (page: Page) => page.getByRole('dialog', { name: 'Keyboard shortcuts' });
const menu = (page: Page) => page.getByRole('menu');

/** The command in the open palette, by its words alone. */
const offered = (page: Page, words: string): Locator =>
  palette(page)
    .getByRole('group', { name: 'Commands' })
    .getByRole('option')
    .filter({ has: page.getByText(words, { exact: true }) });
const item = (page: Page, words: string): Locator =>
  menu(page)
    .getByRole('menuitem')
    .filter({ has: page.getByText(words, { exact: true }) });

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+K');
  await expect(palette(page).getByRole('combobox')).toBeFocused();
}

async function closed(page: Page, what: Locator): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(what).toHaveCount(0);
}

/** Runs it by the palette, as people do: words and Enter. */
async function byPalette(page: Page, words: string): Promise<void> {
  await openPalette(page);
  await offered(page, words).click();
  await expect(palette(page)).toHaveCount(0);
}

async function byMenu(page: Page, of: Locator, words: string): Promise<void> {
  await of.click({ button: 'right' });
  await item(page, words).click();
  await expect(menu(page)).toHaveCount(0);
}

test('UI-094 one command is reached by key, palette, sheet, toolbar, row and row menu, with the same words and the same key', async ({
  app,
  server,
  user,
}) => {
  test.setTimeout(120_000);
  await startWithMail({ app, server, user }, 'Item', 8);
  const { page } = app;
  const commands = [
    ['Archive', 'E'],
    ['Delete', '#'],
    ['Label', 'L'],
    ['Move to folder', 'V'],
    ['Reply', 'R'],
    ['Star', 'S'],
    ['Report junk', '!'],
  ] as const;

  await row(page, 'Item 8,').focus();
  await page.keyboard.press('?');
  for (const [words, key] of commands) {
    const line = sheet(page)
      .getByRole('term')
      .and(page.getByText(words, { exact: true }))
      .locator('..');
    await expect(line.locator('kbd').first()).toHaveText(key);
  }
  await closed(page, sheet(page));
  await openPalette(page);
  for (const [words, key] of commands) await expect(offered(page, words).locator('kbd')).toHaveText(key);
  await closed(page, palette(page));
  await row(page, 'Item 8,').click({ button: 'right' });
  for (const [words, key] of commands) await expect(item(page, words).locator('kbd')).toHaveText(key);
  await closed(page, menu(page));
  await openMessage(page, 'Item 8');
  const toolbar = reader(page).getByRole('toolbar', { name: 'Actions' });
  for (const [words, key] of commands) {
    const button = toolbar.getByRole('button', { name: words, exact: true });
    await button.hover();
    await expect(page.getByRole('tooltip').filter({ hasText: words }).locator('kbd')).toHaveText(key);
  }

  // And each way does the same.
  const gone = async (subject: string) => {
    await expect(row(page, subject)).toHaveCount(0);
    await expect(toasts(page).getByText('1 archived').last()).toBeVisible();
  };
  await row(page, 'Item 1,').focus();
  await page.keyboard.press('e');
  await gone('Item 1,');
  await row(page, 'Item 2,').focus();
  await byPalette(page, 'Archive');
  await gone('Item 2,');
  await byMenu(page, row(page, 'Item 3,'), 'Archive');
  await gone('Item 3,');
  await row(page, 'Item 4,').hover();
  await row(page, 'Item 4,').getByRole('button', { name: 'Archive', exact: true }).click();
  await gone('Item 4,');
  await openMessage(page, 'Item 5');
  await toolbar.getByRole('button', { name: 'Archive', exact: true }).click();
  await gone('Item 5,');
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '3');
});

test('UI-094 a menu acts on what it was opened at, whatever has the focus or is ticked, and says what it would do there', async ({
  app,
  server,
  user,
}) => {
  test.setTimeout(120_000);
  await startWithMail({ app, server, user }, 'Item', 8);
  const { page } = app;
  await openMessage(page, 'Item 1');
  await row(page, 'Item 1,').focus();

  await byMenu(page, row(page, 'Item 4,'), 'Star');
  await expect(row(page, 'Item 4,')).toHaveAccessibleName(/starred/);
  await expect(row(page, 'Item 1,')).not.toHaveAccessibleName(/starred/);
  await expect(reader(page).getByRole('heading', { level: 2 })).toHaveText('Item 1');
  await row(page, 'Item 4,').click({ button: 'right' });
  await expect(item(page, 'Remove star').locator('kbd')).toHaveText('S');
  await closed(page, menu(page));

  // Ticked rows are left alone by a menu of another row, and meant by the menu of one of them.
  for (const subject of ['Item 2,', 'Item 3,']) {
    await row(page, subject).focus();
    await page.keyboard.press('x');
  }
  await byMenu(page, row(page, 'Item 5,'), 'Archive');
  await expect(row(page, 'Item 5,')).toHaveCount(0);
  for (const subject of ['Item 2,', 'Item 3,'])
    await expect(row(page, subject)).toHaveAttribute('aria-selected', 'true');
  await byMenu(page, row(page, 'Item 2,'), 'Archive');
  for (const subject of ['Item 2,', 'Item 3,']) await expect(row(page, subject)).toHaveCount(0);
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '5');
});

test('UI-094 what stands in the menus of folders and messages is in the palette too, and acts on the focused folder or the open message', async ({
  app,
  server,
  user,
}) => {
  test.setTimeout(120_000);
  const other = await server.session(user);
  await other.mailboxCreate('Travel');
  await startWithMail({ app, server, user }, 'Item', 3);
  const { page } = app;
  const line = folder(page, 'Travel');
  const dialog = page.getByRole('dialog', { name: 'Rename “Travel”' });

  // In the list over all inboxes there is no folder to rename.
  await row(page, 'Item 1,').focus();
  await openPalette(page);
  await expect(offered(page, 'Mark all as read')).toHaveCount(1);
  await expect(offered(page, 'Rename folder…')).toHaveCount(0);
  await closed(page, palette(page));

  await line.focus();
  await openPalette(page);
  await expect(offered(page, 'Rename folder…').locator('kbd')).toHaveText('F2');
  for (const words of [
    'New folder inside…',
    'Move folder…',
    'What is kept of this folder…',
    'Use folder as…',
  ])
    await expect(offered(page, words)).toHaveCount(1);
  await offered(page, 'Rename folder…').click();
  await expect(dialog).toBeVisible();
  await closed(page, dialog);
  await line.click({ button: 'right' });
  await expect(item(page, 'Rename folder…').locator('kbd')).toHaveText('F2');
  await item(page, 'Rename folder…').click();
  await expect(dialog).toBeVisible();
  await closed(page, dialog);
  await line.focus();
  await page.keyboard.press('F2');
  await expect(dialog).toBeVisible();
  await closed(page, dialog);
  await expect(listHeading(page)).toHaveText('Inbox');

  await openMessage(page, 'Item 2');
  await reader(page).getByRole('button', { name: 'More for this message' }).click();
  const both = ['Show source', 'Show history', 'Save message', 'Choose character set…', 'Redirect'];
  for (const words of both) await expect(item(page, words)).toHaveCount(1);
  await closed(page, menu(page));
  await row(page, 'Item 2,').focus();
  await openPalette(page);
  for (const words of [...both, 'Save as file']) await expect(offered(page, words)).toHaveCount(1);
  await offered(page, 'Choose character set…').click();
  await page.getByRole('menuitemradio', { name: 'koi8-r' }).click();
  await reader(page).getByRole('button', { name: 'More for this message' }).click();
  await item(page, 'Choose character set…').click();
  await expect(page.getByRole('menuitemradio', { name: 'koi8-r' })).toBeChecked();
  await closed(page, menu(page));
  await byPalette(page, 'Show source');
  await expect(page.getByRole('dialog', { name: 'Source of the message' })).toBeVisible();
});

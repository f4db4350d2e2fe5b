import { setTimeout as delay } from 'node:timers/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { letters } from './support/letters';
import {
  accountFolder,
  folder,
  listHeading,
  pill,
  row,
  showFolder,
  toasts,
  waitForMail,
} from './support/screen';

async function menuOf(page: Page, line: Locator, item: string): Promise<void> {
  await line.click({ button: 'right' });
  // Its key may follow.
  await page
    .getByRole('menu')
    .getByRole('menuitem', { name: new RegExp(`^${item}`) })
    .click();
}

/** Gives a folder line its level, so that what lies in what can be told. */
const levelOf = (line: Locator) => line.getAttribute('aria-level');

async function undo(page: Page, text: string | RegExp): Promise<void> {
  await expect(toasts(page).getByText(text)).toBeVisible();
  await toasts(page).getByRole('button', { name: 'Undo' }).last().click();
  await expect(
    toasts(page)
      .getByText(/^Undone/)
      .last(),
  ).toBeVisible();
}

test('APP-033 folders are created, renamed, moved by drag and by menu, subscribed and deleted offline, each can be undone, and the server follows', async ({
  app,
  server,
  user,
  cable,
}) => {
  const session = await server.session(user);
  for (const path of ['Work', 'Work/Plans', 'Old']) await session.mailboxCreate(path);
  server.fill(
    user,
    'Old',
    letters(3, (at) => ({ subject: `Kept ${at + 1}` })),
  );
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  const tree = (name: string) => folder(page, name);
  await expect(tree('Plans')).toBeVisible({ timeout: 15_000 });
  cable.refuse(true);
  await expect(pill(page)).toContainText(/Offline/, { timeout: 15_000 });

  // Create at the top, by the account's menu; a name that cannot be says why.
  await menuOf(page, page.locator('[role="treeitem"][data-kind="account"]'), 'New folder…');
  const dialog = page.getByRole('dialog', { name: 'New folder' });
  const name = page.getByRole('textbox', { name: 'Name' });
  await expect(name).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('A folder needs a name.')).toBeVisible();
  await name.fill('Work');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('There is already a folder called “Work” there.')).toBeVisible();
  await name.fill('Travel');
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(tree('Travel')).toBeVisible();
  await undo(page, 'Folder Travel created');
  await expect(tree('Travel')).toHaveCount(0);
  await page.keyboard.press('Control+Shift+Z');
  await expect(tree('Travel')).toBeVisible();

  // Rename by key, and undo.
  await tree('Work').focus();
  await page.keyboard.press('F2');
  await page.keyboard.type('Office');
  await page.keyboard.press('Enter');
  await expect(tree('Office')).toBeVisible();
  expect(await levelOf(tree('Plans'))).toBe('3');
  await undo(page, 'Folder renamed to Office');
  await expect(tree('Work')).toBeVisible();
  await menuOf(page, tree('Work'), 'Rename folder…');
  await page.keyboard.type('Office');
  await page.keyboard.press('Enter');
  await expect(tree('Office')).toBeVisible();

  // Move by drag, back by undo, and by menu.
  await tree('Plans').dragTo(tree('Travel'));
  await expect(toasts(page).getByText('Folder Plans moved to Travel')).toBeVisible();
  await expect(tree('Office')).not.toHaveAttribute('aria-expanded');
  await undo(page, 'Folder Plans moved to Travel');
  await expect(tree('Office')).toHaveAttribute('aria-expanded', 'true');
  await tree('Office').dragTo(tree('Plans'));
  expect(await levelOf(tree('Office'))).toBe('2');
  await menuOf(page, tree('Plans'), 'Move folder…');
  await page.keyboard.type('Trav');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(tree('Travel')).toHaveAttribute('aria-expanded', 'true');

  // Subscription.
  await tree('Plans').click({ button: 'right' });
  const subscribed = page.getByRole('menuitem', { name: /ubscribe (to|from) folder/ });
  const before = (await subscribed.textContent())?.startsWith('Unsubscribe');
  await subscribed.click();
  await expect(toasts(page).getByText(/ubscribed (to|from) Plans/)).toBeVisible();
  await page.keyboard.press('Escape');

  // Delete asks with the exact count; undo brings folder and mail back.
  await showFolder(page, 'Old');
  await menuOf(page, tree('Old'), 'Delete folder…');
  const question = page.getByRole('alertdialog', { name: 'Delete “Old”?' });
  await expect(question.getByText('3 messages move to Trash.')).toBeVisible();
  await question.getByRole('button', { name: 'Delete folder and its 3 messages' }).click();
  await expect(tree('Old')).toHaveCount(0);
  await expect(listHeading(page)).toHaveText('Inbox');
  await undo(page, 'Folder Old deleted, 3 moved to Trash');
  await showFolder(page, 'Old');
  await expect(row(page, 'Kept 1')).toBeVisible();
  await menuOf(page, tree('Old'), 'Delete folder…');
  await question.getByRole('button', { name: 'Delete folder and its 3 messages' }).click();
  await expect(tree('Old')).toHaveCount(0);

  cable.refuse(false);
  await expect
    .poll(async () => (await session.list()).map(({ path }) => path).sort(), { timeout: 40_000 })
    .toEqual(['Archive', 'Drafts', 'INBOX', 'Junk', 'Office', 'Sent', 'Trash', 'Travel', 'Travel/Plans']);
  expect(await server.list(user, 'Trash')).toHaveLength(3);
  const plans = (await session.list()).find(({ path }) => path === 'Travel/Plans');
  expect(plans?.subscribed ?? false).not.toBe(before);
  await session.logout();
});

test('APP-034 all is marked as read, and trash is emptied after ten seconds with the exact count and undo until then', async ({
  app,
  server,
  user,
}) => {
  server.fill(
    user,
    'Trash',
    letters(12, (at) => ({ subject: `Thrown ${at + 1}` })),
  );
  server.fill(
    user,
    'INBOX',
    letters(4, (at) => ({ subject: `New ${at + 1}`, id: `new-${at}` })),
  );
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'New 1');
  await menuOf(page, accountFolder(page, 'Inbox'), 'Mark all as read');
  await expect(row(page, 'New 1')).not.toHaveAccessibleName(/unread/);
  await undo(page, '4 marked as read');
  await expect(row(page, 'New 1')).toHaveAccessibleName(/unread/);

  await showFolder(page, 'Trash');
  await menuOf(page, accountFolder(page, 'Trash'), 'Empty Trash now…');
  const question = page.getByRole('alertdialog', { name: 'Delete 12 in Trash for ever?' });
  await question.getByRole('button', { name: 'Delete 12 for ever' }).click();
  await expect(row(page, 'Thrown 1,')).toHaveCount(0);
  await delay(3_000);
  expect(await server.list(user, 'Trash')).toHaveLength(12);
  await undo(page, '12 deleted for ever');
  await expect(row(page, 'Thrown 1,')).toBeVisible();

  await menuOf(page, accountFolder(page, 'Trash'), 'Empty Trash now…');
  await question.getByRole('button', { name: 'Delete 12 for ever' }).click();
  await expect.poll(async () => (await server.list(user, 'Trash')).length, { timeout: 30_000 }).toBe(0);
});

test('axe finds nothing in the menu and the dialogs of folders, in light and dark', async ({
  app,
  server,
  user,
}) => {
  const { page } = app;
  server.fill(
    user,
    'Archive',
    letters(3, (at) => ({ subject: `Kept ${at + 1}` })),
  );
  await app.addAccount();
  const line = accountFolder(page, 'Archive');
  await expect(line).toBeVisible({ timeout: 15_000 });
  const scan = async (what: string) => {
    await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
    const { violations } = await new AxeBuilder({ page }).exclude('iframe').setLegacyMode(true).analyze();
    const shot = process.env.HOMEPORT_SCREENSHOTS;
    if (shot) await page.screenshot({ path: `${shot}/folders-${what}.png` });
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target}`),
      what,
    ).toEqual([]);
  };
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await expect(page.locator(':root')).toHaveAttribute('data-theme', theme);
    // By key too: what the pointer can do, people without one can do as well.
    await line.focus();
    await page.keyboard.press('Shift+F10');
    await expect(page.getByRole('menu')).toBeVisible();
    await scan(`menu-${theme}`);
    await page.keyboard.press('Escape');
    for (const [item, role] of [
      ['New folder inside…', 'dialog'],
      ['Move folder…', 'dialog'],
      ['Delete folder…', 'alertdialog'],
    ] as const) {
      await menuOf(page, line, item);
      await expect(page.getByRole(role)).toBeVisible();
      await scan(`${item.split(' ')[0]?.toLowerCase()}-${theme}`);
      await page.keyboard.press('Escape');
      await expect(page.getByRole(role)).toHaveCount(0);
    }
  }
});

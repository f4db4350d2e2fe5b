import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures';
import { letters } from './support/letters';
import {
  accountFolder,
  grid,
  listHeading,
  reader,
  row,
  showFolder,
  toasts,
  waitForMail,
} from './support/screen';
import { startWithMail } from './support/start-with-mail';

test('keyboard-only triage: j k x e # s U z v / palette and sheet, and the server has it', async ({
  app,
  server,
  user,
}) => {
  await startWithMail({ app, server, user }, 'Item', 9);
  const { page } = app;
  const focused = page.locator('[role="row"]:focus');
  // F6 walks through the panes and back.
  await row(page, 'Item 1,').focus();
  await page.keyboard.press('F6');
  await expect(page.locator('[data-region="reader"] :focus, [data-region="reader"]:focus')).toHaveCount(1);
  await page.keyboard.press('F6');
  await expect(page.getByRole('banner').locator(':focus')).toHaveCount(1);
  await page.keyboard.press('F6');
  await expect(page.locator('[role="treeitem"]:focus')).toHaveCount(1);
  await page.keyboard.press('F6');
  await expect(focused).toHaveAccessibleName(/Item 1,/);
  await page.keyboard.press('F6');
  await page.keyboard.press('Shift+F6');
  await expect(focused).toHaveAccessibleName(/Item 1,/);

  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await expect(focused).toHaveAccessibleName(/Item 2,/);
  await page.keyboard.press('e');
  await expect(row(page, 'Item 2,')).toHaveCount(0);
  await expect(focused).toHaveAccessibleName(/Item 3,/);
  await page.keyboard.press('#');
  await expect(row(page, 'Item 3,')).toHaveCount(0);
  await expect(focused).toHaveAccessibleName(/Item 4,/);
  await page.keyboard.press('s');
  await expect(row(page, 'Item 4,')).toHaveAccessibleName(/starred/);
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+J');
  await expect(page.getByRole('toolbar', { name: 'Actions for the selection' })).toContainText('2 selected');
  await page.keyboard.press('Shift+I');
  await expect(row(page, 'Item 5,')).not.toHaveAccessibleName(/unread/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('toolbar', { name: 'Actions for the selection' })).toHaveCount(0);

  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet.getByText('Archive', { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await expect(focused).toHaveCount(1);

  await page.keyboard.press('Control+K');
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  await expect(palette).toBeVisible();
  await page.keyboard.type('go to starred');
  await page.keyboard.press('Enter');
  await expect(palette).toHaveCount(0);
  await expect(listHeading(page)).toHaveText('Starred');
  await expect(grid(page).getByRole('row')).toHaveCount(1);
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await expect(listHeading(page)).toHaveText('Inbox');
  await page.keyboard.press('z');
  await page.keyboard.press('z');
  await page.keyboard.press('z');
  await expect(row(page, 'Item 3,')).toBeVisible();
  await expect(row(page, 'Item 2,')).toHaveCount(0);
  await expect.poll(async () => (await server.list(user, 'Archive')).length, { timeout: 15_000 }).toBe(1);
  await expect.poll(async () => (await server.list(user, 'Trash')).length).toBe(0);
  expect((await server.list(user, 'INBOX')).filter(({ flags }) => flags.includes('\\Flagged'))).toEqual([]);
});

test('every message of a folder is archived in one gesture, with right counts and one undo', async ({
  app,
  server,
  user,
}) => {
  await startWithMail({ app, server, user }, 'Bulk', 400);
  const { page } = app;
  await row(page, 'Bulk 1,').focus();
  await page.keyboard.press('Control+A');
  const whole = page.getByRole('button', { name: /Select all 400/ });
  if (await whole.isVisible()) await whole.click();
  await expect(page.getByRole('toolbar', { name: 'Actions for the selection' })).toContainText(
    '400 selected',
  );
  await page.keyboard.press('e');
  await expect(toasts(page).getByText('400 archived')).toBeVisible();
  await expect(page.getByText('All done')).toBeVisible();
  await expect.poll(async () => (await server.list(user, 'Archive')).length, { timeout: 20_000 }).toBe(400);
  await showFolder(page, 'Archive');
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '400');
  await toasts(page).getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('No messages here')).toBeVisible();
  await expect(accountFolder(page, 'Inbox')).toHaveAccessibleName(/400 unread/);
  await expect.poll(async () => (await server.list(user, 'INBOX')).length, { timeout: 20_000 }).toBe(400);
});

test('APP-162 UI-053 deleting in the trash asks once with verb and count, says it is final, and is; what can be undone is never asked about', async ({
  app,
  server,
  user,
}) => {
  server.fill(
    user,
    'Trash',
    letters(3, (at) => ({ subject: `Old ${at + 1}` })),
  );
  server.fill(
    user,
    'INBOX',
    letters(6, (at) => ({ subject: `New ${at + 1}` })),
  );
  const other = await server.session(user);
  await other.mailboxCreate('Spare');
  await other.logout();
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await showFolder(page, 'Trash');
  await waitForMail(page, 'Old 1,');
  await row(page, 'Old 1,').focus();
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+J');
  await page.keyboard.press('#');
  const dialog = page.getByRole('alertdialog', { name: 'Delete 2 for ever?' });
  await expect(dialog).toContainText('cannot be undone');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '3');
  await page.keyboard.press('#');
  await page.getByRole('button', { name: 'Delete 2 for ever' }).click();
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '1');
  await expect.poll(async () => (await server.list(user, 'Trash')).length, { timeout: 15_000 }).toBe(1);
  const menuOf = async (line: Locator, item: string) => {
    await line.click({ button: 'right' });
    await page
      .getByRole('menu')
      .getByRole('menuitem', { name: new RegExp(`^${item}`) })
      .click();
  };
  await menuOf(accountFolder(page, 'Trash'), 'Empty Trash now…');
  await expect(
    page.getByRole('alertdialog').getByRole('button', { name: 'Delete 1 for ever' }),
  ).toBeVisible();
  await page.keyboard.press('Escape');

  // Whatever undo brings back is done at once.
  await showFolder(page, 'Inbox');
  for (const [key, said] of [
    ['e', '1 archived'],
    ['#', '1 moved to Trash'],
    ['!', '1 moved to Junk'],
    ['Shift+I', '1 marked as read'],
  ] as const) {
    await grid(page).getByRole('row').first().focus();
    await page.keyboard.press(key);
    await expect(toasts(page).getByText(said)).toBeVisible();
    await expect(page.getByRole('alertdialog').or(page.getByRole('dialog'))).toHaveCount(0);
  }
  await grid(page).getByRole('row').first().focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('e');
  await expect(toasts(page).getByText('3 archived')).toBeVisible();
  await menuOf(accountFolder(page, 'Spare'), 'Delete folder…');
  await expect(toasts(page).getByText('Folder Spare deleted')).toBeVisible();
  await app.cliJson(['account', 'add', 'local', '--name', 'Here', '--sample', '20']);
  await expect(accountFolder(page, 'Archive')).toHaveCount(2);
  await menuOf(accountFolder(page, 'Archive').last(), 'Delete folder…');
  await expect(toasts(page).getByText(/^Folder Archive deleted/)).toBeVisible();
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(accountFolder(page, 'Archive')).toHaveCount(2);
});

test('a refused move needs attention: the row is marked, the panel says why, retry and discard do what they say', async ({
  app,
  server,
  user,
  cable,
}) => {
  const other = await server.session(user);
  await other.mailboxCreate('Projects');
  await startWithMail({ app, server, user }, 'Task', 3);
  const { page } = app;
  await other.mailboxDelete('Projects');
  // The first refusal would tell that the folder is gone before the second is wanted.
  cable.delayMs = 2_000;
  for (const name of ['Task 1,', 'Task 2,']) {
    await row(page, name).focus();
    await page.keyboard.press('v');
    const dialog = page.getByRole('dialog', { name: 'Move to folder' });
    await dialog.getByRole('combobox').fill('Proj');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(dialog).toHaveCount(0);
  }
  cable.delayMs = 0;
  const status = page.getByRole('banner').getByRole('button', { name: '2 changes need attention' });
  await expect(status).toBeVisible({ timeout: 15_000 });
  await expect(row(page, 'Task 1,')).toHaveAccessibleName(/needs attention/);
  await row(page, 'Task 1,').hover();
  await row(page, 'Task 1,').getByRole('button', { name: 'Review what needs attention' }).click();
  const panel = page.getByRole('dialog', { name: 'Changes' });
  const entry = panel.getByRole('listitem').filter({ has: page.getByRole('heading') });
  await expect(entry).toHaveCount(2);
  await expect(entry.first()).toContainText(/Move to/);
  await expect(entry.filter({ hasText: 'Task 1' })).toContainText(/folder/i);

  await entry.filter({ hasText: 'Task 2' }).getByRole('button', { name: 'Discard' }).click();
  await expect(panel.getByRole('group', { name: 'Discard' })).toContainText('Your move is forgotten');
  await panel.getByRole('group', { name: 'Discard' }).getByRole('button', { name: 'Discard' }).click();
  await expect(entry).toHaveCount(1);
  await other.mailboxCreate('Projects');
  await other.logout();
  await app.cliJson(['sync', '--wait']);
  await entry.getByRole('button', { name: 'Retry', exact: true }).click();
  await expect.poll(async () => (await server.list(user, 'Projects')).length, { timeout: 15_000 }).toBe(1);
  await expect(panel.getByText('Nothing needs your attention')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(row(page, 'Task 1,')).toHaveCount(0);
  await expect(row(page, 'Task 2,')).toBeVisible();
  await expect(row(page, 'Task 2,')).not.toHaveAccessibleName(/needs attention/);
});

test('the sync panel shows accounts, coverage and the log, and its offline switch works', async ({
  app,
  server,
  user,
}) => {
  await startWithMail({ app, server, user }, 'Sync', 5);
  const { page } = app;
  await page
    .getByRole('banner')
    .getByRole('button', { name: /Up to date/ })
    .click();
  const panel = page.getByRole('dialog', { name: 'Sync activity' });
  await expect(panel.getByText('New mail arrives at once')).toBeVisible();
  await panel.getByRole('button', { name: 'Recent activity' }).click();
  await expect(panel.getByText(/Get mail/).first()).toBeVisible();
  await panel.getByRole('button', { name: user.name, exact: true }).click();
  await expect(panel.getByRole('row', { name: /Inbox/ })).toContainText('5');
  await expect(panel.getByText(/^IMAP at \S+:\d+, not encrypted · \d+ open$/)).toBeVisible();
  await expect(panel.getByText('Told by the server (IDLE)')).toBeVisible();
  await panel.getByText('Work offline').click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('banner').getByRole('button', { name: 'Offline' })).toBeVisible();
  const { accounts } = await app.cliJson<{ accounts: { state: string }[] }>(['status']);
  expect(accounts[0]?.state).toBe('offline');
  await page.getByRole('banner').getByRole('button', { name: 'Offline' }).click();
  await page.getByRole('dialog', { name: 'Sync activity' }).getByText('Work offline').click();
  await expect(page.getByRole('banner').getByRole('button', { name: /Up to date/ })).toBeVisible({
    timeout: 15_000,
  });
  await expect(reader(page)).toBeVisible();
});

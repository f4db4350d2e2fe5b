import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { folders, moveTo, openMessage, reader, toasts, waitForMail } from './support/screen';
import { startWithMail } from './support/start-with-mail';

const pill = (page: Page, name: string | RegExp) => page.getByRole('banner').getByRole('button', { name });

test('a move whose folder is gone: discard says where the message stays, another folder takes it, the folder is made again', async ({
  app,
  server,
  user,
  cable,
}) => {
  const other = await server.session(user);
  await other.mailboxCreate('Projects');
  await startWithMail({ app, server, user }, 'Plan', 4);
  const { page } = app;
  cable.refuse(true);
  await expect(pill(page, /^Offline/)).toBeVisible();
  for (const at of [1, 2, 3]) await moveTo(page, `Plan ${at},`, 'Proj');
  await other.mailboxDelete('Projects');
  cable.refuse(false);
  await expect(pill(page, '3 changes need attention')).toBeVisible({ timeout: 30_000 });
  await pill(page, '3 changes need attention').click();
  await page
    .getByRole('dialog', { name: 'Sync activity' })
    .getByRole('button', { name: '3 changes need attention' })
    .click();

  const dialog = page.getByRole('dialog', { name: 'Changes' });
  const entry = (subject: string) =>
    dialog.getByRole('listitem').filter({ hasText: 'Move to' }).filter({ hasText: subject });
  await entry('Plan 1').getByRole('button', { name: 'Discard' }).click();
  await expect(entry('Plan 1')).toContainText('The message stays in Inbox. Your move is forgotten.');
  await entry('Plan 1').getByRole('button', { name: 'Discard' }).click();
  await expect(entry('Plan 1')).toHaveCount(0);
  // Three failures stand in the corner; the way to undo has its place beside them (promise 3).
  const corner = toasts(page);
  await expect(corner.getByText(/^and \d older failures?$/)).toBeVisible();
  const discarded = corner.getByRole('status').filter({ hasText: 'Discarded: Move to Projects' });
  await discarded.getByRole('button', { name: 'Undo' }).click();
  await expect(entry('Plan 1')).toBeVisible();

  await entry('Plan 2').getByRole('button', { name: 'Do something else' }).click();
  await page.getByRole('menuitem', { name: 'Choose another folder' }).click();
  const choice = page.getByRole('dialog', { name: /Another folder/ });
  await choice.getByRole('combobox').fill('archive');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await server.list(user, 'Archive')).length, { timeout: 20_000 }).toBe(1);

  await entry('Plan 3').getByRole('button', { name: 'Do something else' }).click();
  await page.getByRole('menuitem', { name: 'Create the folder again' }).click();
  await expect
    .poll(async () => (await other.list()).map(({ path }) => path).includes('Projects'), { timeout: 20_000 })
    .toBe(true);
  await expect.poll(async () => (await server.list(user, 'Projects')).length, { timeout: 20_000 }).toBe(1);
  await other.logout();
  await page.keyboard.press('Escape');
  await expect(folders(page).getByRole('treeitem', { name: /^Projects/ })).toBeVisible();
});

test('headers only: new mail is listed, its text comes when it is opened, and the wish is remembered', async ({
  app,
  server,
  user,
}) => {
  await startWithMail({ app, server, user }, 'Early', 2);
  let { page } = app;
  await pill(page, /^Up to date/).click();
  const panel = page.getByRole('dialog', { name: 'Sync activity' });
  await panel.getByText('Headers only').click();
  await expect(panel).toContainText('The text of a message is loaded when you open it.');
  await server.append(
    user,
    'From: Zoe <zoe@example.org>\r\nSubject: Later\r\n\r\nThis is the text of Later.\r\n',
  );
  await page.keyboard.press('Escape');
  await waitForMail(page, 'Later');
  page = await app.relaunch();
  await pill(page, /^Up to date/).click();
  await expect(page.getByRole('switch', { name: 'Headers only' })).toBeChecked();
  await page.keyboard.press('Escape');
  await openMessage(page, 'Later');
  await expect(reader(page).getByText('This is the text of Later.')).toBeVisible({ timeout: 10_000 });
});

test('a private authority is trusted by its certificate file, behind details, without an exception', async ({
  app,
  server,
  user,
}) => {
  const { page } = app;
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(`${user.name}@example.org`);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Change/ }).click();
  await page.getByRole('textbox', { name: 'Server', exact: true }).fill('localhost');
  await page.getByRole('textbox', { name: 'Port' }).fill(String(server.imapsPort));
  await page.getByRole('textbox', { name: 'User name' }).fill(user.name);
  await expect(page.getByRole('button', { name: 'Choose a certificate file' })).toBeHidden();
  await page.getByRole('button', { name: 'Details' }).click();
  const choose = async (name: string, content: string | Buffer) => {
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose a certificate file' }).click();
    await (await chooser).setFiles({
      name,
      mimeType: 'application/x-pem-file',
      buffer: Buffer.from(content),
    });
  };
  await choose('notes.pem', 'no certificate');
  await expect(page.getByText('notes.pem holds no certificate').first()).toBeVisible();
  await choose('office.pem', readFileSync(server.caPath));
  await expect(page.getByText('office.pem is trusted for this account').first()).toBeVisible();
  await page.getByRole('textbox', { name: 'Password' }).fill(user.password);
  await page.getByRole('button', { name: 'Connect' }).click();
  await expect(folders(page)).toBeVisible({ timeout: 15_000 });
  await app.cliJson(['sync', '--wait']);
});

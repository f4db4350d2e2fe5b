import { expect, test } from './fixtures';
import { letter, letters } from './support/letters';
import { accountFolder, openMessage, reader, row, showFolder, toasts, waitForMail } from './support/screen';
import { startWithMail } from './support/start-with-mail';

test('a person adds an account, watches the mail arrive, reads, archives offline, undoes, redoes, and the server agrees', async ({
  app,
  server,
  user,
  cable,
}) => {
  server.fill(
    user,
    'INBOX',
    letters(30, (at) => ({ subject: `Note ${at + 1}`, id: `note-${user.name}-${at + 1}` })),
  );
  const { page } = app;
  const address = page.getByRole('textbox', { name: 'E-mail address' });
  await expect(address).toBeFocused();
  await page.keyboard.type(`${user.name}@example.org`);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Change/ }).click();
  await page.getByRole('textbox', { name: 'Server', exact: true }).fill('127.0.0.1');
  await page.getByRole('button', { name: /Security/ }).click();
  await page.getByRole('option', { name: /^None/ }).click();
  await page.getByRole('textbox', { name: 'Port' }).fill(String(cable.port));
  await page.getByRole('textbox', { name: 'User name' }).fill(user.name);
  await page.getByRole('textbox', { name: 'Password' }).fill(user.password);
  await page.getByRole('button', { name: 'Connect' }).click();

  await waitForMail(page, 'Note 1,');
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '30');
  await openMessage(page, 'Note 3');
  await expect(reader(page).getByText('This is the text of Note 3.')).toBeVisible();
  await expect(row(page, 'Note 3,')).not.toHaveAccessibleName(/unread/, { timeout: 5_000 });
  await expect
    .poll(
      async () => (await server.list(user, 'INBOX')).filter(({ flags }) => flags.includes('\\Seen')).length,
    )
    .toBe(1);
  await expect(page.getByRole('banner').getByText(/Up to date/)).toBeVisible({ timeout: 15_000 });

  cable.refuse(true);
  await expect(page.getByRole('banner').getByText(/Offline/)).toBeVisible();
  await openMessage(page, 'Note 9');
  await expect(reader(page).getByText('This is the text of Note 9.')).toBeVisible();
  await page.keyboard.press('e');
  await expect(row(page, 'Note 9,')).toHaveCount(0);
  await expect(toasts(page).getByText('1 archived')).toBeVisible();
  await toasts(page).getByRole('button', { name: 'Undo' }).click();
  await expect(row(page, 'Note 9,')).toBeVisible();
  await row(page, 'Note 9,').focus();
  await page.keyboard.press('Control+Shift+Z');
  await expect(row(page, 'Note 9,')).toHaveCount(0);
  await expect(page.getByRole('banner').getByText(/Offline - [1-9] changes? waiting/)).toBeVisible();
  expect(await server.list(user, 'Archive')).toEqual([]);

  cable.refuse(false);
  await expect
    .poll(async () => (await server.list(user, 'Archive')).map(({ messageId }) => messageId), {
      timeout: 20_000,
    })
    .toEqual([`<note-${user.name}-9@example.org>`]);
  expect(await server.list(user, 'INBOX')).toHaveLength(29);
  await expect(page.getByRole('banner').getByText(/Up to date/)).toBeVisible({ timeout: 15_000 });
  await showFolder(page, 'Archive');
  await expect(row(page, 'Note 9,')).toBeVisible();
});

test('APP-191 with the cable out nothing changes but the pill: reading, marking, moving and undo go on', async ({
  app,
  server,
  user,
  cable,
}) => {
  await startWithMail({ app, server, user }, 'Paper', 12);
  const { page } = app;
  cable.refuse(true);
  await expect(page.getByRole('banner').getByText(/Offline/)).toBeVisible();
  await openMessage(page, 'Paper 2');
  await expect(reader(page).getByText('This is the text of Paper 2.')).toBeVisible();
  await page.keyboard.press('s');
  await expect(row(page, 'Paper 2,')).toHaveAccessibleName(/starred/);
  await expect(row(page, 'Paper 2,')).toHaveAccessibleName(/waiting to reach the server/);
  await row(page, 'Paper 3,').focus();
  await page.keyboard.press('#');
  await expect(row(page, 'Paper 3,')).toHaveCount(0);
  await page.keyboard.press('z');
  await expect(row(page, 'Paper 3,')).toBeVisible();
  await row(page, 'Paper 4,').focus();
  await page.keyboard.press('v');
  const dialog = page.getByRole('dialog', { name: 'Move to folder' });
  await dialog.getByRole('combobox').fill('junk');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(row(page, 'Paper 4,')).toHaveCount(0);
  await showFolder(page, 'Junk');
  await expect(row(page, 'Paper 4,')).toBeVisible();
  cable.refuse(false);
  await expect.poll(async () => (await server.list(user, 'Junk')).length, { timeout: 20_000 }).toBe(1);
  const inbox = await server.list(user, 'INBOX');
  expect(inbox).toHaveLength(11);
  expect(inbox.filter(({ flags }) => flags.includes('\\Flagged'))).toHaveLength(1);
  expect(await server.list(user, 'Trash')).toEqual([]);
});

test('killed and started again, everything is as it was: mail, the waiting change, settings', async ({
  app,
  server,
  user,
  cable,
}) => {
  app.allowConsole(/WebSocket|ERR_CONNECTION/);
  await startWithMail({ app, server, user }, 'Page', 8);
  let { page } = app;
  cable.refuse(true);
  await row(page, 'Page 5,').focus();
  await page.keyboard.press('e');
  await expect(row(page, 'Page 5,')).toHaveCount(0);
  await page.getByRole('button', { name: 'View' }).click();
  await page.getByRole('menuitemradio', { name: 'Relaxed' }).click();
  await expect(page.locator(':root')).toHaveAttribute('data-density', 'relaxed');
  await expect.poll(async () => (await app.cliJson<{ pending: number }>(['status'])).pending).toBe(1);

  page = await app.relaunch('kill');
  await waitForMail(page, 'Page 1,');
  await expect(row(page, 'Page 5,')).toHaveCount(0);
  await expect(page.locator(':root')).toHaveAttribute('data-density', 'relaxed');
  await expect(page.getByRole('banner').getByText(/1 change waiting/)).toBeVisible();
  await openMessage(page, 'Page 2');
  await expect(reader(page).getByText('This is the text of Page 2.')).toBeVisible();
  cable.refuse(false);
  await expect.poll(async () => (await server.list(user, 'Archive')).length, { timeout: 20_000 }).toBe(1);
});

test('APP-057 new mail arrives while the app is open and moves nothing that is being read or pointed at', async ({
  app,
  server,
  user,
}) => {
  await startWithMail({ app, server, user }, 'Old', 80);
  const { page } = app;
  // At the top, nothing pointed at: it simply appears.
  await page.mouse.move(1, 1);
  await server.append(user, letter({ subject: 'First arrival' }));
  await expect(row(page, 'First arrival')).toBeVisible({ timeout: 8_000 });
  await expect(accountFolder(page, 'Inbox')).toHaveAccessibleName(/81 unread/);

  const pointed = row(page, 'Old 4,');
  await pointed.hover();
  const before = await pointed.boundingBox();
  await server.append(user, letter({ subject: 'Second arrival' }));
  await expect(page.getByRole('button', { name: 'Show 1 new message' })).toBeVisible({ timeout: 8_000 });
  expect(await pointed.boundingBox()).toEqual(before);

  await row(page, 'Old 4,').focus();
  for (let at = 0; at < 30; at++) await page.keyboard.press('ArrowDown');
  const focused = page.locator('[role="row"]:focus');
  const [name, place] = [await focused.getAttribute('aria-label'), await focused.boundingBox()];
  await server.append(user, letter({ subject: 'Third arrival' }));
  await expect(page.getByRole('button', { name: /Show \d new messages?/ })).toBeVisible({ timeout: 8_000 });
  await expect(accountFolder(page, 'Inbox')).toHaveAccessibleName(/8[0-9] unread/);
  expect([await focused.getAttribute('aria-label'), await focused.boundingBox()]).toEqual([name, place]);
  await page.getByRole('button', { name: /Show \d new messages?/ }).click();
  await expect(row(page, 'Third arrival')).toBeVisible();
});

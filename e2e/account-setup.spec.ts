import type { Page } from '@playwright/test';
import { freePort } from '../test/servers/free-port';
import { startTlsFront } from '../test/servers/start-tls-front';
import { expect, test } from './fixtures';
import { letter } from './support/letters';
import { grid, openMessage, reader, row, toasts } from './support/screen';
import { fillServer, report } from './support/set-up';

/** What a password manager finds in the form of the password, by the names that HTML gives such fields. */
const namesForManager = (page: Page) =>
  page.locator('input[autocomplete="current-password"]').evaluate((field) => {
    const { form } = field as HTMLInputElement;
    const named = form?.querySelectorAll<HTMLInputElement>('input[autocomplete]') ?? [];
    const of = (purpose: string) => [...named].filter(({ autocomplete }) => autocomplete === purpose);
    const [user, ...others] = of('username');
    if (others.length > 0) throw new Error('two user names in one form');
    return { username: user?.value ?? null, password: of('current-password')[0]?.value ?? null };
  });

/** As password managers do: the value is set and the page is told, without a key. */
const fillAsManager = (page: Page, text: string) =>
  page.locator('input[autocomplete="current-password"]').evaluate((field, value) => {
    const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value') ?? {};
    set?.call(field, value);
    for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
  }, text);

test('APP-001 the first start shows one field that has the focus, and Enter continues', async ({
  app,
  user,
}) => {
  const { page } = app;
  await expect(page.getByRole('textbox')).toHaveCount(1);
  await expect(page.getByRole('textbox', { name: 'E-mail address' })).toBeFocused();
  await page.keyboard.type('not an address');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Enter a whole e-mail address')).toBeVisible();
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(`${user.name}@example.org`);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Password' })).toBeFocused();
});

test('APP-310 a wrong password says so at the field, and nothing is entered again but it; it can be pasted and filled by a password manager, which finds out whose it is', async ({
  app,
  user,
  cable,
}) => {
  const { page } = app;
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(`${user.name}@example.org`);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Password' })).toBeFocused();
  expect(await namesForManager(page)).toEqual({ username: `${user.name}@example.org`, password: '' });
  await page.getByRole('button', { name: 'Back' }).click();
  await fillServer(page, user, { host: '127.0.0.1', port: cable.port, security: 'None' });
  expect(await namesForManager(page)).toEqual({ username: user.name, password: '' });

  const password = page.getByRole('textbox', { name: 'Password' });
  const name = page.getByRole('textbox', { name: 'Name of the account' });
  await name.fill('wrong words');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('ControlOrMeta+x');
  await name.fill('Boat');
  await password.focus();
  await page.keyboard.press('ControlOrMeta+v');
  await expect(password).toHaveValue('wrong words');
  await page.keyboard.press('Enter');
  await expect(password).toHaveAccessibleDescription(/does not accept this user name and password/);
  await expect(report(page).getByText('Sign in', { exact: true })).toBeVisible();
  await expect(password).toHaveValue('wrong words');
  await page.getByRole('button', { name: 'Show password' }).click();
  await expect(password).toHaveAttribute('type', 'text');
  await expect(page.getByRole('textbox', { name: 'Server', exact: true })).toHaveValue('127.0.0.1');
  await expect(page.getByRole('textbox', { name: 'Port' })).toHaveValue(String(cable.port));
  await expect(page.getByRole('textbox', { name: 'User name' })).toHaveValue(user.name);
  await expect(name).toHaveValue('Boat');
  await fillAsManager(page, user.password);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('tree', { name: 'Folders' })).toBeVisible();

  // Signing in again asks for the password alone, and says whose it is.
  await page.keyboard.press('ControlOrMeta+,');
  await page.getByRole('button', { name: 'Sign in again' }).click();
  const again = page.getByRole('dialog', { name: 'Sign in again to Boat' });
  await expect(again.getByRole('textbox')).toHaveCount(1);
  expect(await namesForManager(page)).toEqual({ username: user.name, password: '' });
  await fillAsManager(page, user.password);
  await again.getByRole('button', { name: 'Sign in' }).click();
  await expect(again).toHaveCount(0);
});

test('a closed port and an unknown name say which step failed', async ({ app, user }) => {
  const { page } = app;
  const closed = await freePort();
  await fillServer(page, user, { host: '127.0.0.1', port: closed, security: 'None' });
  await page.getByRole('textbox', { name: 'Password' }).fill(user.password);
  await page.keyboard.press('Enter');
  await expect(report(page).getByRole('listitem').filter({ hasText: 'Reach the server' })).toContainText(
    'failed',
  );
  await page.getByRole('textbox', { name: 'Server', exact: true }).fill('no-such-host.invalid');
  await page.getByRole('button', { name: /Security/ }).click();
  await page.getByRole('option', { name: 'TLS', exact: true }).click();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(report(page).getByRole('listitem').filter({ hasText: 'Find the server' })).toContainText(
    'failed',
    {
      timeout: 20_000,
    },
  );
});

test('APP-008 a certificate nobody vouches for names host, fingerprint and reason; going on is behind details and for this one only', async ({
  app,
  server,
  user,
}) => {
  const { page } = app;
  await fillServer(page, user, { host: 'localhost', port: server.imapsPort, security: 'TLS' });
  await page.getByRole('textbox', { name: 'Password' }).fill(user.password);
  await page.keyboard.press('Enter');
  await expect(
    page.getByText('The identity of localhost cannot be confirmed', { exact: true }),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: 'Connect anyway' })).toBeHidden();
  await report(page).getByRole('button', { name: 'Details' }).click();
  await expect(page.getByText(/([0-9A-F]{2}:){31}[0-9A-F]{2}/)).toBeVisible();
  await expect(page.getByRole('definition').getByText(`localhost:${server.imapsPort}`)).toBeVisible();
  await page.getByRole('button', { name: 'Connect anyway' }).click();
  await expect(page.getByRole('tree', { name: 'Folders' })).toBeVisible();
  await app.cliJson(['sync', '--wait']);
});

test('a certificate that changed after it was trusted stops the account, says so, and is trusted without the password', async ({
  app,
  cable,
  server,
  user,
}) => {
  const { page } = app;
  const front = await startTlsFront(cable.port);
  try {
    await server.append(user, letter({ subject: 'Before the change' }));
    await fillServer(page, user, { host: 'localhost', port: front.port, security: 'TLS' });
    await page.getByRole('textbox', { name: 'Password' }).fill(user.password);
    await page.keyboard.press('Enter');
    await report(page).getByRole('button', { name: 'Details' }).click();
    await page.getByRole('button', { name: 'Connect anyway' }).click();
    await expect(row(page, 'Before the change')).toBeVisible({ timeout: 15_000 });

    front.renew();
    cable.lines.length = 0;
    const account = page.getByRole('treeitem', { name: /^example\.org, error/ });
    await expect(account).toBeVisible({ timeout: 30_000 });
    await row(page, 'Before the change').focus();
    await page.keyboard.press('e');
    await account.getByRole('button', { name: 'Details' }).click();
    const panel = page.getByRole('dialog', { name: 'Sync activity' });
    await panel.getByRole('button', { name: 'Look at it' }).click();
    const dialog = page.getByRole('dialog', { name: 'Certificate problem of example.org' });
    await expect(dialog).toContainText('another certificate than the one you trusted');
    await expect(dialog.getByRole('button', { name: 'Connect anyway' })).toBeHidden();
    expect(cable.lines.filter(({ from }) => from === 'client')).toEqual([]);
    await dialog.getByRole('button', { name: 'Details' }).click();
    await dialog.getByRole('button', { name: 'Connect anyway' }).click();
    await expect(dialog).toHaveCount(0);
    await expect.poll(async () => (await server.list(user, 'Archive')).length, { timeout: 20_000 }).toBe(1);
  } finally {
    await front.close();
  }
});

test('going back for a look keeps everything that was entered; another address begins anew', async ({
  app,
  user,
  cable,
}) => {
  const { page } = app;
  await fillServer(page, user, { host: '127.0.0.1', port: cable.port, security: 'None' });
  await page.getByRole('textbox', { name: 'Name of the account' }).fill('Boat');
  await page.getByRole('textbox', { name: 'Password' }).fill(user.password);
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(page.getByRole('textbox', { name: 'E-mail address' })).toHaveValue(`${user.name}@example.org`);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Password' })).toHaveValue(user.password);
  await expect(page.getByRole('textbox', { name: 'Server', exact: true })).toHaveValue('127.0.0.1');
  await expect(page.getByRole('textbox', { name: 'Port' })).toHaveValue(String(cable.port));
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('textbox', { name: 'E-mail address' }).fill('other@example.org');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Password' })).toHaveValue('');
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(`${user.name}@example.org`);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Connect' }).dblclick();
  await expect(page.getByRole('tree', { name: 'Folders' }).getByText('Boat')).toBeVisible();
  const { rows } = await app.cliJson<{ rows: unknown[] }>(['account', 'list']);
  expect(rows).toHaveLength(1);
});

test('try with a sample mailbox: a thousand varied messages and no server at all', async ({ app }) => {
  const { page } = app;
  await page.getByRole('button', { name: 'Try with a sample mailbox' }).click();
  await expect(grid(page)).toBeVisible({ timeout: 20_000 });
  await expect(grid(page).getByRole('row').nth(3)).toBeVisible();
  const total = async () => {
    const status = await app.cliJson<{ accounts: { mailboxes: { total: number }[] }[] }>(['status']);
    return status.accounts[0]?.mailboxes.reduce((sum, mailbox) => sum + mailbox.total, 0);
  };
  await expect.poll(total, { timeout: 20_000 }).toBe(1000);
  const first = grid(page).getByRole('row').first();
  await first.click();
  await expect(reader(page).getByRole('heading', { level: 2 })).toBeVisible();
  await page.keyboard.press('e');
  await expect(toasts(page).getByText('1 archived')).toBeVisible();
});

test('a second account is added beside the first', async ({ app, server, user, cable }) => {
  await app.addAccount();
  const second = await server.addUser();
  await server.append(second, 'From: Zoe <zoe@example.org>\r\nSubject: Hello second\r\n\r\nText\r\n');
  const { page } = app;
  await page.getByRole('button', { name: 'Accounts and settings' }).click();
  await page.getByRole('menuitem', { name: 'Add account' }).click();
  await expect(page.getByRole('dialog', { name: 'Add account' })).toBeVisible();
  await fillServer(page, second, { host: '127.0.0.1', port: cable.port, security: 'None' });
  await page.getByRole('textbox', { name: 'Password' }).fill(second.password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('treeitem', { name: /^Inbox \(all\)/ })).toBeVisible();
  await expect(row(page, 'Hello second')).toBeVisible({ timeout: 10_000 });
  await openMessage(page, 'Hello second');
  expect(user.name).not.toBe(second.name);
});

test('an address that has an account already is said to have one, and can be added once more', async ({
  app,
  server,
  user,
}) => {
  await server.append(user, letter({ subject: 'Twice' }));
  await app.addAccount();
  const { page } = app;
  await expect(row(page, 'Twice')).toBeVisible({ timeout: 15_000 });
  await page.getByRole('button', { name: 'Accounts and settings' }).click();
  await page.getByRole('menuitem', { name: 'Add account' }).click();
  const dialog = page.getByRole('dialog');
  const said = dialog.getByText(`You have an account for ${user.name}@example.org already: ${user.name}.`);
  await dialog.getByRole('textbox', { name: 'E-mail address' }).fill('somebody.else@example.org');
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Password' })).toBeVisible();
  await expect(said).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Back' }).click();
  // The same server by another of its names.
  await fillServer(page, user, { host: 'localhost', port: server.imapPort, security: 'None' });
  await expect(said).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Password' }).fill(user.password);
  await dialog.getByRole('button', { name: 'Connect' }).click();
  await expect(dialog).toHaveCount(0, { timeout: 15_000 });
  await expect(page.getByRole('treeitem', { name: /^Inbox \(all\)/ })).toBeVisible();
});

import type { Page } from '@playwright/test';
import { startScriptedImap } from '../test/fakes/scripted-imap-server';
import { type AuthorizationServer, startAuthorization } from '../test/servers/start-authorization';
import type { DovecotServer } from '../test/servers/start-dovecot';
import { startTokenMail } from '../test/servers/start-token-mail';
import { test as base, expect } from './fixtures';
import { expectAccessible } from './support/axe-looks';
import { row } from './support/screen';

const test = base.extend<{ authorization: AuthorizationServer; mail: DovecotServer }>({
  authorization: async ({}, use) => {
    const authorization = await startAuthorization();
    await use(authorization);
    await authorization.close();
  },
  mail: async ({ authorization }, use) => {
    const mail = await startTokenMail(authorization);
    await use(mail);
    await mail.stop();
  },
});

const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });

/** The set-up by hand, up to the client's values. */
async function enterClient(
  page: Page,
  user: string,
  mail: DovecotServer,
  authorization: AuthorizationServer,
) {
  await field(page, 'E-mail address').fill(`${user}@example.org`);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: /^Change/ }).click();
  await field(page, 'Server').fill('127.0.0.1');
  await page.getByRole('button', { name: /Security/ }).click();
  await page.getByRole('option', { name: /^None/ }).click();
  await field(page, 'Port').fill(String(mail.imapPort));
  await field(page, 'User name').fill(user);
  await page.getByRole('button', { name: 'Sign in with the browser instead' }).click();
  const { client } = authorization;
  await field(page, 'Client ID').fill('somebody-else');
  await field(page, 'Address of the sign-in page').fill(client.authorizationUrl);
  await field(page, 'Address for tokens').fill(client.tokenUrl);
  await field(page, 'Scopes').fill(client.scopes.join(' '));
  await field(page, 'Issuer').fill(client.issuer ?? '');
}

test('APP-004 APP-005 one’s own client is checked by a dry run, the browser opens, the window waits with Cancel, returns by itself and says who was granted; later it can be changed', async ({
  app,
  authorization,
  mail,
}) => {
  const { page } = app;
  const user = await mail.addUser();
  await mail.append(user, 'From: Zoe <zoe@example.org>\r\nSubject: Hello by token\r\n\r\nText\r\n');
  await enterClient(page, user.name, mail, authorization);
  await page.getByRole('button', { name: 'Check values' }).click();
  const checks = page.getByRole('list', { name: 'Check of the client' });
  await expect(checks.getByRole('listitem')).toHaveCount(3);
  await expect(checks).toContainText('does not know this client');
  await field(page, 'Client ID').fill(authorization.client.clientId);
  await page.getByRole('button', { name: 'Check values' }).click();
  await expect(checks).toContainText('The client is known');

  // Given up once: the page is open, nothing is kept.
  const opened = () => page.context().waitForEvent('page');
  let popup = opened();
  await page.getByRole('button', { name: 'Sign in with the browser', exact: true }).click();
  await (await popup).close();
  const waiting = page.getByRole('region', { name: 'Waiting for the sign-in' });
  await expect(waiting).toBeVisible();
  await waiting.getByRole('button', { name: 'Cancel' }).click();
  await expect(waiting).toBeHidden();

  popup = opened();
  await page.getByRole('button', { name: 'Sign in with the browser', exact: true }).click();
  const signInPage = await popup;
  await signInPage.waitForLoadState();
  const address = signInPage.url();
  await signInPage.close();
  expect(address.startsWith(`${authorization.origin}/authorize?`)).toBe(true);
  expect(await authorization.signInAndReturn(address, user.name)).toBe(200);
  await expect(page.getByText(`Signed in as ${user.name}@example.org`).first()).toBeVisible();
  await expect(row(page, 'Hello by token')).toBeVisible({ timeout: 10_000 });

  // Later, in the settings: the same values are there and may be others.
  await page.getByRole('button', { name: 'Accounts and settings' }).click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Sign in again' }).click();
  const dialog = page.getByRole('dialog', { name: /^Sign in again/ });
  await expect(dialog.getByRole('textbox', { name: 'Client ID' })).toHaveValue('homeport-test');
  await dialog.getByRole('textbox', { name: 'Address for codes' }).fill(authorization.client.deviceUrl ?? '');
  await dialog.getByRole('button', { name: 'Use a code' }).click();
  await expect(dialog.getByText('HOME-PORT')).toBeVisible();
  authorization.approveDevice(user.name);
  await expect(dialog).toBeHidden({ timeout: 15_000 });
});

/** What servers said to people who were not let in, word by word. */
const REFUSALS = [
  [
    '[ALERT] IMAP access is disabled for your domain. Please contact your domain administrator.',
    'domain administrator',
  ],
  ['[AUTHORIZATIONFAILED] Access to this mailbox is not permitted', 'not permitted'],
] as const;

test('APP-006 administrators’ walls and blocked protocols say what to ask whom, with a copy for sending and the app password where there is one', async ({
  app,
  authorization,
  mail,
}) => {
  const { page } = app;
  const context = page.context();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  const wall = page.getByRole('region', { name: 'Your administrator has to allow this' });

  await enterClient(page, 'anna', mail, authorization);
  await field(page, 'Client ID').fill(authorization.client.clientId);
  authorization.mood = {
    denies: { error: 'access_denied', error_description: 'AADSTS65001: The administrator has not consented' },
  };
  const popup = context.waitForEvent('page');
  await page.getByRole('button', { name: 'Sign in with the browser', exact: true }).click();
  const signInPage = await popup;
  await signInPage.waitForLoadState();
  const address = signInPage.url();
  await signInPage.close();
  await authorization.signInAndReturn(address, 'anna');
  await expect(wall).toContainText('anna@example.org');
  await expectAccessible(page, 'wall of an administrator');
  await wall.getByRole('button', { name: 'Copy the request' }).click();
  expect(await copied()).toMatch(/my mailbox anna@example\.org at 127\.0\.0\.1.*AADSTS65001/);

  // Microsoft has a page for consent: its link is in the request.
  await page.getByRole('button', { name: /Provider/ }).click();
  await page.getByRole('option', { name: 'Microsoft' }).click();
  await expect(wall).toContainText('/organizations/adminconsent?client_id=homeport-test');

  // Protocols that are switched off, at a provider that gives app passwords.
  await page.getByRole('button', { name: 'Back' }).click();
  let refusal: string = REFUSALS[0][0];
  const imap = await startScriptedImap((command) =>
    /^LOGIN/.test(command) ? `%T NO ${refusal}\r\n` : undefined,
  );
  await field(page, 'E-mail address').fill('anna@icloud.com');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Change/ }).click();
  await field(page, 'Server').fill('127.0.0.1');
  await page
    .getByRole('group', { name: 'Mail server' })
    .getByRole('button', { name: /Security/ })
    .click();
  await page.getByRole('option', { name: /^None/ }).click();
  await field(page, 'Port').fill(String(imap.port));
  await field(page, 'App password').fill('a password');
  for (const [text, word] of REFUSALS) {
    refusal = text;
    await page.getByRole('button', { name: /^(Connect|Try again)$/ }).click();
    await expect(wall).toContainText(word);
    await wall.getByRole('button', { name: 'Copy the request' }).click();
    expect(await copied()).toContain(word);
  }
  await context.route('https://account.apple.com/**', (route) => route.fulfill({ body: 'App passwords' }));
  const opened = context.waitForEvent('page');
  await wall.getByRole('button', { name: 'Use an app password instead' }).click();
  expect((await opened).url()).toMatch(/^(about:blank|https:\/\/account\.apple\.com\/)/);
  imap.close();
});

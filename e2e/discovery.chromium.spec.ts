import { dirname, join } from 'node:path';
import { type DiscoveryServer, startDiscovery } from '../test/servers/start-discovery';
import { type SubmissionServer, startSubmission } from '../test/servers/start-submission';
import { test as base, expect } from './fixtures';
import { expectAccessible } from './support/axe-looks';

const DOMAIN = 'harbour.net';
const PLACE = `autoconfig.${DOMAIN}/mail/config-v1.1.xml`;

/** A domain that publishes its servers, and the server for sending beside the one for receiving. */
const test = base.extend<{ sending: SubmissionServer; domain: DiscoveryServer }>({
  sending: async ({ server, user }, use) => {
    const keyPath = join(dirname(server.caPath), 'key.pem');
    const sending = await startSubmission({ security: 'tls', certPath: server.caPath, keyPath });
    sending.logins.set(user.name, user.password);
    await use(sending);
    await sending.close();
  },
  domain: async ({ server, user, sending }, use) => {
    const file = `<clientConfig version="1.1"><emailProvider id="${DOMAIN}">
      <incomingServer type="imap"><hostname>localhost</hostname><port>${server.imapsPort}</port>
        <socketType>SSL</socketType><username>${user.name}</username></incomingServer>
      <outgoingServer type="smtp"><hostname>localhost</hostname><port>${sending.port}</port>
        <socketType>SSL</socketType><username>${user.name}</username></outgoingServer>
      </emailProvider></clientConfig>`;
    const domain = await startDiscovery({ domain: DOMAIN, pages: { [PLACE]: file }, trust: [server.caPath] });
    await use(domain);
    await domain.close();
  },
  profileDir: async ({ profileDir, domain }, use) => {
    const before = Object.fromEntries(Object.keys(domain.env).map((name) => [name, process.env[name]]));
    Object.assign(process.env, domain.env);
    await use(profileDir);
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  },
});

test('APP-002 what a domain publishes is told in one line before any password is sent, and no host hears one before the click', async ({
  app,
  server,
  user,
  domain,
  sending,
}) => {
  const { page } = app;
  const imap = `connect localhost:${server.imapsPort}`;
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(`Private.Name@${DOMAIN}`);
  await page.keyboard.press('Enter');
  const line = page.getByText(
    /^IMAP and SMTP at localhost, encrypted, published by autoconfig\.harbour\.net/,
  );
  await expect(line).toBeVisible();
  const password = page.getByRole('textbox', { name: 'Password' });
  await expect(password).toBeFocused();
  await password.fill(user.password);

  // Up to here the domain's own places were asked, without a name and without a password; no mail server was.
  expect(domain.requests.some((request) => request.startsWith(`GET https://${PLACE}`))).toBe(true);
  const heard = domain.requests.join('\n');
  expect(heard).not.toMatch(/private|authorization|cookie/i);
  expect(heard).not.toContain(user.password);
  expect(domain.reached()).not.toContain(imap);
  expect(sending.lines).toEqual([]);

  const before = domain.requests.length;
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(page.getByRole('tree', { name: 'Folders' })).toBeVisible();
  expect(domain.reached()).toContain(imap);
  expect(sending.lines.map(({ text }) => text)).toContain('QUIT');
  expect(domain.requests).toHaveLength(before);
});

test('APP-003 a wrong password is said at its field and what was typed stays, to be shown or pasted over; a provider of app passwords has two steps and a link', async ({
  app,
  user,
}) => {
  const { page } = app;
  const context = page.context();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const email = page.getByRole('textbox', { name: 'E-mail address' });

  await email.fill('anna@icloud.com');
  await page.keyboard.press('Enter');
  const help = page.getByRole('region', { name: 'iCloud wants an app password here' });
  await expect(help.getByRole('listitem')).toHaveCount(2);
  await expect(page.getByRole('textbox', { name: 'App password' })).toBeFocused();
  await expectAccessible(page, 'app password');
  await context.route('https://account.apple.com/**', (route) => route.fulfill({ body: 'App passwords' }));
  const opened = context.waitForEvent('page');
  await help.getByRole('button', { name: 'Open account.apple.com' }).click();
  const there = await opened;
  await there.waitForURL('https://account.apple.com/**');
  await there.close();
  await page.getByRole('button', { name: 'Back' }).click();

  await email.fill(`${user.name}@${DOMAIN}`);
  await page.keyboard.press('Enter');
  const password = page.getByRole('textbox', { name: 'Password' });
  await password.fill('wrong words');
  await page.keyboard.press('Enter');
  await expect(password).toHaveAccessibleDescription(/does not accept this user name and password/);
  await expect(password).toHaveValue('wrong words');
  await page.getByRole('button', { name: 'Show password' }).click();
  await expect(password).toHaveAttribute('type', 'text');
  await page.evaluate((text) => navigator.clipboard.writeText(text), user.password);
  await password.selectText();
  await page.keyboard.press('Control+V');
  await expect(password).toHaveValue(user.password);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('tree', { name: 'Folders' })).toBeVisible();
});

test('a sending line that does not work is red beside the green one, and the account can be added without it', async ({
  app,
  user,
  sending,
}) => {
  const { page } = app;
  sending.answerLogins('535 5.7.139 SmtpClientAuthentication is disabled for the Tenant.');
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(`${user.name}@${DOMAIN}`);
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Password' }).fill(user.password);
  await page.keyboard.press('Enter');
  const report = page.getByRole('region', { name: 'Connection test' });
  await expect(report.getByText('The connection works')).toBeVisible();
  await expect(report.getByText(/does not allow this account to send/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Add without sending' }).click();
  await expect(page.getByRole('tree', { name: 'Folders' })).toBeVisible();
});

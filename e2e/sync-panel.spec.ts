import type { Locator, Page } from '@playwright/test';
import { addImapAccount } from '../test/integration/homeport-process';
import { type DovecotServer, startDovecot } from '../test/servers/start-dovecot';
import { test as base, expect } from './fixtures';
import { letters } from './support/letters';
import { row, waitForMail } from './support/screen';
import { startWithMail } from './support/start-with-mail';

/** A server that says how full an account is. */
const QUOTA = `
protocol imap {
  mail_plugins = acl quota imap_quota
}
plugin {
  quota = maildir:Mail
  quota_rule = *:storage=2000M
}
`;

const test = base.extend<object, { server: DovecotServer }>({
  server: [
    async ({}, use) => {
      const server = await startDovecot({ more: QUOTA });
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
});

const status = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('banner').getByRole('button', { name });

test('APP-195 the sync panel says of an account how it is reached and told of new mail, when it was checked, what of each folder is here, searched and verified, its speed, space, queue and log', async ({
  app,
  server,
  user,
  cable,
}) => {
  server.fill(
    user,
    'Archive',
    letters(1, () => ({ subject: 'Old' })),
  );
  await startWithMail({ app, server, user }, 'Panel', 30);
  const { page } = app;
  await status(page, /^Up to date/).click();
  const panel = page.getByRole('dialog', { name: 'Sync activity' });
  await expect(panel.getByText(/^Last checked \d/)).toBeVisible();
  await panel.getByRole('button', { name: user.name, exact: false }).first().click();
  const fact = (name: string) => panel.locator('dl > div').filter({ hasText: name }).locator('dd');
  await expect(fact('Connection')).toHaveText(
    new RegExp(`^IMAP at 127\\.0\\.0\\.1:${cable.port}, .+ · \\d+ open$`),
  );
  await expect(fact('New mail')).toHaveText('Told by the server (IDLE)');
  await expect(fact('Space on the server')).toHaveText(/ of 2(\.\d+)? GB used/);
  await expect(fact('Changes to send')).toHaveText('none');
  // The nightly comparison has its tests with a clock of theirs; here is where it is told.
  await expect(fact('Compared with the server')).toHaveText('not yet');

  const cells = (folder: string) => panel.getByRole('row').filter({ hasText: folder }).getByRole('cell');
  await expect(cells('Inbox')).toHaveText(['30', 'all', 'all', 'not yet'], { timeout: 20_000 });
  await expect(cells('Archive')).toHaveText(['1', 'all', 'all', 'not yet']);

  // Much mail at once: the speed is told while it comes.
  await expect(fact('Speed now')).toHaveText('resting', { timeout: 20_000 });
  cable.delayMs = 150;
  server.fill(
    user,
    'INBOX',
    letters(600, (at) => ({ subject: `More ${at}`, text: 'word '.repeat(2_000) })),
  );
  await panel.getByRole('button', { name: 'Sync now' }).click();
  await expect(fact('Speed now')).toHaveText(/messages? and .* per second/, { timeout: 20_000 });
  cable.delayMs = 0;
  await expect(cells('Inbox')).toHaveText(['630', 'all', 'all', 'not yet'], { timeout: 40_000 });

  cable.refuse(true);
  await page.keyboard.press('Escape');
  for (const at of [1, 2]) {
    await row(page, `Panel ${at},`).focus();
    await page.keyboard.press('e');
  }
  await status(page, 'Offline - 2 changes waiting').click();
  await panel.getByRole('button', { name: user.name, exact: false }).first().click();
  await expect(fact('Changes to send')).toHaveText(/^2 waiting since \d/);
  await expect(fact('Connection')).toHaveText(/ · none open · next try \d/, { timeout: 20_000 });
  await expect(fact('New mail')).toHaveText('Tried again by itself');

  await panel.getByRole('button', { name: 'Recent activity' }).click();
  const entries = panel.getByRole('listitem');
  await expect.poll(() => entries.count()).toBeGreaterThan(1);
  const all = await entries.count();
  await panel.getByRole('button', { name: /Everything/ }).click();
  await page.getByRole('option', { name: 'Problems only' }).click();
  await expect(entries.first()).toBeVisible();
  expect(await entries.count()).toBeLessThan(all);
});

test('one account of two that cannot be reached is named, with what waits for it, while the other goes on', async ({
  app,
  server,
  user,
  cable,
}) => {
  const other = await server.addUser();
  server.fill(
    other,
    'INBOX',
    letters(2, (at) => ({ subject: `Well ${at + 1}` })),
  );
  await startWithMail({ app, server, user }, 'Lost', 2);
  await addImapAccount(app.profileDir, other, server.imapPort);
  const { page } = app;
  await waitForMail(page, 'Well 1,');
  cable.refuse(true);
  await expect(status(page, `${user.name} cannot be reached`)).toBeVisible({ timeout: 30_000 });
  for (const subject of ['Lost 1,', 'Well 1,']) {
    await row(page, subject).focus();
    await page.keyboard.press('e');
  }
  await expect(status(page, `${user.name} cannot be reached - 1 waiting`)).toBeVisible();
  await expect.poll(async () => (await server.list(other, 'Archive')).length).toBe(1);
  cable.refuse(false);
  await status(page, /cannot be reached/).click();
  await page
    .getByRole('dialog', { name: 'Sync activity' })
    .getByRole('button', { name: 'Sync now', exact: true })
    .first()
    .click();
  await expect.poll(async () => (await server.list(user, 'Archive')).length, { timeout: 20_000 }).toBe(1);
  await expect(page.getByRole('banner').getByText(/^Up to date/)).toBeVisible({ timeout: 20_000 });
});

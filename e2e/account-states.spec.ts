import { expect, test } from './fixtures';
import { folders, listHeading } from './support/screen';
import { startWithMail } from './support/start-with-mail';

test('APP-013 sign-in needed, paused, offline and error stand at the account in the folder list, each with the one button that helps', async ({
  app,
  server,
  user,
  cable,
}) => {
  test.setTimeout(150_000);
  const accountId = await startWithMail({ app, server, user }, 'State', 2);
  const { page } = app;
  const account = folders(page)
    .getByRole('treeitem')
    .and(page.locator('[data-kind="account"]'))
    .filter({ hasText: user.name });
  const shows = async (state: string, button: string) => {
    await expect(account).toHaveAccessibleName(new RegExp(`, ${state}$`), { timeout: 30_000 });
    await expect(account.getByRole('button').filter({ hasText: /\S/ })).toHaveText([button]);
  };
  const press = (name: string) => account.getByRole('button', { name, exact: true }).click();
  const isWell = () =>
    expect(account.getByRole('button').filter({ hasText: /\S/ })).toHaveCount(0, { timeout: 30_000 });
  await isWell();

  await app.cliJson(['account', 'pause', accountId]);
  await shows('paused', 'Resume');
  await press('Resume');
  await isWell();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('work offline');
  await page.keyboard.press('Enter');
  await shows('offline', 'Go online');
  await press('Go online');
  await isWell();

  cable.refuse(true);
  await shows('offline', 'Sync now');
  cable.refuse(false);
  await press('Sync now');
  await isWell();

  cable.answer = (command) => {
    const [, tag] = /^(\S+) (?:X?LIST|LSUB) /i.exec(command) ?? [];
    return tag === undefined ? null : `${tag} NO [NOPERM] Not for you\r\n`;
  };
  await app.cli(['sync', '--wait']);
  await shows('error', 'Details');
  await press('Details');
  const panel = page.getByRole('dialog', { name: 'Sync activity' });
  await expect(panel.getByRole('button', { name: 'Sync now', exact: true }).first()).toBeVisible();
  cable.answer = null;
  await page.keyboard.press('Escape');
  await app.cliJson(['sync', '--wait']);
  await isWell();

  server.setPassword(user, 'changed');
  cable.cut();
  await shows('sign-in needed', 'Sign in');
  await press('Sign in');
  await expect(page.getByRole('dialog').getByLabel('Password', { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(listHeading(page)).toHaveText('Inbox');
});

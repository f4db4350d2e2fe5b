import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from './fixtures';
import { letters } from './support/letters';
import { accountFolder, openMessage, reader, row, showFolder } from './support/screen';

test('APP-036 a folder of headers keeps bodies away until one is opened; text and age are choices, and off is off', async ({
  app,
  server,
  user,
}) => {
  const other = await server.session(user);
  await other.mailboxCreate('News');
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  const keep = async (choice: string) => {
    await accountFolder(page, 'News').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'What is kept of this folder' }).click();
    const dialog = page.getByRole('dialog', { name: /What of “News” is kept/ });
    await dialog.getByRole('button', { name: /Keep/ }).click();
    await page.getByRole('option', { name: choice }).click();
    await expect(dialog.getByRole('button', { name: /Keep/ })).toContainText(choice);
    return dialog;
  };
  const fill = (name: string) =>
    server.fill(
      user,
      'News',
      letters(2, (at) => ({ subject: `${name} ${at + 1}` })),
    );
  const stored = () => {
    const db = new Database(join(app.profileDir, 'homeport.sqlite'), { readonly: true });
    try {
      return db.prepare("SELECT stored_count, body_count FROM mailboxes WHERE path = 'News'").raw().get();
    } finally {
      db.close();
    }
  };

  const dialog = await keep('Only who, when and about what');
  await expect(dialog.getByText('How far back')).toHaveCount(0);
  await page.keyboard.press('Escape');
  fill('Header');
  await app.cliJson(['sync', '--wait']);
  await showFolder(page, 'News');
  await expect(row(page, 'Header 2,')).toBeVisible();
  expect(stored()).toEqual([2, 0]);
  await openMessage(page, 'Header 1');
  await expect(reader(page)).toContainText('This is the text of Header 1.');

  const all = await keep('Everything');
  await all.getByRole('button', { name: /How far back/ }).click();
  await page.getByRole('option', { name: '30 days' }).click();
  await expect(all.getByRole('button', { name: /How far back/ })).toContainText('30 days');
  await page.keyboard.press('Escape');
  await expect.poll(stored, { timeout: 15_000 }).toEqual([2, 2]);

  await keep('Nothing, do not sync this folder');
  await page.keyboard.press('Escape');
  fill('Unseen');
  await app.cliJson(['sync', '--wait']);
  await expect(row(page, 'Unseen 1,')).toHaveCount(0);
  await expect(row(page, 'Header 1,')).toBeVisible();
});

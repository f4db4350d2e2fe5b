import { expect, test } from './fixtures';
import { openMessage, reader, row, showFolder } from './support/screen';
import { startWithMail } from './support/start-with-mail';

test('APP-102 the history of a message says who changed what and when, and undoes it from there', async ({
  app,
  server,
  user,
}) => {
  await startWithMail({ app, server, user }, 'Item', 3);
  const { page } = app;
  const { rows } = await app.cliJson<{ rows: { id: string; subject: string }[] }>(['list', '--limit', '3']);
  const id = rows.find(({ subject }) => subject.startsWith('Item 2'))?.id ?? '';
  await openMessage(page, 'Item 2');
  await app.cliJson(['mutate', 'keyword', '--add', '$flagged', id]);
  await page.keyboard.press('e');
  await expect(row(page, 'Item 2')).toHaveCount(0);
  await app.cliJson(['sync', '--wait']);

  await showFolder(page, 'Archive');
  await openMessage(page, 'Item 2');
  await reader(page).getByRole('button', { name: 'More for this message' }).click();
  await page.getByRole('menuitem', { name: 'Show history' }).click();
  const history = page.getByRole('dialog', { name: 'What happened to this message' });
  const entries = history.getByRole('listitem');
  await expect(entries.filter({ hasText: 'Move to Archive' })).toContainText('You · done');
  await expect(entries.filter({ hasText: 'Star' })).toContainText('The command line · done');
  await expect(entries.filter({ hasText: 'Came to Inbox' })).toContainText('The server or another program');
  await expect(entries.filter({ hasText: 'Came to Archive' })).toContainText('You');

  await entries.filter({ hasText: 'Move to Archive' }).getByRole('button', { name: 'Undo' }).click();
  await expect(entries.filter({ hasText: 'You, by undo' }).first()).toBeVisible();
  await expect(
    entries.filter({ hasText: 'Move to Archive' }).getByRole('button', { name: 'Undo' }),
  ).toHaveCount(0);
  await history.getByRole('button', { name: 'Close' }).click();
  await showFolder(page, 'Inbox');
  await expect(row(page, 'Item 2')).toBeVisible();
  const told = await app.cliJson<{ rows: { kind: string; origin: string }[] }>(['show', id, '--history']);
  expect(told.rows.map(({ origin }) => origin)).toContain('undo');
});

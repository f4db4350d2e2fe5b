import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { row } from './support/screen';
import { startWithMail } from './support/start-with-mail';

/** `v`, a part of the folder's name, Enter: whatever row has the focus. */
async function moveFocused(page: Page, folder: string): Promise<void> {
  await page.keyboard.press('v');
  const dialog = page.getByRole('dialog', { name: 'Move to folder' });
  await dialog.getByRole('combobox').fill(folder);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
}

test('messages that the server refuses to move come back without taking the focus, so that the next keys go on with the next messages', async ({
  app,
  server,
  user,
}) => {
  const other = await server.session(user);
  await other.mailboxCreate('Shelf');
  await other.logout();
  server.protect(user, 'Shelf');
  await startWithMail({ app, server, user }, 'Book', 6);
  const { page } = app;
  const focused = page.locator('[role="row"]:focus');
  const attention = (words: string) => page.getByRole('banner').getByRole('button', { name: words });

  // The first row has the tab stop; nobody has moved in the list.
  await row(page, 'Book 1,').focus();
  await moveFocused(page, 'Shel');
  await expect(focused).toHaveAccessibleName(/Book 2,/);
  await expect(attention('1 change needs attention')).toBeVisible({ timeout: 30_000 });
  await expect(row(page, 'Book 1,')).toBeVisible();
  await expect(focused).toHaveAccessibleName(/Book 2,/);

  // One right after the other: both come back while the focus is already further down.
  await moveFocused(page, 'Shel');
  await moveFocused(page, 'Shel');
  await expect(attention('3 changes need attention')).toBeVisible({ timeout: 30_000 });
  await expect(row(page, 'Book 3,')).toBeVisible();
  await expect(focused).toHaveAccessibleName(/Book 4,/);
  await page.keyboard.press('s');
  await expect(row(page, 'Book 4,')).toHaveAccessibleName(/starred/);
  for (const at of [1, 2, 3, 5]) await expect(row(page, `Book ${at},`)).not.toHaveAccessibleName(/starred/);
});

import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { letter } from './support/letters';
import { grid, row, toasts, waitForMail } from './support/screen';

async function runFromPalette(page: Page, command: string): Promise<void> {
  await page.keyboard.press('Control+K');
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  await palette.getByRole('combobox').fill(command);
  await palette.getByRole('option', { name: command }).first().click();
  await expect(palette).toHaveCount(0);
}

test('undo and redo go on after a restart where they were, by the palette and by key', async ({
  app,
  server,
  user,
}) => {
  test.setTimeout(150_000);
  for (const subject of ['First', 'Second', 'Third']) await server.append(user, letter({ subject }));
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  let { page } = app;
  await waitForMail(page, 'Third');
  const press = async (subject: string, key: string, words: string) => {
    await row(page, subject).focus();
    await page.keyboard.press(key);
    await expect(toasts(page).getByText(words).first()).toBeVisible();
  };
  await press('First', 'e', '1 archived');
  await press('Second', '#', '1 moved to Trash');
  await press('Third', 's', '1 starred');

  page = await app.relaunch();
  await waitForMail(page, 'Third');
  await expect(row(page, 'Third')).toHaveAccessibleName(/starred/);
  await runFromPalette(page, 'Undo');
  await expect(toasts(page).getByText('Undone: 1 starred').first()).toBeVisible();
  await expect(row(page, 'Third')).not.toHaveAccessibleName(/starred/);
  await row(page, 'Third').focus();
  await page.keyboard.press('z');
  await expect(row(page, 'Second')).toBeVisible();
  await expect(toasts(page).getByText('Undone: 1 moved to Trash').first()).toBeVisible();

  // What was undone last is done again first, also by a window that did not see it.
  page = await app.relaunch();
  await waitForMail(page, 'Second');
  await expect(row(page, 'First')).toHaveCount(0);
  await runFromPalette(page, 'Redo');
  await expect(row(page, 'Second')).toHaveCount(0);
  await runFromPalette(page, 'Redo');
  await expect(row(page, 'Third')).toHaveAccessibleName(/starred/);
  for (let at = 0; at < 3; at += 1) await runFromPalette(page, 'Undo');
  for (const subject of ['First', 'Second', 'Third']) await expect(row(page, subject)).toBeVisible();
  await expect(grid(page).getByRole('row', { name: /starred/ })).toHaveCount(0);
});

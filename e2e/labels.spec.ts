import { expect, test } from './fixtures';
import { letters } from './support/letters';
import { grid, row, waitForMail } from './support/screen';

test('APP-037 labels are chips with colour, and where the server keeps none they say that they stay here', async ({
  app,
  server,
  user,
}) => {
  server.fill(
    user,
    'INBOX',
    letters(2, (at) => ({ subject: `Label ${at + 1}` })),
  );
  // No right to write keywords (RFC 4314 `w`).
  server.protect(user, 'INBOX', 'lrsteix');
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'Label 1,');
  await row(page, 'Label 1,').focus();
  await page.keyboard.press('l');
  const dialog = page.getByRole('dialog', { name: 'Label' });
  await dialog.getByRole('combobox').fill('Summer holiday');
  await expect(dialog.getByRole('option', { name: 'New label summer_holiday' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(row(page, 'Label 1,')).toHaveAccessibleName(/labels summer_holiday/);

  // The chip is in the list, with the label's own colour; the same chip in the reader says where it lives.
  await page.keyboard.press('ArrowDown');
  const chip = row(page, 'Label 1,').getByText('summer_holiday');
  await expect(chip).toBeVisible();
  const dot = await chip.evaluate(
    (element) => getComputedStyle(element.parentElement as Element, '::before').backgroundColor,
  );
  expect(dot).toMatch(/^(rgb|oklch|color)/);
  expect(dot).not.toBe('rgba(0, 0, 0, 0)');
  await row(page, 'Label 1,').focus();
  await page.keyboard.press('Enter');
  const labels = page.getByRole('list', { name: 'Labels' });
  await expect(labels.getByRole('listitem')).toHaveText(/summer_holiday, stays on this computer/);
  await expect(page.getByRole('banner')).not.toContainText('attention');

  await page.keyboard.press('Escape');
  await expect(grid(page)).toBeVisible();
  await row(page, 'Label 1,').focus();
  await page.keyboard.press('l');
  await expect(dialog.getByText('The server keeps no labels here')).toBeVisible();
  await dialog.getByRole('option', { name: /summer_holiday ?, on/ }).click();
  await expect(row(page, 'Label 1,')).not.toHaveAccessibleName(/summer_holiday/);
});

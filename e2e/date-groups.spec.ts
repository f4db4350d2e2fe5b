import { expect, test } from './fixtures';
import { letters } from './support/letters';
import { grid, row, waitForMail } from './support/screen';

test('APP-060 date groups stick above the rows and never hide the focused one, and are off until one wants them', async ({
  app,
  server,
  user,
}) => {
  // One a day and a half: each group of dates has some.
  const arrived = (at: number) => Date.now() - at * 1.5 * 86_400_000;
  server.fill(
    user,
    'INBOX',
    letters(60, (at) => ({ subject: `Day ${at + 1}` })).map((one, at) => ({ ...one, date: arrived(at) })),
  );
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'Day 1,');
  const month = new Intl.DateTimeFormat('en-US', { month: 'long', year: 'numeric' });
  const labelOf = (at: number) => month.format(arrived(at));
  const header = (label: string) => grid(page).getByText(label, { exact: true });
  await expect(header('Today')).toHaveCount(0);

  await page.keyboard.press('Control+,');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('switch', { name: 'Group the list by date' }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Escape');
  await expect(header('Today')).toBeVisible();
  await expect(header('This week')).toBeVisible();
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '60');

  // Every row of the list in turn: whole, below the bar and no header over it.
  await row(page, 'Day 1,').focus();
  for (const key of ['j', 'k']) {
    for (let step = 0; step < 59; step++) {
      await page.keyboard.press(key);
      const seen = await page.evaluate(() => {
        const focused = document.activeElement as HTMLElement;
        const box = focused.getBoundingClientRect();
        const at = (y: number) =>
          document.elementFromPoint(box.left + box.width / 2, y)?.closest('[role="row"]') === focused;
        return at(box.top + 2) && at(box.top + box.height / 2) && at(box.bottom - 2);
      });
      expect(seen, `row ${step + 1} by ${key}`).toBe(true);
    }
    if (key === 'j') {
      await expect(page.locator('[role="row"]:focus')).toHaveAccessibleName(/Day 60,/);
      // The bar names the group on top.
      const top = await page.evaluate(() => {
        const bar = document.querySelector('[role="grid"] > [aria-hidden]') as HTMLElement;
        const below = bar.getBoundingClientRect().bottom;
        const first = [...document.querySelectorAll<HTMLElement>('[role="row"]')].find(
          (line) => line.getBoundingClientRect().bottom > below + 1,
        );
        return { bar: bar.textContent, row: Number(first?.dataset.index) };
      });
      expect(top.bar).toBe(labelOf(top.row));
    }
  }
  await expect(page.locator('[role="row"]:focus')).toHaveAccessibleName(/Day 1,/);
  await page.keyboard.press('End');
  await expect(row(page, 'Day 60,')).toBeFocused();
  await page.keyboard.press('Home');
  await expect(row(page, 'Day 1,')).toBeFocused();
});

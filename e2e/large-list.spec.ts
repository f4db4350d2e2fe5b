import { expect, test } from './fixtures';
import { folder, grid, listHeading } from './support/screen';

test('a long list scrolls with few rows in the document and true counts while mail is being changed', async ({
  app,
}) => {
  test.setTimeout(90_000);
  await app.addSample(6000);
  const { page } = app;
  await folder(page, 'All mail').click();
  await expect(listHeading(page)).toHaveText('All mail');
  await page.getByRole('button', { name: 'View' }).click();
  await page.getByRole('menuitemradio', { name: 'Single messages' }).click();
  const rowCount = () => grid(page).getAttribute('aria-rowcount');
  await expect.poll(async () => Number(await rowCount())).toBeGreaterThan(5000);
  const total = await rowCount();

  await grid(page).getByRole('row').first().focus();
  await page.keyboard.press('End');
  await expect(page.locator('[role="row"]:focus')).toHaveAttribute('aria-rowindex', total ?? '');
  await expect(page.locator('[role="row"]:focus')).not.toHaveAccessibleName('Loading');
  await page.keyboard.press('Home');
  await expect(page.locator('[role="row"]:focus')).toHaveAttribute('aria-rowindex', '1');

  const { rows } = await app.cliJson<{ rows: { id: string }[] }>([
    'list',
    '--mailbox',
    'role:inbox',
    '--limit',
    '200',
  ]);
  const changes = app.cliJson(['mutate', 'keyword', '--add', 'busy', ...rows.map(({ id }) => id)]);
  const most = await page.evaluate(async () => {
    const scroller = document.querySelector('[role="grid"] [role="rowgroup"]')?.closest('[tabindex="-1"]');
    if (!scroller) throw new Error('no scroller');
    let rowsAtOnce = 0;
    const until = performance.now() + 2_000;
    while (performance.now() < until) {
      scroller.scrollTop += 900;
      await new Promise((resolve) => requestAnimationFrame(resolve));
      rowsAtOnce = Math.max(rowsAtOnce, document.querySelectorAll('[role="row"]').length);
    }
    return rowsAtOnce;
  });
  expect(most).toBeLessThanOrEqual(60);
  await changes;
  await expect(grid(page).getByRole('row', { name: 'Loading' })).toHaveCount(0);
});

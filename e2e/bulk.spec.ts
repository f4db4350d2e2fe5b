import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { slowEngine } from './support/busy-machine';
import { accountFolder, folders, grid, listHeading, row, showFolder, toasts } from './support/screen';
import { startWithMail } from './support/start-with-mail';

const bar = (page: Page): Locator => page.getByRole('toolbar', { name: 'Actions for the selection' });
const at = (page: Page, index: number): Locator => grid(page).locator(`[role="row"][data-index="${index}"]`);
const total = async (page: Page): Promise<number> => Number(await grid(page).getAttribute('aria-rowcount'));

/** Scrolls as one drags the scroll bar, until the row is there. */
async function scrollTo(page: Page, index: number): Promise<void> {
  const rows = grid(page).getByRole('rowgroup').last();
  await expect(async () => {
    await rows.evaluate((scroller, position) => {
      const count = Number(scroller.closest('[role="grid"]')?.getAttribute('aria-rowcount'));
      scroller.scrollTop = (scroller.scrollHeight * position) / count - scroller.clientHeight / 2;
    }, index);
    await expect(at(page, index)).toBeVisible({ timeout: 1_000 });
    await expect(at(page, index)).not.toHaveAttribute('aria-busy', 'true', { timeout: 1_000 });
  }).toPass({ timeout: 15_000 });
}

/** The names of all folders with their counts, as the tree says them. */
const counts = (page: Page): Promise<string[]> =>
  folders(page)
    .getByRole('treeitem')
    .evaluateAll((items) => items.map((item) => item.getAttribute('aria-label') ?? item.textContent ?? ''));

test('APP-056 5,000 conversations of 20,000 messages are archived with progress, cancel and one undo, and every count is right', async ({
  app,
}) => {
  test.setTimeout(300_000);
  await app.cliJson(['account', 'add', 'local', '--name', 'Sample', '--sample', '20000', '--seed', '1']);
  const { page } = app;
  await showFolder(page, 'Archive');
  await expect.poll(() => total(page)).toBeGreaterThan(100);
  const archived = await total(page);
  await showFolder(page, 'Inbox');
  await expect.poll(() => total(page)).toBeGreaterThan(6_000);
  const before = await total(page);
  const names = await counts(page);

  await at(page, 0).focus();
  await page.keyboard.press('x');
  await scrollTo(page, 4_999);
  await at(page, 4_999).click({ modifiers: ['Shift'], position: { x: 120, y: 12 } });
  await expect(bar(page)).toContainText('5,000 selected');
  await page.keyboard.press('e');
  await expect(toasts(page).getByText('5,000 archived')).toBeVisible({ timeout: 60_000 });
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(before - 5_000));
  expect(await counts(page)).not.toEqual(names);
  await showFolder(page, 'Archive');
  await expect.poll(() => total(page)).toBeGreaterThan(archived + 4_000);
  await toasts(page).getByRole('button', { name: 'Undo' }).click();
  await expect(toasts(page).getByText('Undone: 5,000 archived')).toBeVisible({ timeout: 60_000 });
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(archived));
  await showFolder(page, 'Inbox');
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(before));
  await expect.poll(() => counts(page)).toEqual(names);

  await at(page, 0).focus();
  await page.keyboard.press('Control+A');
  await page.getByRole('button', { name: /^Select all .* in this folder$/ }).click();
  const progress = toasts(page)
    .getByRole('status')
    .filter({ hasText: /^Archiving [\d,]+ of [\d,]+/ });
  const asQuickAsEver = slowEngine(app.host);
  try {
    await page.keyboard.press('e');
    await expect(progress).toBeVisible({ timeout: 10_000 });
    // At once: the notification is still sliding in, and the gesture does not wait.
    await progress.getByRole('button', { name: 'Cancel' }).click({ force: true });
  } finally {
    asQuickAsEver();
  }
  const done = toasts(page).getByText(/^[\d,]+ archived$/);
  await expect(done).toBeVisible({ timeout: 30_000 });
  const messages = Number(((await done.textContent()) ?? '').replace(/\D/g, ''));
  expect(messages).toBeGreaterThan(0);
  await expect.poll(() => total(page)).toBeGreaterThan(0);
  const rest = await total(page);
  expect(rest).toBeLessThan(before);
  await toasts(page).getByRole('button', { name: 'Undo' }).click();
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(before), { timeout: 60_000 });
  await expect.poll(() => counts(page)).toEqual(names);
});

test('APP-055 rows are selected by click, Ctrl and Shift, by x and Shift with arrows, all on screen, then all of the folder', async ({
  app,
  server,
  user,
}) => {
  await startWithMail({ app, server, user }, 'Pick', 120);
  const { page } = app;
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '120');
  const selected = grid(page).locator('[role="row"][aria-selected="true"]');
  const subject = (index: number) => ({ position: { x: 160, y: 12 }, index });
  const click = (index: number, modifiers: ('Shift' | 'ControlOrMeta')[] = []) =>
    at(page, index).click({ modifiers, position: subject(index).position });

  await click(2, ['ControlOrMeta']);
  await click(5, ['ControlOrMeta']);
  await expect(bar(page)).toContainText('2 selected');
  await click(5, ['ControlOrMeta']);
  await expect(selected).toHaveCount(1);
  await click(2, ['ControlOrMeta']);
  await expect(bar(page)).toHaveCount(0);
  await click(1, ['ControlOrMeta']);
  await click(6, ['Shift']);
  await expect(bar(page)).toContainText('6 selected');
  await click(3, ['Shift']);
  await expect(bar(page)).toContainText('3 selected');
  await at(page, 9).hover();
  await at(page, 9)
    .getByRole('button', { name: 'Select' })
    .or(at(page, 9).getByRole('checkbox'))
    .first()
    .click();
  await expect(bar(page)).toContainText('4 selected');
  await click(8);
  await expect(bar(page)).toHaveCount(0);
  await expect(
    page.getByRole('region', { name: 'Reading pane' }).getByRole('heading', { level: 2 }),
  ).toBeVisible();

  await at(page, 4).focus();
  await page.keyboard.press('x');
  await expect(selected).toHaveCount(1);
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(bar(page)).toContainText('3 selected');
  await page.keyboard.press('Shift+ArrowUp');
  await expect(bar(page)).toContainText('2 selected');
  await page.keyboard.press('x');
  await expect(bar(page)).toContainText('1 selected');
  await page.keyboard.press('Escape');
  await expect(bar(page)).toHaveCount(0);

  await page.keyboard.press('Control+A');
  const onScreen = await selected.count();
  expect(onScreen).toBeGreaterThan(3);
  await expect(bar(page)).not.toContainText('120 selected');
  await page.getByRole('button', { name: 'Select all 120 in this folder' }).click();
  await expect(bar(page)).toContainText('120 selected');
  await expect(page.getByText('All 120 in this folder are selected')).toBeVisible();
  await click(0, ['ControlOrMeta']);
  await expect(bar(page)).toContainText('119 selected');
  await page.keyboard.press('Escape');
  await expect(selected).toHaveCount(0);
  await expect(listHeading(page)).toHaveText('Inbox');
  await expect(accountFolder(page, 'Inbox')).toBeVisible();
  await expect(row(page, 'Pick 1,')).toBeVisible();
});

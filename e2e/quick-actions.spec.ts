import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { letters } from './support/letters';
import { grid, row, showFolder, toasts, waitForMail } from './support/screen';

/** In the order Right arrow reaches them, behind the tick box. */
const ACTIONS = ['Star', 'Archive', 'Delete', 'Snooze', 'Mark as read'] as const;
type Action = (typeof ACTIONS)[number];

/** What one sees of a row's actions: names and places. */
async function shownActions(line: Locator) {
  const found: { name: string; width: number; height: number; x: number }[] = [];
  for (const name of ACTIONS) {
    const button = line.getByRole('button', { name, exact: true });
    await expect(button).toBeVisible();
    await expect
      .poll(() => button.evaluate((element) => element.checkVisibility({ opacityProperty: true })))
      .toBe(true);
    const box = await button.boundingBox();
    if (!box) throw new Error(`${name} is nowhere`);
    found.push({ name, width: box.width, height: box.height, x: box.x });
  }
  return found;
}

/** Presses Right until the action has the focus, as a person without a pointer does. */
async function walkTo(page: Page, action: Action): Promise<void> {
  for (let step = 0; step <= ACTIONS.indexOf(action) + 1; step++) await page.keyboard.press('ArrowRight');
  await expect(page.locator(':focus')).toHaveAccessibleName(action);
}

async function isDone(page: Page, action: Action, subject: string): Promise<void> {
  switch (action) {
    case 'Star':
      return expect(row(page, subject)).toHaveAccessibleName(/starred/);
    case 'Mark as read':
      return expect(row(page, subject)).not.toHaveAccessibleName(/unread/);
    case 'Snooze':
      await page.getByRole('menu', { name: 'Snooze until' }).getByText('Tomorrow morning').click();
      return expect(row(page, subject)).toHaveCount(0);
    case 'Archive':
    case 'Delete':
      return expect(row(page, subject)).toHaveCount(0);
  }
}

test('APP-059 hover and focus show the same quick actions, and each works by pointer and by Right arrow', async ({
  app,
  server,
  user,
}) => {
  server.fill(
    user,
    'INBOX',
    letters(ACTIONS.length * 2 + 2, (at) => ({ subject: `Quick ${at + 1}` })),
  );
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'Quick 1,');

  // The same by hover and by focus: which, where, how large; and the text of the row does not move (UI-023).
  const spare = row(page, 'Quick 12,');
  const text = spare.getByText('Quick 12', { exact: true });
  await spare.focus();
  const byFocus = await shownActions(spare);
  const textFocused = await text.boundingBox();
  await row(page, 'Quick 11,').focus();
  await page.mouse.move(5, 5);
  const textAlone = await text.boundingBox();
  await expect(spare.getByRole('button', { name: 'Snooze' })).toHaveCount(0);
  await spare.hover();
  const byHover = await shownActions(spare);
  expect(byHover).toEqual(byFocus);
  for (const { name, width, height } of byHover.filter(({ name: one }) => one !== 'Star'))
    expect([name, width, height]).toEqual([name, 28, 28]);
  expect([textFocused, await text.boundingBox()]).toEqual([textAlone, textAlone]);

  for (const [at, action] of ACTIONS.entries()) {
    const byPointer = `Quick ${at + 1},`;
    await row(page, byPointer).hover();
    await row(page, byPointer).getByRole('button', { name: action, exact: true }).click();
    await isDone(page, action, byPointer);
  }
  for (const [at, action] of ACTIONS.entries()) {
    const byKey = `Quick ${ACTIONS.length + at + 1},`;
    await page.mouse.move(5, 5);
    await row(page, byKey).focus();
    await walkTo(page, action);
    await page.keyboard.press('Enter');
    await isDone(page, action, byKey);
  }

  // Left goes back through them, Escape at once; the row keeps the focus.
  await spare.focus();
  await walkTo(page, 'Mark as read');
  await page.keyboard.press('ArrowLeft');
  await expect(page.locator(':focus')).toHaveAccessibleName('Snooze');
  await page.keyboard.press('Escape');
  await expect(spare).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  await expect(spare).toBeFocused();

  await expect.poll(async () => (await server.list(user, 'Archive')).length, { timeout: 15_000 }).toBe(2);
  await expect.poll(async () => (await server.list(user, 'Trash')).length).toBe(2);
  await showFolder(page, 'Archive');
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '2');
  await expect(toasts(page)).toBeVisible();
});

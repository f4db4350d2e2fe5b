import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { letter, letters } from './support/letters';
import { folder, grid, listHeading, openMessage, reader, row, toasts, waitForMail } from './support/screen';
import { startWithMail } from './support/start-with-mail';

const menu = (page: Page) => page.getByRole('menu', { name: 'Snooze until' });
const soon = (ms: number): string => new Date(Date.now() + ms).toISOString();

async function showSnoozed(page: Page): Promise<void> {
  await folder(page, 'Snoozed').click();
  await expect(listHeading(page)).toHaveText('Snoozed');
}

async function showInbox(page: Page): Promise<void> {
  await folder(page, 'Inbox').first().click();
  await expect(listHeading(page)).toHaveText('Inbox');
}

async function complaints(page: Page): Promise<string[]> {
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
  const { violations } = await new AxeBuilder({ page }).exclude('iframe').setLegacyMode(true).analyze();
  return violations.map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => target).join(' ')}`);
}

test('snooze by key: presets with times, any date, a view of their own, undo, and back before the time', async ({
  app,
  server,
  user,
}) => {
  await startWithMail({ app, server, user }, 'Later', 4);
  const { page } = app;

  await row(page, 'Later 1,').focus();
  await page.keyboard.press('b');
  await expect(menu(page).getByRole('menuitem', { name: /^Tomorrow morning.*8:00/ })).toBeVisible();
  expect(await complaints(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(row(page, 'Later 1,')).toBeFocused();
  await page.keyboard.press('h');
  await menu(page)
    .getByRole('menuitem', { name: /^Tomorrow morning/ })
    .focus();
  await page.keyboard.press('Enter');
  await expect(row(page, 'Later 1,')).toHaveCount(0);
  await expect(page.locator('[role="row"]:focus')).toHaveAccessibleName(/Later 2,/);
  await expect(toasts(page).getByText(/1 snoozed until/)).toBeVisible();

  // A date of one's own: the past is refused in words.
  await page.keyboard.press('b');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Snooze until' });
  await dialog.getByLabel('Date and time').fill('2020-01-01T08:00');
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('still to come');
  expect(await complaints(page)).toEqual([]);
  await dialog.getByLabel('Date and time').fill('2090-05-04T08:00');
  await dialog.getByRole('button', { name: 'Snooze', exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await expect(row(page, 'Later 2,')).toHaveCount(0);

  // The next to come back first; each says when, in the row's name, too.
  await page.keyboard.press('g');
  await page.keyboard.press('b');
  await expect(listHeading(page)).toHaveText('Snoozed');
  await expect(grid(page).getByRole('row')).toHaveCount(2);
  await expect(grid(page).getByRole('row').first()).toHaveAccessibleName(/Later 1, snoozed until/);
  await expect(grid(page).getByRole('row').last()).toHaveAccessibleName(/Later 2, snoozed until .*2090/);
  await openMessage(page, 'Later 1');
  await expect(reader(page).getByText(/^Snoozed until/)).toBeVisible();

  // From the menu of a row: bring back now. From the reader: another time, which can be undone.
  await row(page, 'Later 1,').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Bring back now' }).click();
  await expect(grid(page).getByRole('row')).toHaveCount(1);
  await showInbox(page);
  await expect(row(page, 'Later 1,')).toBeVisible();
  await row(page, 'Later 1,').focus();
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+J');
  await page
    .getByRole('toolbar', { name: 'Actions for the selection' })
    .getByRole('button', { name: 'Snooze' })
    .click();
  await menu(page)
    .getByRole('menuitem', { name: /^Tomorrow morning/ })
    .click();
  await expect(toasts(page).getByText(/2 snoozed until/)).toBeVisible();
  await expect(grid(page).getByRole('row')).toHaveCount(1);
  await row(page, 'Later 4,').focus();
  await page.keyboard.press('z');
  await expect(grid(page).getByRole('row')).toHaveCount(3);
  await page.keyboard.press('Control+Shift+Z');
  await expect(grid(page).getByRole('row')).toHaveCount(1);
  await page.keyboard.press('Control+K');
  await page.keyboard.type('snooze');
  await page.keyboard.press('Enter');
  await menu(page)
    .getByRole('menuitem', { name: /^Tomorrow morning/ })
    .click();
  await expect(page.getByText('All done')).toBeVisible();

  // Other clients see a label and the message where it was.
  await expect
    .poll(async () => (await server.list(user, 'INBOX')).filter(({ flags }) => flags.includes('$snoozed')), {
      timeout: 15_000,
    })
    .toHaveLength(4);
});

test('APP-163 offline: put off, killed, started again: back at its time as unread with a note; an answer wakes at once', async ({
  app,
  server,
  user,
  cable,
}) => {
  server.fill(
    user,
    'INBOX',
    letters(5, (at) => ({ subject: `Plan ${at + 1}`, id: `plan-${at + 1}` })),
  );
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  let { page } = app;
  await waitForMail(page, 'Plan 1,');
  const { rows } = await app.cliJson<{ rows: { id: string; subject: string }[] }>([
    'list',
    '--mailbox',
    'role:inbox',
  ]);
  const idOf = (subject: string): string => rows.find((one) => one.subject === subject)?.id ?? '';
  await app.cliJson(['mutate', 'keyword', '--add', '$seen', ...rows.map(({ id }) => id)]);
  await app.cliJson(['sync', '--wait']);

  cable.refuse(true);
  await expect(page.getByRole('banner').getByRole('button', { name: /^Offline/ })).toBeVisible({
    timeout: 20_000,
  });
  await row(page, 'Plan 4,').focus();
  await page.keyboard.press('b');
  await menu(page).getByRole('menuitem', { name: 'When online' }).click();
  await row(page, 'Plan 5,').focus();
  await page.keyboard.press('b');
  await menu(page).getByRole('menuitem', { name: 'When answered' }).click();
  await app.cliJson(['mutate', 'snooze', '--until', soon(15_000), idOf('Plan 1'), idOf('Plan 3')]);
  await app.cliJson(['mutate', 'snooze', '--until', soon(86_400_000), idOf('Plan 2')]);
  await expect(page.getByText('All done')).toBeVisible();
  page = await app.relaunch('kill');
  await expect(folder(page, 'Snoozed')).toHaveAccessibleName(/Snoozed/);
  await showInbox(page);
  await expect(row(page, 'Plan 1,')).toBeVisible({ timeout: 30_000 });
  await expect(row(page, 'Plan 1,')).toHaveAccessibleName(/^unread.*Back since/);
  await expect(row(page, 'Plan 1,').getByText(/Back since \d/)).toBeVisible();
  await expect(row(page, 'Plan 3,')).toHaveAccessibleName(/^unread.*Back since/);
  await showSnoozed(page);
  await expect(grid(page).getByRole('row')).toHaveCount(3);
  await expect(row(page, 'Plan 4,')).toHaveAccessibleName(/snoozed until you are online/);
  await expect(row(page, 'Plan 5,')).toHaveAccessibleName(/snoozed until someone answers/);
  const asleep = await app.cliJson<{ rows: { subject: string }[] }>(['list', '--mailbox', 'role:snoozed']);
  expect(asleep.rows.map(({ subject }) => subject)).toEqual(['Plan 2', 'Plan 4', 'Plan 5']);

  // Online again: the server hears what it can hold, and an answer brings the rest back.
  cable.refuse(false);
  await expect(row(page, 'Plan 4,')).toHaveCount(0, { timeout: 30_000 });
  for (const at of [2, 5])
    await server.append(user, letter({ subject: `Re: Plan ${at}`, inReplyTo: `plan-${at}` }));
  await app.cliJson(['sync', '--wait']);
  await expect(page.getByText('Nothing is snoozed')).toBeVisible({ timeout: 15_000 });
  await showInbox(page);
  await expect(row(page, 'Plan 2,')).toHaveAccessibleName(/2 messages/);
  await expect(row(page, 'Plan 4,')).toHaveAccessibleName(/^unread.*Back since/);
  await expect(row(page, 'Plan 5,')).toHaveAccessibleName(/2 messages/);
  await expect
    .poll(async () => (await server.list(user, 'INBOX')).some(({ flags }) => flags.includes('$snoozed')), {
      timeout: 20_000,
    })
    .toBe(false);
});

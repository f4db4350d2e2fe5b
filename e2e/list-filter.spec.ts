import type { Page } from '@playwright/test';
import { commandTitles } from '../src/shared/keyboard/command-titles';
import { expect, test } from './fixtures';
import { letter, letters } from './support/letters';
import { accountFolder, grid, reader, row, showFolder, toasts, waitForMail } from './support/screen';
import { startWithMail } from './support/start-with-mail';

const total = async (page: Page) => Number(await grid(page).getAttribute('aria-rowcount'));
const list = (page: Page) => page.getByRole('main', { name: 'Messages' });

const FILTERS = {
  All: 'list.filterNone',
  Unread: 'list.filterUnread',
  Starred: 'list.filterStarred',
  'With attachments': 'list.filterAttachments',
} as const;

/** By the menu in the header. */
async function filter(page: Page, name: keyof typeof FILTERS): Promise<void> {
  await list(page)
    .getByRole('button', { name: /^Filter:/ })
    .click();
  await page.getByRole('menuitemradio', { name: commandTitles[FILTERS[name]] }).click();
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(list(page).getByRole('button', { name: `Filter: ${name}` })).toBeVisible();
}

test('a list is narrowed to unread, starred or with attachments: true counts, what was read stays until the list is left, "all" is what is shown', async ({
  app,
  server,
  user,
}) => {
  test.setTimeout(120_000);
  server.fill(
    user,
    'INBOX',
    letters(300, (at) => ({ subject: `Letter ${at + 1}` })).map((mail, at) => ({
      ...mail,
      flags: [...(at % 3 === 0 ? [] : ['\\Seen']), ...(at % 10 === 0 ? ['\\Flagged'] : [])],
    })),
  );
  const files = [{ name: 'map.txt', type: 'text/plain', content: 'Map' }];
  await server.append(user, letter({ subject: 'With a map', attachments: files }), { flags: ['\\Seen'] });
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'With a map');
  await showFolder(page, 'Inbox');
  await expect.poll(() => total(page)).toBe(301);

  await filter(page, 'With attachments');
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '1');
  await expect(row(page, 'With a map')).toBeVisible();
  await filter(page, 'Starred');
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '30');
  // By key, and told in the header.
  await grid(page).getByRole('row').first().focus();
  await page.keyboard.press('w');
  await page.keyboard.press('u');
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '100');
  await expect(list(page)).toContainText('100 of 301');

  // What is opened counts as read and stays where it is, also when new mail comes; the sidebar counts on.
  await row(page, 'Letter 4,').click();
  await expect(reader(page).getByRole('heading', { level: 2 })).toHaveText('Letter 4');
  await expect(row(page, 'Letter 4,')).not.toHaveAccessibleName(/unread/, { timeout: 10_000 });
  await expect(accountFolder(page, 'Inbox')).toHaveAccessibleName(/99 unread/);
  await page.mouse.move(1, 1);
  await server.append(user, letter({ subject: 'Fresh and unread' }));
  await expect(row(page, 'Fresh and unread')).toBeVisible({ timeout: 15_000 });
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '101');
  await expect(row(page, 'Letter 4,')).toHaveAttribute('aria-rowindex', '3');

  // Another folder and back: the filter is remembered, what was read is gone.
  await showFolder(page, 'Archive');
  await expect(list(page).getByRole('button', { name: 'Filter: All' })).toBeVisible();
  await showFolder(page, 'Inbox');
  await expect(list(page).getByRole('button', { name: 'Filter: Unread' })).toBeVisible();
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '100');
  await expect(row(page, 'Letter 4,')).toHaveCount(0);

  // Another order keeps the filter.
  await list(page).getByRole('button', { name: /^Sort/ }).click();
  await page.getByRole('menuitemradio', { name: 'Subject', exact: true }).click();
  await expect(grid(page).getByRole('row').first()).toHaveAccessibleName(/Fresh and unread/);
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '100');

  // All: exactly these, and back with one undo.
  await grid(page).getByRole('row').first().focus();
  await page.keyboard.press('Control+A');
  await page.getByRole('button', { name: 'Select all 100 unread in this folder' }).click();
  await expect(list(page).getByText('All 100 unread in this folder are selected')).toBeVisible();
  await page.keyboard.press('e');
  await expect(list(page).getByText('No unread messages in Inbox')).toBeVisible({ timeout: 15_000 });
  await expect(toasts(page).getByText('100 archived')).toBeVisible({ timeout: 15_000 });
  await list(page).getByRole('button', { name: 'Show all', exact: true }).click();
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '202');
  await expect.poll(async () => (await server.list(user, 'INBOX')).length, { timeout: 30_000 }).toBe(202);
  expect((await server.list(user, 'INBOX')).every(({ flags }) => flags.includes('\\Seen'))).toBe(true);
  await toasts(page).getByRole('button', { name: 'Undo' }).click();
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '302', { timeout: 15_000 });
  await filter(page, 'Unread');
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '100');
  await list(page).getByRole('button', { name: 'Unread: show all again' }).click();
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '302');
});

test('a sync by hand and choosing the list again let go of what was read under the filter', async ({
  app,
  server,
  user,
}) => {
  await startWithMail({ app, server, user }, 'Letter', 5);
  const { page } = app;
  await showFolder(page, 'Inbox');
  await filter(page, 'Unread');
  for (const [subject, again] of [
    ['Letter 2', () => page.keyboard.press('F5')],
    ['Letter 4', () => accountFolder(page, 'Inbox').click()],
  ] as const) {
    await row(page, `${subject},`).click();
    await expect(row(page, `${subject},`)).not.toHaveAccessibleName(/unread/, { timeout: 10_000 });
    await page.waitForTimeout(600);
    await expect(row(page, `${subject},`)).toBeVisible();
    await again();
    await expect(row(page, `${subject},`)).toHaveCount(0);
  }
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '3');
});

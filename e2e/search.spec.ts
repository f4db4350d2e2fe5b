import type { Page } from '@playwright/test';
import { FILTER_OPERATORS, TEXT_FIELDS } from '../src/shared/search/operators';
import { expect, test } from './fixtures';
import { expectAccessible } from './support/axe-looks';
import { letter } from './support/letters';
import {
  accountFolder,
  filled,
  folder,
  grid,
  listHeading,
  reader,
  row,
  showFolder,
  toasts,
} from './support/screen';
import { startWithMail } from './support/start-with-mail';

const field = (page: Page) => page.getByRole('combobox', { name: 'Search mail' });
const list = (page: Page) => page.getByRole('main', { name: 'Messages' });
const scope = (page: Page, name: string) =>
  list(page).getByRole('group', { name: 'Where to search' }).getByRole('button', { name, exact: true });
const focusedRow = (page: Page) => page.locator('[role="row"]:focus');

/** From a row, as people do: the key, then the words. */
async function search(page: Page, text: string): Promise<void> {
  await page.keyboard.press('/');
  await expect(field(page)).toBeFocused();
  await field(page).fill(text);
  await page.keyboard.press('Enter');
}

test('a search by keys alone: results while typing, people and operators offered, Escape brings back the list as it was', async ({
  app,
}) => {
  test.setTimeout(180_000);
  await app.addSample(300);
  const { page } = app;
  await filled(page);
  await showFolder(page, 'Inbox');
  await grid(page).getByRole('row').first().focus();
  for (let step = 0; step < 30; step += 1) await page.keyboard.press('j');
  const place = await focusedRow(page).getAttribute('aria-rowindex');
  const subject = await reader(page).getByRole('heading', { level: 2 }).innerText();

  // Found from the third letter on, with what was searched for marked as text.
  await page.keyboard.press('/');
  await page.keyboard.type('inv');
  await expect(listHeading(page)).toHaveText(/^\d+ messages found$/);
  await expect(grid(page).locator('mark').first()).toHaveText(/^inv/i);
  await expect(page.getByRole('status').filter({ hasText: /messages found/ })).toHaveCount(1);

  // An operator, then a person behind it, by arrow and Enter.
  await field(page).fill('fro');
  const options = page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');
  await expect(options.first()).toHaveText(/^from:/);
  await page.keyboard.press('ArrowDown');
  await expect(field(page)).toHaveAttribute(
    'aria-activedescendant',
    (await options.first().getAttribute('id')) ?? '',
  );
  await page.keyboard.press('Enter');
  await expect(field(page)).toHaveValue('from:');
  await page.keyboard.type('chi');
  await expect(options.first()).toHaveText(/Chiara/);
  await expectAccessible(page, 'search with suggestions');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(field(page)).toHaveValue(/^from:chiara@\S+ $/);
  await page.keyboard.press('Enter');
  await expect(focusedRow(page)).toHaveAccessibleName(/Chiara.*, in /);

  // The same keys as in a folder; what is opened is the message that was found, in its conversation.
  await page.keyboard.press('j');
  await expect(reader(page).getByRole('heading', { level: 2 })).toBeVisible();
  await expectAccessible(page, 'search results');

  // One layer after the other: the reader, then the search; and what was searched for is offered again.
  await page.keyboard.press('Escape');
  await expect(listHeading(page)).toHaveText(/found$/);
  await page.keyboard.press('Escape');
  await expect(listHeading(page)).toHaveText('Inbox');
  await expect(focusedRow(page)).toHaveAttribute('aria-rowindex', place ?? '');
  await expect(reader(page).getByRole('heading', { level: 2 })).toHaveText(subject);
  await page.keyboard.press('/');
  await expect(options.first()).toHaveText(/^from:chiara@/);

  // Nothing found says what was looked through and what else there is.
  await field(page).fill('from:grace colour:blue zebra');
  await page.keyboard.press('Enter');
  await expect(list(page).getByText('No matches for “from:grace colour:blue zebra”')).toBeVisible();
  await expect(list(page).getByText('all folders except Trash and Junk')).toBeVisible();
  await expect(list(page).getByText('“colour:blue” is searched for as plain text')).toBeVisible();
  await expectAccessible(page, 'search without results');
  await list(page).getByRole('button', { name: 'Include Trash and Junk' }).click();
  await expect(scope(page, 'Trash and Junk too')).toHaveAttribute('aria-pressed', 'true');
});

test("while suggestions are offered the search field stays a field: its own keys, the window's beside them, and the pointer", async ({
  app,
}) => {
  await app.addSample(30);
  const { page } = app;
  await filled(page);
  const options = page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');
  await grid(page).getByRole('row').first().focus();
  const starred = page
    .locator('[role="row"][data-index="0"]')
    .and(page.getByRole('row', { name: /starred/ }));
  if ((await starred.count()) === 0) await page.keyboard.press('s');
  await expect(starred).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('fro');
  await expect(options.first()).toBeVisible();
  // Places in the text, and what is typed there; the mark in the list goes with it.
  await page.keyboard.press('ArrowDown');
  await expect(field(page)).toHaveAttribute('aria-activedescendant', /./);
  await page.keyboard.press('Home');
  await page.keyboard.type('x ');
  await expect(field(page)).toHaveValue('x fro');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('fro');
  await expect(field(page)).toHaveValue('fro');
  await expect(options.first()).toBeVisible();
  // Undoing means the text, not the star of before; letters are no commands.
  await page.keyboard.press('Control+Z');
  await expect(field(page)).not.toHaveValue('fro');
  await field(page).fill('fro');
  await expect(options.first()).toBeVisible();
  await page.keyboard.press('Control+K');
  await expect(page.getByRole('dialog', { name: 'Command palette' }).getByRole('combobox')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(field(page)).toBeFocused();

  // A press takes one and leaves the focus in the field; Enter without a mark searches for what is written.
  await expect(options.first()).toHaveText(/^from:/);
  await options.first().click();
  await expect(field(page)).toHaveValue('from:');
  await expect(field(page)).toBeFocused();
  await field(page).fill('fro');
  await expect(options.first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(options).toHaveCount(0);
  await expect(listHeading(page)).toHaveText(/found$|^No /);

  // Another pane closes it.
  await page.keyboard.press('/');
  await page.keyboard.type('fro');
  await expect(options.first()).toBeVisible();
  await page.keyboard.press('F6');
  await expect(field(page)).not.toBeFocused();
  await expect(options).toHaveCount(0);
  await field(page).focus();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(starred).toBeVisible();
});

test('APP-169 every operator has its place in the form, and form and text are the same search in both directions', async ({
  app,
}) => {
  test.setTimeout(120_000);
  await app.addSample(50);
  const { page } = app;
  await filled(page);
  await grid(page).getByRole('row').first().focus();
  await search(page, 'harbour -draft from:ann is:unread');
  await page.getByRole('button', { name: 'Search by form' }).click();
  const form = page.getByRole('dialog', { name: 'Search by form' });
  const box = (name: string) => form.getByRole('textbox', { name, exact: true });
  await expect(box('Has the words')).toHaveValue('harbour');
  await expect(box('Does not have')).toHaveValue('draft');
  await expect(box('From')).toHaveValue('ann');
  await expect(form.getByRole('checkbox', { name: 'unread', exact: true })).toBeChecked();

  await form.getByText('More', { exact: true }).click();
  await expectAccessible(page, 'search form');
  await form.getByRole('button', { name: 'Empty the form' }).click();
  await expect(field(page)).toHaveValue('');
  const boxes = await form.getByRole('textbox').all();
  for (const each of boxes.slice(2)) await each.fill('2026');
  for (const each of await form.getByRole('checkbox').all()) await each.check();
  const text = await field(page).inputValue();
  for (const operator of [...TEXT_FIELDS, ...FILTER_OPERATORS])
    expect(text, 'the text behind the filled form').toContain(`${operator}:`);
  expect(text).toContain('is:unread is:starred');
  expect(text).toContain('has:pdf');

  // From the text to the form again, with what has no field among the words.
  await page.keyboard.press('Escape');
  // While it still leaves, the button would bring the same form back, opened as it was.
  await expect(form).toBeHidden();
  await field(page).fill('from:"Anna Maier" from:bob (a OR b) larger:10m');
  await page.getByRole('button', { name: 'Search by form' }).click();
  await expect(box('From')).toHaveValue('Anna Maier');
  await expect(box('Has the words')).toHaveValue('from:bob (a OR b)');
  await form.getByText('More', { exact: true }).click();
  await expect(box('Larger than')).toHaveValue('10m');
  await box('From').fill('');
  await expect(field(page)).toHaveValue('larger:10m from:bob (a OR b)');
});

test('APP-170 a search everywhere or only in the folder one came from: always said, one key away', async ({
  app,
  server,
  user,
}) => {
  test.setTimeout(120_000);
  await startWithMail({ app, server, user }, 'Harbour dues', 3);
  await server.append(user, letter({ subject: 'Harbour plan' }), { mailbox: 'Archive' });
  await server.append(user, letter({ subject: 'Harbour rubbish' }), { mailbox: 'Trash' });
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await showFolder(page, 'Inbox');
  await grid(page).getByRole('row').first().focus();
  await search(page, 'harbour');
  await expect(listHeading(page)).toHaveText('4 messages found');
  await expect(scope(page, 'Everywhere')).toHaveAttribute('aria-pressed', 'true');
  await expect(row(page, 'Harbour plan')).toHaveAccessibleName(/in Archive/);

  await page.keyboard.press('Control+Shift+E');
  await expect(scope(page, 'Inbox')).toHaveAttribute('aria-pressed', 'true');
  await expect(listHeading(page)).toHaveText('3 messages found');
  await expect(row(page, 'Harbour plan')).toHaveCount(0);
  await page.keyboard.press('Control+Shift+E');
  await expect(listHeading(page)).toHaveText('4 messages found');

  await scope(page, 'Trash and Junk too').click();
  await expect(row(page, 'Harbour rubbish')).toHaveAccessibleName(/in Trash/);
  await scope(page, 'Inbox').click();
  await expect(listHeading(page)).toHaveText('3 messages found');

  // In a window of one pane: the same field and the same line.
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(scope(page, 'Inbox')).toBeVisible();
  await row(page, 'Harbour dues 2,').click();
  await expect(reader(page).getByRole('heading', { level: 2 })).toHaveText('Harbour dues 2');
  await page.keyboard.press('Escape');
  await expect(row(page, 'Harbour dues 2,')).toBeFocused();

  // Another folder ends the search.
  await page.setViewportSize({ width: 1280, height: 800 });
  await folder(page, 'Starred').click();
  await expect(listHeading(page)).toHaveText('Starred');
  await expect(field(page)).toHaveValue('');
});

test('APP-171 everything that was found is archived in one gesture, also what was never on screen, and comes back with one undo', async ({
  app,
  server,
  user,
}) => {
  test.setTimeout(180_000);
  await startWithMail({ app, server, user }, 'Letter', 320, (at) => ({
    text: at % 4 === 0 ? 'About the lighthouse.' : 'About the weather.',
  }));
  const { page } = app;
  await showFolder(page, 'Inbox');
  await grid(page).getByRole('row').first().focus();
  await search(page, 'weather');
  // The index follows the mail by some seconds, and what was found follows the index.
  await expect(listHeading(page)).toHaveText('240 messages found', { timeout: 30_000 });
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '240');

  // Where the index was late the list was empty when the search began: there was no row to go to.
  await grid(page).getByRole('row').first().focus();
  // It grows while one goes through it, and the document does not.
  await page.keyboard.press('End');
  await expect(focusedRow(page)).toHaveAttribute('aria-rowindex', '240');
  await expect(focusedRow(page)).toHaveAccessibleName(/Letter 319/);
  expect(await grid(page).getByRole('row').count()).toBeLessThanOrEqual(60);

  // One row by its own control, acted on before anybody is asked.
  await focusedRow(page).getByRole('button', { name: 'Delete' }).click();
  await expect(listHeading(page)).toHaveText('239 messages found');
  await expect(row(page, 'Letter 319,')).toHaveCount(0);
  await page.keyboard.press('z');
  await expect(listHeading(page)).toHaveText('240 messages found');

  await page.keyboard.press('Control+A');
  await page.getByRole('button', { name: 'Select all 240 found' }).click();
  await expect(list(page).getByText('All 240 found are selected')).toBeVisible();
  await page.keyboard.press('e');
  await expect(toasts(page).getByText('240 archived')).toBeVisible({ timeout: 15_000 });
  await expect.poll(async () => (await server.list(user, 'INBOX')).length, { timeout: 30_000 }).toBe(80);
  await expect(grid(page).getByRole('row').first()).toHaveAccessibleName(/in Archive/, { timeout: 10_000 });
  await toasts(page).getByRole('button', { name: 'Undo' }).last().click();
  await expect.poll(async () => (await server.list(user, 'INBOX')).length, { timeout: 30_000 }).toBe(320);
  await page.keyboard.press('Escape');
  await accountFolder(page, 'Inbox').click();
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '320', { timeout: 15_000 });
});

test('APP-172 a search is saved among the folders, is there after a restart, searches again, and goes with one undo', async ({
  app,
}) => {
  test.setTimeout(120_000);
  await app.addSample(100);
  await filled(app.page);
  await grid(app.page).getByRole('row').first().focus();
  await search(app.page, 'is:unread has:attachment');
  await expect(listHeading(app.page)).toHaveText(/found$/);
  const heading = await listHeading(app.page).innerText();
  await list(app.page).getByRole('button', { name: 'Save this search among the folders' }).click();
  const saved = (page: Page) => page.getByRole('treeitem', { name: 'Search: is:unread has:attachment' });
  await expect(saved(app.page)).toHaveAttribute('aria-current', 'page');

  const page = await app.relaunch();
  await filled(page);
  await saved(page).click();
  await expect(field(page)).toHaveValue('is:unread has:attachment');
  await expect(listHeading(page)).toHaveText(heading);
  await saved(page).focus();
  await page.keyboard.press('Delete');
  await expect(saved(page)).toHaveCount(0);
  await toasts(page).getByRole('button', { name: 'Undo' }).click();
  await expect(saved(page)).toBeVisible();
});

test('APP-168 each result says its folder and account and shows the words; what the search cannot see yet is said, and the server is asked for it', async ({
  app,
  server,
  user,
}) => {
  test.setTimeout(180_000);
  const texts = { text: 'We meet at the zeppelin at noon.' };
  await startWithMail({ app, server, user }, 'Known', 6, () => texts);
  const { page } = app;
  await showFolder(page, 'Inbox');
  await app.addSample(20);
  await page.keyboard.press('Control+K');
  await page.getByRole('dialog', { name: 'Command palette' }).getByRole('combobox').fill('Load headers only');
  await page.keyboard.press('Enter');
  for (let at = 0; at < 5; at += 1)
    await server.append(user, letter({ subject: `Header ${at + 1}`, ...texts }), { mailbox: 'Archive' });
  await app.cliJson(['sync', '--wait']);

  await grid(page).getByRole('row').first().focus();
  await search(page, 'zeppelin');
  await expect(listHeading(page)).toHaveText('6 messages found', { timeout: 30_000 });
  const first = row(page, 'Known 1,');
  await expect(first).toHaveAccessibleName(new RegExp(`in Inbox - ${user.name}`));
  await expect(first.locator('mark')).toHaveText('zeppelin');
  await expect(list(page)).toContainText(
    /The texts of 6 of 11 messages can be found|Texts can be found since/,
    {
      timeout: 20_000,
    },
  );
  await expectAccessible(page, 'search of a half indexed account');

  await list(page).getByRole('button', { name: 'Search the server' }).click();
  await expect(list(page)).toContainText('The server found 5 more.', { timeout: 20_000 });
  await expect(listHeading(page)).toHaveText('11 messages found');
  await expect(row(page, 'Header 5,')).toHaveAccessibleName(/in Archive - .*, by the server/);
});

import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { letters } from './support/letters';
import { folders, grid, listHeading, reader, row, waitForMail } from './support/screen';

/** More stops than any screen has: somebody who tabs that far has found a trap. */
const MOST_STOPS = 80;

/** Goes on with Tab until what has the focus bears the name, as a person without a pointer does. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    const reached = await page.evaluate(() => {
      const focused = document.activeElement as HTMLInputElement | null;
      const named = focused?.getAttribute('aria-labelledby')?.split(' ') ?? [];
      const words = named.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
      return focused?.ariaLabel ?? (words || focused?.labels?.[0]?.textContent || focused?.textContent || '');
    });
    if (name.test(reached)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never comes to ${name}`);
}

async function run(page: Page, command: string): Promise<void> {
  await page.keyboard.press('Control+K');
  await expect(page.getByRole('dialog', { name: 'Command palette' }).getByRole('combobox')).toBeFocused();
  await page.keyboard.type(command);
  await page.keyboard.press('Enter');
}

async function replace(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}

/** Moves the focus in the list to a row, by keys. */
async function goTo(page: Page, subject: string): Promise<void> {
  await page.keyboard.press('Home');
  for (let at = 0; at < 20; at++) {
    const name = (await page.locator('[role="row"]:focus').getAttribute('aria-label')) ?? '';
    if (name.includes(subject)) return;
    await page.keyboard.press('j');
  }
  throw new Error(`no key comes to ${subject}`);
}

test('the main flows work by keyboard alone, from the first start to undo (APP-255 as far as it is built)', async ({
  app,
  server,
  user,
  cable,
}) => {
  test.setTimeout(120_000);
  server.fill(
    user,
    'INBOX',
    letters(8, (at) => ({ subject: `Key ${at + 1}` })),
  );
  const { page } = app;

  // Setting up.
  await expect(page.getByRole('textbox', { name: 'E-mail address' })).toBeFocused();
  await page.keyboard.type(`${user.name}@example.org`);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Password' })).toBeFocused();
  await page.keyboard.type(user.password);
  await tabTo(page, /^Change/);
  await page.keyboard.press('Enter');
  await tabTo(page, /^Server$/);
  await replace(page, '127.0.0.1');
  await tabTo(page, /^Port$/);
  await replace(page, String(cable.port));
  await tabTo(page, /Security/);
  await page.keyboard.press('Enter');
  await page.keyboard.type('None');
  await page.keyboard.press('Enter');
  await tabTo(page, /^User name$/);
  await replace(page, user.name);
  await page.keyboard.press('Enter');
  await waitForMail(page, 'Key 1,');

  // Panes, list and reader.
  for (let panes = 0; panes < 6 && (await page.locator('[role="row"]:focus').count()) === 0; panes++)
    await page.keyboard.press('F6');
  await goTo(page, 'Key 3,');
  await page.keyboard.press('Enter');
  await expect(reader(page).getByRole('heading', { level: 2 })).toHaveText('Key 3');
  await page.keyboard.press('u');
  await expect(page.locator('[role="row"]:focus')).toHaveAccessibleName(/Key 3,/);

  // Organising: star, label, read, archive and back, move, junk, snooze, delete.
  await page.keyboard.press('s');
  await expect(row(page, 'Key 3,')).toHaveAccessibleName(/starred/);
  await page.keyboard.press('l');
  await expect(page.getByRole('dialog', { name: 'Label' }).getByRole('combobox')).toBeFocused();
  await page.keyboard.type('todo');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(row(page, 'Key 3,')).toHaveAccessibleName(/labels todo/);
  await page.keyboard.press('Shift+U');
  await expect(row(page, 'Key 3,')).toHaveAccessibleName(/unread/);
  await page.keyboard.press('e');
  await expect(row(page, 'Key 3,')).toHaveCount(0);
  await page.keyboard.press('z');
  await expect(row(page, 'Key 3,')).toBeVisible();
  await goTo(page, 'Key 4,');
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('v');
  await expect(page.getByRole('dialog', { name: 'Move to folder' }).getByRole('combobox')).toBeFocused();
  await page.keyboard.type('Arch');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(row(page, 'Key 4,')).toHaveCount(0);
  await expect(row(page, 'Key 5,')).toHaveCount(0);
  await goTo(page, 'Key 6,');
  await page.keyboard.press('!');
  await expect(row(page, 'Key 6,')).toHaveCount(0);
  await goTo(page, 'Key 7,');
  await page.keyboard.press('b');
  await expect(page.getByRole('menu', { name: 'Snooze until' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(row(page, 'Key 7,')).toHaveCount(0);
  await goTo(page, 'Key 8,');
  await page.keyboard.press('#');
  await expect(row(page, 'Key 8,')).toHaveCount(0);

  // Folders: a new one by the palette, the tree by its keys, trash for good.
  await run(page, 'new folder');
  await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused();
  await page.keyboard.type('Keys');
  await page.keyboard.press('Enter');
  await expect(folders(page).getByRole('treeitem', { name: /^Keys/ })).toBeVisible();
  for (let panes = 0; panes < 6 && (await page.locator('[role="treeitem"]:focus').count()) === 0; panes++)
    await page.keyboard.press('F6');
  await page.keyboard.type('Tra');
  await page.keyboard.press('Enter');
  await expect(listHeading(page)).toHaveText('Trash');
  for (let panes = 0; panes < 6 && (await page.locator('[role="row"]:focus').count()) === 0; panes++)
    await page.keyboard.press('F6');
  await goTo(page, 'Key 8,');
  await page.keyboard.press('#');
  await expect(page.getByRole('dialog').or(page.getByRole('alertdialog'))).toContainText('cannot be undone');
  await tabTo(page, /^Delete 1 for ever/);
  await page.keyboard.press('Enter');
  await expect(row(page, 'Key 8,')).toHaveCount(0);

  // Settings, the sheet of keys, a toast's Undo, and back to the inbox.
  await page.keyboard.press('Control+,');
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await expect(listHeading(page)).toHaveText('Inbox');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: /shortcuts/i })).toBeVisible();
  await page.keyboard.press('Escape');
  for (let panes = 0; panes < 6 && (await page.locator('[role="row"]:focus').count()) === 0; panes++)
    await page.keyboard.press('F6');
  await goTo(page, 'Key 1,');
  await page.keyboard.press('e');
  await expect(row(page, 'Key 1,')).toHaveCount(0);
  // The newest toast is about this; older ones may still be there.
  await page.keyboard.press('F8');
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await tabTo(page, /^Undo$/);
    const about = await page.evaluate(
      () => document.activeElement?.closest('[role="status"], [role="alert"]')?.textContent ?? '',
    );
    if (about.includes('archived')) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await expect(row(page, 'Key 1,')).toBeVisible();
  await expect(grid(page)).toBeVisible();
});

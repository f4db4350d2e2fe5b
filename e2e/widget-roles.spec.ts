import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { composer } from './support/letter-desk';
import { letter } from './support/letters';
import {
  accountFolder,
  folder,
  listHeading,
  openMessage,
  reader,
  row,
  showFolder,
  toasts,
  waitForMail,
} from './support/screen';
import { startWithMail } from './support/start-with-mail';

const FILE = { name: 'plan.txt', type: 'text/plain', content: 'Plan' };

/** Everything in the window that can be dragged, by what it is. */
function draggables(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const kinds = [...document.querySelectorAll<HTMLElement>('[draggable="true"]')].map(
      (element) =>
        element.getAttribute('role') ??
        (element.closest('[role=region]')
          ? 'file'
          : element.closest('article')
            ? 'message'
            : element.outerHTML),
    );
    return [...new Set(kinds)].sort();
  });
}

/** A hand that finds the list moving under it tries again. */
async function drag(page: Page, subject: string, name: string): Promise<void> {
  await expect(async () => {
    if ((await row(page, subject).count()) > 0)
      await row(page, subject).dragTo(accountFolder(page, name), { timeout: 5_000 });
    await expect(row(page, subject)).toHaveCount(0, { timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
}

test('UI-070 whatever is dragged moves by keys and from menus too: messages, folders, files, panes', async ({
  app,
  server,
  user,
}) => {
  const other = await server.session(user);
  for (const name of ['Travel', 'Plans']) await other.mailboxCreate(name);
  await other.logout();
  await server.append(user, letter({ subject: 'With a plan', attachments: [FILE] }));
  await startWithMail({ app, server, user }, 'Item', 6);
  const { page } = app;
  await waitForMail(page, 'With a plan');
  await openMessage(page, 'With a plan');
  await expect(reader(page).getByText('plan.txt').first()).toBeVisible();
  // Nothing else can be dragged: what comes new needs its key here. Files and messages leave the desktop's window only.
  const kinds = ['file', 'message', 'row', 'treeitem'];
  for (const kind of await draggables(page)) expect(kinds).toContain(kind);
  expect(await draggables(page)).toEqual(expect.arrayContaining(['row', 'treeitem']));

  // Messages: by pointer, by `v`, from the menu; and where a folder means more than a place.
  await drag(page, 'Item 1,', 'Travel');
  const choose = async () => {
    const dialog = page.getByRole('dialog', { name: 'Move to folder' });
    await expect(dialog.getByRole('combobox')).toBeFocused();
    await page.keyboard.type('Trav');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(dialog).toHaveCount(0);
  };
  await row(page, 'Item 2,').focus();
  await page.keyboard.press('v');
  await choose();
  await expect(row(page, 'Item 2,')).toHaveCount(0);
  await row(page, 'Item 3,').focus();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: /^Move/ }).focus();
  await page.keyboard.press('Enter');
  await choose();
  await expect(row(page, 'Item 3,')).toHaveCount(0);
  await drag(page, 'Item 4,', 'Trash');
  await row(page, 'Item 5,').focus();
  await page.keyboard.press('#');
  await expect(row(page, 'Item 5,')).toHaveCount(0);
  await row(page, 'Item 6,').focus();
  await page.keyboard.press('l');
  await expect(page.getByRole('dialog', { name: 'Label' }).getByRole('combobox')).toBeFocused();
  await page.keyboard.type('trip');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(row(page, 'Item 6,')).toHaveAccessibleName(/labels trip/);

  // Files: what can be dragged out can be saved by a button, what can be dropped can be chosen.
  await openMessage(page, 'With a plan');
  await reader(page).getByRole('button', { name: 'Save plan.txt' }).focus();
  await expect(reader(page).getByRole('button', { name: 'Save plan.txt' })).toBeFocused();
  await reader(page).getByRole('button', { name: 'More for this message' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Save message' })).toBeVisible();
  await page.keyboard.press('Escape');
  await row(page, 'With a plan').focus();
  await page.keyboard.press('c');
  await expect(composer(page).getByRole('combobox', { name: 'To', exact: true })).toBeFocused();
  const chosen = page.waitForEvent('filechooser');
  await page.keyboard.press('Control+Shift+A');
  await (await chosen).setFiles([{ name: 'mine.txt', mimeType: 'text/plain', buffer: Buffer.from('mine') }]);
  await expect(composer(page).getByText('mine.txt', { exact: true })).toBeVisible();
  await composer(page).getByRole('button', { name: 'Delete draft' }).click();

  // Panes.
  const splitter = page.getByRole('separator').first();
  const width = async () => Number(await splitter.getAttribute('aria-valuenow'));
  const before = await width();
  await splitter.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(width).toBe(before + 16);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(width).toBe(before);

  await showFolder(page, 'Travel');
  for (const at of [1, 2, 3]) await expect(row(page, `Item ${at},`)).toBeVisible();
  await showFolder(page, 'Trash');
  for (const at of [4, 5]) await expect(row(page, `Item ${at},`)).toBeVisible();
  // Folders: into each other by pointer, out again by their menu.
  await folder(page, 'Plans').dragTo(folder(page, 'Travel'));
  await expect(folder(page, 'Travel')).toHaveAttribute('aria-expanded', 'true');
  await folder(page, 'Plans').focus();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Move folder…' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Move “Plans” to' }).getByRole('combobox')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(folder(page, 'Plans')).toHaveAttribute('aria-level', '2');
  await expect(listHeading(page)).toHaveText('Trash');
});

/** Every live region of the window, by how urgent it is, and whether the one module has it. */
function voices(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const implied: Record<string, string> = {
      status: 'polite',
      log: 'polite',
      alert: 'assertive',
      marquee: 'off',
      timer: 'off',
    };
    return [
      ...document.querySelectorAll<HTMLElement>(
        '[aria-live], [role=status], [role=log], [role=alert], output',
      ),
    ]
      .map((element) => ({
        element,
        live: element.getAttribute('aria-live') ?? implied[element.getAttribute('role') ?? ''] ?? 'polite',
      }))
      .filter(({ live }) => live !== 'off')
      .map(
        ({ element, live }) =>
          `${live} ${element.closest('[data-live-announcer]') && !element.closest('[inert], [aria-hidden=true]') ? 'in reach' : element.outerHTML}`,
      )
      .sort();
  });
}
const ONE_EACH = ['assertive in reach', 'polite in reach'];

test('UI-072 there is one live region per politeness, whatever is open, and toasts, states and counts are said through it', async ({
  app,
  server,
  user,
  cable,
}) => {
  const { page } = app;
  const said = (politeness: 'polite' | 'assertive') =>
    page.locator(`[data-live-announcer] [aria-live="${politeness}"]`);
  await expect(page.getByRole('textbox', { name: 'E-mail address' })).toBeVisible();
  expect(await voices(page)).toEqual(ONE_EACH);
  const other = await server.session(user);
  await other.mailboxCreate('Projects');
  await startWithMail({ app, server, user }, 'Item', 6);
  // From here on nothing is heard of the server, until the move is asked for that it will refuse.
  cable.refuse(true);
  await other.mailboxDelete('Projects');
  await other.logout();

  await row(page, 'Item 1,').focus();
  await page.keyboard.press('e');
  await expect(toasts(page).getByRole('status')).toContainText('1 archived');
  await expect(said('polite')).toContainText('1 archived', { timeout: 15_000 });
  expect(await voices(page)).toEqual(ONE_EACH);

  // A dialog hides the window, not the voice.
  await page.keyboard.press('Control+K');
  await expect(page.getByRole('dialog', { name: 'Command palette' }).getByRole('combobox')).toBeFocused();
  await page.keyboard.type('zzzz');
  await expect(said('polite')).toHaveText(/0 results/);
  expect(await voices(page)).toEqual(ONE_EACH);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await row(page, 'Item 2,').focus();
  await page.keyboard.press('/');
  await page.keyboard.type('item');
  await expect(said('polite')).toContainText(/6 messages found/);
  expect(await voices(page)).toEqual(ONE_EACH);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');

  // Writing: that it is saved.
  await row(page, 'Item 2,').focus();
  await page.keyboard.press('c');
  await expect(composer(page)).toBeVisible();
  await page.keyboard.type('ann@example.org,');
  await expect(composer(page).getByRole('status').first()).toContainText(/Saved/);
  await expect(said('polite')).toContainText(/Saved/, { timeout: 15_000 });
  expect(await voices(page)).toEqual(ONE_EACH);
  await composer(page).getByRole('button', { name: 'Delete draft' }).click();

  // What fails is said at once, to everyone who is in the middle of something.
  await row(page, 'Item 3,').focus();
  await page.keyboard.press('v');
  const dialog = page.getByRole('dialog', { name: 'Move to folder' });
  await dialog.getByRole('combobox').fill('Proj');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  cable.refuse(false);
  await expect(toasts(page).getByRole('alert')).toHaveCount(1, { timeout: 30_000 });
  await expect(said('assertive')).not.toHaveText('');
  expect(await voices(page)).toEqual(ONE_EACH);
  for (const [keys, name] of [
    ['Control+,', 'Settings'],
    ['?', 'Keyboard shortcuts'],
  ] as const) {
    await row(page, 'Item 2,').focus();
    await page.keyboard.press(keys);
    await expect(page.getByRole('dialog', { name })).toBeVisible();
    expect(await voices(page)).toEqual(ONE_EACH);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
});

/** What can be pressed and has less than `least` pixels in a direction. */
function smallTargets(page: Page, least: number): Promise<string[]> {
  return page.evaluate((min) => {
    const pressable = [
      'a[href], button, input, select, textarea, summary, [role=button], [role=link], [role=checkbox]',
      '[role=switch], [role=option], [role^=menuitem], [role=tab], [role=treeitem], [role=row], [role=slider]',
    ].join();
    const isHidden = (element: HTMLElement) =>
      !element.checkVisibility({ visibilityProperty: true }) ||
      element.closest('[inert], [aria-hidden=true], [data-live-announcer]') !== null;
    return [...document.querySelectorAll<HTMLElement>(pressable)].flatMap((element) => {
      if (isHidden(element)) return [];
      // A box that is drawn by its label is pressed there; what a row cuts off cannot be pressed.
      const target = element.matches('[type=checkbox], [type=radio]')
        ? (element.closest('label') ?? element)
        : element;
      const box = target.getBoundingClientRect();
      const cut = element.parentElement?.closest('[role=row]')?.getBoundingClientRect() ?? box;
      const height = Math.min(box.bottom, cut.bottom) - Math.max(box.top, cut.top);
      // For screen readers only: a point that nobody can see.
      const parent = element.parentElement && getComputedStyle(element.parentElement);
      if (
        Math.min(box.width, box.height) <= 1 ||
        parent?.clipPath === 'inset(50%)' ||
        parent?.clip === 'rect(0px, 0px, 0px, 0px)'
      )
        return [];
      if (box.width >= min - 0.5 && height >= min - 0.5) return [];
      const name = element.getAttribute('aria-label') ?? element.textContent;
      return [`${element.tagName} ${name} ${box.width}x${height} ${element.className}`];
    });
  }, least);
}

test('UI-071 what can be pressed has 24 pixels each way, and 40 in windows below 900', async ({
  app,
  server,
  user,
}) => {
  test.setTimeout(150_000);
  await server.append(user, letter({ subject: 'With a plan', html: '<p>Hello</p>', attachments: [FILE] }));
  await startWithMail({ app, server, user }, 'Item', 8);
  const { page } = app;
  await waitForMail(page, 'With a plan');
  const selection = page.getByRole('toolbar', { name: 'Actions for the selection' });
  for (const [width, height, least] of [
    [1440, 900, 24],
    [899, 900, 40],
    [390, 844, 40],
  ] as const) {
    await page.setViewportSize({ width, height });
    const look = (what: string) =>
      expect.poll(() => smallTargets(page, least), `${width}: ${what}`).toEqual([]);
    const focusRow = () => row(page, 'Item 2,').focus();
    await openMessage(page, 'With a plan');
    await expect(reader(page).getByText('plan.txt').first()).toBeVisible();
    await look('message');
    if (least === 40) await reader(page).getByRole('button', { name: /Back/ }).click();
    await focusRow();
    await look('list');
    await page.keyboard.press('x');
    await expect(selection).toBeVisible();
    await look('selection');
    await page.keyboard.press('Escape');
    await expect(selection).toHaveCount(0);
    await focusRow();
    await page.keyboard.press('Shift+F10');
    await expect(page.getByRole('menu')).toBeVisible();
    await look('menu');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toHaveCount(0);
    for (const [keys, name] of [
      ['Control+,', 'Settings'],
      ['Control+K', 'Command palette'],
      ['?', 'Keyboard shortcuts'],
      ['v', 'Move to folder'],
      ['l', 'Label'],
    ] as const) {
      await focusRow();
      await page.keyboard.press(keys);
      await expect(page.getByRole('dialog', { name })).toBeVisible();
      if (name === 'Settings')
        await page.getByRole('dialog').getByRole('button', { name: 'Act on mail' }).click();
      await look(name);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
    await page
      .getByRole('banner')
      .getByRole('button', { name: /Up to date|Syncing/ })
      .click();
    await expect(page.getByRole('dialog', { name: 'Sync activity' })).toBeVisible();
    await look('sync');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await focusRow();
    await page.keyboard.press('s');
    await page.keyboard.press('r');
    await expect(composer(page).getByRole('button', { name: 'Delete draft' })).toBeVisible();
    await look('composer and toast');
    await composer(page).getByRole('button', { name: 'Delete draft' }).click();
    await expect(composer(page).getByRole('button', { name: 'Delete draft' })).toHaveCount(0);
    await focusRow();
    await page.keyboard.press('/');
    await page.keyboard.type('item');
    await expect(page.getByRole('group', { name: 'Where to search' })).toBeVisible();
    await look('search');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect(listHeading(page)).toHaveText('Inbox');
  }
  // Rows that are low elsewhere have room for a finger here.
  await page.getByRole('button', { name: 'View' }).click();
  await page.getByRole('menuitemradio', { name: 'Compact' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect.poll(() => smallTargets(page, 40)).toEqual([]);
});

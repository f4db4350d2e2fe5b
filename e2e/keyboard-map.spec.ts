import type { Page } from '@playwright/test';
import { KEY_PRESETS } from '../src/shared/keyboard/key-map';
import { clash, presetOn } from '../src/shared/keyboard/keys-in-force';
import { expect, test } from './fixtures';
import { composer, letterText } from './support/letter-desk';
import { grid, listHeading, row } from './support/screen';
import { startWithMail } from './support/start-with-mail';

const NAMES = { gmail: 'Gmail', outlook: 'Outlook', apple: 'Apple Mail' } as const;
type Preset = keyof typeof NAMES;

const settings = (page: Page) => page.getByRole('dialog', { name: 'Settings' });
const sheet = (page: Page) => page.getByRole('dialog', { name: 'Keyboard shortcuts' });
const palette = (page: Page) => page.getByRole('dialog', { name: 'Command palette' });

async function choosePreset(page: Page, preset: Preset): Promise<void> {
  await page.keyboard.press('Control+,');
  await settings(page).getByRole('button', { name: 'Keys as in' }).click();
  await page.getByRole('option', { name: NAMES[preset] }).click();
  await expect(settings(page).getByRole('button', { name: 'Keys as in' })).toContainText(NAMES[preset]);
  await page.keyboard.press('Escape');
  await expect(settings(page)).toHaveCount(0);
}

async function closeDialog(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('dialog', { name })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name })).toHaveCount(0);
}

/** What each preset presses for the same things; ui.md section 7. */
const KEYS: Readonly<Record<Preset, Readonly<Record<string, readonly string[]>>>> = {
  gmail: {
    palette: ['Control+K'],
    search: ['/', 'Control+E'],
    compose: ['c'],
    reply: ['r'],
    replyAll: ['a'],
    forward: ['f'],
    archive: ['e'],
    trash: ['#', 'Delete'],
    junk: ['!'],
    star: ['s'],
    toggleRead: [],
    markRead: ['Shift+I'],
    markUnread: ['Shift+U'],
    move: ['v'],
    label: ['l'],
    undo: ['z', 'Control+Z'],
    redo: ['Control+Shift+Z'],
    selectAll: ['Control+A'],
    Starred: ['g s'],
    Sent: ['g t'],
    Drafts: ['g d'],
    'All mail': ['g a'],
    Outbox: ['g o'],
    Inbox: ['g i', 'Control+1'],
    label_: ['g l'],
    pane: ['F6'],
    sheet: ['?'],
  },
  outlook: {
    palette: ['Alt+Q'],
    search: ['Control+E'],
    compose: ['Control+N'],
    reply: ['Control+R'],
    replyAll: ['Control+Shift+R'],
    forward: ['Control+F'],
    archive: ['Backspace'],
    trash: ['Delete'],
    star: ['Insert'],
    markRead: ['Control+Q'],
    markUnread: ['Control+U'],
    move: ['Control+Shift+V'],
    undo: ['Control+Z'],
    redo: ['Control+Y'],
    selectAll: ['Control+A'],
    Starred: ['Control+2'],
    Sent: ['Control+3'],
    Drafts: ['Control+4'],
    'All mail': ['Control+5'],
    Outbox: ['Control+7'],
    Inbox: ['Control+1'],
    label_: ['Control+6'],
    pane: ['F6'],
    sheet: ['?'],
  },
  apple: {
    palette: ['Control+K'],
    search: ['Control+Alt+F'],
    compose: ['Control+N'],
    reply: ['Control+R'],
    replyAll: ['Control+Shift+R'],
    forward: ['Control+Shift+F'],
    archive: ['Control+Alt+A'],
    trash: ['Delete'],
    junk: ['Control+Shift+J'],
    star: ['Control+Shift+L'],
    toggleRead: ['Control+Shift+U'],
    undo: ['Control+Z'],
    selectAll: ['Control+A'],
    Starred: ['Control+2'],
    Inbox: ['Control+1'],
    pane: ['Tab'],
    sheet: ['?'],
  },
};

async function press(page: Page, keys: string): Promise<void> {
  for (const key of keys.split(' ')) await page.keyboard.press(key);
}

test('every preset runs the commands of the keyboard map by its own keys (APP-252 as far as its commands are built)', async ({
  app,
  server,
  user,
}) => {
  test.setTimeout(180_000);
  await startWithMail({ app, server, user }, 'Item', 3);
  const { page } = app;
  const item = row(page, 'Item 1,');
  const focusItem = () => item.focus();
  const gone = () => expect(item).toHaveCount(0);
  const back = () => expect(item).toBeVisible();
  for (const preset of KEY_PRESETS) {
    if (preset !== 'gmail') await choosePreset(page, preset);
    const each = async (action: string, then: () => Promise<unknown>) => {
      for (const keys of KEYS[preset][action] ?? []) {
        await press(page, keys);
        await test.step(`${preset}: ${action} by ${keys}`, then);
      }
    };
    const undo = async () => {
      await press(page, KEYS[preset].undo?.[0] ?? '');
      await back();
      await focusItem();
    };
    await focusItem();
    await each('palette', () => closeDialog(page, 'Command palette'));
    await each('sheet', () => closeDialog(page, 'Keyboard shortcuts'));
    await each('search', async () => {
      await expect(page.getByRole('combobox', { name: 'Search mail' })).toBeFocused();
      await page.keyboard.press('Escape');
      await focusItem();
    });
    for (const [action, title] of [
      ['compose', /New message/],
      ['reply', /Re: Item 1/],
      ['replyAll', /Re: Item 1/],
      ['forward', /Fwd: Item 1/],
    ] as const)
      await each(action, async () => {
        await expect(composer(page)).toContainText(title);
        await composer(page).getByRole('button', { name: 'Delete draft' }).click();
        await expect(letterText(page)).toHaveCount(0);
        await focusItem();
      });
    await each('archive', async () => {
      await gone();
      await undo();
      for (const keys of KEYS[preset].redo ?? []) {
        await press(page, keys);
        await gone();
        await undo();
      }
    });
    for (const action of ['trash', 'junk'])
      await each(action, async () => {
        await gone();
        await undo();
      });
    await each('star', async () => {
      await expect(item).toHaveAccessibleName(/starred/);
      await press(page, KEYS[preset].star?.[0] ?? '');
      await expect(item).not.toHaveAccessibleName(/starred/);
    });
    await each('markUnread', () => expect(item).toHaveAccessibleName(/unread/));
    await each('markRead', () => expect(item).not.toHaveAccessibleName(/unread/));
    await each('toggleRead', async () => {
      const before = /unread/.test((await item.getAttribute('aria-label')) ?? '');
      await page.keyboard.press(KEYS[preset].toggleRead?.[0] ?? '');
      await expect(item).toHaveAccessibleName(before ? /^(?!.*unread)/ : /unread/);
    });
    await each('move', () => closeDialog(page, 'Move to folder'));
    await each('label', () => closeDialog(page, 'Label'));
    await each('selectAll', async () => {
      await expect(page.getByRole('toolbar', { name: 'Actions for the selection' })).toContainText(
        '3 selected',
      );
      await page.keyboard.press('Escape');
      await expect(page.getByRole('toolbar', { name: 'Actions for the selection' })).toHaveCount(0);
    });
    await focusItem();
    await each('pane', async () => {
      await expect
        .poll(() => page.evaluate(() => document.activeElement?.closest('[data-region="list"]') === null))
        .toBe(true);
      await focusItem();
    });
    for (const list of ['Starred', 'Sent', 'Drafts', 'All mail', 'Inbox'])
      await each(list, () => expect(listHeading(page)).toHaveText(list));
    await each('Outbox', async () => {
      await expect(page.getByRole('main', { name: 'Messages' })).toContainText('Outbox');
      await press(page, KEYS[preset].Inbox?.[0] ?? '');
      await expect(listHeading(page)).toHaveText('Inbox');
    });
    await focusItem();
    await each('label_', async () => {
      await expect(page.getByRole('combobox', { name: 'Search mail' })).toHaveValue('label:');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await expect(listHeading(page)).toHaveText('Inbox');
    });
  }
  await expect(grid(page)).toBeVisible();
});

test('UI-061 fields and the editor keep the keys of the system in every preset, and no preset has a key for two commands', async ({
  app,
  server,
  user,
}) => {
  test.setTimeout(120_000);
  for (const preset of KEY_PRESETS)
    for (const apple of [false, true]) {
      const all = [...presetOn(preset, apple)].flatMap(([id, keys]) => keys.map((each) => ({ id, each })));
      expect(all.length).toBeGreaterThan(25);
      for (const [at, one] of all.entries())
        for (const other of all.slice(at + 1))
          expect(clash(one.each, other.each), `${preset}: ${one.id} and ${other.id}`).toBe(false);
    }

  await startWithMail({ app, server, user }, 'Item', 3);
  const { page } = app;
  const field = page.getByRole('combobox', { name: 'Search mail' });
  for (const preset of KEY_PRESETS) {
    if (preset !== 'gmail') await choosePreset(page, preset);
    await row(page, 'Item 1,').focus();
    await page.keyboard.press(preset === 'apple' ? 'Control+Alt+F' : 'Control+E');
    await expect(field).toBeFocused();
    // `e`, `#`, `s` and the rest are letters here, Delete and Backspace take one away, Ctrl+Z and Ctrl+Y go back and forth.
    await typeAndEdit(page);
    await expect(field).toHaveValue('se#xjc');
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
    await expect(field).toHaveValue('');
    await page.keyboard.press('Escape');
    await expect(row(page, 'Item 3,')).toBeVisible();

    await row(page, 'Item 1,').focus();
    await page.keyboard.press(preset === 'gmail' ? 'c' : 'Control+N');
    await expect(composer(page)).toBeVisible();
    await letterText(page).click();
    await typeAndEdit(page);
    await expect(letterText(page)).toHaveText('se#xjc');
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Control+U');
    await expect(letterText(page).locator('u')).toHaveText('se#xjc');
    await page.keyboard.press('Control+Z');
    await expect(letterText(page).locator('u')).toHaveCount(0);
    await page.keyboard.press('Backspace');
    await expect(letterText(page)).toHaveText('');
    await composer(page).getByRole('button', { name: 'Delete draft' }).click();
    await expect(letterText(page)).toHaveCount(0);
    // Nothing happened to the mail meanwhile.
    for (const subject of ['Item 1,', 'Item 2,', 'Item 3,']) {
      await expect(row(page, subject)).toBeVisible();
      await expect(row(page, subject)).not.toHaveAccessibleName(/starred/);
    }
  }
});

/** Writes and mends with keys that are commands elsewhere; leaves `se#xjc`. */
async function typeAndEdit(page: Page): Promise<void> {
  await page.keyboard.type('ase#xjcq');
  await page.keyboard.press('Backspace');
  // The editor reads from the page what was typed and puts the caret behind it, a moment later than anybody types.
  const caret = () =>
    page.evaluate(async () => {
      for (let frame = 0; frame < 3; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
      const field = document.activeElement;
      return field instanceof HTMLInputElement ? field.selectionStart : getSelection()?.focusOffset;
    });
  await expect.poll(caret).toBe(7);
  await expect(async () => {
    await page.keyboard.press('Home');
    expect(await caret()).toBe(0);
  }).toPass({ timeout: 5_000 });
  await page.keyboard.press('Delete');
  await page.keyboard.press('Insert');
  await page.keyboard.press('End');
}

test('any command gets other keys in the settings, with a warning first, and sheet, palette and menu show what is in force', async ({
  app,
  server,
  user,
}) => {
  await startWithMail({ app, server, user }, 'Item', 3);
  let { page } = app;
  await row(page, 'Item 1,').focus();
  await page.keyboard.press('Control+,');
  const star = () => settings(page).getByRole('group', { name: 'Star', exact: true });
  const filter = () => settings(page).getByRole('searchbox', { name: 'Find a command or key' });
  await filter().fill('star');
  await star().getByRole('button', { name: 'Add a key for Star' }).click();
  const recorder = () => star().getByRole('textbox', { name: 'Press the new key for Star' });
  const add = (keys: string) => star().getByRole('button', { name: `Use ${keys}`, exact: true });
  await page.keyboard.press('Control+C');
  await expect(star()).toContainText('Ctrl+C must stay what it is');
  await expect(add('Ctrl+C')).toBeDisabled();
  await page.keyboard.press('s');
  await expect(star()).toContainText('Star has S already.');
  await page.keyboard.press('Control+K');
  await page.keyboard.press('e');
  await expect(star()).toContainText('E belongs to: Archive. It is taken from there.');
  await expect(page.getByRole('status').filter({ hasText: 'E belongs to: Archive' })).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(recorder()).toHaveCount(0);
  await expect(star().getByRole('button', { name: 'Remove E from Star' })).toBeVisible();
  await expect(star().getByRole('button', { name: 'Add a key for Star' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.type('qx');
  await expect(recorder()).toHaveValue('Q X');
  await add('Q X').click();
  await star().getByRole('button', { name: 'Remove S from Star' }).click();
  await expect(star().getByRole('button', { name: /Remove/ })).toHaveCount(2);
  await filter().fill('archive');
  await expect(settings(page).getByRole('group', { name: 'Archive', exact: true })).toContainText('No key');
  // Escape gives the recording up, and the dialog stays.
  await settings(page).getByRole('button', { name: 'Add a key for Archive', exact: true }).click();
  await page.keyboard.press('Escape');
  await expect(settings(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(settings(page)).toHaveCount(0);

  app.allowConsole(/WebSocket|ERR_CONNECTION/);
  page = await app.relaunch();
  const item = row(page, 'Item 1,');
  await item.focus();
  await page.keyboard.press('e');
  await expect(item).toHaveAccessibleName(/starred/);
  await page.keyboard.press('q');
  await page.keyboard.press('x');
  await expect(item).not.toHaveAccessibleName(/starred/);
  await page.keyboard.press('?');
  await expect(sheet(page).locator('dl > div').filter({ hasText: /^Star/ })).toHaveText(/E.*Q.*X/);
  await expect(
    sheet(page)
      .locator('dl > div')
      .filter({ hasText: /^Archive/ }),
  ).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(sheet(page)).toHaveCount(0);
  await page.keyboard.press('Control+K');
  await expect(palette(page).getByRole('combobox')).toBeFocused();
  await page.keyboard.type('star');
  await expect(palette(page).getByRole('option', { name: /^Star/ }).locator('kbd')).toHaveText('E');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(palette(page)).toHaveCount(0);
  await item.focus();
  await item.click({ button: 'right' });
  await expect(page.getByRole('menuitem', { name: /^Star/ }).locator('kbd')).toHaveText('E');
  await expect(page.getByRole('menuitem', { name: /^Archive/ }).locator('kbd')).toHaveCount(0);
  await page.keyboard.press('Escape');

  // Without single keys nothing that types acts, nor is it shown; what does not type still does.
  await page.keyboard.press('Control+,');
  await settings(page).getByText('Single-key shortcuts', { exact: true }).scrollIntoViewIfNeeded();
  await settings(page).getByRole('switch', { name: 'Single-key shortcuts' }).press(' ');
  await page.keyboard.press('Escape');
  await expect(settings(page)).toHaveCount(0);
  await item.focus();
  await page.keyboard.press('e');
  await page.keyboard.press('#');
  await page.keyboard.press('Delete');
  await expect(item).toHaveCount(0);
  await page.keyboard.press('Control+Z');
  await expect(item).toBeVisible();
  await expect(item).not.toHaveAccessibleName(/starred/);
  await page.keyboard.press('Control+,');
  await settings(page).getByRole('button', { name: 'Reset Keyboard' }).click();
  await page.keyboard.press('Escape');
  await expect(settings(page)).toHaveCount(0);
  await item.focus();
  await page.keyboard.press('e');
  await expect(item).toHaveCount(0);
});

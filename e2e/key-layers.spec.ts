import type { Locator, Page } from '@playwright/test';
import { COMMANDS } from '../src/renderer/commands/catalogue';
import { SEQUENCE_TIMEOUT_MS } from '../src/renderer/commands/sequence';
import { expect, test } from './fixtures';
import { composer } from './support/letter-desk';
import { letter } from './support/letters';
import { folders, listHeading, messageFrame, openMessage, reader, row, toasts } from './support/screen';
import { startWithMail } from './support/start-with-mail';

const ticked = (page: Page) => page.getByRole('toolbar', { name: 'Actions for the selection' });
const palette = (page: Page) => page.getByRole('dialog', { name: 'Command palette' });
const search = (page: Page) => page.getByRole('combobox', { name: 'Search mail' });

/** A press as another layout makes it. */
interface Press {
  readonly key: string;
  readonly code: string;
  readonly shiftKey?: true;
  readonly ctrlKey?: true;
  readonly altKey?: true;
  readonly modifierAltGraph?: true;
  readonly isComposing?: true;
}

async function pressAs(where: Locator, press: Press): Promise<void> {
  await where.evaluate(
    (element, init) =>
      element.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true })),
    press,
  );
}

test('UI-060 UI-063 a sequence shows its key in the corner for 1.2 s, Escape gives it up and nothing else; keys act by what they type on every layout', async ({
  app,
  server,
  user,
}) => {
  await server.append(
    user,
    letter({ subject: 'Framed', html: '<p>Framed <a href="https://example.com">link</a></p>' }),
  );
  await startWithMail({ app, server, user }, 'Item', 5);
  const { page } = app;
  const waiting = page.getByText('G …', { exact: true });
  await row(page, 'Item 2,').focus();
  await page.clock.install();
  await page.clock.pauseAt(new Date(Date.now() + 60_000));
  await page.keyboard.press('g');
  await expect(waiting).toBeVisible();
  const corner = await waiting.evaluate((element) => {
    const { right, bottom, width, height } = element.getBoundingClientRect();
    return { right: innerWidth - right, bottom: innerHeight - bottom, width, height };
  });
  expect(Math.max(corner.right, corner.bottom)).toBeLessThanOrEqual(24);
  expect(Math.min(corner.right, corner.bottom)).toBeGreaterThanOrEqual(0);
  expect(Math.min(corner.width, corner.height)).toBeGreaterThanOrEqual(16);
  expect(SEQUENCE_TIMEOUT_MS).toBe(1200);
  await page.clock.runFor(1199);
  await expect(waiting).toBeVisible();
  await page.clock.runFor(1);
  await expect(waiting).toHaveCount(0);
  await page.clock.resume();
  // What would have ended the sequence is a key of its own again.
  await page.keyboard.press('s');
  await expect(row(page, 'Item 2,')).toHaveAccessibleName(/starred/);
  await expect(listHeading(page)).toHaveText('Inbox');

  await page.keyboard.press('x');
  await expect(ticked(page)).toBeVisible();
  await page.keyboard.press('g');
  await expect(waiting).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(waiting).toHaveCount(0);
  await expect(ticked(page)).toBeVisible();
  await page.keyboard.press('s');
  await expect(row(page, 'Item 2,')).not.toHaveAccessibleName(/starred/);
  await page.keyboard.press('Escape');
  await expect(ticked(page)).toHaveCount(0);
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await expect(listHeading(page)).toHaveText('Starred');
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await expect(listHeading(page)).toHaveText('Inbox');

  // A Cyrillic layout: the letter on that key. AltGr and Option: the sign they make. A dead key and what it makes: nothing.
  const item = row(page, 'Item 3,');
  await item.focus();
  await pressAs(item, { key: 'ы', code: 'KeyS' });
  await expect(item).toHaveAccessibleName(/starred/);
  await pressAs(item, { key: 'Dead', code: 'KeyE' });
  await pressAs(item, { key: 'ê', code: 'KeyE' });
  await pressAs(item, { key: '#', code: 'Digit3', ctrlKey: true, altKey: true });
  await pressAs(item, { key: 'Process', code: 'KeyE', isComposing: true });
  await pressAs(item, { key: 's', code: 'Semicolon' });
  await expect(item).not.toHaveAccessibleName(/starred/);
  // A sequence by the places of the keys; then a capital by its place.
  await pressAs(item, { key: 'п', code: 'KeyG' });
  await expect(waiting).toBeVisible();
  await pressAs(item, { key: 'у', code: 'KeyT' });
  await expect(listHeading(page)).toHaveText('Sent');
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await expect(listHeading(page)).toHaveText('Inbox');
  await item.focus();
  await pressAs(item, { key: 'Г', code: 'KeyU', shiftKey: true });
  await expect(item).toHaveAccessibleName(/unread/);
  await pressAs(item, { key: '#', code: 'Backslash', ctrlKey: true, altKey: true, modifierAltGraph: true });
  await expect(item).toHaveCount(0);
  // The same inside a message's frame.
  await openMessage(page, 'Framed');
  await messageFrame(page).getByRole('link').focus();
  await pressAs(messageFrame(page).getByRole('link'), {
    key: '#',
    code: 'Backslash',
    ctrlKey: true,
    altKey: true,
    modifierAltGraph: true,
  });
  await expect(row(page, 'Framed')).toHaveCount(0);
});

test('UI-062 Escape peels one layer: the toast, the menu, the dialog, what is ticked, the reader, the search', async ({
  app,
  server,
  user,
}) => {
  await startWithMail({ app, server, user }, 'Item', 5);
  const { page } = app;
  await row(page, 'Item 1,').focus();
  await page.keyboard.press('/');
  await page.keyboard.type('item');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 }).filter({ hasText: '5 messages found' })).toBeVisible();
  await row(page, 'Item 5,').focus();
  await page.keyboard.press('e');
  await expect(toasts(page).getByText('1 archived')).toBeVisible();
  // It stays as long as the pointer is on it; all the rest is done by keys.
  await toasts(page).getByText('1 archived').hover();
  await row(page, 'Item 2,').focus();
  await page.keyboard.press('Enter');
  await expect(reader(page).getByRole('heading', { level: 2 })).toHaveText('Item 2');
  await row(page, 'Item 2,').focus();
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+J');
  await expect(ticked(page)).toContainText('2 selected');
  await page.keyboard.press('Control+,');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('button', { name: /Density/ }).focus();
  await page.keyboard.press('Enter');
  const menu = page.getByRole('listbox');
  await expect(menu).toBeVisible();
  await page.keyboard.press('F8');
  await expect(toasts(page).locator(':focus')).toHaveCount(1);

  const layers = async () => ({
    toast: (await toasts(page).locator(':focus').count()) > 0,
    menu: (await menu.count()) > 0,
    dialog: (await settings.count()) > 0,
    ticked: (await ticked(page).count()) > 0,
    reader: (await reader(page).getByText('Select a message').count()) === 0,
    search: (await search(page).inputValue()) !== '',
  });
  const all = { toast: true, menu: true, dialog: true, ticked: true, reader: true, search: true };
  await expect.poll(layers).toEqual(all);
  const left: Record<string, boolean> = all;
  for (const layer of Object.keys(all)) {
    await page.keyboard.press('Escape');
    left[layer] = false;
    await expect.poll(layers, layer).toEqual(left);
    // Where it goes on from: never nowhere.
    await expect(page.locator('body > *').locator('*:focus')).toHaveCount(1);
  }
  await expect(listHeading(page)).toHaveText('Inbox');
  await expect(page.locator('[role="row"]:focus')).toHaveCount(1);
});

/** What people do most, and the one key that finds each in the palette. */
const TOP = [
  ...['compose.new c', 'compose.reply r', 'compose.replyAll a', 'compose.forward f', 'mail.archive e'],
  ...[
    'edit.undo z',
    'mail.trash #',
    'edit.undo z',
    'mail.junk !',
    'edit.undo z',
    'mail.star s',
    'mail.snooze b',
  ],
  ...[
    'mail.move v',
    'mail.label l',
    'mail.markUnread U',
    'mail.markRead I',
    'search.focus /',
    'shortcuts.show ?',
  ],
  ...['message.expandAll ;', 'message.collapseAll :', 'mail.archiveNext ]', 'edit.undo z'],
  ...['mail.archivePrevious [', 'edit.undo z'],
].map((each) => each.split(' ') as [string, string]);

const gone = (page: Page) => expect(row(page, 'Item 1,')).toHaveCount(0);
const closed = (role: 'dialog' | 'menu') => async (page: Page) => {
  await expect(page.getByRole(role)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole(role)).toHaveCount(0);
};
/** What is seen of each, and how it is as before. */
const AFTERWARDS: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  compose: async (page) => {
    await composer(page).getByRole('button', { name: 'Delete draft' }).click();
    await expect(composer(page).getByRole('button', { name: 'Delete draft' })).toHaveCount(0);
  },
  'mail.archive': gone,
  'mail.archiveNext': gone,
  'mail.archivePrevious': gone,
  'mail.trash': gone,
  'mail.junk': gone,
  'edit.undo': (page) => expect(row(page, 'Item 1,')).toBeVisible(),
  'mail.star': (page) => expect(row(page, 'Item 1,')).toHaveAccessibleName(/starred/),
  'mail.markUnread': (page) => expect(row(page, 'Item 1,')).toHaveAccessibleName(/unread/),
  'mail.markRead': (page) => expect(row(page, 'Item 1,')).not.toHaveAccessibleName(/unread/),
  'mail.snooze': closed('menu'),
  'mail.move': closed('dialog'),
  'mail.label': closed('dialog'),
  'shortcuts.show': closed('dialog'),
  'search.focus': async (page) => {
    await expect(search(page)).toBeFocused();
    await page.keyboard.press('Escape');
  },
};

/** Commands that have nothing to do in the inbox of one account with a plain message open and nothing done yet. */
const NOT_NOW = [
  ...['mail.notJunk', 'mail.unsnooze', 'list.selectNone', 'search.scope', 'search.keep'],
  ...['message.unsubscribe', 'message.saveAttachments', 'message.toggleDark', 'compose.focus'],
  ...['folder.newInside', 'folder.rename', 'folder.move', 'folder.delete', 'folder.empty', 'folder.keep'],
  ...['folder.useAs', 'folder.notify', 'folder.subscribe'],
  ...['compose.send', 'compose.sendLater', 'compose.discard', 'compose.attach', 'compose.format'],
  ...['compose.history', 'compose.replyTo'],
  ...['edit.undo', 'edit.redo', ...[2, 3, 4, 5, 6, 7, 8, 9].map((at) => `go.account${at}`)],
];
/** Some of those, when there is something to do for them. */
const LATER = ['Undo', 'Redo', 'Clear selection', 'Go to the open letter'];

test('APP-253 the palette has all commands, folders, people and settings, finds them in spite of slips, shows keys, knows the last ones, and needs three keys for what is done most', async ({
  app,
  server,
  user,
}) => {
  test.setTimeout(120_000);
  await server.append(
    user,
    letter({
      subject: 'Open',
      from: 'Zoe Zimmer <zoe@example.org>',
      html: '<p style="color:#333">Hello</p>',
    }),
  );
  // Somebody one has written to is somebody one knows.
  const own = `${user.name}@example.org`;
  await server.append(user, letter({ subject: 'Sent once', from: own, to: 'Zoe Zimmer <zoe@example.org>' }), {
    mailbox: 'Sent',
    flags: ['\\Seen'],
  });
  await startWithMail({ app, server, user }, 'Item', 3);
  const { page } = app;
  const options = palette(page).getByRole('option');
  const focused = options.and(page.locator('[data-focused]'));
  const open = async (text = '') => {
    await page.keyboard.press('Control+K');
    await expect(palette(page).getByRole('combobox')).toBeFocused();
    await page.keyboard.type(text);
  };
  // The first Escape empties the field, where something stands in it.
  const close = async () => {
    const field = palette(page).getByRole('combobox');
    if ((await field.inputValue()) !== '') {
      await page.keyboard.press('Escape');
      await expect(field).toHaveValue('');
    }
    await page.keyboard.press('Escape');
    await expect(palette(page)).toHaveCount(0);
  };
  await page.keyboard.press('Control+,');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await expect(settings.getByRole('searchbox', { name: 'Search settings' })).toBeFocused();
  const labels = await settings.locator('p[class*="label"]').allInnerTexts();
  await page.keyboard.press('Escape');
  await expect(settings).toHaveCount(0);
  await openMessage(page, 'Open');
  await expect(messageFrame(page).getByText('Hello')).toBeVisible();
  await row(page, 'Open').focus();

  await open();
  const section = (name: string) => palette(page).getByRole('group', { name }).getByRole('option');
  const names = async (name: string) =>
    section(name).evaluateAll((all) => all.map((each) => each.firstElementChild?.textContent ?? ''));
  const wanted = COMMANDS.filter(({ id, palette: shown }) => shown && !NOT_NOW.includes(id)).map(
    ({ title }) => title,
  );
  expect((await names('Commands')).toSorted()).toEqual(wanted.toSorted());
  expect(wanted.length).toBeGreaterThan(50);
  expect(labels.length).toBeGreaterThan(15);
  expect((await names('Settings')).toSorted()).toEqual(labels.toSorted());
  expect((await names('Folders')).length).toBe(
    await folders(page).locator('[aria-level]:not([aria-level="1"])').count(),
  );
  await expect(
    section('Commands')
      .filter({ hasText: /^Archive/ })
      .first()
      .locator('kbd'),
  ).toHaveText('E');
  await close();

  // In spite of a slip, by a part of a name, and each leads to what it says.
  await open('arhive');
  await expect(focused).toHaveText(/^Archive/);
  await close();
  await open('zimm');
  await expect(section('People')).toHaveText(/Zoe Zimmer.*zoe@example.org/);
  await section('People').click();
  await expect(search(page)).toHaveValue('from:zoe@example.org');
  await expect(row(page, 'Item 1,')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(row(page, 'Item 1,')).toBeVisible();
  await row(page, 'Item 1,').focus();
  await open('densi');
  await expect(focused).toHaveText('Density');
  await page.keyboard.press('Enter');
  await expect(settings.getByRole('searchbox', { name: 'Search settings' })).toHaveValue('Density');
  await expect(settings.getByRole('heading', { level: 3 })).toHaveText(['Appearance']);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(settings).toHaveCount(0);
  await open('arch');
  await section('Folders').filter({ hasText: 'Archive' }).click();
  await expect(listHeading(page)).toHaveText('Archive');
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await expect(listHeading(page)).toHaveText('Inbox');

  // The palette's key, one key, Enter. What was run last stands first the next time.
  await openMessage(page, 'Item 1');
  for (const [id, key] of TOP) {
    const title = COMMANDS.find((spec) => spec.id === id)?.title ?? '';
    await test.step(`${id} by ${key}`, async () => {
      await row(page, /^edit|^compose/.test(id) ? 'Item' : 'Item 1,')
        .first()
        .focus();
      await open(key);
      await expect(focused.locator('span').first()).toHaveText(title);
      await page.keyboard.press('Enter');
      await expect(palette(page)).toHaveCount(0);
      await AFTERWARDS[id.split('.')[0] === 'compose' ? 'compose' : id]?.(page);
    });
  }
  await row(page, 'Item 1,').focus();
  await page.keyboard.press('x');
  await page.keyboard.press('c');
  await expect(composer(page)).toBeVisible();
  await row(page, 'Item 1,').focus();
  await open();
  await expect(section('Recent').first()).toHaveText(/^Undo/);
  await expect(section('Recent').nth(1)).toHaveText(/^Archive and open the previous/);
  const now = [...(await names('Recent')), ...(await names('Commands'))];
  expect(now).toEqual(expect.arrayContaining(LATER));
  await close();
});

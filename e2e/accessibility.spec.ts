import type { Locator, Page } from '@playwright/test';
import { expect } from './fixtures';
import { expectAccessible } from './support/axe-looks';
import { files, PREVIEWED } from './support/files';
import { begin, composer, dropFiles, letterText, outbox, startToSend, test } from './support/letter-desk';
import { letter } from './support/letters';
import {
  folder,
  folders,
  messageFrame,
  moveTo,
  openMessage,
  reader,
  row,
  showFolder,
  toasts,
  waitForMail,
} from './support/screen';
import { startWithMail } from './support/start-with-mail';

// Recording every look takes longer than looking.
test.use({ trace: 'off', actionTimeout: 15_000 });

const EVERYTHING = 'With everything';
const RICH = letter({
  subject: EVERYTHING,
  html: '<p>Hi, see <a href="https://elsewhere.example/a">https://example.org/a</a></p><img src="https://pictures.invalid/a.png">',
  attachments: [
    { name: 'notes.txt', type: 'text/plain', content: 'Notes' },
    { name: 'run.exe', type: 'application/octet-stream', content: 'MZ' },
  ],
});

const pill = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('banner').getByRole('button', { name });
const dialog = (page: Page, name: string | RegExp): Locator => page.getByRole('dialog', { name });

async function run(page: Page, command: string): Promise<void> {
  await page.keyboard.press('Control+K');
  await dialog(page, 'Command palette').getByRole('combobox').fill(command);
  await page.keyboard.press('Enter');
}

/** What can be opened over the window, with the sign that it is there. */
interface Layer {
  readonly name: string;
  open(): Promise<unknown>;
  sign(): Locator;
}

/** Opens each with the focus on a row, looks, and closes it with Escape. */
async function lookAtEach(page: Page, layers: readonly Layer[], subject: string): Promise<void> {
  for (const { name, open, sign } of layers) {
    await test.step(name, async () => {
      await row(page, subject).focus();
      await open();
      await expect(sign()).toBeVisible();
      await expectAccessible(page, name);
      await page.keyboard.press('Escape');
      await expect(sign()).toHaveCount(0);
    });
  }
}

test('APP-300 axe finds nothing in set-up: first run, server, what went wrong', async ({
  app,
  server,
  user,
}) => {
  test.setTimeout(240_000);
  const { page } = app;
  await expect(page.getByRole('textbox', { name: 'E-mail address' })).toBeVisible();
  await expectAccessible(page, 'first run');
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(`${user.name}@example.org`);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Change/ }).click();
  await expectAccessible(page, 'server step');
  await page.getByRole('textbox', { name: 'Server', exact: true }).fill('127.0.0.1');
  await page.getByRole('textbox', { name: 'Port' }).fill(String(server.imapsPort));
  await page.getByRole('textbox', { name: 'User name' }).fill(user.name);
  await page.getByRole('textbox', { name: 'Password' }).fill(user.password);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  const report = page.getByRole('region', { name: 'Connection test' });
  await report.getByRole('button', { name: 'Details' }).click();
  await expect(report.getByText('Fingerprint (SHA-256)')).toBeVisible();
  await expectAccessible(page, 'certificate that nobody vouches for');
  await page.getByRole('button', { name: /Security/ }).click();
  await expect(page.getByRole('option').first()).toBeVisible();
  await expectAccessible(page, 'choice of the security');
});

test('APP-300 axe finds nothing in the window, its panels, menus and dialogs', async ({
  app,
  server,
  user,
}) => {
  test.setTimeout(240_000);
  const { page } = app;
  await server.append(user, RICH);
  await startWithMail({ app, server, user }, 'Letter', 12);
  await waitForMail(page, EVERYTHING);
  await openMessage(page, EVERYTHING);
  await expect(messageFrame(page).getByText('Hi')).toBeVisible();
  await expectAccessible(page, 'mail with an open message');
  const menuNamed = (name: string) => () => page.getByRole('menu', { name });
  const click = (where: Locator) => () => where.click();
  const list = page.getByRole('main', { name: 'Messages' });
  const selection = page.getByRole('toolbar', { name: 'Actions for the selection' });
  const anyMenu = () => page.getByRole('menu').first();
  await lookAtEach(
    page,
    [
      { name: 'selection', open: () => page.keyboard.press('x'), sign: () => selection },
      {
        name: 'palette',
        open: () => page.keyboard.press('Control+K'),
        sign: () => dialog(page, 'Command palette'),
      },
      {
        name: 'shortcut sheet',
        open: () => page.keyboard.press('?'),
        sign: () => dialog(page, 'Keyboard shortcuts'),
      },
      {
        name: 'settings',
        open: () => page.keyboard.press('Control+,'),
        sign: () => dialog(page, 'Settings'),
      },
      { name: 'move', open: () => page.keyboard.press('v'), sign: () => dialog(page, 'Move to folder') },
      { name: 'snooze menu', open: () => page.keyboard.press('b'), sign: menuNamed('Snooze until') },
      {
        name: 'snooze date',
        open: async () => {
          await page.keyboard.press('b');
          await page.keyboard.press('End');
          await page.keyboard.press('Enter');
          await dialog(page, 'Snooze until').getByLabel('Date and time').fill('2020-01-01T08:00');
          await page.keyboard.press('Enter');
          await expect(dialog(page, 'Snooze until')).toContainText('still to come');
        },
        sign: () => dialog(page, 'Snooze until'),
      },
      {
        name: 'delete for ever',
        open: () => page.keyboard.press('Shift+Delete'),
        sign: () => page.getByRole('alertdialog', { name: /^Delete/ }),
      },
      { name: 'filter menu', open: click(list.getByRole('button', { name: /^Filter:/ })), sign: anyMenu },
      { name: 'sort menu', open: click(list.getByRole('button', { name: /^Sort/ })), sign: anyMenu },
      { name: 'view menu', open: click(list.getByRole('button', { name: 'View' })), sign: anyMenu },
      {
        name: 'menu of a row',
        open: () => row(page, 'Letter 3,').click({ button: 'right' }),
        sign: anyMenu,
      },
      {
        name: 'menu of a folder',
        open: () => folder(page, 'Inbox').first().click({ button: 'right' }),
        sign: anyMenu,
      },
      { name: 'menu of the app', open: click(pill(page, 'Accounts and settings')), sign: anyMenu },
      {
        name: 'sync panel with numbers and folders',
        open: async () => {
          await pill(page, /Up to date|Syncing/).click();
          await dialog(page, 'Sync activity').getByRole('button', { name: user.name, exact: true }).click();
        },
        sign: () => dialog(page, 'Sync activity'),
      },
      { name: 'changes', open: () => run(page, 'needs attention'), sign: () => dialog(page, 'Changes') },
      {
        name: 'conflicts',
        open: () => run(page, 'two devices disagree'),
        sign: () => dialog(page, 'What happens when two devices disagree'),
      },
      { name: 'add account', open: () => run(page, 'add account'), sign: () => dialog(page, 'Add account') },
      {
        name: 'remove account',
        open: async () => {
          await page.keyboard.press('Control+,');
          await dialog(page, 'Settings')
            .getByRole('button', { name: /^Remove/ })
            .last()
            .click();
        },
        sign: () => page.getByRole('alertdialog', { name: /^Remove/ }),
      },
      {
        name: 'source',
        open: () => run(page, 'show source'),
        sign: () => dialog(page, 'Source of the message'),
      },
      {
        name: 'history',
        open: () => run(page, 'show history'),
        sign: () => dialog(page, 'What happened to this message'),
      },
      {
        name: 'menu of the message',
        open: click(reader(page).getByRole('button', { name: 'More for this message' })),
        sign: anyMenu,
      },
      {
        name: 'whether the sender is the sender',
        open: click(reader(page).getByRole('button', { name: /verified/i })),
        sign: () => page.getByRole('dialog').first(),
      },
      {
        name: 'a link that leads elsewhere',
        open: click(messageFrame(page).getByRole('link')),
        sign: () => page.getByRole('alertdialog').or(page.getByRole('dialog')).first(),
      },
    ],
    'Letter 3,',
  );

  await reader(page).getByTitle('Show details of this message').click();
  await expectAccessible(page, 'details of a message');
});

test('APP-300 axe finds nothing in lists with nothing in them, as a table, narrow, and in the folder drawer', async ({
  app,
  server,
  user,
}) => {
  test.setTimeout(180_000);
  const { page } = app;
  await startWithMail({ app, server, user }, 'Letter', 12);
  const list = page.getByRole('main', { name: 'Messages' });
  const headers = ['List-Unsubscribe: <mailto:leave@lists.example.org?subject=leave>'];
  await server.append(user, letter({ subject: 'From a list', headers }));
  await waitForMail(page, 'From a list');
  await openMessage(page, 'From a list');
  await reader(page).getByRole('button', { name: 'Unsubscribe' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessible(page, 'leaving a list by mail');
  await page.keyboard.press('Escape');
  await showFolder(page, 'Inbox');
  await row(page, 'Letter 3,').focus();
  for (const key of ['w', 's']) await page.keyboard.press(key);
  await expect(list.getByText('No starred messages in Inbox')).toBeVisible();
  await expectAccessible(page, 'a filter that leaves nothing');
  await list.getByRole('button', { name: 'Show all', exact: true }).click();
  await showFolder(page, 'Drafts');
  await expectAccessible(page, 'an empty folder');
  await showFolder(page, 'Inbox');
  await list.getByRole('button', { name: 'View' }).click();
  await page.getByRole('menuitemradio', { name: 'Table' }).click();
  await expect(page.getByRole('columnheader', { name: /Subject/ })).toBeVisible();
  await row(page, 'Letter 5,').focus();
  await page.keyboard.press('e');
  await expect(toasts(page).getByText('1 archived')).toBeVisible();
  await expectAccessible(page, 'table with a toast');
  await page.setViewportSize({ width: 500, height: 800 });
  await expectAccessible(page, 'one pane');
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await expect(folders(page)).toBeVisible();
  await expectAccessible(page, 'folder drawer');
});

test('APP-300 axe finds nothing in what needs attention, what helps there, and signing in again', async ({
  app,
  server,
  user,
  cable,
}) => {
  test.setTimeout(240_000);
  app.allowConsole(/WebSocket|ERR_CONNECTION/);
  const other = await server.session(user);
  await other.mailboxCreate('Projects');
  await startWithMail({ app, server, user }, 'Plan', 4);
  const { page } = app;
  cable.refuse(true);
  await expect(pill(page, /^Offline/)).toBeVisible();
  await moveTo(page, 'Plan 1,', 'Proj');
  await expectAccessible(page, 'offline');
  await run(page, 'show waiting changes');
  await expect(dialog(page, 'Changes').getByText('Move to Projects')).toBeVisible();
  await expectAccessible(page, 'waiting changes');
  await page.keyboard.press('Escape');
  await other.mailboxDelete('Projects');
  await other.logout();
  cable.refuse(false);
  await expect(pill(page, '1 change needs attention')).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page, 'a row that needs attention');
  await run(page, 'show what needs attention');
  const changes = dialog(page, 'Changes');
  await changes.getByRole('button', { name: 'Discard' }).click();
  await expectAccessible(page, 'needs attention, discard asked');
  await changes.getByRole('button', { name: 'Keep' }).click();
  await changes.getByRole('button', { name: 'Do something else' }).click();
  await expect(page.getByRole('menuitem', { name: 'Choose another folder' })).toBeVisible();
  await expectAccessible(page, 'do something else');
  await page.getByRole('menuitem', { name: 'Choose another folder' }).click();
  await expect(dialog(page, /Another folder/)).toBeVisible();
  await expectAccessible(page, 'another folder');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  server.setPassword(user, 'changed');
  cable.cut();
  await expect(pill(page, 'Sign-in needed')).toBeVisible({ timeout: 30_000 });
  await pill(page, 'Sign-in needed').click();
  await expectAccessible(page, 'sync panel, sign-in needed');
  await dialog(page, 'Sync activity')
    .getByRole('button', { name: /Sign in/ })
    .first()
    .click();
  await expect(dialog(page, /^Sign in again/)).toBeVisible();
  await expectAccessible(page, 'sign in again');
});

test('APP-300 axe finds nothing in the looks into files', async ({ app, server, user }) => {
  test.setTimeout(240_000);
  const broken = { 'broken.pdf': { type: 'application/pdf', content: '%PDF-1.4 nonsense' } };
  await server.append(
    user,
    letter({ subject: 'With files', attachments: files({ ...PREVIEWED, ...broken }) }),
  );
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'With files');
  await openMessage(page, 'With files');
  const shown = page.getByRole('dialog');
  for (const [name, sign] of [
    ['notes.txt', 'Plain words'],
    ['berths.csv', 'Meer; Anna'],
    ['letter.eml', 'The letter inside'],
    ['planning.ics', 'Planning for spring'],
    ['anna.vcf', 'Anna Meer'],
    ['drawing.pdf', 'Scale 1:50'],
    ['broken.pdf', 'This PDF is damaged.'],
  ] as const) {
    await page.getByRole('button', { name: `Preview ${name}`, exact: true }).click({ timeout: 15_000 });
    await expect(shown.getByText(sign).first()).toBeVisible();
    await expectAccessible(page, name);
    await page.keyboard.press('Escape');
    await expect(shown).toHaveCount(0);
  }
});

test('APP-300 axe finds nothing in letters being written, the outbox, search and the settings of sending', async ({
  app,
  server,
  user,
  cable,
  smtp,
  smtpCable,
}) => {
  test.setTimeout(240_000);
  await startToSend({ app, server, user, cable, smtpCable }, [
    { subject: 'First', html: '<p>Quoted words</p>' },
    { subject: 'Second' },
  ]);
  const { page } = app;
  const desk = composer(page);
  await openMessage(page, 'First');
  await row(page, 'First').focus();
  await page.keyboard.press('a');
  await expect(letterText(page)).toBeFocused();
  await page.keyboard.type('Words, see the attachment');
  await desk.getByRole('button', { name: 'Bcc' }).click();
  await desk.getByRole('combobox', { name: 'Bcc' }).fill('half-an-address');
  await desk.getByRole('button', { name: 'Show the quoted message' }).click();
  await dropFiles(desk.getByRole('heading').first(), [{ name: 'notes.txt', type: 'text/plain', size: 2000 }]);
  await expect(desk.getByText('notes.txt')).toBeVisible();
  await expectAccessible(page, 'a letter with everything', { landmarks: true });
  for (const name of ['More', 'When to send', 'Text size', 'Text colour']) {
    await desk.getByRole('button', { name }).first().click();
    await expectAccessible(page, `menu: ${name}`);
    await page.keyboard.press('Escape');
  }
  await desk.getByRole('button', { name: 'When to send' }).click();
  await page.getByRole('menuitem', { name: 'Send later' }).click();
  await expect(dialog(page, 'Send later')).toBeVisible();
  await expectAccessible(page, 'send later');
  await page.keyboard.press('Escape');
  await desk.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Earlier versions' }).click();
  await expect(dialog(page, 'Earlier versions')).toBeVisible();
  await expectAccessible(page, 'earlier versions');
  await page.keyboard.press('Escape');
  await desk.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(desk.getByText(/Not a complete address/)).toBeVisible();
  await expectAccessible(page, 'a letter that cannot be sent');
  await desk.getByRole('button', { name: 'Put down' }).click();

  smtp.faults.mail = { code: 550, text: '5.7.1 Not allowed' };
  await begin(page, 'bob@example.org', 'Stays here');
  await page.keyboard.press('Control+Enter');
  await folder(page, 'Outbox').click();
  await expectAccessible(page, 'outbox, waiting, beside a letter that is put down', { landmarks: true });
  const entry = outbox(page).getByRole('listitem', { name: 'Stays here' });
  await entry.getByRole('button', { name: 'Send now' }).click();
  await expect(entry.getByRole('button', { name: 'Try again' })).toBeVisible({ timeout: 15_000 });
  await expectAccessible(page, 'outbox, refused');
  await entry.getByRole('button', { name: 'Discard' }).click();
  await expectAccessible(page, 'discarding');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click();

  const search = page.getByRole('combobox', { name: 'Search mail' });
  await search.fill('Second');
  await expectAccessible(page, 'search, suggestions');
  await search.press('Enter');
  await waitForMail(page, 'Second');
  await expectAccessible(page, 'search, found', { landmarks: true });
  await page.getByRole('button', { name: 'Search by form' }).click();
  await expectAccessible(page, 'search by form');
  await page.keyboard.press('Escape');

  await page.keyboard.press('Control+,');
  await dialog(page, 'Settings').getByRole('button', { name: 'Add sender' }).click();
  await expect(dialog(page, 'Settings').getByRole('textbox', { name: 'Signature' })).toBeVisible();
  await expectAccessible(page, 'settings, a new sender');
});

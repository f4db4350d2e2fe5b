import { expect, test } from './fixtures';
import { change, inMain, nextWindow, takeWindowDown } from './support/desktop';
import { composer } from './support/letter-desk';
import { letter, letters } from './support/letters';
import { folders, grid, reader } from './support/screen';

test('what is told by the system is chosen in the settings', async ({ app }) => {
  await app.addSample(20);
  const { page } = app;
  await expect(grid(page).getByRole('row').nth(5)).toBeVisible();
  await page.keyboard.press('Control+,');
  const groups = page.getByRole('dialog', { name: 'Settings' }).getByRole('heading', { level: 3 });
  await expect(groups.filter({ hasText: /^Notifications$/ })).toHaveCount(1);
});

test('APP-270 new mail of inboxes is told with sender, subject and actions, more than three at once together; never old or own mail, nor in quiet hours, nor of accounts and folders that are silent', async ({
  app,
  server,
  user,
}) => {
  test.setTimeout(150_000);
  const electron = inMain(app);
  // Where the system shows none, what it is asked to show is what there is to see and to press.
  await electron.evaluate(({ Notification }) => {
    const told: Electron.Notification[] = [];
    Object.assign(globalThis, { told });
    Object.assign(Notification, { isSupported: () => true });
    Notification.prototype.show = function show(this: Electron.Notification) {
      told.push(this);
    };
  });
  const told = () =>
    electron.evaluate(() =>
      (globalThis as unknown as { told: Electron.Notification[] }).told.map(({ title, body, actions }) => [
        title,
        body.split('\n')[0],
        actions.map(({ text }) => text),
      ]),
    );
  const press = (at: number, event: 'click' | 'action', index = 0) =>
    electron.evaluate(
      (_electron, what) => {
        const { told } = globalThis as unknown as { told: Electron.Notification[] };
        told.at(what.at)?.emit(what.event, { actionIndex: what.index }, what.index);
      },
      { at, event, index },
    );
  const actions = ['Archive', 'Reply', 'Mark as read'];
  const ann = 'Ann <ann@example.org>';
  /** A letter that comes is not told; the next one is, once `how` made things as before. */
  const silent = async (how: () => Promise<unknown>, subject: string, mailbox = 'INBOX') => {
    const before = await told();
    await server.append(user, letter({ subject, from: ann }), { mailbox });
    await app.cliJson(['sync', '--wait']);
    await how();
    await server.append(user, letter({ subject: `After ${subject}`, from: ann }));
    await expect.poll(told, { timeout: 20_000 }).toEqual([...before, ['Ann', `After ${subject}`, actions]]);
  };

  // More than the first page of a first sync: the rest is found by backfill.
  server.fill(
    user,
    'INBOX',
    letters(250, (at) => ({ subject: `Old news ${at + 1}` })),
  );
  const accountId = await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  await expect(grid(app.page)).toHaveAttribute('aria-rowcount', '250');

  await server.append(user, letter({ subject: 'To myself', from: `Me <${user.name}@example.org>` }));
  await server.append(user, letter({ subject: 'Question', from: ann }));
  await expect.poll(told, { timeout: 20_000 }).toEqual([['Ann', 'Question', actions]]);
  await press(-1, 'click');
  await expect(reader(app.page).getByRole('heading', { level: 2 })).toHaveText('Question');
  await press(-1, 'action', 1);
  await expect(composer(app.page).getByRole('textbox', { name: 'Subject' })).toHaveValue('Re: Question');
  await composer(app.page).getByRole('button', { name: 'Close and keep the draft' }).click();
  await press(-1, 'action', 0);
  await expect(grid(app.page).getByRole('row', { name: 'Question' })).toHaveCount(0);
  await server.append(user, letter({ subject: 'Notice', from: ann }));
  await expect.poll(told, { timeout: 20_000 }).toHaveLength(2);
  await expect(grid(app.page).getByRole('row', { name: /^unread, .*Notice/ })).toBeVisible();
  await press(-1, 'action', 2);
  await expect(grid(app.page).getByRole('row', { name: /^(?!unread).*Notice/ })).toBeVisible();

  // What comes at once while nobody could look.
  await app.cliJson(['account', 'pause', accountId]);
  server.fill(
    user,
    'INBOX',
    letters(5, (at) => ({ subject: `Many ${at + 1}`, from: ann })),
  );
  await app.cliJson(['account', 'resume', accountId]);
  await expect
    .poll(async () => (await told()).slice(2), { timeout: 20_000 })
    .toEqual([['5 new messages', 'Ann', []]]);

  const notifications = { enabled: true, content: 'full' } as const;
  const now = new Date();
  const minute = now.getHours() * 60 + now.getMinutes();
  const around = { from: (minute + 1380) % 1440, until: (minute + 60) % 1440 };
  const loud = () => change(app.page, { notifications });
  await change(app.page, { notifications: { ...notifications, quiet: around } });
  await silent(loud, 'At night');
  await change(app.page, { notifications: { ...notifications, silentAccounts: [Number(accountId)] } });
  await silent(loud, 'To the silent account');
  await silent(async () => undefined, 'To the archive', 'Archive');

  // A folder is chosen in its own menu.
  const notify = async (folderName: string) => {
    await folders(app.page)
      .getByRole('treeitem', { name: folderName, exact: false })
      .last()
      .click({ button: 'right' });
    await app.page.getByRole('menuitem', { name: /otify me of new mail/ }).click();
    await expect(app.page.getByRole('menu')).toHaveCount(0);
    await app.page.waitForTimeout(500);
  };
  await notify('Archive');
  await server.append(user, letter({ subject: 'Filed by a rule', from: ann }), { mailbox: 'Archive' });
  await app.cliJson(['sync', '--wait']);
  await expect.poll(async () => (await told()).at(-1)).toEqual(['Ann', 'Filed by a rule', actions]);
  await notify('Inbox');
  const before = await told();
  await server.append(user, letter({ subject: 'To the silent inbox', from: ann }));
  await app.cliJson(['sync', '--wait']);
  await server.append(user, letter({ subject: 'Filed again', from: ann }), { mailbox: 'Archive' });
  await app.cliJson(['sync', '--wait']);
  await expect.poll(told).toEqual([...before, ['Ann', 'Filed again', actions]]);

  await takeWindowDown(app);
  const page = await nextWindow(app, () =>
    electron.evaluate(({ Menu }) => {
      const file = Menu.getApplicationMenu()?.items.find(({ label }) => label === 'File');
      file?.submenu?.items.find(({ label }) => label === 'Compose')?.click();
    }),
  );
  await expect(composer(page).getByRole('textbox', { name: 'Subject' })).toHaveValue('');
});

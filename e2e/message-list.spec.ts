import type { Page } from '@playwright/test';
import { expect, type Homeport, test } from './fixtures';
import { boxOf, rightOf, roleColour, stylesOf } from './support/boxes';
import { letter, letters } from './support/letters';
import {
  accountFolder,
  filled,
  folder,
  folders,
  grid,
  listHeading,
  reader,
  row,
  toasts,
  waitForMail,
} from './support/screen';

const focused = (page: Page) => page.locator('[role="row"]:focus');
const rowNames = (page: Page) =>
  grid(page)
    .locator('[role="row"][data-index]')
    .evaluateAll((rows) =>
      rows
        .toSorted((a, b) => Number(a.getAttribute('data-index')) - Number(b.getAttribute('data-index')))
        .map((each) => each.getAttribute('aria-label') ?? ''),
    );

async function choose(page: Page, menu: string | RegExp, item: string): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: menu }).click();
  await page.getByRole('menuitemradio', { name: item, exact: true }).click();
}

test('APP-051 UI-024 a row says all it shows: unread, senders and how many, subject, snippet, time, star, file, labels, account colour, waiting, failed and back from snooze', async ({
  app,
  server,
  user,
  cable,
}) => {
  await app.addSample(3);
  const date = new Date(Date.now() - 60_000);
  await server.append(user, letter({ subject: 'Boat trip', id: `boat-${user.name}`, date }), { date });
  await server.append(
    user,
    letter({
      subject: 'Re: Boat trip',
      from: 'Bob Stone <bob@example.org>',
      inReplyTo: `boat-${user.name}`,
      attachments: [{ name: 'map.txt', type: 'text/plain', content: 'Map' }],
    }),
    { flags: ['\\Flagged', 'regatta'] },
  );
  await server.append(user, letter({ subject: 'Waits' }), { flags: ['\\Seen'] });
  await server.append(user, letter({ subject: 'Fails' }), { flags: ['\\Seen'] });
  await server.append(user, letter({ subject: 'Returns' }), { flags: ['\\Seen'] });
  const other = await server.session(user);
  await other.mailboxCreate('Projects');
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'Boat trip');
  await other.mailboxDelete('Projects');
  await other.logout();
  await row(page, 'Fails').focus();
  await moveTo(page, 'Proj');
  await expect(row(page, 'Fails')).toHaveAccessibleName(/needs attention/, { timeout: 15_000 });
  await snoozeForAMoment(app, 'Returns');
  const returned = row(page, 'Returns');
  await expect(returned.getByText(/^Back since \d/)).toBeVisible({ timeout: 20_000 });
  await expect(returned).toHaveAccessibleName(/back since .*\d/i);
  cable.refuse(true);
  await row(page, 'Waits').focus();
  await page.keyboard.press('Shift+U');
  await expect(row(page, 'Waits')).toHaveAccessibleName(/^unread, .*waiting to reach the server$/);
  // After the time: a small clock for what waits, a triangle in the colour of failures for what nobody but a person settles.
  await page.mouse.move(5, 5);
  await returned.focus();
  for (const [words, tooltip, colour] of [
    ['Waits', /waiting/i, 'text-muted'],
    ['Fails', /needs attention/, 'danger'],
  ] as const) {
    const mark = row(page, words).getByTitle(tooltip);
    const at = await boxOf(mark.locator('svg'));
    expect([at.width, at.height]).toEqual(words === 'Waits' ? [14, 14] : [16, 16]);
    expect(at.x).toBeGreaterThanOrEqual(rightOf(await boxOf(row(page, words).getByTitle(/\d{4}/))));
    expect(await stylesOf(mark, 'color')).toEqual([await roleColour(page, colour)]);
    await expect(mark.locator('svg')).toHaveClass(words === 'Waits' ? /clock/ : /triangle/);
  }

  const boat = row(page, 'Boat trip');
  await expect(boat).toMatchAriaSnapshot(`
    - row /^unread, starred, Ann Baker, Bob Stone, 2 messages, Re. Boat trip, .*\\d, .*has attachment, labels regatta$/:
      - gridcell:
        - checkbox "Select"
        - button "Star" [pressed]
      - gridcell "Ann Baker, Bob Stone (2)"
      - gridcell /Boat trip – This is the text of Re. Boat trip/
      - gridcell /\\d/
  `);
  const stripes = await grid(page)
    .locator('[role="row"][data-index]')
    .evaluateAll((rows) => [
      ...new Set(rows.map((each) => getComputedStyle(each.firstElementChild as Element).backgroundColor)),
    ]);
  expect(stripes.length, 'one colour per account').toBe(2);
});

/** Puts a message off for as long as it takes to come back. */
async function snoozeForAMoment(app: Homeport, subject: string): Promise<void> {
  const { rows } = await app.cliJson<{ rows: { id: string; subject: string }[] }>([
    ...['list', '--mailbox', 'role:inbox'],
  ]);
  const id = rows.find((one) => one.subject === subject)?.id ?? '';
  await app.cliJson(['mutate', 'snooze', '--until', new Date(Date.now() + 3_000).toISOString(), id]);
}

async function moveTo(page: Page, name: string): Promise<void> {
  await page.keyboard.press('v');
  const dialog = page.getByRole('dialog', { name: 'Move to folder' });
  await dialog.getByRole('combobox').fill(name);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
}

test('APP-052 conversations by default, each with its newest activity and all its people; a folder can show single messages, the others stay', async ({
  app,
  server,
  user,
}) => {
  const now = Date.now();
  const hour = (hours: number) => ({ date: new Date(now - hours * 3_600_000) });
  const root = `plans-${user.name}`;
  const from = (name: string) => ({ from: `${name} <${name.toLowerCase()}@example.org>`, inReplyTo: root });
  await server.append(user, letter({ subject: 'Plans', id: root, ...hour(50) }), hour(50));
  await server.append(user, letter({ subject: 'In between', ...hour(20) }), hour(20));
  for (const [at, name] of ['Bob', 'Carla', 'Dora'].entries())
    await server.append(user, letter({ subject: 'Re: Plans', ...from(name), ...hour(3 - at) }), hour(3 - at));
  await server.append(user, letter({ subject: 'Kept one' }), { mailbox: 'Archive' });
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  await waitForMail(page, 'In between');
  await accountFolder(page, 'Inbox').click();
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '2');
  // First two and newest, how many, and on top because of what came last.
  const plans = grid(page).locator('[role="row"][data-index="0"]');
  await expect(plans).toHaveAccessibleName(/^unread, Ann Baker, Bob … Dora, 4 messages, Re: Plans, /);
  await expect(plans).toContainText(/Ann Baker, Bob.*Dora.*\(4\)/);
  const newest = hour(1).date.toLocaleDateString('en', { weekday: 'long' });
  await expect(plans).toHaveAccessibleName(new RegExp(newest));
  await plans.click();
  await expect(reader(page).getByRole('article')).toHaveCount(4);

  await choose(page, 'View', 'Single messages');
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '5');
  await expect(grid(page).getByRole('row', { name: /Dora, Re: Plans/ })).toBeVisible();
  await accountFolder(page, 'Archive').click();
  await expect(grid(page).getByRole('row', { name: /Kept one/ })).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: 'View' }).click();
  await expect(page.getByRole('menuitemradio', { name: 'Conversations', exact: true })).toBeChecked();
  await page.keyboard.press('Escape');
  await accountFolder(page, 'Inbox').click();
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '5');
  await choose(page, 'View', 'Conversations');
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '2');
});

test('APP-053 three densities, and a table whose columns sort and can be hidden', async ({ app }) => {
  await app.addSample(60);
  const { page } = app;
  const first = grid(page).locator('[role="row"][data-index="0"]');
  await filled(page);
  for (const [name, height] of [
    ['Compact', 32],
    ['Normal', 48],
    ['Relaxed', 72],
  ] as const) {
    await choose(page, 'View', name);
    await expect.poll(async () => (await first.boundingBox())?.height).toBe(height);
  }
  await choose(page, 'View', 'Table');
  const heading = (name: string) => grid(page).getByRole('columnheader', { name });
  await expect(grid(page).getByRole('columnheader')).toHaveCount(6);
  // The table takes the width, the reader stands below.
  const [list, read] = [await grid(page).boundingBox(), await reader(page).boundingBox()];
  expect(list?.width).toBeGreaterThan(900);
  expect(read?.y).toBeGreaterThanOrEqual((list?.y ?? 0) + (list?.height ?? 0));
  await expect(heading('Date')).toHaveAttribute('aria-sort', 'descending');
  await heading('Subject').getByRole('button').click();
  await expect(heading('Subject')).toHaveAttribute('aria-sort', 'ascending');
  await expect(heading('Date')).not.toHaveAttribute('aria-sort');
  const subjectOf = (at: number) =>
    grid(page).locator(`[role="row"][data-index="${at}"] [role="gridcell"]`).nth(3).innerText();
  await grid(page).locator('[role="row"][tabindex="0"]').focus();
  await page.keyboard.press('Home');
  const before = [await subjectOf(0), await subjectOf(5)];
  expect(before[0]?.localeCompare(before[1] ?? '', 'en')).toBeLessThanOrEqual(0);
  await heading('Subject').getByRole('button').click();
  await expect(heading('Subject')).toHaveAttribute('aria-sort', 'descending');
  await grid(page).locator('[role="row"][tabindex="0"]').focus();
  await page.keyboard.press('Home');
  await expect.poll(() => subjectOf(0)).not.toBe(before[0]);

  await page.getByRole('main').getByRole('button', { name: 'View' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Size' }).click();
  await page.keyboard.press('Escape');
  await expect(heading('Size')).toHaveCount(0);
  await expect(grid(page).getByRole('columnheader')).toHaveCount(5);
});

test('APP-054 sorting by date, sender, subject, size, unread and starred keeps what is selected and focused', async ({
  app,
}) => {
  await app.addSample(300);
  const { page } = app;
  await filled(page);
  await grid(page).locator('[role="row"][data-index="4"]').focus();
  await choose(page, 'View', 'Table');
  await grid(page).locator('[role="row"][data-index="4"]').focus();
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  const bar = page.getByRole('toolbar', { name: 'Actions for the selection' });
  const name = (await focused(page).getAttribute('aria-label')) ?? '';
  const cells = (column: number) =>
    grid(page)
      .locator('[role="row"][data-index]')
      .evaluateAll(
        (rows, at) =>
          rows
            .toSorted((a, b) => Number(a.getAttribute('data-index')) - Number(b.getAttribute('data-index')))
            .map((each) => each.querySelectorAll('[role="gridcell"]')[at] as HTMLElement)
            .map(
              (cell) => cell.querySelector('[aria-pressed]')?.getAttribute('aria-pressed') ?? cell.innerText,
            ),
        column,
      );
  const bytes = (text: string) =>
    Number.parseFloat(text) * (/k/i.test(text) ? 1e3 : /M/.test(text) ? 1e6 : 1);
  const ordered = (values: readonly number[]) =>
    values.every((value, at) => at === 0 || value <= (values[at - 1] ?? 0));
  const letterOf = (text: string) =>
    -(
      text
        .replace(/^(Re|Fwd|AW|SV|RE|FW): /, '')
        .normalize('NFKD')
        .toLowerCase()
        .codePointAt(0) ?? 0
    );
  const unread = async () => (await rowNames(page)).map((each) => Number(/^unread/.test(each)));
  const holds: Record<string, () => Promise<boolean>> = {
    Size: async () => ordered((await cells(4)).map(bytes)),
    Starred: async () => ordered((await cells(1)).map((each) => Number(each === 'true'))),
    Unread: async () => ordered(await unread()),
    Sender: async () => ordered((await cells(2)).filter((each) => !/[(,]/.test(each)).map(letterOf)),
    Subject: async () => ordered((await cells(3)).map(letterOf)),
    Date: async () => (await focused(page).getAttribute('data-index')) === '6',
  };
  for (const [sort, right] of Object.entries(holds)) {
    await bar.getByRole('button', { name: /^Sort/ }).click();
    await page.getByRole('menuitemradio', { name: sort, exact: true }).click();
    await expect(page.getByRole('menu')).toHaveCount(0);
    await expect(bar.getByRole('button', { name: `Sort: ${sort}` })).toBeVisible();
    await expect(bar).toContainText('2 selected');
    await expect(row(page, name).and(page.locator('[aria-selected="true"]'))).toBeInViewport();
    await row(page, name).focus();
    await expect.poll(right, { message: sort }).toBe(true);
    await expect(page.locator('[data-region-focus][data-index]')).toHaveAccessibleName(name);
  }
});

test('hover and focus show the same quick actions, reachable by the right arrow', async ({ app }) => {
  await app.addSample(30);
  const { page } = app;
  await filled(page);
  const target = grid(page).locator('[role="row"][data-index="3"]');
  await target.hover();
  const names = () =>
    target.getByRole('button').evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')));
  const hovered = await names();
  expect(hovered).toEqual(['Star', 'Archive', 'Delete', 'Snooze', expect.stringMatching(/^Mark as/)]);
  await page.mouse.move(1, 1);
  await target.focus();
  expect(await names()).toEqual(hovered);
  for (const control of ['Select', 'Star', 'Archive']) {
    await page.keyboard.press('ArrowRight');
    await expect(page.locator(':focus')).toHaveAccessibleName(control);
  }
  await page.keyboard.press('Enter');
  await expect(toasts(page).getByText('1 archived')).toBeVisible();
});

test('APP-064 rows are dragged to folders, also by v; outside nothing happens and Escape cancels', async ({
  app,
}) => {
  await app.addSample(40);
  const { page } = app;
  const at = (index: number) => grid(page).locator(`[role="row"][data-index="${index}"]`);
  await filled(page);
  const total = async () => Number(await grid(page).getAttribute('aria-rowcount'));
  const begin = await total();
  const grab = async (index: number) => {
    const box = await at(index).boundingBox();
    await page.mouse.move((box?.x ?? 0) + 150, (box?.y ?? 0) + 12);
    await page.mouse.down();
    await page.mouse.move((box?.x ?? 0) + 170, (box?.y ?? 0) + 22, { steps: 4 });
  };
  const target = await accountFolder(page, 'Travel').boundingBox();
  const overTravel = () => page.mouse.move((target?.x ?? 0) + 60, (target?.y ?? 0) + 10, { steps: 6 });

  // One row, then two ticked ones.
  await at(2).dragTo(accountFolder(page, 'Travel'));
  await expect.poll(total).toBe(begin - 1);
  await at(3).focus();
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+J');
  await at(4).dragTo(accountFolder(page, 'Travel'));
  await expect.poll(total).toBe(begin - 3);
  await expect(toasts(page).getByText(/2 moved/)).toBeVisible();

  // Outside of a folder.
  await at(2).dragTo(page.getByRole('banner'));
  await at(2).dragTo(folder(page, 'Starred'));
  // Escape on the way: nothing happens on release.
  await grab(2);
  await overTravel();
  await page.keyboard.press('Escape');
  await page.mouse.up();
  expect(await total()).toBe(begin - 3);

  await at(2).focus();
  await moveTo(page, 'Travel');
  await expect.poll(total).toBe(begin - 4);
});

test('APP-030 the unified inbox merges the inboxes of three accounts by date, each in its colour, and the counts add up', async ({
  app,
  server,
  user,
}) => {
  const { page } = app;
  await app.addSample(60);
  await app.cliJson(['account', 'add', 'local', '--name', 'Second', '--sample', '40', '--seed', '2']);
  server.fill(
    user,
    'INBOX',
    letters(10, (at) => ({ subject: `Mine ${at + 1}`, date: new Date(Date.now() - at * 7_200_000) })),
  );
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  await waitForMail(page, 'Mine 1,');
  await expect(listHeading(page)).toHaveText('Inbox (all)');
  const inboxes = folders(page)
    .locator('[aria-level="2"]')
    .and(folders(page).getByRole('treeitem', { name: /^Inbox/ }));
  await expect(inboxes).toHaveCount(3);
  const unread = (name: string | null) => Number(/(\d+) unread/.exec(name ?? '')?.[1] ?? 0);
  const each = await inboxes.evaluateAll((all) => all.map((item) => item.getAttribute('aria-label')));
  const all = await folders(page)
    .getByRole('treeitem', { name: /^Inbox \(all\)/ })
    .getAttribute('aria-label');
  expect(unread(all)).toBe(each.reduce((sum, name) => sum + unread(name), 0));

  // Row by row: the times go down, and the stripes are those of three accounts.
  const dates: number[] = [];
  const colours = new Set<string>();
  let rows = 0;
  await grid(page).locator('[role="row"][data-index="0"]').focus();
  const total = Number(await grid(page).getAttribute('aria-rowcount'));
  for (; rows < total; rows++) {
    const [stripe, date] = await focused(page).evaluate(
      (element) =>
        [
          getComputedStyle(element).getPropertyValue('--stripe-hue'),
          element.querySelector('[class*="time"]')?.getAttribute('title') ?? '',
        ] as const,
    );
    colours.add(stripe);
    dates.push(Date.parse(date.replace(' at ', ' ').replace(/^\w+, /, '')));
    await page.keyboard.press('ArrowDown');
  }
  expect(colours.size).toBe(3);
  expect(dates).toEqual(dates.toSorted((a, b) => b - a));
  let sum = 0;
  for (const at of [0, 1, 2]) {
    await inboxes.nth(at).click();
    await expect(listHeading(page)).toHaveText('Inbox');
    await expect(inboxes.nth(at)).toHaveAttribute('aria-current', 'page');
    await expect(grid(page)).not.toHaveAttribute('aria-rowcount', '-1');
    sum += Number(await grid(page).getAttribute('aria-rowcount'));
  }
  expect(sum).toBe(total);
});

test('APP-032 APP-039 trees per account with roles first and counts in the names; type-ahead and F6 reach them; what is folded stays folded', async ({
  app,
  server,
  user,
}) => {
  const other = await server.session(user);
  for (const path of ['Alpha', 'Zebra', 'Zebra/Stripes']) await other.mailboxCreate(path);
  await other.logout();
  server.fill(
    user,
    'INBOX',
    letters(4, (at) => ({ subject: `Tree ${at + 1}` })),
  );
  await server.append(user, letter({ subject: 'Half done' }), {
    mailbox: 'Drafts',
    flags: ['\\Draft', '\\Seen'],
  });
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  let { page } = app;
  await waitForMail(page, 'Tree 1,');
  const names = () =>
    folders(page)
      .locator('[aria-level="2"],[aria-level="3"]')
      .evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')));
  expect(await names()).toEqual([
    'Inbox, 4 unread',
    'Drafts, 1 message',
    'Sent',
    'Archive',
    'Junk',
    'Trash',
    'Alpha',
    'Zebra',
    'Stripes',
  ]);
  await row(page, 'Tree 1,').focus();
  await page.keyboard.press('Shift+F6');
  await expect(page.locator('[role="treeitem"]:focus')).toHaveCount(1);
  await page.keyboard.type('zeb');
  await expect(page.locator('[role="treeitem"]:focus')).toHaveAccessibleName('Zebra');
  await page.keyboard.press('ArrowLeft');
  await expect(accountFolder(page, 'Zebra')).toHaveAttribute('aria-expanded', 'false');
  expect(await names()).not.toContain('Stripes');
  app.allowConsole(/WebSocket|ERR_CONNECTION/);
  page = await app.relaunch();
  await expect(accountFolder(page, 'Zebra')).toHaveAttribute('aria-expanded', 'false');
  expect(await names()).not.toContain('Stripes');
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { CONFLICT_INTENTS, CONFLICT_POLICY, type ConflictRow } from '../src/shared/conflict-policy';
import { expect, test } from './fixtures';
import { letter } from './support/letters';
import { folders, grid, moveTo, row, toasts } from './support/screen';
import { startWithMail } from './support/start-with-mail';

const status = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('banner').getByRole('button', { name });

async function runFromPalette(page: Page, command: string): Promise<void> {
  await page.keyboard.press('Control+K');
  await page.getByRole('dialog', { name: 'Command palette' }).getByRole('combobox').fill(command);
  await page.keyboard.press('Enter');
}

test('APP-190 APP-308 the pill says how the mail is: up to date, syncing, offline with what waits, sign-in, attention; it and new mail aloud, at most every 10 s and without taking the focus', async ({
  app,
  server,
  user,
  cable,
}) => {
  test.setTimeout(150_000);
  const other = await server.session(user);
  await other.mailboxCreate('Projects');
  const { page } = app;
  await startWithMail({ app, server, user }, 'Pill', 12);
  await page.evaluate(() => {
    const said: { text: string; at: number; focus: string }[] = [];
    Object.assign(window, { said });
    const region = document.querySelector('[role="status"][aria-live="polite"]') as Element;
    const note = () => {
      const focus = document.activeElement?.getAttribute('aria-label') ?? '';
      said.push({ text: region.textContent ?? '', at: performance.now(), focus });
    };
    new MutationObserver(note).observe(region, { childList: true, characterData: true, subtree: true });
  });
  const said = () =>
    page.evaluate(() => (window as unknown as { said: { text: string; at: number; focus: string }[] }).said);
  // New mail is said, and whoever is in a row stays there; once that is off, it is not.
  await row(page, 'Pill 2,').focus();
  await server.append(user, letter({ subject: 'Heard', from: 'Herta Heard <herta@example.org>' }));
  await expect
    .poll(async () => (await said()).find(({ text }) => text.includes('Herta Heard')), { timeout: 20_000 })
    .toMatchObject({ text: expect.stringContaining('New message from Herta Heard') });
  await expect(row(page, 'Pill 2,')).toBeFocused();
  for (const { focus } of await said()) expect(focus).toContain('Pill 2');
  await page.keyboard.press('Control+,');
  await page.getByRole('switch', { name: 'Announce new mail' }).focus();
  await page.keyboard.press('Space');
  await expect(page.getByRole('switch', { name: 'Announce new mail' })).not.toBeChecked();
  await page.keyboard.press('Escape');
  await server.append(user, letter({ subject: 'Unheard', from: 'Ute Unheard <ute@example.org>' }));
  await expect(row(page, 'Unheard')).toBeVisible({ timeout: 20_000 });
  await expect(status(page, /^Up to date - \d{1,2}:\d\d/)).toBeVisible({ timeout: 15_000 });
  cable.delayMs = 400;
  await page.keyboard.press('F5');
  await expect(status(page, /^Syncing( \d+ folders?)?$/)).toBeVisible();
  cable.delayMs = 0;
  await expect(status(page, /^Up to date/)).toBeVisible({ timeout: 30_000 });
  cable.refuse(true);
  await expect(status(page, 'Offline')).toBeVisible();
  for (const at of [3, 4, 5, 6]) {
    await row(page, `Pill ${at},`).focus();
    await page.keyboard.press('e');
    await expect(row(page, `Pill ${at},`)).toHaveCount(0);
  }
  await expect(status(page, 'Offline - 4 changes waiting')).toBeVisible();
  await other.mailboxDelete('Projects');
  await moveTo(page, 'Pill 7,', 'Proj');
  await moveTo(page, 'Pill 8,', 'Proj');
  cable.refuse(false);
  await expect(status(page, '2 changes need attention')).toBeVisible({ timeout: 30_000 });
  server.setPassword(user, 'another');
  cable.cut();
  await expect(status(page, 'Sign-in needed')).toBeVisible({ timeout: 30_000 });
  await other.logout();

  await page.waitForTimeout(11_000);
  const all = await said();
  expect(all.length).toBeGreaterThan(1);
  expect(all.at(-1)?.text).toContain('Sign-in needed');
  expect(JSON.stringify(all)).not.toContain('Unheard');
  const pauses = all.slice(1).map(({ at }, index) => at - (all[index]?.at ?? 0));
  expect(Math.min(...pauses), JSON.stringify(all)).toBeGreaterThanOrEqual(9_900);
});

test('APP-014 signing in again says how many changes are safe, and then the server gets them', async ({
  app,
  server,
  user,
  cable,
}) => {
  await startWithMail({ app, server, user }, 'Safe', 6);
  const { page } = app;
  server.setPassword(user, 'changed');
  cable.cut();
  await expect(status(page, 'Sign-in needed')).toBeVisible({ timeout: 30_000 });
  for (const at of [2, 3, 4]) {
    await row(page, `Safe ${at},`).focus();
    await page.keyboard.press('e');
    await expect(row(page, `Safe ${at},`)).toHaveCount(0);
  }
  const before = cable.lines.length;
  await folders(page)
    .getByRole('treeitem', { name: user.name })
    .getByRole('button', { name: 'Sign in' })
    .click();
  const dialog = page.getByRole('dialog', { name: `Sign in again to ${user.name}` });
  await expect(dialog).toContainText('Your 3 waiting changes are safe.');
  await dialog.getByRole('textbox', { name: 'Password' }).fill('wrong again');
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await expect(dialog).toContainText('did not accept the user name or password');
  await dialog.getByRole('textbox', { name: 'Password' }).fill('changed');
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await expect(dialog).toHaveCount(0, { timeout: 15_000 });
  const archived = async () => {
    const other = await server.session({ ...user, password: 'changed' });
    const archive = await other.status('Archive', { messages: true });
    await other.logout();
    return archive === false ? 0 : archive.messages;
  };
  await expect.poll(archived, { timeout: 20_000 }).toBe(3);
  const moved = cable.lines
    .slice(before)
    .filter(({ from, line }) => from === 'client' && /UID (MOVE|COPY) /.test(line))
    .flatMap(({ line }) => /(?:MOVE|COPY) ([\d:,]+)/.exec(line)?.[1]?.split(',') ?? [])
    .reduce((sum, range) => {
      const [first = 0, last = first] = range.split(':').map(Number);
      return sum + last - first + 1;
    }, 0);
  expect(moved, 'moved on the wire').toBe(3);
});

test('APP-015 removing an account lists what is unsent, asks once, and leaves no row, file or secret of it', async ({
  app,
  server,
  user,
  cable,
}) => {
  await app.addSample(10);
  const { page } = app;
  const account = await startWithMail({ app, server, user }, 'Gone', 5, (at) => ({
    text: at === 1 ? 'large '.repeat(40_000) : 'small',
  }));
  const accountId = Number(account);
  cable.refuse(true);
  await row(page, 'Gone 3,').focus();
  await page.keyboard.press('e');
  await expect(row(page, 'Gone 3,')).toHaveCount(0);
  await status(page, /Offline/).click();
  const panel = page.getByRole('dialog', { name: 'Sync activity' });
  await panel.getByRole('button', { name: `Actions for ${user.name}` }).click();
  await page.getByRole('menuitem', { name: 'Remove account…' }).click();
  const dialog = page.getByRole('alertdialog', { name: `Remove ${user.name}` });
  await expect(dialog).toContainText('1 change has not reached the server');
  await expect(dialog.getByRole('listitem')).toContainText('Gone 3');
  await dialog.getByRole('button', { name: 'Remove and discard 1 change' }).click();
  await expect(toasts(page).getByText(`${user.name} removed`)).toBeVisible({ timeout: 15_000 });
  await expect(folders(page).getByRole('treeitem', { name: user.name })).toHaveCount(0);
  await expect(row(page, 'Gone 1,')).toHaveCount(0);

  const left = () => leftOf(app.profileDir, accountId, user.name);
  await expect.poll(left, { timeout: 15_000 }).toEqual([]);
});

/** Where a removed account still stands: tables by its id, text in the database, files, secrets. */
function leftOf(profileDir: string, accountId: number, name: string): string[] {
  const db = new Database(join(profileDir, 'homeport.sqlite'), { readonly: true });
  const found: string[] = [];
  const tables = db
    .prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'")
    .all()
    .map((table) => table.name);
  for (const table of tables) {
    const columns = db.prepare<[], { name: string }>(`SELECT name FROM pragma_table_info('${table}')`).all();
    if (columns.some((column) => column.name === 'account_id')) {
      const count = db.prepare(`SELECT count(*) FROM ${table} WHERE account_id = ?`).pluck().get(accountId);
      if (count !== 0) found.push(`${table}: ${count} rows`);
    }
  }
  for (const [table, sql] of [
    ['accounts', `SELECT count(*) FROM accounts WHERE id = ${accountId}`],
    ['list_rows', "SELECT count(*) FROM list_rows WHERE subject_key LIKE 'gone %'"],
    ['bodies', 'SELECT count(*) FROM bodies WHERE message_id NOT IN (SELECT id FROM messages)'],
    ['attachments', 'SELECT count(*) FROM attachments WHERE message_id NOT IN (SELECT id FROM messages)'],
    [
      'blobs',
      'SELECT count(*) FROM blobs WHERE hash NOT IN (SELECT source_hash FROM bodies WHERE source_hash IS NOT NULL UNION SELECT blob_hash FROM attachments WHERE blob_hash IS NOT NULL)',
    ],
  ] as const) {
    const count = db.prepare(sql).pluck().get();
    if (count !== 0) found.push(`${table}: ${count}`);
  }
  const hashes = new Set(db.prepare('SELECT hash FROM blobs').pluck().all());
  db.close();
  const blobs = join(profileDir, 'blobs');
  if (existsSync(blobs)) {
    for (const entry of readdirSync(blobs, { recursive: true, withFileTypes: true })) {
      if (entry.isFile() && ![...hashes].some((hash) => entry.name.includes(String(hash).slice(2, 20))))
        found.push(`file ${entry.name}`);
    }
  }
  for (const entry of readdirSync(profileDir)) {
    if (!/vault|secret/i.test(entry) || !entry.endsWith('.json')) continue;
    const text = readFileSync(join(profileDir, entry), 'utf8');
    if (text.includes(name)) found.push(entry);
  }
  return found;
}

test('APP-194 a row that needs attention says what is wrong in its tooltip and its name, and opens its entry', async ({
  app,
  server,
  user,
  cable,
}) => {
  const other = await server.session(user);
  await other.mailboxCreate('Projects');
  await startWithMail({ app, server, user }, 'Badge', 3);
  const { page } = app;
  await other.mailboxDelete('Projects');
  await other.logout();
  // The first refusal would tell that the folder is gone before the second is wanted.
  cable.delayMs = 2_000;
  await moveTo(page, 'Badge 1,', 'Proj');
  await moveTo(page, 'Badge 2,', 'Proj');
  cable.delayMs = 0;
  await expect(status(page, '2 changes need attention')).toBeVisible({ timeout: 15_000 });
  const wrong = /needs attention: Move to Projects - .*(folder|mailbox)/i;
  await expect(row(page, 'Badge 2,')).toHaveAccessibleName(wrong);
  await page.mouse.move(1, 1);
  await expect(row(page, 'Badge 2,').getByTitle(wrong).first()).toBeVisible();
  // By keyboard: the right arrow reaches the badge's button, Enter opens the entry of this message.
  await row(page, 'Badge 2,').focus();
  for (let at = 0; at < 3; at++) await page.keyboard.press('ArrowRight');
  await expect(page.locator(':focus')).toHaveAccessibleName(wrong);
  await page.keyboard.press('Enter');
  const entry = page.getByRole('dialog', { name: 'Changes' }).locator('li:focus');
  await expect(entry).toContainText('Badge 2');
  await page.keyboard.press('Escape');
  await row(page, 'Badge 1,').hover();
  await row(page, 'Badge 1,').getByRole('button', { name: wrong }).click();
  await expect(entry).toContainText('Badge 1');
});

test('APP-198 the page about disagreeing devices has every row of the conflict table', async ({ app }) => {
  await app.addSample(5);
  const { page } = app;
  await expect(grid(page).locator('[role="row"][data-index="0"]')).toBeVisible();
  await runFromPalette(page, 'two devices disagree');
  const dialog = page.getByRole('dialog', { name: 'What happens when two devices disagree' });
  await expect(dialog).toBeVisible();
  const rows: readonly ConflictRow[] = CONFLICT_POLICY;
  expect(rows.length).toBeGreaterThan(10);
  const shown = await dialog.innerText();
  for (const { title, cells } of rows) {
    expect(shown).toContain(title);
    for (const intent of CONFLICT_INTENTS) {
      const cell = cells[intent];
      if (cell) expect(shown).toContain(cell.text);
    }
  }
});

test('APP-196 sync now for all, an account and a folder; pause, offline and headers only hold within a second and after a restart', async ({
  app,
  server,
  user,
  cable,
}) => {
  test.setTimeout(180_000);
  await startWithMail({ app, server, user }, 'Now', 2);
  let { page } = app;
  const asked = () =>
    cable.lines.filter(({ from, line }) => from === 'client' && /(SELECT|EXAMINE|STATUS) /.test(line)).length;
  const account = () => folders(page).getByRole('treeitem', { name: new RegExp(`^${user.name}`) });
  const fromMenu = async (item: Locator) => {
    await item.click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Sync now' }).click();
  };
  for (const start of [
    () => page.keyboard.press('F5'),
    () => fromMenu(account().first()),
    () => fromMenu(folders(page).getByRole('treeitem', { name: /^Junk/ }).first()),
  ]) {
    const before = asked();
    await start();
    await expect.poll(asked).toBeGreaterThan(before);
    await expect(status(page, /^Up to date/)).toBeVisible({ timeout: 15_000 });
  }

  /** Within a second nothing is said to the server any more, and nothing is until it is allowed again. */
  const holdsStill = async () => {
    await page.waitForTimeout(1_000);
    const said = cable.lines.length;
    await page.waitForTimeout(2_000);
    expect(cable.lines.length).toBe(said);
  };
  const panel = () => page.getByRole('dialog', { name: 'Sync activity' });
  const leavePanel = async () => {
    // A menu that closes takes the first Escape when it is still on its way out.
    await expect(async () => {
      await page.keyboard.press('Escape');
      await expect(panel()).toBeHidden({ timeout: 1_000 });
    }).toPass();
  };
  const turn = async (name: string, pillText: string | RegExp) => {
    await status(page, pillText).click();
    await panel().getByText(name).click();
    await leavePanel();
  };
  const arrives = async (subject: string) => {
    await expect(row(page, subject)).toBeVisible({ timeout: 15_000 });
    await expect(status(page, /^Up to date/)).toBeVisible({ timeout: 15_000 });
  };

  await status(page, /Up to date|Syncing/).click();
  await panel()
    .getByRole('button', { name: `Actions for ${user.name}` })
    .click();
  await page.getByRole('menuitem', { name: 'Pause' }).click();
  await expect(panel().getByText('Paused')).toBeVisible();
  await leavePanel();
  await expect(status(page, 'Paused')).toBeVisible();
  await server.append(user, letter({ subject: 'While paused' }));
  await holdsStill();
  page = await app.relaunch();
  await expect(status(page, 'Paused')).toBeVisible({ timeout: 15_000 });
  await holdsStill();
  await expect(row(page, 'While paused')).toHaveCount(0);
  await folders(page)
    .getByRole('treeitem', { name: `${user.name}, paused` })
    .getByRole('button', { name: 'Resume' })
    .click();
  await arrives('While paused');

  await turn('Work offline', /^Up to date/);
  await expect(status(page, 'Offline')).toBeVisible();
  await server.append(user, letter({ subject: 'While offline' }));
  await holdsStill();
  page = await app.relaunch();
  await expect(status(page, 'Offline')).toBeVisible({ timeout: 15_000 });
  await holdsStill();
  await expect(row(page, 'While offline')).toHaveCount(0);
  await turn('Work offline', 'Offline');
  await arrives('While offline');

  await turn('Headers only', /^Up to date/);
  const texts = () =>
    cable.lines.filter(({ from, line }) => from === 'client' && /BODY(\.PEEK)?\[\]/.test(line)).length;
  await page.waitForTimeout(1_000);
  const before = texts();
  await server.append(user, letter({ subject: 'While metered' }));
  await arrives('While metered');
  page = await app.relaunch();
  await arrives('While metered');
  expect(texts()).toBe(before);
  await turn('Headers only', /^Up to date/);
  await expect.poll(texts, { timeout: 15_000 }).toBeGreaterThan(before);
});

test('APP-011 ten accounts; order by keys, colour and short name for each', async ({ app }) => {
  test.setTimeout(120_000);
  const { page } = app;
  for (let at = 1; at <= 10; at++) {
    await app.cliJson([
      'account',
      'add',
      'local',
      '--name',
      `Account ${at}`,
      '--sample',
      '3',
      '--seed',
      String(at),
    ]);
  }
  const lines = folders(page).getByRole('treeitem', { name: /^Account \d+$/ });
  await expect(lines).toHaveCount(10, { timeout: 15_000 });
  const names = () => lines.evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')));
  await page.keyboard.press('Control+,');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('button', { name: 'Move Account 3 up' }).focus();
  await page.keyboard.press('Enter');
  await expect(settings.getByRole('region', { name: /^Account \d/ }).nth(1)).toHaveAccessibleName(
    'Account 3',
  );
  const third = settings.getByRole('region', { name: 'Account 3' });
  await third.getByRole('radio', { name: 'Pink' }).focus();
  await page.keyboard.press('Space');
  await expect(third.getByRole('radio', { name: 'Pink' })).toBeChecked();
  await third.getByRole('textbox', { name: 'Name' }).fill('Club');
  await page.keyboard.press('Tab');
  await expect(settings.getByRole('region', { name: 'Club', exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(folders(page).getByRole('treeitem', { name: 'Club' })).toBeVisible();
  expect((await names()).slice(0, 3)).toEqual(['Account 1', 'Account 2', 'Account 4']);
  const order = await folders(page)
    .locator('[data-kind="account"]')
    .evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')));
  expect(order.slice(0, 3)).toEqual(['Account 1', 'Club', 'Account 2']);
  const { accounts } = await app.cliJson<{ accounts: { name: string }[] }>(['status']);
  expect(accounts).toHaveLength(10);
});

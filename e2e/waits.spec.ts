import { createServer, type Socket } from 'node:net';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { letter } from './support/letters';
import { grid, listHeading, openMessage, reader, row, showFolder, toasts } from './support/screen';
import { startWithMail } from './support/start-with-mail';
import { watchPhases } from './support/wait-phases';

const messages = (page: Page): Locator => page.getByRole('main', { name: 'Messages' });
const words = (page: Page, text: RegExp): Locator =>
  toasts(page).getByRole('status').filter({ hasText: text });

/** Nothing before 300 ms, the bar before the words, the words not before 2 s (UI-052). */
async function expectPhases(phases: Awaited<ReturnType<typeof watchPhases>>): Promise<void> {
  const { barAfter, wordsAfter } = await phases();
  expect(barAfter).not.toBeNull();
  expect(barAfter).toBeGreaterThanOrEqual(300);
  expect(wordsAfter).toBeGreaterThanOrEqual(2_000);
  expect(wordsAfter).toBeGreaterThan(barAfter as number);
}

async function headersOnly(page: Page): Promise<void> {
  await page.keyboard.press('Control+K');
  await page.getByRole('dialog', { name: 'Command palette' }).getByRole('combobox').fill('Load headers only');
  await page.keyboard.press('Enter');
}

test('UI-052 a search on the server is a bar in the list header, then numbers with a Cancel that stops the server', async ({
  app,
  server,
  user,
  cable,
}) => {
  test.setTimeout(120_000);
  await startWithMail({ app, server, user }, 'Known', 3, () => ({ text: 'The zeppelin.' }));
  const { page } = app;
  await headersOnly(page);
  await server.append(user, letter({ subject: 'Far away', text: 'A zeppelin.' }), { mailbox: 'Archive' });
  await app.cliJson(['sync', '--wait']);
  await page.keyboard.press('/');
  await page.keyboard.type('zeppelin');
  await page.keyboard.press('Enter');
  const ask = messages(page).getByRole('button', { name: 'Search the server' });
  await expect(ask).toBeVisible({ timeout: 20_000 });

  // The server hears the question and never answers.
  const asked = () => cable.lines.filter(({ line }) => / UID SEARCH /.test(line)).length;
  cable.answer = (command) => (/ UID SEARCH /.test(command) ? '' : null);
  const before = await listHeading(page).boundingBox();
  const first = await grid(page).getByRole('row').first().boundingBox();
  const phases = await watchPhases(page, 'Searching the server');
  await ask.click();
  const bar = messages(page).getByRole('progressbar', { name: 'Searching the server' });
  await expect(bar).toBeVisible();
  expect(await listHeading(page).boundingBox()).toEqual(before);
  expect(await grid(page).getByRole('row').first().boundingBox()).toEqual(first);
  const told = words(page, /^Searching the server: \d+ of \d+ folders/);
  await expect(told).toBeVisible({ timeout: 10_000 });
  await expectPhases(phases);
  const questions = asked();
  const links = cable.connections();
  await told.getByRole('button', { name: 'Cancel' }).click();
  await expect(told).toHaveCount(0);
  await expect(bar).toHaveCount(0);
  // The command cannot be taken back: its connection has ended, and no other folder was asked.
  await expect.poll(() => cable.connections()).toBe(links - 1);
  expect(asked()).toBe(questions);

  cable.answer = null;
  await ask.click();
  await expect(messages(page)).toContainText('The server found 1 more.', { timeout: 20_000 });
  await expect(toasts(page).getByRole('status')).toHaveCount(0);
});

test('UI-052 opening a message that is not on this computer is a bar in the reader header, then its size with a Cancel; it can be loaded later', async ({
  app,
  server,
  user,
  cable,
}) => {
  test.setTimeout(120_000);
  await startWithMail({ app, server, user }, 'Known', 1);
  const { page } = app;
  await headersOnly(page);
  await server.append(user, letter({ subject: 'Far away', text: 'Read at last.' }));
  await app.cliJson(['sync', '--wait']);
  await expect(row(page, 'Far away,')).toBeVisible();

  cable.answer = (command) => (/ UID FETCH .*BODY/.test(command) ? '' : null);
  const phases = await watchPhases(page, 'Loading the message');
  await openMessage(page, 'Far away');
  const actions = page.getByRole('toolbar', { name: 'Actions for this conversation' });
  const bar = reader(page).getByRole('progressbar', { name: 'Loading the message' });
  await expect(bar).toBeVisible();
  const header = await actions.boundingBox();
  const told = reader(page).getByText(/^Loading the message, [\d.]+ (bytes|kB)$/);
  await expect(told).toBeVisible({ timeout: 10_000 });
  await expectPhases(phases);
  expect(await actions.boundingBox()).toEqual(header);
  await reader(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(reader(page).getByText(/^This message \(.*\) is not loaded\.$/)).toBeVisible();
  await expect(bar).toHaveCount(0);

  cable.answer = null;
  await reader(page).getByRole('button', { name: 'Load now' }).click();
  await expect(reader(page).getByText('Read at last.')).toBeVisible({ timeout: 20_000 });
  await expect(reader(page).getByText(/Loading the message/)).toHaveCount(0);
});

test('UI-052 looking for new mail is a bar in the list header that stands still with reduced motion, then words with a Cancel; afterwards the mail comes', async ({
  app,
  server,
  user,
  cable,
}) => {
  test.setTimeout(120_000);
  await startWithMail({ app, server, user }, 'Known', 3);
  const { page } = app;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await showFolder(page, 'Inbox');
  await row(page, 'Known 2,').focus();
  // Everything that is said disappears on the way.
  cable.pause();
  const before = await row(page, 'Known 1,').boundingBox();
  const phases = await watchPhases(page, 'Checking for new mail');
  await page.keyboard.press('F5');
  const bar = messages(page).getByRole('progressbar', { name: 'Checking for new mail' });
  await expect(bar).toBeVisible();
  expect(
    await bar.locator('*').evaluateAll((all) => all.map((one) => getComputedStyle(one).animationName)),
  ).toEqual(['none']);
  expect(await row(page, 'Known 1,').boundingBox()).toEqual(before);
  const told = words(page, /^Checking for new mail/);
  await expect(told).toBeVisible({ timeout: 10_000 });
  await expectPhases(phases);
  await told.getByRole('button', { name: 'Cancel' }).click();
  await expect(bar).toHaveCount(0);
  await expect(told).toHaveCount(0);

  cable.resume();
  await server.append(user, letter({ subject: 'After all' }));
  await page.keyboard.press('F5');
  await expect(row(page, 'After all,')).toBeVisible({ timeout: 30_000 });
  await expect(bar).toHaveCount(0, { timeout: 20_000 });
});

test('UI-052 checking the connection of a new account is a bar, then words with a Cancel that leaves the server and keeps what was typed', async ({
  app,
  user,
}) => {
  test.setTimeout(120_000);
  const { page } = app;
  const silent = await startSilentServer();
  try {
    await page.getByRole('textbox', { name: 'E-mail address' }).fill(`${user.name}@example.org`);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: /^Change/ }).click();
    await page.getByRole('textbox', { name: 'Server', exact: true }).fill('127.0.0.1');
    await page.getByRole('button', { name: /Security/ }).click();
    await page.getByRole('option', { name: /^None/ }).click();
    await page.getByRole('textbox', { name: 'Port' }).fill(String(silent.port));
    await page.getByRole('textbox', { name: 'User name' }).fill(user.name);
    await page.getByRole('textbox', { name: 'Password' }).fill('a password');
    const phases = await watchPhases(page, 'Testing the connection');
    await page.getByRole('button', { name: 'Connect' }).click();
    const name = 'Testing the connection to 127.0.0.1';
    await expect(page.getByRole('progressbar', { name })).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: name }).first()).toBeVisible({ timeout: 10_000 });
    await expectPhases(phases);
    await expect.poll(() => silent.connections()).toBe(1);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('progressbar', { name })).toHaveCount(0);
    await expect.poll(() => silent.connections()).toBe(0);
    await expect(page.getByRole('textbox', { name: 'Password' })).toHaveValue('a password');
    await expect(page.getByRole('region', { name: 'Connection test' })).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Connect' })).toBeEnabled();
  } finally {
    await silent.close();
  }
});

/** Takes connections and never says a word. */
async function startSilentServer() {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
    // A socket nobody reads from does not hear that the other side has gone.
    socket.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    connections: () => open.size,
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HOSTILE_TITLE, hostileMessages } from '../test/fixtures/hostile';
import { expect, test } from './fixtures';
import { grid, messageFrame, reader, row, waitForMail } from './support/screen';

test('hostile messages opened in the app run nothing, reach nothing, go nowhere', async ({
  app,
  server,
  user,
}) => {
  // What the frame's policy stops is told on the console: that is the policy at work.
  app.allowConsole(/Content Security Policy|sandboxed|Blocked script|ERR_/);
  const hits: string[] = [];
  const trap = createServer((request, response) => {
    hits.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(trap.address() as AddressInfo).port}/hit`;
  const all = hostileMessages(base);
  // Every kind once: the whole corpus runs against the frame itself.
  const chosen = all.filter((_, at) => at % Math.ceil(all.length / 36) === 0);
  const date = Date.now();
  server.fill(
    user,
    'INBOX',
    chosen.map(({ raw }, at) => ({ raw, flags: [], date: date - at * 60_000 })),
  );
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  const foreign: string[] = [];
  const own = new URL(page.url()).origin;
  page.on('request', (request) => {
    const url = request.url();
    if (
      !/^(data|blob|about|mail-content):/.test(url) &&
      !url.startsWith(own) &&
      !url.startsWith('app://homeport')
    ) {
      foreign.push(url);
    }
  });
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const windows: string[] = [];
  page.context().on('page', (opened) => windows.push(opened.url()));
  const title = await page.title();
  const address = page.url();

  await waitForMail(page, chosen[0]?.name ?? '');
  await grid(page).getByRole('row').first().click();
  for (let at = 0; at < chosen.length; at++) {
    await expect(reader(page).getByRole('heading', { level: 2 })).toBeVisible();
    // HTML that would draw nothing is told in words, and gets no frame.
    const nothing = reader(page).getByText('This message has no text.');
    await expect
      .poll(async () => (await messageFrame(page).locator('body').count()) + (await nothing.count()))
      .toBeGreaterThan(0);
    await page.keyboard.press('j');
  }
  expect(hits).toEqual([]);
  expect(foreign).toEqual([]);
  expect(dialogs).toEqual([]);
  expect(windows).toEqual([]);
  expect(await page.title()).not.toContain(HOSTILE_TITLE);
  expect(page.url()).toBe(address);
  expect(title).not.toBe('');
  await expect(row(page, chosen.at(-1)?.name ?? '')).toBeVisible();
  trap.closeAllConnections();
  trap.close();
});

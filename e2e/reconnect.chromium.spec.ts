import type { WebSocketRoute } from '@playwright/test';
import { expect, test } from './fixtures';
import { row, waitForMail } from './support/screen';

test('APP-395 a socket that drops comes back and the screen with it, without a reload; another version asks for one', async ({
  app,
}) => {
  await app.addSample(20);
  const { page } = app;
  const sockets: WebSocketRoute[] = [];
  let cut = false;
  let otherVersion = false;
  const asked: string[] = [];
  await page.routeWebSocket(/\/rpc$/, (socket) => {
    sockets.push(socket);
    if (cut) return void socket.close();
    const host = socket.connectToServer();
    socket.onMessage((data) => {
      asked.push((JSON.parse(String(data)) as { method: string }).method);
      host.send(data);
    });
    host.onMessage((data) =>
      socket.send(
        otherVersion ? String(data).replace(/"contractVersion":\d+/, '"contractVersion":4711') : data,
      ),
    );
  });
  await page.reload();
  const { rows } = await app.cliJson<{ rows: { id: string; subject: string }[] }>([
    ...['list', '--mailbox', 'role:inbox', '--limit', '2'],
  ]);
  const [first, second] = rows;
  const [subject, other] = [first?.subject ?? '', second?.subject ?? ''];
  await waitForMail(page, subject);
  await page.evaluate(() => Reflect.set(window, 'sameDocument', true));
  const star = (id = '') => app.cliJson(['mutate', 'keyword', '--add', '$flagged', id]);

  cut = true;
  const opened = sockets.length;
  await sockets.at(-1)?.close();
  await expect(page.getByText('Homeport does not answer. Trying again.')).toBeVisible({ timeout: 10_000 });
  // What happens meanwhile is on the screen once the socket is back, and so is what happens after.
  await star(first?.id);
  asked.length = 0;
  cut = false;
  await expect(page.getByText('Homeport does not answer. Trying again.')).toHaveCount(0, { timeout: 15_000 });
  await expect(row(page, subject).first()).toHaveAccessibleName(/starred/, { timeout: 15_000 });
  // By its position in the change log it asks again for what changed (an account's counters may have), and for nothing else.
  expect(asked).toContain('changes.missed');
  expect(asked).toContain('lists.page');
  for (const other of ['settings.get', 'remoteContent.list']) expect(asked).not.toContain(other);
  await star(second?.id);
  await expect(row(page, other).first()).toHaveAccessibleName(/starred/);
  expect(sockets.length).toBeGreaterThan(opened);
  expect(await page.evaluate(() => Reflect.get(window, 'sameDocument'))).toBe(true);

  otherVersion = true;
  await sockets.at(-1)?.close();
  await expect(page.getByText('Homeport was updated. Reload this window to go on.').first()).toBeVisible({
    timeout: 15_000,
  });
  otherVersion = false;
  await page.getByRole('button', { name: 'Reload' }).click();
  await waitForMail(page, subject);
  expect(await page.evaluate(() => Reflect.get(window, 'sameDocument'))).toBeUndefined();
});

import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import type { DovecotServer } from '../test/servers/start-dovecot';
import { expect, test } from './fixtures';

import { messageFrame, openMessage, reader, waitForMail } from './support/screen';

/** A web server of a sender who wants to know who reads when. */
async function startTracker({
  caPath,
}: DovecotServer): Promise<{ origin: string; hits: string[]; server: Server }> {
  const hits: string[] = [];
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  );
  const tls = { cert: readFileSync(caPath), key: readFileSync(join(dirname(caPath), 'key.pem')) };
  const server = createServer(tls, (request, response) => {
    hits.push(
      `${request.url} referrer ${request.headers.referer ?? 'none'} cookie ${request.headers.cookie ?? 'none'}`,
    );
    response
      .writeHead(200, { 'Content-Type': 'image/png', 'Set-Cookie': 'seen=1', 'Cache-Control': 'no-store' })
      .end(png);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, hits, server };
}

test('APP-083 remote pictures stay away until asked for once or always for the sender; attached ones always show', async ({
  app,
  server,
  user,
}) => {
  const tracker = await startTracker(server);
  const gif = 'R0lGODlhAQABAAAAACwAAAAAAQABAAA=';
  const html = (tag: string) =>
    `<p>Hello ${tag}</p><img src="${tracker.origin}/${tag}.png" alt="banner"><div style="background:url(${tracker.origin}/css.png)">x</div><link rel="stylesheet" href="${tracker.origin}/a.css"><img alt="inside" src="cid:logo">`;
  const related = (tag: string) =>
    [
      'From: Shop <shop@example.com>',
      'To: me@example.org',
      `Subject: Pictures ${tag}`,
      `Date: ${new Date().toUTCString()}`,
      `Message-ID: <${tag}-${user.name}@example.com>`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/related; boundary=rel',
      '',
      `--rel\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html(tag)}`,
      `--rel\r\nContent-Type: image/gif; name=logo.gif\r\nContent-ID: <logo>\r\nContent-Transfer-Encoding: base64\r\n\r\n${gif}`,
      '--rel--',
      '',
    ].join('\r\n');
  for (const tag of ['one', 'two', 'three']) await server.append(user, related(tag));
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;
  const blocked = reader(page).getByText(/pictures? not loaded/);
  const inside = () =>
    messageFrame(page)
      .getByAltText('inside')
      .evaluate((image) => (image as HTMLImageElement).naturalWidth);

  await waitForMail(page, 'Pictures one');
  await openMessage(page, 'Pictures one');
  await expect(messageFrame(page).getByText('Hello one')).toBeVisible();
  await expect(blocked).toBeVisible();
  await expect.poll(inside).toBe(1);
  expect(tracker.hits).toEqual([]);
  await reader(page).getByRole('button', { name: 'Show once' }).click();
  await expect(blocked).toHaveCount(0);
  // A background is a picture too; a style sheet is not.
  const background = '/css.png referrer none cookie none';
  const asked = () => tracker.hits.filter((hit) => hit !== background);
  await expect.poll(asked).toEqual(['/one.png referrer none cookie none']);

  await openMessage(page, 'Pictures two');
  await expect(messageFrame(page).getByText('Hello two')).toBeVisible();
  await expect(blocked).toBeVisible();
  expect(asked()).toHaveLength(1);
  await reader(page).getByRole('button', { name: 'Always for this sender' }).click();
  await expect.poll(() => asked().slice(1)).toEqual(['/two.png referrer none cookie none']);
  await openMessage(page, 'Pictures three');
  await expect.poll(() => asked().slice(2)).toEqual(['/three.png referrer none cookie none']);
  await expect(blocked).toHaveCount(0);

  await page.keyboard.press('Control+,');
  await expect(page.getByRole('dialog', { name: 'Settings' })).toContainText('shop@example.com');
  tracker.server.closeAllConnections();
  tracker.server.close();
});

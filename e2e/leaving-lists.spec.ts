import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { type DovecotServer, startDovecot } from '../test/servers/start-dovecot';
import { expect, test } from './fixtures';
import { letter } from './support/letters';
import { openMessage, reader, toasts, waitForMail } from './support/screen';

/** The list's web server has a certificate that the app's own process is told to trust. */
let certified: DovecotServer;
let list: { origin: string; requests: string[]; close(): void };
test.beforeAll(async () => {
  certified = await startDovecot();
  process.env.NODE_EXTRA_CA_CERTS = certified.caPath;
  const requests: string[] = [];
  const tls = {
    cert: readFileSync(certified.caPath),
    key: readFileSync(join(dirname(certified.caPath), 'key.pem')),
  };
  const web = createServer(tls, async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    requests.push(`${request.method} ${request.url} ${body} cookie ${request.headers.cookie ?? 'none'}`);
    const status = { '/leave': 200, '/away': 302 }[request.url ?? ''] ?? 500;
    response.writeHead(status, { Location: 'https://elsewhere.example/' }).end();
  });
  await new Promise<void>((resolve) => web.listen(0, resolve));
  const origin = `https://localhost:${(web.address() as AddressInfo).port}`;
  list = { origin, requests, close: () => void web.close() };
});
test.afterAll(async () => {
  delete process.env.NODE_EXTRA_CA_CERTS;
  list.close();
  await certified.stop();
});

const ONE_CLICK = 'List-Unsubscribe-Post: List-Unsubscribe=One-Click';
const PASSED = 'Authentication-Results: example.org; dkim=pass header.d=example.org';
const button = (page: Page) => reader(page).getByRole('button', { name: 'Unsubscribe' });

test('APP-093 one click leaves a list where the server vouches for it, else mail or the page after a warning; the end is shown and logged', async ({
  app,
  server,
  user,
}) => {
  const headers = {
    'Good news': [PASSED, ONE_CLICK, `List-Unsubscribe: <${list.origin}/leave>`],
    'Moved news': [PASSED, ONE_CLICK, `List-Unsubscribe: <${list.origin}/away>`],
    'Mail news': [
      ONE_CLICK,
      `List-Unsubscribe: <mailto:leave@lists.example?subject=go>, <${list.origin}/leave>`,
    ],
    'Page news': [ONE_CLICK, `List-Unsubscribe: <${list.origin}/leave>`],
  };
  for (const [subject, lines] of Object.entries(headers))
    await server.append(user, letter({ subject, headers: lines }));
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  const { page } = app;

  await waitForMail(page, 'Good news');
  await openMessage(page, 'Good news');
  await expect(button(page)).toBeVisible();
  expect(list.requests).toEqual([]);
  await button(page).click();
  await expect(reader(page).getByText('The list was told to take you off.')).toBeVisible();
  const asked = ['POST /leave List-Unsubscribe=One-Click cookie none'];
  expect(list.requests).toEqual(asked);

  await openMessage(page, 'Moved news');
  await page.keyboard.press('Control+u');
  await expect(toasts(page).getByText('The list did not confirm that you left it.')).toBeVisible();
  asked.push('POST /away List-Unsubscribe=One-Click cookie none');
  expect(list.requests).toEqual(asked);

  await openMessage(page, 'Mail news');
  await button(page).click();
  const byMail = page.getByRole('dialog', { name: 'Unsubscribe by mail' });
  await expect(byMail).toContainText('leave@lists.example');
  await expect(byMail).toContainText('go');
  await byMail.getByRole('button', { name: 'Cancel' }).click();

  await openMessage(page, 'Page news');
  await button(page).click();
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText(`${list.origin}/leave`);
  await expect(question).toContainText('Opening it tells the sender that your address is read.');
  await question.getByRole('button', { name: 'Cancel' }).click();
  expect(list.requests).toEqual(asked);

  const { rows } = await app.cliJson<{ rows: { kind: string; result: string }[] }>(['log', '--limit', '100']);
  expect(
    rows
      .filter(({ kind }) => kind === 'send')
      .map(({ result }) => result)
      .toSorted(),
  ).toEqual(['error', 'ok']);
});

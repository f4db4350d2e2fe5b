import { type Browser, chromium, expect, test } from '@playwright/test';
import { homeportJson, type RunningHost, serve } from '../test/integration/homeport-process';
import { newProfile, removeProfile } from './support/app-host';

let browser: Browser;
let profileDir = '';
let host: RunningHost;

test.beforeEach(async ({}, info) => {
  browser = await chromium.launch(info.project.use.launchOptions);
  profileDir = newProfile();
  host = await serve(profileDir);
});
test.afterEach(async () => {
  await browser.close();
  await host.stop();
  removeProfile(profileDir);
});

test('APP-392 a link opens one browser once and leaves no token behind; signing out everywhere ends every window', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(host.ready.ui);
  await expect(page.getByRole('textbox')).toBeVisible();
  expect(new URL(page.url()).hash).toBe('');
  expect(await page.evaluate(() => [document.cookie, JSON.stringify({ ...localStorage })])).toEqual([
    '',
    expect.not.stringContaining('token'),
  ]);
  const [cookie] = await context.cookies();
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });

  const { origin } = new URL(host.ready.ui);
  const session = (token: string) =>
    context.request
      .post(`${origin}/session`, { headers: { origin }, data: { token } })
      .then((answer) => answer.status());
  const used = new URLSearchParams(new URL(host.ready.ui).hash.slice(1)).get('token') ?? '';
  const { ui } = await homeportJson<{ ui: string }>(profileDir, ['link']);
  const fresh = new URLSearchParams(new URL(ui).hash.slice(1)).get('token') ?? '';
  expect(await session(used)).toBe(401);
  expect(await session(`${fresh}x`)).toBe(401);
  expect(await session(fresh)).toBe(204);

  const stranger = await browser.newContext();
  const other = await stranger.newPage();
  await other.goto(origin);
  await expect(other.getByRole('textbox')).toHaveCount(0);
  await page.evaluate(async () => {
    const socket = new WebSocket('/rpc');
    await new Promise((resolve) => socket.addEventListener('open', resolve));
    const closed = new Promise((resolve) => socket.addEventListener('close', resolve));
    socket.send(JSON.stringify({ id: 1, method: 'session.signOutEverywhere', input: {} }));
    await closed;
  });
  expect((await context.request.get(`${origin}/session`)).status()).toBe(401);
});

test('APP-399 every answer carries the security headers, and the page is isolated from other origins', async () => {
  const page = await browser.newPage();
  const answers: Promise<[string, Record<string, string>]>[] = [];
  page.on('response', (response) =>
    answers.push(response.allHeaders().then((headers) => [response.url(), headers])),
  );
  await page.goto(host.ready.ui);
  await expect(page.getByRole('textbox')).toBeVisible();
  expect(answers.length).toBeGreaterThan(3);
  for (const [url, headers] of await Promise.all(answers)) {
    expect(headers['content-security-policy'], url).toContain("default-src 'none'");
    expect(headers, url).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  }
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});

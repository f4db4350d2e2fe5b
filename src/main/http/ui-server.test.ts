import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Reply } from '../../shared/contract/bridge';
import type { HostEvent } from '../../shared/contract/events';
import { createSystemClock } from '../../sync/ports/system-clock';
import { createContentService } from '../content/content-service';
import { createAccess } from './access';
import { createPasswordGate } from './password-gate';
import { planSite, type SiteRequest } from './site';
import { startUiServer, type UiServer } from './ui-server';

let dir = '';
const closing: (() => unknown)[] = [];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'homeport-ui-'));
  mkdirSync(join(dir, 'renderer/assets'), { recursive: true });
  writeFileSync(join(dir, 'renderer/index.html'), '<!doctype html><title>Homeport</title>');
  writeFileSync(join(dir, 'renderer/assets/app.js'), '');
  writeFileSync(join(dir, 'secret.txt'), 'not for you');
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  rmSync(dir, { recursive: true, force: true });
});

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const LOCAL: SiteRequest = {
  host: '127.0.0.1',
  hasTls: false,
  hasPassword: false,
  publicUrl: null,
  trustedProxies: [],
};

async function start(over: Partial<SiteRequest> = {}, password: string | null = null) {
  const clock = createSystemClock();
  const access = createAccess(clock);
  const site = planSite({ ...LOCAL, ...over });
  if (!site.ok) throw new Error(site.failure.message);
  const listeners = new Set<(event: HostEvent) => void>();
  const asked: string[] = [];
  const content = createContentService({
    clock,
    content: async () => ({
      ok: true,
      value: { bytes: Buffer.from('<b>hi'), mediaType: 'text/html', filename: 'x.html' },
    }),
    readViewerScript: async () => 'viewer()',
  });
  const server = await startUiServer({
    site: site.value,
    port: 0,
    tls: null,
    access,
    password: password === null ? null : createPasswordGate(clock, password),
    content,
    rendererDir: join(dir, 'renderer'),
    withUi: true,
    call: async (method): Promise<Reply> => {
      asked.push(method);
      return { ok: true, value: method };
    },
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    logger: silent,
  });
  closing.push(server.close);
  return {
    server,
    access,
    asked,
    content,
    tell: (event: HostEvent) => [...listeners].forEach((listener) => void listener(event)),
  };
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Plain HTTP, because fetch sets Host and Origin itself. */
function ask(
  port: number,
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
) {
  return new Promise<Answer>((resolve, reject) => {
    const request = httpRequest(
      { host: '127.0.0.1', port, path, method: options.method ?? 'GET', headers: options.headers ?? {} },
      (response) => {
        let body = '';
        response.on('data', (chunk) => {
          body += String(chunk);
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      },
    );
    request.on('error', reject);
    request.end(options.body);
  });
}

/** Bytes as they are, and all that is answered until the connection ends. */
function sayTo(port: number, words: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(words));
    let said = '';
    socket.on('data', (data) => {
      said += String(data);
      if (said.includes('\r\n\r\n')) socket.destroy();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(said));
  });
}

const exchange = (server: UiServer, token: string, headers: Record<string, string> = {}) =>
  ask(server.port, '/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: `http://127.0.0.1:${server.port}`, ...headers },
    body: JSON.stringify({ token }),
  });

async function signIn(server: UiServer, token: string): Promise<string> {
  const [cookie = ''] = (await exchange(server, token)).headers['set-cookie'] ?? [];
  return cookie.split(';')[0] ?? '';
}

function openSocket(port: number, headers: Record<string, string>): Promise<WebSocket | number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, { headers });
    socket.once('open', () => resolve(socket));
    socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.once('error', () => resolve(0));
    closing.push(() => socket.terminate());
  });
}

test('a link opens one session, once, with a cookie that scripts and other sites do not get', async () => {
  const { server, access } = await start();
  const token = access.createLink();
  expect((await ask(server.port, '/session')).status).toBe(401);
  const answer = await exchange(server, token);
  expect(answer.status).toBe(204);
  expect(answer.headers['set-cookie']?.[0]).toMatch(
    /^homeport-\d+=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/,
  );
  expect((await exchange(server, token)).status).toBe(401);
  expect((await exchange(server, 'guess')).status).toBe(401);
  const cookie = answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  expect((await ask(server.port, '/session', { headers: { cookie } })).status).toBe(204);
});

test('the socket carries calls and events to several windows, and ends with "sign out everywhere"', async () => {
  const { server, access, tell } = await start();
  const cookie = await signIn(server, access.createLink());
  const origin = `http://127.0.0.1:${server.port}`;
  const sockets = (await Promise.all([
    openSocket(server.port, { cookie, origin }),
    openSocket(server.port, { cookie, origin }),
  ])) as WebSocket[];
  const heard: unknown[][] = [[], []];
  sockets.forEach(
    (socket, i) => void socket.on('message', (data) => heard[i]?.push(JSON.parse(String(data)))),
  );
  sockets[0]?.send(JSON.stringify({ id: 1, method: 'status.get', input: {} }));
  await expect.poll(() => heard[0]).toEqual([{ id: 1, reply: { ok: true, value: 'status.get' } }]);
  tell({ kind: 'engine', state: 'running' });
  await expect.poll(() => heard[1]).toEqual([{ event: { kind: 'engine', state: 'running' } }]);

  const closed = Promise.all(
    sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve))),
  );
  expect(access.endAll()).toBe(1);
  await closed;
  expect(await openSocket(server.port, { cookie, origin })).toBe(401);
});

test('APP-393 rebound names, foreign origins, cross-site sockets and changes by GET are refused', async () => {
  const { server, access, asked } = await start();
  const { port } = server;
  const origin = `http://127.0.0.1:${port}`;
  const token = access.createLink();
  for (const host of [
    'evil.example',
    `evil.example:${port}`,
    '127.0.0.1',
    `127.0.0.1:${port + 1}`,
    `localhost.evil.example:${port}`,
  ]) {
    for (const path of ['/', '/healthz', '/session', '/content/00', '/viewer/00']) {
      expect([host, path, (await ask(port, path, { headers: { host } })).status]).toEqual([host, path, 421]);
    }
  }
  for (const headers of [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: `http://localhost:${port}` },
    { origin: `https://127.0.0.1:${port}` },
  ]) {
    expect((await exchange(server, token, headers)).status).toBe(403);
    expect((await ask(port, '/', { headers })).status).toBe(403);
  }
  const withoutOrigin = await ask(port, '/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  expect(withoutOrigin.status).toBe(403);
  const form = await exchange(server, token, { 'content-type': 'text/plain' });
  expect(form.status).toBe(415);
  expect(
    (
      await ask(port, '/content/00', {
        headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
      })
    ).status,
  ).toBe(403);
  expect(
    (await ask(port, '/', { headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' } }))
      .status,
  ).toBe(403);

  const cookie = await signIn(server, token);
  expect(cookie).not.toBe('');
  expect(await openSocket(port, { cookie, origin: 'https://evil.example' })).toBe(403);
  expect(await openSocket(port, { cookie })).toBe(403);
  expect(await openSocket(port, { cookie, origin, host: `evil.example:${port}` })).toBe(421);
  expect(await openSocket(port, { origin })).toBe(401);
  expect(await openSocket(port, { origin, cookie: cookie.replace(/=.*/, '=guess') })).toBe(401);

  // Nothing but the socket calls methods, and GET neither opens nor ends a session.
  for (const path of ['/rpc', '/session', '/call/status.get', '/'])
    await ask(port, path, { headers: { cookie } });
  expect((await ask(port, '/session', { method: 'DELETE', headers: { cookie, origin } })).status).toBe(405);
  expect((await ask(port, '/session', { headers: { cookie } })).status).toBe(204);
  expect(asked).toEqual([]);
});

test('CLI-012 healthz answers without a token and says nothing else', async () => {
  const { server } = await start();
  const answer = await ask(server.port, '/healthz');
  expect([answer.status, answer.body]).toEqual([200, '{"ok":true}']);
});

test('every answer carries the security headers', async () => {
  const { server } = await start();
  for (const path of ['/', '/assets/app.js', '/nothing', '/session', '/healthz']) {
    const { headers } = await ask(server.port, path);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  }
  // Also the answers to what is no request of a browser.
  const origin = `Host: 127.0.0.1:${server.port}`;
  for (const [request, status] of [
    ['GET / HTTP/1.1', 421],
    [`GET / HTTP/1.1\r\n${origin}\r\nHost: evil.example`, 421],
    ['GET / HTTP/1.1\r\nHost: evil.example', 421],
    ['nothing at all', 400],
    [`GET /rpc HTTP/1.1\r\n${origin}\r\nConnection: Upgrade\r\nUpgrade: websocket`, 403],
  ] as const) {
    const said = await sayTo(server.port, `${request}\r\n\r\n`);
    expect([request, said]).toEqual([request, expect.stringMatching(new RegExp(`^HTTP/1\\.1 ${status} `))]);
    expect(said).toMatch(/\r\ncontent-security-policy: default-src 'none'/i);
    expect(said).toMatch(/\r\nx-content-type-options: nosniff/i);
  }
});

test.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/assets/../../secret.txt',
  '//secret.txt',
  '/.hidden',
  '/assets',
  '/index.html%00.js',
  '/a\\..\\secret.txt',
])('the path %s reaches no file', async (path) => {
  const { server } = await start();
  expect((await ask(server.port, path)).status).toBe(404);
});

test('bytes and message frames need the session; they come with no rights, frames only once', async () => {
  const { server, access, content } = await start();
  const cookie = await signIn(server, access.createLink());
  const handle = content.createContent({
    messageId: 1 as never,
    part: { kind: 'source' },
    disposition: 'inline',
  });
  expect((await ask(server.port, `/content/${handle}`)).status).toBe(401);
  const bytes = await ask(server.port, `/content/${handle}`, { headers: { cookie } });
  expect(bytes.headers).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    'content-length': String(Buffer.byteLength(bytes.body)),
  });
  expect(bytes.headers).not.toHaveProperty('transfer-encoding');
  const viewer = content.createViewer('blocked');
  const frame = await ask(server.port, `/viewer/${viewer}`, { headers: { cookie } });
  expect(frame.headers['content-security-policy']).toMatch(/^sandbox allow-scripts; default-src 'none'/);
  expect(frame.headers['content-security-policy']).toContain(
    `frame-ancestors http://127.0.0.1:${server.port}`,
  );
  expect((await ask(server.port, `/viewer/${viewer}`, { headers: { cookie } })).status).toBe(404);
  content.clear();
  expect((await ask(server.port, `/content/${handle}`, { headers: { cookie } })).status).toBe(404);
});

test('APP-398 behind a proxy with a path prefix; forwarded headers count only from it', async () => {
  const proxy = createServer();
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const proxyPort = (proxy.address() as AddressInfo).port;
  closing.push(() => proxy.close());
  const publicUrl = `http://127.0.0.1:${proxyPort}/mail`;
  const { server, access } = await start({ publicUrl, trustedProxies: ['127.0.0.1'] });
  expect(server.url).toBe(publicUrl);
  let strips = false;
  proxy.on('request', (request, response) => {
    const path = strips ? (request.url ?? '').replace(/^\/mail/, '') : (request.url ?? '');
    const headers = {
      ...request.headers,
      host: 'inner',
      'x-forwarded-host': request.headers.host ?? '',
      'x-forwarded-proto': 'http',
    };
    request.pipe(
      httpRequest(
        { host: '127.0.0.1', port: server.port, path, method: request.method, headers },
        (inner) => {
          response.writeHead(inner.statusCode ?? 500, inner.headers);
          inner.pipe(response);
        },
      ),
    );
  });
  for (strips of [false, true]) {
    expect((await ask(proxyPort, '/mail/')).body).toContain('Homeport');
    const answer = await ask(proxyPort, '/mail/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: `http://127.0.0.1:${proxyPort}` },
      body: JSON.stringify({ token: access.createLink() }),
    });
    expect(answer.status).toBe(204);
    expect(answer.headers['set-cookie']?.[0]).toContain('Path=/mail/;');
  }

  const distrusting = await start({ publicUrl, trustedProxies: ['192.0.2.1'] });
  const forged = { host: 'inner', 'x-forwarded-host': `127.0.0.1:${proxyPort}`, 'x-forwarded-proto': 'http' };
  expect((await ask(distrusting.server.port, '/mail/', { headers: forged })).status).toBe(421);
  const ignored = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
  expect((await ask(distrusting.server.port, '/', { headers: ignored })).status).toBe(200);
});

test('a proxy that keeps the host and names scheme and client is enough; each client has its own tries', async () => {
  const publicUrl = 'https://mail.example.org/mail';
  const site = { publicUrl, trustedProxies: ['127.0.0.1'], hasPassword: true };
  const { server } = await start(site, 'let me in');
  const forwarded = (client: string) => ({
    host: 'mail.example.org',
    'x-forwarded-proto': 'https',
    'x-forwarded-for': `203.0.113.99, ${client}`,
    origin: 'https://mail.example.org',
    'content-type': 'application/x-www-form-urlencoded',
  });
  const sign = async (client: string, password: string) => {
    const body = `password=${password}`;
    return ask(server.port, '/mail/login', { method: 'POST', headers: forwarded(client), body });
  };
  for (let attempt = 0; attempt < 10; attempt += 1)
    expect((await sign('198.51.100.1', 'x')).status).toBe(401);
  expect((await sign('198.51.100.1', 'let+me+in')).status).toBe(429);
  const right = await sign('198.51.100.2', 'let+me+in');
  expect([right.status, right.headers.location]).toEqual([303, '/mail/']);
  expect(right.headers['set-cookie']?.[0]).toMatch(/^__Secure-.*Path=\/mail\/.*; Secure/);
});

test('people elsewhere sign in with the password, a few times a minute', async () => {
  const { server } = await start({ hasPassword: true }, 'let me in');
  const origin = `http://127.0.0.1:${server.port}`;
  const headers = { origin, 'content-type': 'application/x-www-form-urlencoded' };
  const page = await ask(server.port, '/login');
  expect(page.headers['content-security-policy']).toMatch(/form-action 'self'/);
  const right = await ask(server.port, '/login', { method: 'POST', headers, body: 'password=let+me+in' });
  expect([right.status, right.headers.location]).toEqual([303, '/']);
  expect(right.headers['set-cookie']?.[0]).toContain('HttpOnly');
  for (let attempt = 0; attempt < 10; attempt += 1) {
    expect((await ask(server.port, '/login', { method: 'POST', headers, body: 'password=x' })).status).toBe(
      401,
    );
  }
  expect(
    (await ask(server.port, '/login', { method: 'POST', headers, body: 'password=let+me+in' })).status,
  ).toBe(429);
});

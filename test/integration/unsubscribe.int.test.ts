import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createSystemHttp } from '../../src/sync/ports/system-http';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { startEngine, stopEngines, until } from './engine-support';

let server: DovecotServer;
let list: Awaited<ReturnType<typeof startListServer>>;
beforeAll(async () => {
  server = await startDovecot();
  list = await startListServer(server.caPath);
});
afterAll(async () => {
  await list.close();
  await server.stop();
});
afterEach(stopEngines);

/** The web server of a list: `/ok`, `/away` (to another host), `/no` and `/never`. */
async function startListServer(caPath: string) {
  const requests: { line: string; headers: IncomingMessage['headers']; body: string }[] = [];
  const tls = { cert: readFileSync(caPath), key: readFileSync(join(dirname(caPath), 'key.pem')) };
  const web = createServer(tls, async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    requests.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
    if (request.url === '/never') return;
    const status = { '/ok': 200, '/away': 307 }[request.url ?? ''] ?? 500;
    const elsewhere = { Location: `https://127.0.0.1:${port}/ok`, 'Set-Cookie': 'seen=1; Secure' };
    response.writeHead(status, elsewhere).end('x'.repeat(100_000));
  });
  await new Promise<void>((resolve) => web.listen(0, resolve));
  const { port } = web.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      web.closeAllConnections();
      web.close(() => resolve());
    });
  return { requests, port, origin: `https://localhost:${port}`, close };
}

function fromList(subject: string, url: string, more: readonly string[]): string {
  return [
    ...more,
    'From: News <news@lists.example>',
    'To: me@example.org',
    `Subject: ${subject}`,
    'Date: Fri, 20 Nov 2026 10:00:00 +0100',
    `Message-ID: <${subject.replace(/\W/g, '')}@lists.example>`,
    `List-Unsubscribe: <mailto:leave@lists.example>, <${url}>`,
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    '',
    'News.',
    '',
  ].join('\r\n');
}

test('a list is left by one POST that carries nothing of us, and only when our server vouches for the message', async () => {
  const user = await server.addUser();
  const passed = ['Authentication-Results: example.org; dkim=pass header.d=lists.example'];
  const forged = ['Authentication-Results: mx.evil.example; dkim=pass header.d=lists.example'];
  const mails = [
    ['good', `${list.origin}/ok`, passed],
    ['redirected', `${list.origin}/away`, passed],
    ['refused', `${list.origin}/no`, passed],
    ['plain', `http://localhost:${list.port}/ok`, passed],
    ['forged', `${list.origin}/ok`, forged],
    ['unchecked', `${list.origin}/ok`, []],
  ] as const;
  for (const [subject, url, more] of mails) await server.append(user, fromList(subject, url, more));
  const engine = await startEngine(undefined, createSystemHttp({ ca: readFileSync(server.caPath, 'utf8') }));
  await engine.addImap(user, server.imapPort);
  await until('the mail is here', async () => (await engine.messages()).length === mails.length);
  const leave = async (subject: string) => {
    const { id } = await engine.message(subject);
    const outcome = await engine.attempt('messages.unsubscribe', { messageId: id });
    return outcome.ok
      ? 'left'
      : [outcome.failure.kind, ...('code' in outcome.failure ? [outcome.failure.code] : [])];
  };

  for (const subject of ['plain', 'forged', 'unchecked']) expect(await leave(subject)).toEqual(['invalid']);
  expect(list.requests).toEqual([]);

  expect(await leave('good')).toBe('left');
  expect(list.requests).toEqual([
    {
      line: 'POST /ok',
      body: 'List-Unsubscribe=One-Click',
      headers: {
        host: `localhost:${list.port}`,
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': '26',
        connection: 'close',
      },
    },
  ]);
  expect(await leave('redirected')).toEqual(['rejected', '307']);
  expect(await leave('refused')).toEqual(['rejected', '500']);
  expect(list.requests.map(({ line, headers }) => [line, headers.cookie])).toEqual([
    ['POST /ok', undefined],
    ['POST /away', undefined],
    ['POST /no', undefined],
  ]);

  const log = await engine.call('syncLog.list', { accountId: null, afterId: 0, limit: 1000 });
  const told = log
    .filter(({ kind }) => kind === 'send')
    .map(({ result, failure }) => [result, failure?.kind]);
  expect(told.toSorted()).toEqual([
    ['error', 'rejected'],
    ['error', 'rejected'],
    ['ok', undefined],
  ]);
});

test('a web server that is silent, unknown or of another certificate is a failure in words', async () => {
  const post = (url: string, ca?: string) =>
    createSystemHttp(ca === undefined ? {} : { ca }).post({
      url,
      contentType: 'text/plain',
      body: 'x',
      timeoutMs: 700,
    });
  const kind = async (...parameters: Parameters<typeof post>) => {
    const outcome = await post(...parameters);
    return outcome.ok ? outcome.value.status : outcome.failure.kind;
  };
  const ca = readFileSync(server.caPath, 'utf8');
  expect(await kind(`${list.origin}/ok`, ca)).toBe(200);
  expect(await kind(`${list.origin}/ok`)).toBe('tls');
  expect(await kind(`${list.origin}/never`, ca)).toBe('offline');
  expect(await kind('https://127.0.0.1:9/', ca)).toBe('refused');
  expect(await kind(`http://localhost:${list.port}/ok`, ca)).toBe('invalid');
});

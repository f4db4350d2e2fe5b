import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { probeImapServer } from '../../src/sync/connectors/imap/probe-server';
import { startFlakyProxy } from '../servers/flaky-proxy';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { connectTo, must, never, plainAccount, testPorts, tlsAccount } from './imap-support';

let server: DovecotServer;
let fingerprint: string;
beforeAll(async () => {
  server = await startDovecot();
  fingerprint = new X509Certificate(readFileSync(server.caPath)).fingerprint256;
});
afterAll(async () => {
  await server.stop();
});

test('TLS and STARTTLS with the certificate of the user work', async () => {
  const user = await server.addUser();
  const implicit = tlsAccount(server, user);
  const starttls = {
    ...implicit,
    server: { ...implicit.server, port: server.imapPort, security: 'starttls' as const },
  };
  for (const account of [implicit, starttls]) {
    const connector = connectTo(account);
    expect(must(await connector.connect('interactive', never)).idle).toBe(true);
    await connector.close();
  }
});

test('SYNC-010 an unknown certificate is a hard error with its facts, and only its exact pin is an exception', async () => {
  const user = await server.addUser();
  const account = tlsAccount(server, user, { caPem: null });
  const pin = { host: 'localhost', port: server.imapsPort, fingerprint };
  const refusing = [
    account,
    {
      ...account,
      pinned: [
        {
          ...pin,
          fingerprint: createHash('sha256')
            .update('x')
            .digest('hex')
            .toUpperCase()
            .replace(/..(?=.)/g, '$&:'),
        },
      ],
    },
    { ...account, pinned: [{ ...pin, port: 993 }] },
    { ...account, pinned: [{ ...pin, host: 'other.example' }] },
  ];
  for (const settings of refusing) {
    const connector = connectTo(settings);
    const outcome = await connector.connect('interactive', never);
    expect(outcome).toMatchObject({
      ok: false,
      failure: {
        kind: 'tls',
        certificate: { host: 'localhost', port: server.imapsPort, fingerprint, subject: 'localhost' },
      },
    });
    await connector.close();
  }
  const starttls = { ...account.server, port: server.imapPort, security: 'starttls' as const };
  for (const settings of [
    { ...account, pinned: [pin] },
    { ...account, server: starttls, pinned: [{ ...pin, port: server.imapPort }] },
  ]) {
    const connector = connectTo(settings);
    must(await connector.connect('interactive', never));
    await connector.close();
  }
});

test('a certificate for another name is refused even when its authority is trusted', async () => {
  const user = await server.addUser();
  const account = tlsAccount(server, user);
  // The certificate names localhost and 127.0.0.1; this is the same server under another address.
  const elsewhere = createServer((socket) => {
    const upstream = connect(server.imapsPort, '127.0.0.1');
    for (const end of [socket, upstream]) end.on('error', () => undefined);
    socket.pipe(upstream).pipe(socket);
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.2', resolve));
  const { port } = elsewhere.address() as AddressInfo;
  const connector = connectTo({ ...account, server: { ...account.server, host: '127.0.0.2', port } });
  expect(await connector.connect('interactive', never)).toMatchObject({
    ok: false,
    failure: { kind: 'tls', serverText: 'ERR_TLS_CERT_ALTNAME_INVALID', certificate: { fingerprint } },
  });
  await connector.close();
  elsewhere.close();
});

test('no byte of the login is written to a server whose certificate was refused', async () => {
  const user = await server.addUser();
  const proxy = await startFlakyProxy(server.imapPort);
  const account = tlsAccount(server, user, { caPem: null });
  const connector = connectTo({
    ...account,
    server: { ...account.server, port: proxy.port, security: 'starttls' },
  });
  expect(await connector.connect('interactive', never)).toMatchObject({
    ok: false,
    failure: { kind: 'tls' },
  });
  const clear = proxy.lines
    .filter(({ from }) => from === 'client')
    .map(({ line }) => line.replace(/^\w+ /, ''));
  expect(clear[0]).toBe('STARTTLS');
  expect(clear.slice(1).join()).not.toMatch(/AUTHENTICATE|LOGIN/);
  await connector.close();
  await proxy.close();
});

test('a password is never sent in the clear to another machine', async () => {
  const user = await server.addUser();
  const account = plainAccount(server, user);
  const connector = connectTo({ ...account, server: { ...account.server, host: 'mail.example.org' } });
  expect(await connector.connect('interactive', never)).toMatchObject({
    ok: false,
    failure: { kind: 'tls' },
  });
  await connector.close();
});

test('the server learns name and version, and a wrong password is told with the words of the server', async () => {
  const user = await server.addUser();
  const proxy = await startFlakyProxy(server.imapPort);
  const good = connectTo(plainAccount(server, user, { port: proxy.port }));
  must(await good.connect('interactive', never));
  expect(
    proxy.lines.some(({ from, line }) => from === 'client' && /ID \(.*"Homeport".*"0\.0\.0"/.test(line)),
  ).toBe(true);
  await good.close();
  await proxy.close();
  const bad = connectTo(plainAccount(server, user, { secret: async () => 'wrong' }));
  expect(await bad.connect('interactive', never)).toMatchObject({
    ok: false,
    failure: {
      kind: 'auth',
      reason: 'wrong-password',
      serverText: expect.stringMatching(/Authentication failed/),
    },
  });
  await bad.close();
});

async function talkingServer(greeting: string): Promise<{ server: Server; port: number }> {
  const talking = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write(greeting);
  });
  await new Promise<void>((resolve) => talking.listen(0, '127.0.0.1', resolve));
  return { server: talking, port: (talking.address() as AddressInfo).port };
}

test('the connection test names every step and the first that fails', async () => {
  const user = await server.addUser();
  const account = tlsAccount(server, user);
  const ok = await probeImapServer(account, user.password, testPorts)(never);
  expect(ok.verdict).toBe('ok');
  expect(ok.steps.map(({ step }) => step)).toEqual([
    'dns',
    'connect',
    'tls',
    'greeting',
    'login',
    'capabilities',
    'mailboxes',
  ]);

  const wrong = await probeImapServer(account, 'wrong', testPorts)(never);
  expect(wrong.verdict).toBe('wrong-password');
  expect(wrong.steps.at(-1)).toMatchObject({ step: 'login', ok: false });

  const untrusted = await probeImapServer({ ...account, caPem: null }, user.password, testPorts)(never);
  expect(untrusted.verdict).toBe('tls-failed');
  expect(untrusted.steps.at(-1)?.failure?.certificate?.fingerprint).toBe(fingerprint);

  const unknown = { ...account, server: { ...account.server, host: 'no-such-host.invalid' } };
  const unreachable = await probeImapServer(unknown, 'x', testPorts)(never);
  expect(unreachable.verdict).toBe('unreachable');
  expect(unreachable.steps.at(-1)).toMatchObject({ step: 'dns', ok: false });

  const smtp = await talkingServer('220 mail.example.org ESMTP\r\n');
  const plain = plainAccount(server, user, { port: smtp.port });
  const other = await probeImapServer(plain, 'x', testPorts)(never);
  expect(other.verdict).toBe('not-a-mail-server');
  expect(other.steps.at(-1)).toMatchObject({
    step: 'greeting',
    failure: { serverText: '220 mail.example.org ESMTP' },
  });
  smtp.server.close();

  const closed = await probeImapServer(
    { ...plain, server: { ...plain.server, port: 1 } },
    'x',
    testPorts,
  )(never);
  expect(closed.verdict).toBe('unreachable');
  expect(closed.steps.at(-1)).toMatchObject({ step: 'connect', ok: false });

  const clear = await talkingServer('* OK IMAP4rev1 ready\r\n');
  const notTls = await probeImapServer(
    { ...account, server: { ...account.server, port: clear.port } },
    'x',
    testPorts,
  )(never);
  expect(notTls.verdict).toBe('tls-failed');
  clear.server.close();
});

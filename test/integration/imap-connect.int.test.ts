import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { connectAccount } from '../../src/renderer/setup/connect-account';
import { byHand, guessAgain } from '../../src/renderer/setup/guess-server';
import { setCallBridge } from '../../src/renderer/transport/call';
import type { Reply } from '../../src/shared/contract/bridge';
import type { ImapServer } from '../../src/shared/contract/methods';
import { probeImapServer } from '../../src/sync/connectors/imap/probe-server';
import { startFlakyProxy } from '../servers/flaky-proxy';
import { freePort } from '../servers/free-port';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { startEngine, stopEngines } from './engine-support';
import { connectTo, must, never, plainAccount, testPorts, tlsAccount } from './imap-support';

let server: DovecotServer;
let fingerprint: string;
beforeAll(async () => {
  server = await startDovecot();
  fingerprint = new X509Certificate(readFileSync(server.caPath)).fingerprint256;
});
afterEach(stopEngines);
const SETTINGS = {
  email: 'ann@example.org',
  name: 'Ann',
  caPem: null,
  auth: 'password' as const,
  pinned: [],
};
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

test('SYNC-008 TLS is tried before STARTTLS where the port is a guess', async () => {
  const user = await server.addUser();
  const closed = await freePort();
  const tried: string[] = [];
  /** The ports of the wide world, on this machine. */
  let ports: Readonly<Record<number, number>> = {};
  const account = tlsAccount(server, user);
  setCallBridge({
    call: async (method, input): Promise<Reply> => {
      if (method === 'vault.put') return { ok: true, value: { secretRef: 'handle' } };
      if (method === 'accounts.addImap') return { ok: true, value: { accountId: 1 } };
      if (method !== 'accounts.probe') return { ok: true, value: null };
      const { imap } = input as { imap: ImapServer };
      tried.push(`${imap.security} ${imap.port}`);
      const place = { ...imap, host: 'localhost', port: ports[imap.port] ?? closed };
      const value = await probeImapServer({ ...account, server: place }, user.password, testPorts)(never);
      return { ok: true, value };
    },
  });
  const guess = byHand(user.name, 'harbour.example');
  const draft = {
    email: 'a@harbour.example',
    name: '',
    caPem: null,
    pinned: [],
    submission: null,
    password: user.password,
  };
  const connect = () => connectAccount({ ...draft, server: guess.imap, otherwise: guessAgain(guess) });

  ports = { 993: server.imapsPort, 143: server.imapPort };
  expect((await connect()).kind).toBe('added');
  expect(tried.splice(0)).toEqual(['tls 993']);
  ports = { 143: server.imapPort };
  expect((await connect()).kind).toBe('added');
  expect(tried.splice(0)).toEqual(['tls 993', 'starttls 143']);
  ports = {};
  expect(await connect()).toMatchObject({ kind: 'refused', probe: { verdict: 'unreachable' } });
  expect(tried.splice(0)).toEqual(['tls 993', 'starttls 143']);
  // A server that answers and cannot do it is no reason to try something weaker.
  ports = { 993: server.imapPort, 143: server.imapPort };
  expect(await connect()).toMatchObject({ kind: 'refused', probe: { verdict: 'tls-failed' } });
  expect(tried.splice(0)).toEqual(['tls 993']);
  expect(guessAgain({ ...guess, source: 'provider' })).toBeNull();
});

test('SYNC-008 a password travels in the clear to this machine only, or where the person allowed it', async () => {
  const user = await server.addUser();
  const account = plainAccount(server, user);
  // Such a host is not even asked.
  const elsewhere = { ...account.server, host: 'mail.example.org' };
  const refused = connectTo({ ...account, server: elsewhere });
  expect(await refused.connect('interactive', never)).toMatchObject({ ok: false, failure: { kind: 'tls' } });
  await refused.close();
  // This machine under an address that does not look like it.
  const distant = { ...account.server, host: '0.0.0.0' };
  for (const [allowPlaintext, allowed] of [
    [undefined, false],
    [false, false],
    [true, true],
  ] as const) {
    const exception = allowPlaintext === undefined ? {} : { allowPlaintext };
    const connector = connectTo({ ...account, server: { ...distant, ...exception } });
    expect((await connector.connect('interactive', never)).ok).toBe(allowed);
    await connector.close();
    const engine = await startEngine();
    const input = { ...SETTINGS, imap: { ...distant, ...exception } };
    const secretRef = 'secret-1';
    engine.vault.set(secretRef, user.password);
    const probed = await engine.attempt('accounts.probe', { ...input, secretRef });
    expect(probed).toMatchObject(allowed ? { value: { verdict: 'ok' } } : { failure: { kind: 'invalid' } });
    expect((await engine.attempt('accounts.addImap', { ...input, secretRef })).ok).toBe(allowed);
    if (allowed) expect((await engine.sync())[0]?.result).toBe('ok');
    await engine.stop();
  }
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

test('the connection test does not ask how full the mailboxes are: a server may have to read them all for that', async () => {
  const user = await server.addUser();
  const proxy = await startFlakyProxy(server.imapPort);
  try {
    const account = plainAccount(server, user, { port: proxy.port });
    const probed = await probeImapServer(account, user.password, testPorts)(never);
    expect(probed).toMatchObject({ verdict: 'ok' });
    expect(probed.steps.at(-1)).toMatchObject({ step: 'mailboxes', detail: '6 folders' });
    const asked = proxy.lines.filter(({ from }) => from === 'client').map(({ line }) => line);
    expect(asked).toContainEqual(expect.stringMatching(/ LIST "" "\*"/));
    expect(asked).not.toContainEqual(expect.stringMatching(/STATUS|SELECT|EXAMINE/));
  } finally {
    await proxy.close();
  }
});

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

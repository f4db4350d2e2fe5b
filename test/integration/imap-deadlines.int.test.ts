/** Nothing waits for a server for ever (SYNC-125). */
import { type ChildProcess, spawn } from 'node:child_process';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { createImapConnector } from '../../src/sync/connectors/imap/imap-connector';
import { createFakeClock } from '../fakes/fake-clock';
import { OPENED, ROW, start, until } from './imap-scripted-support';
import { must, never, pullAll, testPorts } from './imap-support';

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

/** Listens and never accepts, with a full queue: who connects gets no answer at all. */
async function startDeafPort(): Promise<number> {
  const script =
    'import socket,sys\ns=socket.socket()\ns.bind(("127.0.0.1",0))\ns.listen(0)\nprint(s.getsockname()[1],flush=True)\nsys.stdin.read()';
  const child: ChildProcess = spawn('python3', ['-c', script], { stdio: ['pipe', 'pipe', 'ignore'] });
  const port = await new Promise<number>((resolve) => {
    child.stdout?.once('data', (data) => resolve(Number(String(data))));
  });
  const fillers: Socket[] = [];
  for (let at = 0; at < 3; at++) fillers.push(connect(port, '127.0.0.1').on('error', () => undefined));
  await delay(200);
  opened.push({
    close: () => {
      for (const filler of fillers) filler.destroy();
      child.stdin?.end();
    },
  });
  return port;
}

/** Takes connections and says nothing. */
async function startMute(): Promise<number> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => sockets.add(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push({
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
  return (server.address() as AddressInfo).port;
}

test('SYNC-125 a connect, a greeting and a TLS handshake that never end are given up after 15 s each', async () => {
  const took = async (port: number, security: 'none' | 'tls') => {
    const connector = createImapConnector(
      {
        server: { host: '127.0.0.1', port, security, user: 'ann' },
        caPem: null,
        pinned: [],
        auth: 'password',
        secret: async () => 'secret',
      },
      testPorts,
    );
    opened.push(connector);
    const startedAt = performance.now();
    expect(await connector.connect('interactive', never)).toMatchObject({
      ok: false,
      failure: { kind: 'offline' },
    });
    return (performance.now() - startedAt) / 1_000;
  };
  const seconds = await Promise.all([
    took(await startDeafPort(), 'none'),
    took(await startMute(), 'none'),
    took(await startMute(), 'tls'),
  ]);
  for (const each of seconds) {
    expect(each).toBeGreaterThan(14.5);
    expect(each).toBeLessThan(18);
  }
});

test.each(['CAPABILITY', 'LOGIN', 'ID', 'NAMESPACE', 'ENABLE'])(
  'SYNC-125 a login that stands still has a deadline: %s',
  async (stage) => {
    const clock = createFakeClock();
    const { connector, server } = await start((command) => (command.startsWith(stage) ? null : undefined), {
      clock,
      greeting: '* OK ready\r\n',
      capabilities: 'IMAP4rev1 ID NAMESPACE ENABLE CONDSTORE',
    });
    let outcome: unknown = null;
    const connecting = connector.connect('interactive', never).then((result) => {
      outcome = result;
    });
    await until(() => server.commands.some((command) => command.startsWith(stage)));
    await delay(20);
    for (let second = 0; second < 55; second++) clock.advance(1_000);
    await delay(20);
    expect(outcome).toBeNull();
    for (let second = 0; second < 20; second++) clock.advance(1_000);
    await connecting;
    expect(outcome).toMatchObject({ ok: false });
  },
);

test.each([
  ['EXAMINE', /^EXAMINE/],
  ['UID SEARCH', /^UID SEARCH/],
  ['UID FETCH', /^UID FETCH/],
])('SYNC-125 a command has 60 s without a byte: %s', async (_name, pattern) => {
  const clock = createFakeClock();
  const { connector, server } = await start(
    (command) => {
      if (pattern.test(command)) return null;
      if (command.startsWith('EXAMINE')) return OPENED(2, 1);
      return command.startsWith('UID SEARCH') ? '* ESEARCH (TAG "x") UID ALL 1\r\n%T OK done\r\n' : undefined;
    },
    { clock },
  );
  let error: unknown = null;
  const pulling = pullAll(connector, { plan: { kind: 'initial' } }).catch((reason: unknown) => {
    error = reason;
  });
  await until(() => server.commands.some((command) => pattern.test(command)));
  await delay(20);
  for (let second = 0; second < 59; second++) clock.advance(1_000);
  await delay(20);
  expect(error).toBeNull();
  for (let second = 0; second < 20; second++) clock.advance(1_000);
  await pulling;
  expect(String(error)).toMatch(/offline.*stopped answering/);
});

test('SYNC-125 a FETCH that makes progress is not ended, however slow, and one that stops is', async () => {
  const clock = createFakeClock();
  const { connector, server } = await start(
    (command) => {
      if (command.startsWith('EXAMINE')) return OPENED(2, 1);
      if (command.startsWith('UID SEARCH')) return '* ESEARCH (TAG "x") UID ALL 1\r\n%T OK done\r\n';
      return command.startsWith('UID FETCH') ? null : undefined;
    },
    { clock },
  );
  const pulling = pullAll(connector, { plan: { kind: 'initial' } });
  await until(() => server.commands.some((command) => command.startsWith('UID FETCH')));
  const row = ROW(1);
  // A row in ten pieces, one every 50 s.
  for (let at = 0; at < 10; at++) {
    const size = Math.ceil(row.length / 10);
    connector.takeTraffic();
    server.send(row.slice(at * size, (at + 1) * size));
    for (let tries = 0; tries < 200 && connector.takeTraffic().bytesIn === 0; tries++) await delay(5);
    for (let second = 0; second < 50; second++) clock.advance(1_000);
  }
  server.send(`${server.lastTag()} OK done\r\n`);
  const batches = await pulling;
  expect(batches.flatMap(({ added }) => added)).toHaveLength(1);
});

test('SYNC-125 an APPEND has the time its size needs on the slowest line, and not a minute more', async () => {
  const clock = createFakeClock();
  let hasBegun = false;
  const { connector, server } = await start(
    (command) => {
      if (hasBegun) return null;
      if (command.startsWith('STATUS'))
        return '* STATUS Sent (MESSAGES 0 UNSEEN 0 UIDNEXT 1 UIDVALIDITY 7)\r\n%T OK done\r\n';
      hasBegun = command.startsWith('APPEND');
      return hasBegun ? '+ go on\r\n' : undefined;
    },
    { clock, capabilities: 'IMAP4rev1 UIDPLUS' },
  );
  const source = Buffer.alloc(400 * 1024, 'x\r\n');
  const request = {
    remoteKey: 'Sent',
    source,
    messageId: '<a@b>',
    keywords: [],
    receivedAt: 0,
    draft: null,
    replaces: null,
  };
  const wire = must(await connector.prepareAppend(request, never));
  let outcome: unknown = null;
  const appending = connector.append(request, wire, never).then((result) => {
    outcome = result;
  });
  await until(() => server.commands.some((command) => command.startsWith('APPEND')));
  await delay(200);
  // 60 s and 100 s for 400 KB at 4 KB a second.
  for (let second = 0; second < 155; second++) clock.advance(1_000);
  await delay(20);
  expect(outcome).toBeNull();
  for (let second = 0; second < 50; second++) clock.advance(1_000);
  await appending;
  expect(outcome).toMatchObject({ ok: false });
});

test('SYNC-125 a LOGOUT has two seconds', async () => {
  const clock = createFakeClock();
  const { connector, server } = await start((command) => (command === 'LOGOUT' ? null : undefined), {
    clock,
  });
  must(await connector.connect('interactive', never));
  let closed = false;
  const closing = connector.close().then(() => {
    closed = true;
  });
  await until(() => server.commands.includes('LOGOUT'));
  clock.advance(1_900);
  await delay(20);
  expect(closed).toBe(false);
  clock.advance(100);
  await closing;
});

/** Which connections are believed to live: after silence, sleep and a change of the network (SYNC-115 to 118). */
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { WatchEvent } from '../../src/sync/connectors/contract';
import { createImapConnector } from '../../src/sync/connectors/imap/imap-connector';
import { createFakeClock } from '../fakes/fake-clock';
import { openTestEngine, type TestEngine } from '../fakes/open-test-engine';
import { startFlakyProxy } from '../servers/flaky-proxy';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { start, until } from './imap-scripted-support';
import { mail, must, never, plainAccount, testPorts, tlsAccount } from './imap-support';

let server: DovecotServer;
beforeAll(async () => {
  server = await startDovecot();
});
afterAll(() => server.stop());
const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

const MINUTE_MS = 60_000;

/** Lets time go by for the engine while real bytes travel. */
async function pass(engine: TestEngine, ms: number, done: () => boolean = () => false): Promise<number> {
  const from = engine.clock.monotonic();
  while (engine.clock.monotonic() - from < ms && !done()) {
    await engine.pass(1_000);
    await delay(4);
  }
  return engine.clock.monotonic() - from;
}

test('SYNC-115 one connection of a real account idles on the inbox, anew after nine minutes; other folders are covered by the sweep', async () => {
  const user = await server.addUser();
  await server.append(user, mail('first'));
  const proxy = await startFlakyProxy(server.imapPort);
  const engine = await openTestEngine((_fake, clock) =>
    createImapConnector(plainAccount(server, user, { port: proxy.port }), { ...testPorts, clock }),
  );
  opened.push(proxy, engine);
  const said = () =>
    proxy.lines.filter(({ from }) => from === 'client').map(({ line }) => line.replace(/^\w+ /, ''));
  const count = (pattern: RegExp) => said().filter((line) => pattern.test(line)).length;
  await pass(engine, MINUTE_MS, () => count(/^IDLE/) === 1);
  const at = said().indexOf('IDLE');
  expect(
    said()
      .slice(0, at)
      .findLast((line) => /^(EXAMINE|SELECT)/.test(line)),
  ).toMatch(/^EXAMINE "?INBOX/);

  // Signs of life every two minutes; after nine it is asked anew, and never twice at a time.
  const begun = engine.clock.monotonic();
  let number = 0;
  let reissuedAt = 0;
  while (engine.clock.monotonic() - begun < 12 * MINUTE_MS) {
    number += 1;
    await server.append(user, mail(`life${number}`));
    const seen = () => engine.subjects('INBOX').includes(`About life${number}`);
    for (let tries = 0; tries < 200 && !seen(); tries++) {
      await engine.pass(50);
      await delay(25);
    }
    expect(seen()).toBe(true);
    await pass(engine, 2 * MINUTE_MS, () => {
      if (count(/^IDLE/) === 2 && reissuedAt === 0) reissuedAt = engine.clock.monotonic() - begun;
      return false;
    });
  }
  expect(reissuedAt / MINUTE_MS).toBeGreaterThan(8.5);
  expect(reissuedAt / MINUTE_MS).toBeLessThan(10);
  expect(count(/^IDLE/)).toBe(2);
  expect(count(/^DONE/)).toBe(1);

  const lists = count(/^LIST .*STATUS/);
  await server.append(user, mail('elsewhere'), { mailbox: 'Archive' });
  await pass(engine, 65_000, () => engine.subjects('Archive').length === 1);
  expect(engine.subjects('Archive')).toEqual(['About elsewhere']);
  expect(count(/^LIST .*STATUS/)).toBeGreaterThan(lists);
  expect(count(/^IDLE/)).toBe(2);
});

/** A link whose open connections can be made deaf and dumb without closing, while new ones work. */
async function startBlackHole(port: number) {
  const pairs: { dead: boolean; client: Socket; upstream: Socket }[] = [];
  let deadBytes = '';
  const listener = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    const pair = { dead: false, client, upstream };
    pairs.push(pair);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      from.on('error', () => undefined);
      from.on('close', () => pair.dead || to.destroy());
      from.on('data', (data) => {
        if (!pair.dead) to.write(data);
        else if (from === client) deadBytes += data.toString('latin1');
      });
    }
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return {
    port: (listener.address() as AddressInfo).port,
    swallow: () => {
      for (const pair of pairs) pair.dead = true;
    },
    /** What clients said into the void. */
    lost: () => deadBytes,
    closedByClient: () => pairs.filter(({ dead, client }) => dead && client.destroyed).length,
    close: () => {
      for (const { client, upstream } of pairs) for (const socket of [client, upstream]) socket.destroy();
      listener.close();
    },
  };
}

describe('SYNC-117 silent death', () => {
  test('SYNC-117 a link that swallows everything is found by five silent minutes and 15 s for DONE; new mail is seen within six', async () => {
    const user = await server.addUser();
    await server.append(user, mail('first'));
    const link = await startBlackHole(server.imapPort);
    const clock = createFakeClock();
    const connector = createImapConnector(plainAccount(server, user, { port: link.port }), {
      ...testPorts,
      clock,
    });
    opened.push(link, connector);
    const watch = async (stop: AbortSignal, events: [WatchEvent, number][]) => {
      for await (const event of connector.watch('INBOX', stop)) events.push([event, clock.monotonic()]);
    };
    const stop = new AbortController();
    const events: [WatchEvent, number][] = [];
    const watching = watch(stop.signal, events);
    await until(() => events.length === 2);
    await delay(300);
    const from = clock.monotonic();
    link.swallow();
    await server.append(user, mail('in the dark'));
    while (!events.some(([{ kind }]) => kind === 'ended') && clock.monotonic() - from < 10 * MINUTE_MS) {
      clock.advance(1_000);
      await delay(1);
    }
    await watching;
    const [ended, at] = events.at(-1) ?? [];
    expect(ended).toMatchObject({ kind: 'ended', failure: { kind: 'offline' } });
    const tookMs = (at ?? 0) - from;
    expect(tookMs).toBeGreaterThanOrEqual(5 * MINUTE_MS + 14_000);
    expect(tookMs).toBeLessThanOrEqual(5 * MINUTE_MS + 17_000);
    expect(link.lost()).toBe('DONE\r\n');
    await until(() => link.closedByClient() === 1);
  });

  test('SYNC-117 the account sees the mail that came meanwhile within six minutes', async () => {
    const user = await server.addUser();
    await server.append(user, mail('first'));
    const link = await startBlackHole(server.imapPort);
    const engine = await openTestEngine((_fake, clock) =>
      createImapConnector(plainAccount(server, user, { port: link.port }), { ...testPorts, clock }),
    );
    opened.push(link, engine);
    await pass(
      engine,
      MINUTE_MS,
      () => engine.account().watch === 'idle' && engine.subjects('INBOX').length === 1,
    );
    await delay(100);
    link.swallow();
    await server.append(user, mail('in the dark'));
    const tookMs = await pass(engine, 8 * MINUTE_MS, () => engine.subjects('INBOX').length === 2);
    expect(engine.subjects('INBOX')).toContain('About in the dark');
    expect(tookMs).toBeLessThanOrEqual(6 * MINUTE_MS);
  });

  test.each(['plain', 'TLS'])(
    'SYNC-117 the system asks the other side after 60 s without traffic: %s',
    async (kind) => {
      const user = await server.addUser();
      const account = kind === 'TLS' ? tlsAccount(server, user) : plainAccount(server, user);
      const connector = createImapConnector(account, testPorts);
      opened.push(connector);
      must(await connector.connect('interactive', never));
      const timers = () => timersOf(account.server.port);
      // The timer of a byte on its way comes first.
      await until(() => timers().every(([timer]) => timer === '02'));
      expect(timers()).toHaveLength(1);
      const seconds = timers()[0]?.[1] ?? 0;
      expect(seconds).toBeGreaterThan(50);
      expect(seconds).toBeLessThanOrEqual(60);
    },
  );
});

/** Kind (02 = keep-alive) and seconds left of the timers of connections to a port, as the system has them. */
function timersOf(remotePort: number): [string, number][] {
  const port = remotePort.toString(16).toUpperCase().padStart(4, '0');
  return readFileSync('/proc/net/tcp', 'latin1')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , remote = '', state]) => remote.endsWith(`:${port}`) && state === '01')
    .map((columns) => {
      const [timer = '', when = ''] = columns[5]?.split(':') ?? [];
      return [timer, Number.parseInt(when, 16) / 100];
    });
}

describe('another network', () => {
  test('SYNC-118 every connection is proven within 5 s before it is trusted, or replaced: those at work and the one that waits', async () => {
    let deaf = false;
    const clock = createFakeClock();
    const { connector, server: scripted } = await start(
      (command) => (deaf && /^(NOOP|DONE)/.test(command) ? null : undefined),
      { clock },
    );
    const count = (command: string) => scripted.commands.filter((said) => said.startsWith(command)).length;
    const events: WatchEvent[] = [];
    const stop = new AbortController();
    const watching = (async () => {
      for await (const event of connector.watch('INBOX', stop.signal)) events.push(event);
    })();
    await until(() => count('IDLE') === 1);
    for (const role of ['interactive', 'bulk'] as const) must(await connector.connect(role, never));
    await delay(20);
    expect(count('LOGIN')).toBe(3);

    connector.networkChanged?.();
    await until(() => count('IDLE') === 2);
    expect(count('DONE')).toBe(1);
    for (const role of ['interactive', 'bulk'] as const) must(await connector.connect(role, never));
    expect(count('NOOP')).toBe(2);
    // Proven once, it is trusted again.
    for (const role of ['interactive', 'bulk'] as const) must(await connector.connect(role, never));
    expect([count('NOOP'), count('LOGIN')]).toEqual([2, 3]);

    await delay(20);
    deaf = true;
    connector.networkChanged?.();
    await until(() => count('DONE') === 2);
    clock.advance(4_900);
    await delay(20);
    expect(events.some(({ kind }) => kind === 'ended')).toBe(false);
    clock.advance(100);
    await watching;
    expect(events.at(-1)).toMatchObject({ kind: 'ended', failure: { kind: 'offline' } });
    const connecting = connector.connect('interactive', never);
    await until(() => count('NOOP') === 3);
    for (let at = 0; at < 5; at++) {
      clock.advance(1_250);
      await delay(5);
    }
    must(await connecting);
    expect(count('LOGIN')).toBe(4);
  });

  test('SYNC-118 the engine tells its connectors, and a wall clock that jumps makes nothing happen at once', async () => {
    let changes = 0;
    let lists = 0;
    let logins = 0;
    const engine = await openTestEngine((connector) => ({
      ...connector,
      networkChanged: () => {
        changes += 1;
      },
      connect: (role, signal) => {
        logins += 1;
        return connector.connect(role, signal);
      },
      listMailboxes: (signal) => {
        lists += 1;
        return connector.listMailboxes(signal);
      },
    }));
    opened.push(engine);
    await engine.pass(10 * MINUTE_MS);
    engine.network.report('metered');
    expect(changes).toBe(1);
    await engine.pass(5 * MINUTE_MS);
    for (const jumpMs of [6 * 60 * MINUTE_MS, -12 * 60 * MINUTE_MS, 400 * 24 * 60 * MINUTE_MS]) {
      [lists, logins] = [0, 0];
      const timers = engine.clock.pending();
      engine.clock.setWall(jumpMs);
      await engine.pass(500);
      expect(engine.clock.pending()).toBe(timers);
      await engine.pass(4_500);
      expect(lists).toBeLessThanOrEqual(1);
      expect(logins).toBeLessThanOrEqual(2);
      await engine.pass(55_000);
      expect(lists).toBeLessThanOrEqual(2);
    }
  });
});

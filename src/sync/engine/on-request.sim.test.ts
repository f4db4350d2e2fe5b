import { afterEach, expect, test } from 'vitest';
import { openTestEngine, type TestEngine } from '../../../test/fakes/open-test-engine';
import type { Connector } from '../connectors/contract';

let engine: TestEngine;
afterEach(() => engine.close());

const bodies = (): unknown => engine.store.read.prepare('SELECT count(*) FROM bodies').pluck().get();

/** Bodies come one at a time, each when the test lets it. */
function slowBodies() {
  const gate = { open: true };
  const wrap = (connector: Connector): Connector => ({
    ...connector,
    fetchBodies: async function* (role, request, signal) {
      for await (const body of connector.fetchBodies(role, request, signal)) {
        while (!gate.open && !signal.aborted) await new Promise((resolve) => setImmediate(resolve));
        yield body;
      }
    },
  });
  return { gate, wrap };
}

test('metered: headers go on, bodies stop, one that is opened is still loaded, and all come later', async () => {
  engine = await openTestEngine();
  await engine.pass(2_000);
  engine.supervisor.setMetered(true);
  expect(engine.supervisor.status().metered).toBe('choice');
  engine.deliver('first');
  engine.deliver('second');
  await engine.pass(5_000);
  expect(engine.subjects('INBOX')).toEqual(['first', 'second']);
  expect(bodies()).toBe(0);
  expect(await engine.supervisor.fetchBody(engine.accountId, engine.messageId('first'))).toEqual({
    ok: true,
    value: 'here',
  });
  expect(bodies()).toBe(1);
  engine.supervisor.setMetered(false);
  await engine.pass(1_000);
  expect(bodies()).toBe(2);
});

test('SYNC-024 metered is honoured within a second while bodies are coming, and is remembered', async () => {
  const { gate, wrap } = slowBodies();
  gate.open = false;
  engine = await openTestEngine(wrap, (server) => {
    for (let at = 0; at < 200; at++)
      server.deliver('INBOX', Buffer.from(`Subject: m${at}\r\n\r\nbody\r\n`), 1_000 + at);
  });
  await engine.pass(3_000);
  engine.supervisor.setMetered(true);
  gate.open = true;
  await engine.pass(1_000);
  const stopped = bodies();
  await engine.pass(120_000);
  expect(bodies()).toBe(stopped);
  expect(stopped).toBeLessThan(60);
  expect(engine.store.read.prepare("SELECT value FROM settings WHERE key = 'metered'").pluck().get()).toBe(
    'true',
  );
});

test('a link the system calls metered counts like the switch', async () => {
  engine = await openTestEngine();
  await engine.pass(2_000);
  engine.network.report('metered');
  await engine.pass(4_000);
  engine.deliver('letter');
  await engine.pass(5_000);
  expect([engine.subjects('INBOX'), bodies(), engine.supervisor.status().metered]).toEqual([
    ['letter'],
    0,
    'link',
  ]);
  engine.network.report('online');
  await engine.pass(5_000);
  expect([bodies(), engine.supervisor.status().metered]).toEqual([1, 'no']);
});

test('a folder that is synced on request comes before all others, the inbox too', async () => {
  const pulled: string[] = [];
  engine = await openTestEngine((connector) => ({
    ...connector,
    pull: (request, signal) => {
      pulled.push(request.remoteKey);
      return connector.pull(request, signal);
    },
  }));
  await engine.pass(3_000);
  pulled.length = 0;
  const deliverTo = (mailbox: string) =>
    engine.server.deliver(mailbox, Buffer.from('Subject: x\r\n\r\nx'), 1);
  // The junk folder is watched by nobody and comes last otherwise.
  for (const mailbox of ['Sent', 'Junk']) deliverTo(mailbox);
  const report = engine.supervisor.syncNow(engine.accountId, engine.mailboxId('Junk'));
  await engine.pass(2_000);
  expect(await report).toMatchObject({ result: 'ok', fetched: 2 });
  expect(pulled).toEqual(['Junk', 'Sent']);
});

const REFUSED = { kind: 'auth', message: 'No.', reason: 'wrong-password' } as const;
const AWAY = { kind: 'offline', message: 'Away.' } as const;

/** Every connection waits to be let through or refused by the test. */
async function openWithHeldConnections(failure: typeof REFUSED | typeof AWAY) {
  const held: (() => void)[] = [];
  const hold = { on: false };
  engine = await openTestEngine((connector) => ({
    ...connector,
    connect: async (role, signal) => {
      if (!hold.on) return connector.connect(role, signal);
      await new Promise<void>((resolve) => held.push(resolve));
      return hold.on ? { ok: false, failure } : connector.connect(role, signal);
    },
  }));
  await engine.pass(3_000);
  return { held, hold };
}

test('who asks while a login is being refused is told so at once, and no further login is made for it', async () => {
  const { held, hold } = await openWithHeldConnections(REFUSED);
  hold.on = true;
  const first = engine.supervisor.syncNow(engine.accountId, null);
  await engine.pass(10);
  const second = engine.supervisor.syncNow(engine.accountId, null);
  await engine.pass(10);
  const logins = held.length;
  for (const refuse of held.splice(0)) refuse();
  await engine.pass(1_000);
  expect(await Promise.all([first, second])).toMatchObject([
    { result: 'error', failure: { kind: 'auth' } },
    { result: 'error', failure: { kind: 'auth' } },
  ]);
  expect(logins).toBeGreaterThan(0);
  expect(held).toHaveLength(0);
});

test('who asks while an attempt fails for a passing reason gets an attempt of their own, without the backoff', async () => {
  const { held, hold } = await openWithHeldConnections(AWAY);
  hold.on = true;
  const first = engine.supervisor.syncNow(engine.accountId, null);
  await engine.pass(10);
  const second = engine.supervisor.syncNow(engine.accountId, null);
  await engine.pass(10);
  for (const fail of held.splice(0)) fail();
  expect(await first).toMatchObject({ result: 'error', failure: { kind: 'offline' } });
  await engine.pass(10);
  hold.on = false;
  for (const letThrough of held.splice(0)) letThrough();
  await engine.pass(100);
  expect(await second).toMatchObject({ result: 'ok' });
});

test('a round somebody stops ends at the next piece, looks like one that came to its end, and goes on by itself', async () => {
  const { gate, wrap } = slowBodies();
  gate.open = false;
  engine = await openTestEngine(wrap, (server) => {
    for (let at = 0; at < 200; at++)
      server.deliver('INBOX', Buffer.from(`Subject: m${at}\r\n\r\nbody\r\n`), 1_000 + at);
  });
  await engine.pass(3_000);
  const stop = new AbortController();
  const asked = engine.supervisor.syncNow(engine.accountId, null, stop.signal);
  await engine.pass(1_000);
  expect(engine.account().state).toBe('syncing');
  stop.abort();
  gate.open = true;
  await engine.pass(1_000);
  expect(await asked).toMatchObject({ result: 'cancelled', failure: { kind: 'cancelled' } });
  expect(engine.account()).toMatchObject({ state: 'ok', failure: null });
  const stopped = bodies();
  expect(stopped).toBeLessThan(60);
  await engine.pass(20_000);
  expect(bodies()).toBe(stopped);
  await engine.pass(60_000);
  expect(bodies()).toBe(200);
  expect(engine.errors).toEqual([]);
});

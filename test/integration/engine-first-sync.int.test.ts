import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openTestEngine } from '../fakes/open-test-engine';
import { type FlakyProxy, startFlakyProxy } from '../servers/flaky-proxy';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { commandsSince, fetchedUids, startEngine, stopEngines, until } from './engine-support';
import { connectTo, mail, mails, plainAccount } from './imap-support';

let server: DovecotServer;
let proxy: FlakyProxy;
beforeAll(async () => {
  server = await startDovecot();
});
afterAll(() => server.stop());
afterEach(async () => {
  await stopEngines();
  await proxy?.close();
});

test('a first sync brings every mailbox with its counts, flags and bodies, the newest first', async () => {
  const user = await server.addUser();
  server.fill(user, 'INBOX', mails(340));
  server.fill(user, 'Archive', mails(30, 1000));
  await server.append(user, mail('sent1', { subject: 'What I sent' }), {
    mailbox: 'Sent',
    flags: ['\\Seen'],
  });
  proxy = await startFlakyProxy(server.imapPort);
  const engine = await startEngine();
  await engine.addImap(user, proxy.port);
  const [report] = await engine.sync();

  expect(report).toMatchObject({ result: 'ok', fetched: 371 });
  expect(await engine.mailbox('INBOX')).toMatchObject({
    role: 'inbox',
    total: 340,
    serverTotal: 340,
    stored: 340,
    complete: true,
  });
  expect(await engine.mailbox('Archive')).toMatchObject({ role: 'archive', total: 30, complete: true });
  expect(await engine.mailbox('Sent')).toMatchObject({ role: 'sent', total: 1, unread: 0 });
  const onServer = await server.list(user, 'INBOX');
  const unseen = onServer.filter(({ flags }) => !flags.includes('\\Seen')).length;
  expect((await engine.mailbox('INBOX')).unread).toBe(unseen);
  const ids = (await engine.messages('INBOX')).map(({ messageId }) => messageId);
  expect(new Set(ids)).toEqual(new Set(onServer.map(({ messageId }) => messageId?.replace(/[<>]/g, ''))));

  expect(fetchedUids(proxy, 'headers').slice(0, 100)).toEqual(expect.arrayContaining([340, 241]));
  await until('all bodies are here', async () => (await engine.mailbox('INBOX')).bodies === 340);
  const newest = await engine.message('About m340');
  const body = await engine.call('messages.body', { messageId: newest.id, charset: null });
  expect(body?.segments.map(({ text }) => text).join('')).toContain('Text of m340.');
});

test('SYNC-051 the newest 100 messages of the inbox are committed within 2 s, before anything else is fetched', async () => {
  const user = await server.addUser();
  server.fill(user, 'INBOX', mails(3000));
  server.fill(user, 'Archive', mails(200, 5000));
  proxy = await startFlakyProxy(server.imapPort);
  const engine = await startEngine();
  const startedAt = performance.now();
  await engine.addImap(user, proxy.port);
  await until('the first screenful', async () => (await engine.mailbox('INBOX')).stored >= 100, 5_000);
  expect(performance.now() - startedAt).toBeLessThan(2_000);
  const first = fetchedUids(proxy, 'headers').slice(0, 100);
  expect(first.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, at) => 2901 + at));
});

test('a sync whose link is lost resumes without fetching again what was stored', async () => {
  const user = await server.addUser();
  server.fill(user, 'INBOX', mails(2600));
  proxy = await startFlakyProxy(server.imapPort);
  let rows = 0;
  proxy.inspect = (from, data) => {
    if (from === 'server') rows += data.toString('latin1').split('BODYSTRUCTURE').length - 1;
    return rows < 1500;
  };
  const first = await startEngine();
  await first.addImap(user, proxy.port);
  await until('the link is lost', async () => rows >= 1500);
  await first.stop();
  proxy.inspect = null;
  const mark = proxy.lines.length;

  const second = await startEngine(first);
  const storedAtRestart = (await second.mailbox('INBOX')).stored;
  await second.sync();
  expect(await second.mailbox('INBOX')).toMatchObject({ total: 2600, complete: true });
  expect(storedAtRestart).toBeGreaterThanOrEqual(100);
  const again = fetchedUids(proxy, 'headers', mark);
  expect(new Set(again).size).toBe(2600 - storedAtRestart);
  // A round that gives way to a more urgent one may drop one window it had already asked for.
  expect(again.length - new Set(again).size).toBeLessThanOrEqual(1000);
});

test('SYNC-071 a cycle without changes costs no SELECT', async () => {
  const user = await server.addUser();
  server.fill(user, 'INBOX', mails(20));
  proxy = await startFlakyProxy(server.imapPort);
  const engine = await startEngine();
  await engine.addImap(user, proxy.port);
  await engine.sync();
  await until('the inbox is watched', async () => (await engine.account()).watch === 'idle');
  await engine.sync();
  const mark = proxy.lines.length;
  const [report] = await engine.sync();
  expect(report).toMatchObject({ result: 'ok', fetched: 0, changed: 0, removed: 0 });
  const commands = commandsSince(proxy, mark);
  expect(commands.length).toBeGreaterThan(0);
  expect(commands.filter((command) => /^(SELECT|EXAMINE)/.test(command))).toEqual([]);
});

test('new mail that arrives while old mail is being fetched appears within 5 s', async () => {
  const user = await server.addUser();
  server.fill(user, 'INBOX', mails(4000));
  proxy = await startFlakyProxy(server.imapPort);
  proxy.delayMs = 15;
  const engine = await startEngine();
  await engine.addImap(user, proxy.port);
  await until('old mail comes', async () => (await engine.mailbox('INBOX')).stored >= 100);
  await server.append(user, mail('fresh', { subject: 'Just arrived' }));
  const took = await until(
    'the new message',
    async () => (await engine.messages('INBOX')).some(({ subject }) => subject === 'Just arrived'),
    8_000,
  );
  expect(took).toBeLessThan(5_000);
});

test('SYNC-057 old mail comes over the bulk connection, one mailbox after the other, and waits while somebody waits', async () => {
  const user = await server.addUser();
  server.fill(user, 'INBOX', mails(3_000));
  server.fill(user, 'Archive', mails(3_000, 4_000));
  const windows: string[] = [];
  let pulls = 0;
  let most = 0;
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let isHeld = false;
  const connector = connectTo(plainAccount(server, user));
  const engine = await openTestEngine(() => ({
    ...connector,
    pull: async function* (request, signal) {
      most = Math.max(most, ++pulls);
      try {
        for await (const batch of connector.pull(request, signal)) {
          const open = connector.connections().find(({ role }) => role === 'bulk');
          if (batch.ok && request.plan.kind === 'backfill' && batch.value.added.length > 0)
            windows.push(`${request.remoteKey} over bulk:${open?.mailbox}`);
          yield batch;
        }
      } finally {
        pulls--;
      }
    },
    fetchBodies: async function* (role, request, signal) {
      if (role === 'interactive') {
        isHeld = true;
        await released;
      }
      yield* connector.fetchBodies(role, request, signal);
    },
  }));
  const wait = async (condition: () => boolean): Promise<void> => {
    for (let tries = 0; tries < 3_000 && !condition(); tries++) {
      await engine.pass(1);
      await delay(1);
    }
    expect(condition()).toBe(true);
  };
  try {
    await wait(() => windows.length > 0);
    const opening = engine.supervisor.fetchBody(engine.accountId, engine.messageId('About m3000'));
    await wait(() => isHeld);
    const passes = async (count: number): Promise<number> => {
      const before = windows.length;
      for (let tries = 0; tries < count; tries++) {
        await engine.pass(1);
        await delay(1);
      }
      return windows.length - before;
    };
    // What was already on its way is stored; after it everything rests, with old mail still to come.
    for (let rounds = 0; rounds < 10 && (await passes(50)) > 0; rounds++);
    expect(await passes(300)).toBe(0);
    const resting = windows.length;
    release();
    expect((await opening).ok).toBe(true);
    await wait(() => windows.some((window) => window.startsWith('Archive')));
    await wait(() => engine.account().state === 'ok');
    expect(windows.length).toBeGreaterThan(resting);
    expect(most).toBe(1);
    expect(new Set(windows)).toEqual(new Set(['INBOX over bulk:INBOX', 'Archive over bulk:Archive']));
    const order = windows.map((window) => window.split(' ')[0]);
    expect(order).toEqual([
      ...order.filter((box) => box === 'INBOX'),
      ...order.filter((box) => box !== 'INBOX'),
    ]);
  } finally {
    await engine.close();
  }
});

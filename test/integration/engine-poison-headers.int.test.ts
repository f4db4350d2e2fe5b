/** One message that breaks the connection whenever its headers are fetched: its window goes on without it (SYNC-060). */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { UNREADABLE_SUBJECT } from '../../src/sync/mime/parse-header-block';
import { type FlakyProxy, startFlakyProxy } from '../servers/flaky-proxy';
import { type DovecotServer, startDovecot, type TestUser } from '../servers/start-dovecot';
import { startEngine, stopEngines, type TestEngine, until } from './engine-support';
import { mail } from './imap-support';

let server: DovecotServer;
const proxies: FlakyProxy[] = [];
beforeAll(async () => {
  server = await startDovecot();
});
afterEach(async () => {
  await stopEngines();
  for (const proxy of proxies.splice(0)) await proxy.close();
});
afterAll(() => server.stop());

const POISON = 'POISON';
const letter = (at: number, poison: boolean): string =>
  mail(`m${at}`, { subject: poison ? `${POISON} ${at}` : `About m${at}` });

/** A link that breaks wherever a poisoned subject comes along; it counts how often. */
async function poisonedLink(): Promise<FlakyProxy & { readonly cuts: () => number }> {
  const proxy = await startFlakyProxy(server.imapPort);
  proxies.push(proxy);
  let cuts = 0;
  proxy.inspect = (from, data) => {
    if (from === 'client' || !data.includes(POISON)) return true;
    cuts += 1;
    return false;
  };
  return Object.assign(proxy, { cuts: () => cuts });
}

async function subjects(engine: TestEngine): Promise<string[]> {
  return (await engine.messages()).map(({ subject }) => subject);
}

async function logOf(engine: TestEngine): Promise<string> {
  return JSON.stringify(await engine.call('syncLog.list', { accountId: null, limit: 200, afterId: 0 }));
}

/** Everything is here: all that can be read, and a row for each that cannot. */
async function complete(engine: TestEngine, good: readonly string[], bad: number): Promise<void> {
  const wanted = [...good, ...Array.from({ length: bad }, () => UNREADABLE_SUBJECT)].toSorted();
  await until('every message has its row', async () => {
    const seen = (await subjects(engine)).toSorted();
    return seen.length === wanted.length && seen.every((subject, at) => subject === wanted[at]);
  });
}

async function fillInbox(user: TestUser, count: number, poisons: readonly number[]): Promise<string[]> {
  const all = Array.from({ length: count }, (_, at) => at + 1);
  server.fill(
    user,
    'INBOX',
    all.map((at) => ({
      raw: Buffer.from(letter(at, poisons.includes(at))),
      flags: [],
      date: Date.UTC(2026, 9, 1) + at * 60_000,
    })),
  );
  return all.filter((at) => !poisons.includes(at)).map((at) => `About m${at}`);
}

test.each([
  ['among others', 120, [40]],
  ['the newest and the oldest', 70, [70, 1]],
  ['two side by side', 60, [30, 31]],
  ['alone in its folder', 1, [1]],
])(
  'a message that breaks the link at its headers gets a row and a line in the log; the others come: %s',
  async (_name, count, poisons) => {
    const user = await server.addUser();
    const good = await fillInbox(user, count, poisons);
    const link = await poisonedLink();
    const engine = await startEngine();
    await engine.addImap(user, link.port);
    await complete(engine, good, poisons.length);
    await until('it is told', async () =>
      /INBOX: one message could not be fetched/.test(await logOf(engine)),
    );
    // In its window, perhaps in a part of it, alone, and with its body: not once for every message.
    expect(link.cuts()).toBeLessThanOrEqual(12 * poisons.length);
    // It is known now: nobody asks for its headers again.
    await until('the account is well', async () => (await engine.account()).state === 'ok');
    const before = link.cuts();
    await engine.sync();
    expect(link.cuts()).toBe(before);
  },
);

test('new mail comes past a message that breaks the link at its headers', async () => {
  const user = await server.addUser();
  const good = await fillInbox(user, 20, []);
  const link = await poisonedLink();
  const engine = await startEngine();
  await engine.addImap(user, link.port);
  await complete(engine, good, 0);
  for (let at = 21; at <= 26; at++) await server.append(user, letter(at, at === 23));
  await complete(engine, [...good, ...[21, 22, 24, 25, 26].map((at) => `About m${at}`)], 1);
});

test('a link that breaks at whatever is asked is no fault of a message', async () => {
  const user = await server.addUser();
  await fillInbox(user, 10, []);
  const proxy = await startFlakyProxy(server.imapPort);
  proxies.push(proxy);
  proxy.inspect = (from, data) => from === 'client' || !/FETCH \(UID/.test(data.toString('latin1'));
  const engine = await startEngine();
  await engine.addImap(user, proxy.port);
  await until('it waits for a better link', async () => (await engine.account()).state === 'offline');
  expect(await subjects(engine)).toEqual([]);
  expect(await logOf(engine)).not.toMatch(/could not be fetched/);
  proxy.inspect = null;
  await engine.sync();
  await complete(
    engine,
    Array.from({ length: 10 }, (_, at) => `About m${at + 1}`),
    0,
  );
});

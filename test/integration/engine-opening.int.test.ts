import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type FlakyProxy, startFlakyProxy } from '../servers/flaky-proxy';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { startEngine, stopEngines, until } from './engine-support';
import { mail } from './imap-support';

let server: DovecotServer;
let proxy: FlakyProxy | null = null;
beforeAll(async () => {
  server = await startDovecot();
});
afterAll(() => server.stop());
afterEach(async () => {
  await stopEngines();
  await proxy?.close();
  proxy = null;
});

const MESSAGES = 1_000;

test('SYNC-344 a message without its body is here within 500 ms of opening it, and its neighbours soon after', async () => {
  const user = await server.addUser();
  const text = 'Words that take a while to travel. '.repeat(1_000);
  server.fill(
    user,
    'INBOX',
    Array.from({ length: MESSAGES }, (_, at) => ({
      raw: Buffer.from(mail(`m${at}`, { body: `${at} ${text}` })),
      flags: [],
      date: Date.UTC(2026, 1, 1) + at * 60_000,
    })),
  );
  // Old bodies are on their way for long: the bulk connection is busy all the time.
  proxy = await startFlakyProxy(server.imapPort);
  proxy.delayMs = 20;
  const engine = await startEngine();
  await engine.addImap(user, proxy.port);
  await until('every header', async () => (await engine.mailbox('INBOX')).stored === MESSAGES);
  const messages = (await engine.messages()).toReversed();
  expect(messages).toHaveLength(MESSAGES);
  const bodyOf = async (at: number) =>
    (await engine.call('messages.get', { messageId: messages[at]?.id as never }))?.body;

  const took: number[] = [];
  for (const at of [60, 40, 20]) {
    expect(await bodyOf(at)).toBe('not-downloaded');
    const startedAt = performance.now();
    await engine.call('bodies.request', { messageId: messages[at]?.id as never });
    took.push(performance.now() - startedAt);
    expect(await bodyOf(at)).toBe('here');
    // The next three below it in the list are older, the one above it is newer.
    await until('the neighbours', async () => {
      const states = await Promise.all([at - 1, at - 2, at - 3, at + 1].map(bodyOf));
      return states.every((state) => state === 'here');
    });
    expect(await bodyOf(at - 4)).toBe('not-downloaded');
    expect(await bodyOf(at + 2)).toBe('not-downloaded');
  }
  expect(took.toSorted((a, b) => a - b)[1]).toBeLessThanOrEqual(500);
});

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { startEngine, stopEngines, until } from './engine-support';
import { mails } from './imap-support';

let server: DovecotServer;
beforeAll(async () => {
  server = await startDovecot();
});
afterAll(() => server.stop());
afterEach(stopEngines);

const GESTURES = 40;

test('SYNC-122 a click is acknowledged by the server within a second, p95', async () => {
  const user = await server.addUser();
  server.fill(user, 'INBOX', mails(GESTURES));
  const engine = await startEngine();
  await engine.addImap(user, server.imapPort);
  await engine.sync();
  await until('the inbox is watched', async () => (await engine.account()).watch === 'idle');
  const messages = await engine.messages('INBOX');
  const took: number[] = [];
  for (const [at, { id }] of messages.entries()) {
    const mutation =
      at % 2 === 0
        ? ({ kind: 'archive' } as const)
        : ({ kind: 'keywords', add: ['$flagged'], remove: [] } as const);
    const clickedAt = performance.now();
    await engine.call('mutations.apply', { target: { kind: 'messages', messageIds: [id] }, mutation });
    await until('the server has answered', async () => (await engine.call('status.get', {})).waiting === 0);
    took.push(performance.now() - clickedAt);
  }
  took.sort((a, b) => a - b);
  expect(took).toHaveLength(GESTURES);
  expect(took[Math.floor(GESTURES * 0.95)]).toBeLessThan(1_000);
  // Acknowledged means done: nothing waits for the next cycle.
  expect(await server.list(user, 'Archive')).toHaveLength(GESTURES / 2);
  const inbox = await server.list(user, 'INBOX');
  expect(inbox.filter(({ flags }) => flags.includes('\\Flagged'))).toHaveLength(GESTURES / 2);
});

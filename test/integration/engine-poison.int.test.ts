/** One message that breaks the connection whenever it is fetched: it holds up nobody (SYNC-060). */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startFlakyProxy } from '../servers/flaky-proxy';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { commandsSince, startEngine, stopEngines, until } from './engine-support';
import { mail } from './imap-support';

let server: DovecotServer;
beforeAll(async () => {
  server = await startDovecot();
});
afterEach(stopEngines);
afterAll(() => server.stop());

test.each([
  ['among others', [40]],
  ['the newest and the oldest', [70, 1]],
  ['alone in its folder', null],
])(
  'a message that breaks the link at its FETCH is asked for once more alone, then marked; the others come: %s',
  async (_name, poisons) => {
    const user = await server.addUser();
    const count = poisons === null ? 1 : 70;
    const isPoison = (at: number) => (poisons ?? [1]).includes(at);
    server.fill(
      user,
      'INBOX',
      Array.from({ length: count }, (_, at) => ({
        raw: Buffer.from(mail(`m${at + 1}`, { body: isPoison(at + 1) ? `POISON${at + 1}.` : 'Good.' })),
        flags: [],
        date: Date.UTC(2026, 9, 1) + at * 60_000,
      })),
    );
    const proxy = await startFlakyProxy(server.imapPort);
    let cuts = 0;
    proxy.inspect = (from, data) => {
      if (from === 'client' || !data.includes('POISON')) return true;
      cuts += 1;
      return false;
    };
    const engine = await startEngine();
    await engine.addImap(user, proxy.port);
    await until('all states are known', async () => {
      const messages = await engine.messages();
      return (
        messages.length === count && messages.every(({ body }) => body === 'here' || body === 'unreadable')
      );
    });
    const unreadable = (await engine.messages()).filter(({ body }) => body === 'unreadable');
    expect(unreadable.map(({ subject }) => subject).toSorted()).toEqual(
      (poisons ?? [1]).map((at) => `About m${at}`).toSorted(),
    );
    // In its group and alone: nobody asks a third time.
    expect(cuts).toBeLessThanOrEqual(2 * unreadable.length);
    const told = (await engine.call('syncLog.list', {
      accountId: null,
      limit: 200,
      afterId: 0,
    })) as unknown;
    expect(JSON.stringify(told)).toMatch(/INBOX: one message could not be fetched/);
    const mark = proxy.lines.length;
    await engine.sync();
    expect(commandsSince(proxy, mark).filter((command) => /BODY\.PEEK\[\]/.test(command))).toEqual([]);
    expect((await engine.account()).state).toBe('ok');
    await proxy.close();
  },
);

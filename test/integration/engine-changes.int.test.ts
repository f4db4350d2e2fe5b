import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type FlakyProxy, startFlakyProxy } from '../servers/flaky-proxy';
import { type DovecotServer, startDovecot, type TestUser } from '../servers/start-dovecot';
import { fetchedUids, startEngine, stopEngines, type TestEngine, until } from './engine-support';
import { mail, mails } from './imap-support';

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

/** An engine whose account holds `count` messages and watches its inbox. */
async function settled(count: number): Promise<{ user: TestUser; engine: TestEngine }> {
  const user = await server.addUser();
  server.fill(user, 'INBOX', mails(count));
  proxy = await startFlakyProxy(server.imapPort);
  const engine = await startEngine();
  await engine.addImap(user, proxy.port);
  await engine.sync();
  await until('bodies are here', async () => (await engine.mailbox('INBOX')).bodies === count);
  await until('the inbox is watched', async () => (await engine.account()).watch === 'idle');
  return { user, engine };
}

async function otherClient(
  user: TestUser,
  work: (client: Awaited<ReturnType<DovecotServer['session']>>) => Promise<unknown>,
): Promise<void> {
  const client = await server.session(user);
  try {
    await work(client);
  } finally {
    await client.logout();
  }
}

const has =
  (engine: TestEngine, subject: string, path = 'INBOX') =>
  async () =>
    (await engine.messages(path)).some((message) => message.subject === subject);

test('new mail arrives by IDLE within two seconds, is announced once, and old mail never is', async () => {
  const { user, engine } = await settled(5);
  await server.append(user, mail('arrival', { subject: 'Good news' }));
  expect(await until('the arrival', has(engine, 'Good news'))).toBeLessThan(2_000);
  const announced = () =>
    engine.events.flatMap((event) =>
      event.kind === 'new-mail' ? event.messages.map(({ subject }) => subject) : [],
    );
  await until('it is announced', () => announced().length > 0);
  await engine.sync();
  expect(announced()).toEqual(['Good news']);
});

test('marks made by another client show here and ours show there', async () => {
  const { user, engine } = await settled(4);
  const wasUnread = await engine.message('About m2');
  expect(wasUnread.keywords).not.toContain('$seen');
  await otherClient(user, async (client) => {
    await client.mailboxOpen('INBOX');
    await client.messageFlagsAdd('2', ['\\Seen', '\\Flagged', 'project'], { uid: true });
  });
  await until('their marks', async () => {
    const { keywords } = await engine.message('About m2');
    return ['$seen', '$flagged', 'project'].every((keyword) => keywords.includes(keyword as never));
  });
  const mine = await engine.message('About m3');
  await engine.call('mutations.apply', {
    target: { kind: 'messages', messageIds: [mine.id] },
    mutation: { kind: 'keywords', add: ['$flagged'], remove: [] },
  });
  expect((await engine.message('About m3')).keywords).toContain('$flagged');
  const took = await until('our mark at the server', async () =>
    (await server.list(user, 'INBOX')).some(({ uid, flags }) => uid === 3 && flags.includes('\\Flagged')),
  );
  expect(took).toBeLessThan(1_500);
  await until('nothing waits', async () => (await engine.call('status.get', {})).waiting === 0);
  expect((await engine.message('About m3')).keywords).toContain('$flagged');
});

test('a move keeps the local message, learns its new place and fetches nothing again', async () => {
  const { user, engine } = await settled(3);
  const message = await engine.message('About m2');
  const mark = proxy.lines.length;
  await engine.call('mutations.apply', {
    target: { kind: 'messages', messageIds: [message.id] },
    mutation: { kind: 'archive' },
  });
  expect((await engine.message('About m2', 'Archive')).id).toBe(message.id);
  await until('it is moved', async () => (await server.list(user, 'Archive')).length === 1);
  await engine.sync();
  expect((await engine.messages('Archive')).map(({ id }) => id)).toEqual([message.id]);
  expect(await server.list(user, 'INBOX')).toHaveLength(2);
  expect(fetchedUids(proxy, 'headers', mark)).toEqual([]);
  expect(fetchedUids(proxy, 'bodies', mark)).toEqual([]);
  expect((await engine.message('About m2', 'Archive')).body).toBe('here');
});

test('a move by another client keeps the local message and its body', async () => {
  const { user, engine } = await settled(3);
  const message = await engine.message('About m2');
  const mark = proxy.lines.length;
  await otherClient(user, async (client) => {
    await client.mailboxOpen('INBOX');
    await client.messageMove('2', 'Archive', { uid: true });
  });
  await until('gone from the inbox', async () => (await engine.mailbox('INBOX')).total === 2);
  await engine.sync();
  expect((await engine.messages('Archive')).map(({ id }) => id)).toEqual([message.id]);
  expect(fetchedUids(proxy, 'bodies', mark)).toEqual([]);
});

test('delete goes to the trash first and then for good', async () => {
  const { user, engine } = await settled(2);
  const { id } = await engine.message('About m1');
  const apply = (kind: 'trash' | 'delete') =>
    engine.call('mutations.apply', { target: { kind: 'messages', messageIds: [id] }, mutation: { kind } });
  await apply('trash');
  await until('it is in the trash', async () => (await server.list(user, 'Trash')).length === 1);
  expect(await server.list(user, 'INBOX')).toHaveLength(1);
  await until('settled', async () => (await engine.call('status.get', {})).waiting === 0);
  await apply('delete');
  await until('it is gone', async () => (await server.list(user, 'Trash')).length === 0);
  await engine.sync();
  expect((await engine.mailbox('Trash')).total).toBe(0);
  expect((await engine.mailbox('INBOX')).total).toBe(1);
});

test('SYNC-090 a message deleted elsewhere leaves the list within two seconds', async () => {
  const { user, engine } = await settled(3);
  await otherClient(user, async (client) => {
    await client.mailboxOpen('INBOX');
    await client.messageDelete('2', { uid: true });
  });
  const took = await until('it left', async () => !(await has(engine, 'About m2')()));
  expect(took).toBeLessThan(2_000);
  expect(await engine.mailbox('INBOX')).toMatchObject({ total: 2 });
});

test('a changed UIDVALIDITY keeps local ids and bodies and downloads no body again', async () => {
  const { user, engine } = await settled(40);
  const before = new Map((await engine.messages('INBOX')).map(({ id, subject }) => [subject, id]));
  await engine.stop();
  server.changeUidValidity(user, 'INBOX');
  const mark = proxy.lines.length;
  const again = await startEngine(engine);
  await again.sync();
  const after = await again.messages('INBOX');
  expect(after).toHaveLength(40);
  expect(new Map(after.map(({ id, subject }) => [subject, id]))).toEqual(before);
  expect(after.every(({ body }) => body === 'here')).toBe(true);
  expect(fetchedUids(proxy, 'bodies', mark)).toEqual([]);
});

test('two clients at once end with the same mailbox on both and on the server', async () => {
  const { user, engine } = await settled(30);
  const other = await startEngine();
  await other.addImap(user, server.imapPort);
  await other.sync();
  const act = async (client: TestEngine, from: number) => {
    const all = await client.messages('INBOX');
    const named = (n: number) => all.filter(({ subject }) => subject === `About m${n}`).map(({ id }) => id);
    for (let n = from; n <= 30; n += 3) {
      const kind =
        n % 2 === 0
          ? ({ kind: 'archive' } as const)
          : ({ kind: 'keywords', add: ['$flagged'], remove: [] } as const);
      await client.call('mutations.apply', {
        target: { kind: 'messages', messageIds: named(n) },
        mutation: kind,
      });
    }
  };
  await Promise.all([act(engine, 1), act(other, 2)]);
  await until('both are done', async () => {
    await Promise.all([engine.sync(), other.sync()]);
    const [mine, theirs] = await Promise.all([engine.call('status.get', {}), other.call('status.get', {})]);
    return mine.waiting + theirs.waiting === 0;
  });
  await Promise.all([engine.sync(), other.sync()]);
  const view = async (client: TestEngine, path: string) =>
    (await client.messages(path))
      .map(({ subject, keywords }) => `${subject} ${keywords.includes('$flagged' as never)}`)
      .sort();
  for (const path of ['INBOX', 'Archive']) {
    const names = await view(engine, path);
    expect(await view(other, path)).toEqual(names);
    expect(await server.list(user, path)).toHaveLength(names.length);
  }
  expect((await engine.messages('INBOX')).length + (await engine.messages('Archive')).length).toBe(30);
});

test('a server restart is survived: the account says offline, comes back by itself and misses nothing', async () => {
  const { user, engine } = await settled(3);
  await server.halt();
  // The server's own children may keep an open connection for many seconds after it has ended.
  proxy.cut();
  await until('it is noticed', async () => (await engine.account()).state === 'offline');
  expect(await engine.messages('INBOX')).toHaveLength(3);
  await server.start();
  await server.append(user, mail('meanwhile', { subject: 'Meanwhile' }));
  await until('it is back', has(engine, 'Meanwhile'), 15_000);
  await until('all is well', async () => (await engine.account()).state === 'ok');
});

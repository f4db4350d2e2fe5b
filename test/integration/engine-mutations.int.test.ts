import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type FlakyProxy, startFlakyProxy } from '../servers/flaky-proxy';
import { type DovecotServer, startDovecot, type TestUser } from '../servers/start-dovecot';
import { commandsSince, startEngine, stopEngines, type TestEngine, until } from './engine-support';
import { mails } from './imap-support';

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

async function settled(count: number): Promise<{ user: TestUser; engine: TestEngine }> {
  const user = await server.addUser();
  server.fill(user, 'INBOX', mails(count));
  proxy = await startFlakyProxy(server.imapPort);
  const engine = await startEngine();
  await engine.addImap(user, proxy.port);
  await engine.sync();
  return { user, engine };
}

async function mutate(
  engine: TestEngine,
  subjects: readonly string[],
  mutation: Parameters<typeof engine.call<'mutations.apply'>>[1]['mutation'],
  path = 'INBOX',
) {
  const all = await engine.messages(path);
  const messageIds = subjects.map((subject) => {
    const found = all.find((message) => message.subject === subject);
    if (!found) throw new Error(`no message ${subject}`);
    return found.id;
  });
  return engine.call('mutations.apply', { target: { kind: 'messages', messageIds }, mutation });
}

const allSent = (engine: TestEngine) => async () => (await engine.call('status.get', {})).waiting === 0;
const star = { kind: 'keywords', add: ['$flagged'], remove: [] } as const;

test('what was done offline reaches the server exactly once after the link is back, also over a restart', async () => {
  const { user, engine } = await settled(8);
  proxy.refuse(true);
  await until('offline is noticed', async () => (await engine.account()).state === 'offline');
  await mutate(engine, ['About m1', 'About m2'], { kind: 'archive' });
  await mutate(engine, ['About m3'], star);
  await mutate(engine, ['About m4'], { kind: 'trash' });
  await mutate(engine, ['About m5'], { kind: 'keywords', add: ['$seen'], remove: [] });
  const undone = await mutate(engine, ['About m6'], { kind: 'archive' });
  await engine.call('mutations.undo', { gestureId: undone.gestureId });
  expect((await engine.messages('INBOX')).map(({ subject }) => subject).sort()).toEqual([
    'About m3',
    'About m5',
    'About m6',
    'About m7',
    'About m8',
  ]);
  expect((await engine.call('status.get', {})).waiting).toBe(4);
  await engine.stop();

  const mark = proxy.lines.length;
  const again = await startEngine(engine);
  expect((await again.call('status.get', {})).waiting).toBe(4);
  proxy.refuse(false);
  await until('everything is sent', allSent(again), 20_000);
  await again.sync();
  expect((await server.list(user, 'Archive')).map(({ messageId }) => messageId).sort()).toEqual([
    '<m1@example.org>',
    '<m2@example.org>',
  ]);
  expect(await server.list(user, 'Trash')).toHaveLength(1);
  const inbox = await server.list(user, 'INBOX');
  expect(inbox).toHaveLength(5);
  expect(inbox.find(({ messageId }) => messageId === '<m3@example.org>')?.flags).toContain('\\Flagged');
  expect(inbox.find(({ messageId }) => messageId === '<m5@example.org>')?.flags).toContain('\\Seen');
  const writes = commandsSince(proxy, mark).filter((command) => /^UID (MOVE|STORE|COPY)/.test(command));
  expect(writes.filter((command) => command.startsWith('UID MOVE'))).toHaveLength(2);
  expect(writes.filter((command) => command.startsWith('UID STORE'))).toHaveLength(2);
});

test('a link cut after the command and before its answer is looked into, and nothing is done twice', async () => {
  const { user, engine } = await settled(3);
  let moves = 0;
  let armed = true;
  proxy.inspect = (from, data) => {
    const text = data.toString('latin1');
    if (from === 'client' && /UID MOVE/.test(text)) moves += 1;
    // The server has done it; its answer never comes through.
    if (from === 'server' && armed && moves > 0 && /COPYUID|OK Move completed/.test(text)) {
      armed = false;
      return false;
    }
    return true;
  };
  await mutate(engine, ['About m2'], { kind: 'archive' });
  await until('the answer was lost', () => !armed);
  await until('it is settled', allSent(engine), 20_000);
  await engine.sync();
  expect(moves).toBe(1);
  expect(await server.list(user, 'Archive')).toHaveLength(1);
  expect(await server.list(user, 'INBOX')).toHaveLength(2);
  expect((await engine.messages('Archive')).map(({ subject }) => subject)).toEqual(['About m2']);
  expect(await engine.messages('INBOX')).toHaveLength(2);
  expect((await engine.call('status.get', {})).parked).toBe(0);
});

test('what the server refuses is parked with its words, shows the facts, and can be retried or discarded', async () => {
  const user = await server.addUser();
  server.fill(user, 'INBOX', mails(3));
  const admin = await server.session(user);
  await admin.mailboxCreate('Projects');
  proxy = await startFlakyProxy(server.imapPort);
  const engine = await startEngine();
  await engine.addImap(user, proxy.port);
  await engine.sync();
  const projects = await engine.mailbox('Projects');
  await admin.mailboxDelete('Projects');
  const move = { kind: 'move', toMailboxId: projects.id, fromMailboxId: null } as const;
  await mutate(engine, ['About m1', 'About m2'], move);
  await until('it is parked', async () => (await engine.call('status.get', {})).parked > 0);
  const parked = await engine.call('pending.list', { state: 'parked', limit: 10 });
  expect(parked).toHaveLength(1);
  expect(parked[0]).toMatchObject({ targetCount: 2, kind: 'move' });
  expect(parked[0]?.failure?.message).toBeTruthy();
  expect((await engine.messages('INBOX')).map(({ mark }) => mark).sort()).toEqual([
    'none',
    'parked',
    'parked',
  ]);
  expect(engine.events.some(({ kind }) => kind === 'parked')).toBe(true);

  await admin.mailboxCreate('Projects');
  await admin.logout();
  await engine.sync();
  const ids = parked.map(({ id }) => id);
  expect(await engine.call('pending.retry', { ids })).toEqual({ count: 1 });
  await until('it is done now', async () => (await server.list(user, 'Projects')).length === 2);
  await until('nothing is parked', async () => (await engine.call('status.get', {})).parked === 0);
});

test('a discarded change is forgotten and the facts stay', async () => {
  const user = await server.addUser();
  server.fill(user, 'INBOX', mails(2));
  const admin = await server.session(user);
  await admin.mailboxCreate('Shelf');
  const engine = await startEngine();
  await engine.addImap(user, server.imapPort);
  await engine.sync();
  const shelf = await engine.mailbox('Shelf');
  await admin.mailboxDelete('Shelf');
  await admin.logout();
  await mutate(engine, ['About m1'], { kind: 'move', toMailboxId: shelf.id, fromMailboxId: null });
  await until('it is parked', async () => (await engine.call('status.get', {})).parked === 1);
  const [parked] = await engine.call('pending.list', { state: 'parked', limit: 10 });
  await engine.call('pending.discard', { ids: parked ? [parked.id] : [] });
  expect(await engine.call('status.get', {})).toMatchObject({ parked: 0, waiting: 0 });
  expect((await engine.messages('INBOX')).map(({ mark }) => mark)).toEqual(['none', 'none']);
});

test('undo brings a settled bulk move back, and redo repeats it', async () => {
  const { user, engine } = await settled(60);
  const inbox = await engine.mailbox('INBOX');
  const done = await engine.call('mutations.apply', {
    target: { kind: 'list', listId: inbox.id as unknown as number, exceptItemIds: [] },
    mutation: { kind: 'archive' },
  });
  expect(done.affected).toBe(60);
  await until('all are archived', async () => (await server.list(user, 'Archive')).length === 60);
  await until('settled', allSent(engine));
  const undone = await engine.call('mutations.undo', { gestureId: done.gestureId });
  expect(undone).toMatchObject({ restored: 60, skipped: 0 });
  await until('all are back', async () => (await server.list(user, 'INBOX')).length === 60);
  await until('settled again', allSent(engine));
  await engine.call('mutations.redo', { gestureId: done.gestureId });
  await until('archived again', async () => (await server.list(user, 'Archive')).length === 60);
});

import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { MailboxChange } from '../../src/shared/contract/mailbox-change';
import type { PushAction } from '../../src/sync/connectors/contract';
import { type FlakyProxy, startFlakyProxy } from '../servers/flaky-proxy';
import { type DovecotServer, startDovecot, type TestUser } from '../servers/start-dovecot';
import { startEngine, stopEngines, type TestEngine, until } from './engine-support';
import { connectTo, mails, must, never, plainAccount } from './imap-support';

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

/** An account with folders at the server, known to a running engine. */
async function settled(
  folders: readonly string[],
  mailIn: Readonly<Record<string, number>> = { INBOX: 3 },
): Promise<{ user: TestUser; engine: TestEngine }> {
  const user = await server.addUser();
  await atServer(user, async (other) => {
    for (const folder of folders) {
      await other.mailboxCreate(folder);
      await other.mailboxSubscribe(folder);
    }
  });
  let first = 1;
  for (const [folder, count] of Object.entries(mailIn)) {
    server.fill(user, folder, mails(count, first));
    first += count;
  }
  proxy = await startFlakyProxy(server.imapPort);
  const engine = await startEngine();
  await engine.addImap(user, proxy.port);
  await engine.sync();
  return { user, engine };
}

type OtherClient = Awaited<ReturnType<DovecotServer['session']>>;
async function atServer<T>(user: TestUser, work: (other: OtherClient) => Promise<T>): Promise<T> {
  const other = await server.session(user);
  try {
    return await work(other);
  } finally {
    await other.logout();
  }
}

const BUILT_IN = new Set(['INBOX', 'Drafts', 'Sent', 'Archive', 'Trash', 'Junk']);
const foldersOf = (user: TestUser) =>
  atServer(user, async (other) =>
    (await other.list())
      .map(({ path }) => path)
      .filter((path) => !BUILT_IN.has(path))
      .sort(),
  );
const subscribedOf = (user: TestUser) =>
  atServer(user, async (other) =>
    (await other.list())
      .filter(({ subscribed, path }) => subscribed && !BUILT_IN.has(path))
      .map(({ path }) => path)
      .sort(),
  );
const shown = async (engine: TestEngine) =>
  (await engine.call('mailboxes.list', {}))
    .map(({ path }) => path)
    .filter((path) => !BUILT_IN.has(path))
    .sort();
const idOf = async (engine: TestEngine, path: string) => (await engine.mailbox(path)).id;
const change = (engine: TestEngine, wanted: MailboxChange) =>
  engine.call('mailboxes.change', { change: wanted });
const offline = (engine: TestEngine, yes: boolean) => engine.call('sync.setOffline', { offline: yes });
const allSent = (engine: TestEngine) => async () => (await engine.call('status.get', {})).waiting === 0;

test('SYNC-042 what is done to folders offline is done by the server afterwards, children with their parent, and mail goes along', async () => {
  const { user, engine } = await settled(['Work', 'Work/2024', 'Work/2025', 'Old', 'Old/Deep', 'News'], {
    INBOX: 3,
    'Work/2025': 2,
    'Old/Deep': 4,
  });
  await offline(engine, true);
  const { id: accountId } = await engine.account();
  const travel = await change(engine, { kind: 'create', accountId, parentId: null, name: 'Größe & Maß' });
  const inside = await change(engine, {
    kind: 'create',
    accountId,
    parentId: travel.mailboxId,
    name: 'Inside',
  });
  await change(engine, { kind: 'rename', mailboxId: await idOf(engine, 'Work'), name: 'Job' });
  await change(engine, {
    kind: 'move',
    mailboxId: await idOf(engine, 'Job/2024'),
    parentId: inside.mailboxId,
  });
  await change(engine, { kind: 'subscribe', mailboxId: await idOf(engine, 'News'), subscribed: false });
  const deleted = await change(engine, { kind: 'delete', mailboxId: await idOf(engine, 'Old') });
  expect(deleted.affected).toBe(4);
  const [message] = await engine.messages();
  await engine.call('mutations.apply', {
    target: { kind: 'messages', messageIds: message ? [message.id] : [] },
    mutation: { kind: 'move', toMailboxId: inside.mailboxId, fromMailboxId: null },
  });
  const wanted = ['Größe & Maß', 'Größe & Maß/Inside', 'Größe & Maß/Inside/2024', 'Job', 'Job/2025', 'News'];
  expect(await shown(engine)).toEqual(wanted);
  expect(await foldersOf(user)).toContain('Old/Deep');

  await offline(engine, false);
  await until('everything is sent', allSent(engine), 25_000);
  expect(await foldersOf(user)).toEqual(wanted);
  expect(await subscribedOf(user)).toEqual(wanted.filter((path) => path !== 'News'));
  expect(await server.list(user, 'Größe & Maß/Inside')).toHaveLength(1);
  expect(await server.list(user, 'Job/2025')).toHaveLength(2);
  expect(await server.list(user, 'Trash')).toHaveLength(4);
  await engine.sync();
  expect(await shown(engine)).toEqual(wanted);
  expect(await engine.messages('Job/2025')).toHaveLength(2);
  expect((await engine.call('status.get', {})).parked).toBe(0);
  await change(engine, { kind: 'subscribe', mailboxId: await idOf(engine, 'News'), subscribed: true });
  await until('the subscription is sent', allSent(engine));
  expect(await subscribedOf(user)).toEqual(wanted);
});

test('mail that came into a folder after it was deleted here keeps it alive: nothing is lost', async () => {
  const { user, engine } = await settled(['Plans'], { Plans: 2 });
  await offline(engine, true);
  await change(engine, { kind: 'delete', mailboxId: await idOf(engine, 'Plans') });
  server.fill(user, 'Plans', mails(1, 50));
  await offline(engine, false);
  await until(
    'the deletion is set aside',
    async () => (await engine.call('status.get', {})).parked === 1,
    25_000,
  );
  await engine.sync();
  expect(await shown(engine)).toEqual(['Plans']);
  expect(await server.list(user, 'Plans')).toHaveLength(1);
  expect(await server.list(user, 'Trash')).toHaveLength(2);
  const [entry] = await engine.call('pending.list', { state: 'parked', limit: 10 });
  expect(entry).toMatchObject({ title: 'Delete the folder Plans', failure: { kind: 'conflict' } });
  await engine.call('pending.discard', { ids: entry ? [entry.id] : [] });
  expect(await shown(engine)).toEqual(['Plans']);
});

test('a second client renames the same folder at the same time: the newest wish wins, the folder stays the same one', async () => {
  const { user, engine } = await settled(['Work', 'Work/In'], { 'Work/In': 2 });
  const before = await engine.mailbox('Work');
  await offline(engine, true);
  await change(engine, { kind: 'rename', mailboxId: before.id, name: 'Mine' });
  await atServer(user, (other) => other.mailboxRename('Work', 'Theirs'));
  await offline(engine, false);
  await until('everything is sent', allSent(engine));
  expect(await foldersOf(user)).toEqual(['Mine', 'Mine/In']);
  await engine.sync();
  expect(await shown(engine)).toEqual(['Mine', 'Mine/In']);
  expect((await engine.mailbox('Mine')).id).toBe(before.id);
  expect(await engine.messages('Mine/In')).toHaveLength(2);

  // Online: the name the engine knows is a second old when its command arrives.
  await atServer(user, (other) => other.mailboxRename('Mine', 'Other'));
  await change(engine, { kind: 'rename', mailboxId: before.id, name: 'Again' });
  await until('everything is sent', allSent(engine));
  expect(await foldersOf(user)).toEqual(['Again', 'Again/In']);
});

test('a name somebody else took meanwhile is set aside in words, and the folder keeps the one it has', async () => {
  const { user, engine } = await settled(['Work']);
  await offline(engine, true);
  await change(engine, { kind: 'rename', mailboxId: await idOf(engine, 'Work'), name: 'Taken' });
  await atServer(user, (other) => other.mailboxCreate('Taken'));
  await offline(engine, false);
  await until('it is set aside', async () => (await engine.call('status.get', {})).parked === 1);
  const [entry] = await engine.call('pending.list', { state: 'parked', limit: 10 });
  expect(entry).toMatchObject({
    title: 'Rename the folder Work to Taken',
    failure: { message: 'There is already a folder with this name.' },
  });
  await engine.sync();
  expect(await shown(engine)).toEqual(['Taken', 'Work']);
});

test('listings during a slow rename never show the old name again', async () => {
  const { engine } = await settled(['Work', 'Work/In']);
  proxy.delayMs = 60;
  await change(engine, { kind: 'rename', mailboxId: await idOf(engine, 'Work'), name: 'Job' });
  const seen = new Set<string>();
  const pulls = Promise.all([engine.sync(), delay(10).then(() => engine.sync())]);
  let done = false;
  const watching = (async () => {
    while (!done) {
      seen.add((await shown(engine)).join());
      await delay(5);
    }
  })();
  await pulls;
  await until('everything is sent', allSent(engine));
  proxy.delayMs = 0;
  await engine.sync();
  done = true;
  await watching;
  expect([...seen]).toEqual(['Job,Job/In']);
});

test.each(['RENAME', 'CREATE', 'DELETE'])(
  'when the answer to %s is lost the engine looks and does nothing twice',
  async (command) => {
    const { user, engine } = await settled(['Work', 'Work/In', 'Empty'], { 'Work/In': 2 });
    const { id: accountId } = await engine.account();
    const work = await engine.mailbox('Work');
    let cuts = 0;
    let sent = false;
    proxy.inspect = (direction, data) => {
      if (direction === 'client' && new RegExp(` ${command} `).test(data.toString('latin1')))
        sent = cuts === 0;
      if (!sent || direction === 'client') return true;
      sent = false;
      cuts++;
      return false;
    };
    if (command === 'RENAME') await change(engine, { kind: 'rename', mailboxId: work.id, name: 'Job' });
    else if (command === 'CREATE')
      await change(engine, { kind: 'create', accountId, parentId: work.id, name: 'New' });
    else await change(engine, { kind: 'delete', mailboxId: await idOf(engine, 'Empty') });
    await until('the link was cut', () => cuts === 1, 20_000);
    await until('everything is sent', allSent(engine), 25_000);
    proxy.inspect = null;
    await engine.sync();
    const expected = {
      RENAME: ['Empty', 'Job', 'Job/In'],
      CREATE: ['Empty', 'Work', 'Work/In', 'Work/New'],
      DELETE: ['Work', 'Work/In'],
    }[command];
    expect(await foldersOf(user)).toEqual(expected);
    expect(await shown(engine)).toEqual(expected);
    expect(await engine.messages(command === 'RENAME' ? 'Job/In' : 'Work/In')).toHaveLength(2);
    expect((await engine.call('status.get', {})).parked).toBe(0);
  },
);

const COMMANDS = {
  'create-mailbox': /CREATE/,
  'rename-mailbox': /RENAME/,
  'delete-mailbox': /DELETE/,
  'subscribe-mailbox': /UNSUBSCRIBE/,
} as const;
const KINDS = Object.keys(COMMANDS) as (keyof typeof COMMANDS)[];
test.each(KINDS.flatMap((kind) => [[kind, 'before'] as const, [kind, 'after'] as const]))(
  'a link cut during %s, %s the effect, is probed and ends as exactly one execution',
  async (kind, when) => {
    const user = await server.addUser();
    await atServer(user, async (other) => {
      await other.mailboxCreate('Work/In');
      await other.mailboxSubscribe('Work/In');
      await other.mailboxCreate('Empty');
      await other.mailboxSubscribe('Empty');
    });
    proxy = await startFlakyProxy(server.imapPort);
    const connector = connectTo(plainAccount(server, user, { port: proxy.port }));
    const listing = must(await connector.listMailboxes(never));
    const empty = listing.mailboxes.find(({ path }) => path === 'Empty');
    const actions: Record<typeof kind, PushAction> = {
      'create-mailbox': { kind: 'create-mailbox', path: ['New'], role: null },
      'rename-mailbox': {
        kind: 'rename-mailbox',
        remoteKey: 'Work',
        parent: null,
        name: 'Job',
        subscribed: ['Work/In'],
      },
      'delete-mailbox': {
        kind: 'delete-mailbox',
        remoteKey: 'Empty',
        uidValidity: empty?.status?.uidValidity ?? null,
      },
      'subscribe-mailbox': { kind: 'subscribe-mailbox', remoteKey: 'Empty', subscribed: false },
    };
    const action = actions[kind];
    const wire = must(await connector.preparePush(action, never));
    let armed = false;
    proxy.inspect = (direction, data) => {
      if (direction === 'client' && COMMANDS[kind].test(data.toString('latin1'))) {
        armed = true;
        return when === 'after';
      }
      return !(armed && direction === 'server');
    };
    const cut = await connector.push(action, wire, never);
    expect(cut).toMatchObject({ ok: false, failure: { kind: 'unknown-outcome' } });
    proxy.inspect = null;

    const probed = must(await connector.probePush(action, wire, never));
    const isKnown = kind === 'rename-mailbox' || kind === 'delete-mailbox';
    expect(probed.mailboxKey !== null).toBe(isKnown && when === 'after');
    if (probed.mailboxKey === null) must(await connector.push(action, wire, never));
    const expected: Record<typeof kind, [string[], string[]]> = {
      'create-mailbox': [
        ['Empty', 'New', 'Work', 'Work/In'],
        ['Empty', 'New', 'Work/In'],
      ],
      'rename-mailbox': [
        ['Empty', 'Job', 'Job/In'],
        ['Empty', 'Job/In'],
      ],
      'delete-mailbox': [['Work', 'Work/In'], ['Work/In']],
      'subscribe-mailbox': [['Empty', 'Work', 'Work/In'], ['Work/In']],
    };
    expect([await foldersOf(user), await subscribedOf(user)]).toEqual(expected[kind]);
    await connector.close();
  },
);

test('after a lost answer a folder of the same name that somebody made meanwhile is left alone, and two names are not guessed about', async () => {
  const user = await server.addUser();
  await atServer(user, (other) => other.mailboxCreate('Empty'));
  const connector = connectTo(plainAccount(server, user));
  const listing = must(await connector.listMailboxes(never));
  const uidValidity = listing.mailboxes.find(({ path }) => path === 'Empty')?.status?.uidValidity ?? null;
  const action: PushAction = { kind: 'delete-mailbox', remoteKey: 'Empty', uidValidity };
  const wire = must(await connector.preparePush(action, never));
  await delay(1_100);
  await atServer(user, async (other) => {
    await other.mailboxDelete('Empty');
    await other.mailboxCreate('Empty');
  });
  expect(must(await connector.probePush(action, wire, never)).mailboxKey).toBe('Empty');
  expect(await connector.preparePush(action, never)).toMatchObject({
    ok: false,
    failure: { kind: 'conflict' },
  });
  expect(await foldersOf(user)).toEqual(['Empty']);

  await atServer(user, (other) => other.mailboxCreate('Job'));
  const rename: PushAction = {
    kind: 'rename-mailbox',
    remoteKey: 'Empty',
    parent: null,
    name: 'Job',
    subscribed: [],
  };
  const both = await connector.probePush(rename, { source: null, destination: null }, never);
  expect(both).toMatchObject({ ok: false, failure: { kind: 'conflict' } });
  await connector.close();
});

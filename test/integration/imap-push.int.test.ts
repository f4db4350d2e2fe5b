import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PushAction } from '../../src/sync/connectors/contract';
import { type FlakyProxy, startFlakyProxy } from '../servers/flaky-proxy';
import { type DovecotServer, startDovecot, type TestUser } from '../servers/start-dovecot';
import { connectTo, mails, must, never, plainAccount, pullFirst, remote } from './imap-support';

let server: DovecotServer;
let proxy: FlakyProxy;
beforeAll(async () => {
  server = await startDovecot();
  proxy = await startFlakyProxy(server.imapPort);
});
afterAll(async () => {
  await proxy.close();
  await server.stop();
});

/** A mailbox with messages and what an engine knows about them. */
async function prepared(count: number, disabledCapabilities: readonly string[] = []) {
  const user = await server.addUser();
  server.fill(user, 'INBOX', mails(count));
  const connector = connectTo(plainAccount(server, user, { port: proxy.port, disabledCapabilities }));
  const { messages, last } = await pullFirst(connector);
  const all = messages.map((message) => remote(message, last.uidValidity));
  return { user, connector, all };
}

const uidsOf = async (user: TestUser, mailbox: string) =>
  (await server.list(user, mailbox)).map(({ uid }) => uid);

test('flags go up, missing messages are reported as gone, and the server shows them', async () => {
  const { user, connector, all } = await prepared(10);
  const missing = { uidValidity: all[0]?.uidValidity ?? '', uid: 77, identity: null };
  const action: PushAction = {
    kind: 'keywords',
    remoteKey: 'INBOX',
    messages: [...all.slice(0, 3), missing],
    add: ['$flagged', 'work'],
    remove: ['$seen'],
  };
  const wire = must(await connector.preparePush(action, never));
  const { items } = must(await connector.push(action, wire, never));
  expect(items.filter(({ result }) => result === 'done')).toHaveLength(3);
  expect(items.find(({ uid }) => uid === 77)?.result).toBe('gone');
  const listed = await server.list(user, 'INBOX');
  expect(listed[0]?.flags).toEqual(['\\Flagged', 'work']);
  expect(listed[3]?.flags).toEqual(['\\Seen']);
  await connector.close();
});

test('a message that came after the folder was selected is there for a push too, not gone', async () => {
  const { user, connector, all } = await prepared(3);
  const push = async (action: PushAction) => {
    const wire = must(await connector.preparePush(action, never));
    return must(await connector.push(action, wire, never)).items;
  };
  const mark = (messages: typeof all) =>
    push({ kind: 'keywords', remoteKey: 'INBOX', messages, add: ['$seen'], remove: [] });
  // From here on the mailbox is selected for writing, and nobody tells this connection about new mail.
  expect(await mark(all.slice(0, 1))).toMatchObject([{ uid: 1, result: 'done' }]);
  server.fill(user, 'INBOX', mails(5).slice(3));
  const other = await server.session(user);
  await other.mailboxOpen('INBOX');
  await other.logout();
  const late = [4, 5].map((uid) => ({ uidValidity: all[0]?.uidValidity ?? '', uid, identity: null }));
  expect(await mark(late.slice(0, 1))).toMatchObject([{ uid: 4, result: 'done' }]);
  const move = { kind: 'move', remoteKey: 'INBOX', messages: late.slice(1), toRemoteKey: 'Archive' } as const;
  expect(await push(move)).toMatchObject([{ uid: 5, result: 'done' }]);
  expect((await server.list(user, 'INBOX')).at(-1)).toMatchObject({ uid: 4, flags: ['\\Seen'] });
  await connector.close();
});

test('a move learns the new UIDs from COPYUID', async () => {
  const { user, connector, all } = await prepared(12);
  const action: PushAction = {
    kind: 'move',
    remoteKey: 'INBOX',
    messages: all.slice(2, 6),
    toRemoteKey: 'Archive',
  };
  const wire = must(await connector.preparePush(action, never));
  expect(wire.destination).toMatchObject({ uidNext: 1 });
  const { items } = must(await connector.push(action, wire, never));
  expect(items).toMatchObject([3, 4, 5, 6].map((uid, at) => ({ uid, result: 'done', newUid: at + 1 })));
  expect(await uidsOf(user, 'INBOX')).toEqual([1, 2, 7, 8, 9, 10, 11, 12]);
  expect(await uidsOf(user, 'Archive')).toEqual([1, 2, 3, 4]);
  await connector.close();
});

test('without MOVE the copies are made once and exactly these messages are expunged', async () => {
  const { user, connector, all } = await prepared(6, ['MOVE']);
  const other = await server.session(user);
  await other.mailboxOpen('INBOX');
  await other.messageFlagsAdd('6', ['\\Deleted'], { uid: true });
  await other.logout();
  const action: PushAction = {
    kind: 'move',
    remoteKey: 'INBOX',
    messages: all.slice(0, 2),
    toRemoteKey: 'Archive',
  };
  const wire = must(await connector.preparePush(action, never));
  const { items } = must(await connector.push(action, wire, never));
  expect(items).toMatchObject([{ newUid: 1 }, { newUid: 2 }]);
  // The message somebody else marked is still there (SYNC-104).
  expect(await uidsOf(user, 'INBOX')).toEqual([3, 4, 5, 6]);
  expect(await uidsOf(user, 'Archive')).toEqual([1, 2]);
  await connector.close();
});

test('deleting for good expunges only the named messages; without UIDPLUS they stay marked', async () => {
  const { user, connector, all } = await prepared(5);
  const action: PushAction = { kind: 'delete', remoteKey: 'INBOX', messages: all.slice(0, 2) };
  must(await connector.push(action, must(await connector.preparePush(action, never)), never));
  expect(await uidsOf(user, 'INBOX')).toEqual([3, 4, 5]);
  const again = must(await connector.push(action, { source: null, destination: null }, never));
  expect(again.items.map(({ result }) => result)).toEqual(['gone', 'gone']);
  await connector.close();

  const old = await prepared(3, ['UIDPLUS']);
  const marked: PushAction = { kind: 'delete', remoteKey: 'INBOX', messages: old.all.slice(0, 1) };
  must(await old.connector.push(marked, { source: null, destination: null }, never));
  const listed = await server.list(old.user, 'INBOX');
  expect(listed.map(({ flags }) => flags.includes('\\Deleted'))).toEqual([true, false, false]);
  await old.connector.close();
});

test('a missing destination is refused with its code and the server words', async () => {
  const { connector, all } = await prepared(2);
  const action: PushAction = { kind: 'move', remoteKey: 'INBOX', messages: all, toRemoteKey: 'Nowhere' };
  const { items } = must(await connector.push(action, { source: null, destination: null }, never));
  expect(items).toMatchObject(
    [1, 2]
      .map((uid) => ({
        uid,
        result: 'failed',
        failure: { kind: 'rejected', code: 'TRYCREATE', serverText: /exist/ },
      }))
      .map((item) => ({
        ...item,
        failure: { kind: 'rejected', code: 'TRYCREATE', serverText: expect.stringMatching(/exist/) },
      })),
  );
  await connector.close();
});

test('a message that is not the one we mean is left alone', async () => {
  const { user, connector, all } = await prepared(3);
  const wrong = all.map((message) => ({ ...message, identity: 'something else' }));
  const action: PushAction = { kind: 'delete', remoteKey: 'INBOX', messages: wrong };
  const { items } = must(await connector.push(action, { source: null, destination: null }, never));
  expect(items.map(({ result }) => result)).toEqual(['gone', 'gone', 'gone']);
  const other = all.map((message) => ({ ...message, uidValidity: '1' }));
  const stale = await connector.push(
    { ...action, messages: other },
    { source: null, destination: null },
    never,
  );
  expect(stale).toMatchObject({ ok: false, failure: { kind: 'conflict' } });
  expect(await uidsOf(user, 'INBOX')).toEqual([1, 2, 3]);
  await connector.close();
});

test('a new mailbox gets its role and an existing one is adopted', async () => {
  const { user, connector } = await prepared(1);
  const action: PushAction = { kind: 'create-mailbox', path: ['Projekte', 'Größe & Maß'], role: null };
  const first = must(await connector.push(action, { source: null, destination: null }, never));
  const second = must(await connector.push(action, { source: null, destination: null }, never));
  expect(second.createdRemoteKey).toBe(first.createdRemoteKey);
  const listing = must(await connector.listMailboxes(never));
  expect(listing.mailboxes.find(({ path }) => path === 'Projekte/Größe & Maß')).toMatchObject({
    remoteKey: first.createdRemoteKey,
    subscribed: true,
  });
  expect(await uidsOf(user, 'INBOX')).toEqual([1]);
  await connector.close();
});

const ACTIONS = ['keywords', 'move', 'copy', 'delete'] as const;
test.each(ACTIONS.flatMap((kind) => [[kind, 'before'] as const, [kind, 'after'] as const]))(
  'a link cut during %s, %s the effect, is probed and ends as exactly one execution',
  async (kind, when) => {
    const { user, connector, all } = await prepared(6, kind === 'copy' ? ['MOVE'] : []);
    const messages = all.slice(1, 4);
    const action: PushAction =
      kind === 'keywords'
        ? { kind, remoteKey: 'INBOX', messages, add: ['$flagged'], remove: [] }
        : kind === 'delete'
          ? { kind, remoteKey: 'INBOX', messages }
          : { kind: 'move', remoteKey: 'INBOX', messages, toRemoteKey: 'Archive' };
    const wire = must(await connector.preparePush(action, never));
    const command = { keywords: /UID STORE/, move: /UID MOVE/, copy: /UID COPY/, delete: /UID EXPUNGE/ }[
      kind
    ];
    let armed = false;
    proxy.inspect = (direction, data) => {
      const seen = direction === 'client' && command.test(data.toString('latin1'));
      if (when === 'before') return !seen;
      // The answer to the command is what gets lost.
      if (armed && direction === 'server') return false;
      armed ||= seen;
      return true;
    };
    const cut = await connector.push(action, wire, never);
    proxy.inspect = null;
    expect(cut).toMatchObject({ ok: false, failure: { kind: 'unknown-outcome' } });

    const probe = must(await connector.probePush(action, wire, never));
    expect(probe.gone).toEqual([]);
    expect([...probe.done.map(({ uid }) => uid), ...probe.repeat].toSorted()).toEqual([2, 3, 4]);
    const left = messages.filter(({ uid }) => probe.repeat.includes(uid));
    if (left.length > 0) must(await connector.push({ ...action, messages: left } as PushAction, wire, never));

    const inbox = await server.list(user, 'INBOX');
    if (kind === 'keywords') {
      expect(inbox.filter(({ flags }) => flags.includes('\\Flagged')).map(({ uid }) => uid)).toEqual([
        2, 3, 4,
      ]);
    } else {
      expect(inbox.map(({ uid }) => uid)).toEqual([1, 5, 6]);
      expect(await uidsOf(user, 'Archive')).toHaveLength(kind === 'delete' ? 0 : 3);
    }
    await connector.close();
  },
);

test('a link lost before anything is written is offline, not unknown', async () => {
  const { connector, all } = await prepared(2);
  const action: PushAction = { kind: 'delete', remoteKey: 'INBOX', messages: all };
  must(await connector.preparePush(action, never));
  proxy.inspect = (direction, data) => !(direction === 'client' && /UID FETCH/.test(data.toString('latin1')));
  const outcome = await connector.push(action, { source: null, destination: null }, never);
  proxy.inspect = null;
  expect(outcome).toMatchObject({ ok: false, failure: { kind: 'offline' } });
  await connector.close();
});

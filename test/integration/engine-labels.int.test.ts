import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type FlakyProxy, startFlakyProxy } from '../servers/flaky-proxy';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { commandsSince, startEngine, stopEngines, until } from './engine-support';
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

/** Rights without `w`: of all flags only \\Seen and \\Deleted are kept, and no label. */
const NO_LABELS = 'lrsteix';

test('SYNC-092 system flags are marks, unknown keywords round-trip word by word, marks of servers are no labels, and where the server keeps no labels they stay here', async () => {
  const user = await server.addUser();
  server.fill(user, 'INBOX', mails(2));
  proxy = await startFlakyProxy(server.imapPort);
  const engine = await startEngine();
  await engine.addImap(user, proxy.port);
  await engine.sync();
  const messageIds = [(await engine.message('About m1')).id];
  // A mailbox that keeps labels: another client finds what was set here.
  await engine.call('mutations.apply', {
    target: { kind: 'messages', messageIds },
    mutation: {
      kind: 'keywords',
      add: ['$flagged', '$answered', '$draft', '$seen', 'holiday', '$label1', 'a.b-c_d', '$hasattachment'],
      remove: [],
    },
  });
  await until('it is sent', async () => (await engine.call('status.get', {})).waiting === 0);
  const all = ['$answered', '$draft', '$flagged', '$hasattachment', '$label1', '$seen', 'a.b-c_d', 'holiday'];
  const sent = commandsSince(proxy, 0).filter((line) => line.includes('+FLAGS'));
  for (const flag of ['\\Flagged', '\\Answered', '\\Draft']) expect(sent.join()).toContain(flag);
  const other = await startEngine();
  await other.addImap(user, proxy.port);
  await other.sync();
  expect((await other.message('About m1')).keywords).toEqual(all);
  await other.stop();
  expect(await engine.message('About m1')).toMatchObject({ keywords: all, labelsHere: [] });
  expect((await engine.mailbox('INBOX')).labelsHere).toBe(false);

  // The same account without the right to write keywords.
  const labels = ['$label1', 'a.b-c_d', 'holiday'];
  expect((await engine.rows()).find(({ subject }) => subject === 'About m1')?.labels).toEqual(labels);
  await engine.stop();
  server.protect(user, 'INBOX', NO_LABELS);
  const again = await startEngine(engine);
  await again.sync();
  const mark = proxy.lines.length;
  const { id } = await again.message('About m2');
  await again.call('mutations.apply', {
    target: { kind: 'messages', messageIds: [id] },
    mutation: { kind: 'keywords', add: ['todo', '$seen'], remove: [] },
  });
  await until('it is settled', async () => (await again.call('status.get', {})).waiting === 0);
  expect((await again.call('status.get', {})).parked).toBe(0);
  expect(await again.message('About m2')).toMatchObject({
    keywords: ['$seen', 'todo'],
    labelsHere: ['todo'],
  });
  expect((await again.mailbox('INBOX')).labelsHere).toBe(true);
  expect(await again.call('labels.list', {})).toEqual([...labels, 'todo']);
  expect(commandsSince(proxy, mark).filter((line) => line.includes('+FLAGS'))).toEqual([
    expect.stringContaining('(\\Seen)'),
  ]);

  // It is still there after everything was listed anew under another UIDVALIDITY.
  await again.stop();
  server.changeUidValidity(user, 'INBOX');
  const last = await startEngine(again);
  await last.sync();
  await until('the message is found again', async () => {
    const found = await last.message('About m2');
    return found.id === id && found.keywords.includes('todo');
  });
  expect(commandsSince(proxy, mark).filter((line) => /todo/i.test(line))).toEqual([]);
});

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { RequestId } from '../../src/shared/domain';
import { parseQuery } from '../../src/shared/search/parse-query';
import { factsOf } from '../fakes/unpack';
import { startFlakyProxy } from '../servers/flaky-proxy';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { startEngine, stopEngines, until } from './engine-support';
import { connectTo, mail, never, plainAccount } from './imap-support';

let server: DovecotServer;
beforeAll(async () => {
  server = await startDovecot();
});
afterAll(() => server.stop());
afterEach(stopEngines);

const EVERYWHERE = { scope: { kind: 'everywhere' }, includeTrashAndJunk: false } as const;

test('what only the server finds can be shown, and what it cannot be asked is said', async () => {
  const user = await server.addUser();
  await server.append(user, mail('first', { subject: 'Plain', body: 'The größte Überraschung of all.' }));
  await server.append(user, mail('second', { subject: 'Other', body: 'Nothing of it.' }));
  await server.append(user, mail('third', { subject: 'Überraschung', body: 'By its subject.' }));
  const engine = await startEngine();
  // Headers only: the texts stay on the server.
  await engine.call('sync.setMetered', { metered: true });
  await engine.addImap(user, server.imapPort);
  await until('every header', async () => (await engine.mailbox('INBOX')).stored === 3);
  await engine.call('search.catchUp', { timeoutMs: 10_000 });

  const query = 'Überraschung has:pdf OR überraschung';
  const page = { sort: 'newest', typing: false, cursor: null, limit: 50, ...EVERYWHERE } as const;
  const local = await engine.call('search.page', { query: 'überraschung', ...page });
  expect(local.rows.map(({ subject }) => subject)).toEqual(['Überraschung']);
  expect(local.coverage).toMatchObject([
    { messages: 3, indexedHeaders: 3, indexedBodies: 0, complete: false },
  ]);

  const found = await engine.call('search.onServer', { query: 'überraschung', ...EVERYWHERE });
  expect(found).toMatchObject({ untranslated: [], skipped: 0, failures: [] });
  const rows = await engine.call('search.rows', { query: 'überraschung', messageIds: found.messageIds });
  expect(rows.map(({ subject }) => subject)).toEqual(['Plain']);

  const partly = await engine.call('search.onServer', { query: 'überraschung has:pdf', ...EVERYWHERE });
  expect(partly.untranslated).toEqual(['has:pdf']);
  expect(partly.messageIds).toHaveLength(2);
  expect((await engine.call('search.onServer', { query, ...EVERYWHERE })).untranslated).toEqual(['has:pdf']);
  const elsewhere = await engine.call('search.onServer', { query: 'überraschung in:sent', ...EVERYWHERE });
  expect(elsewhere.messageIds).toEqual([]);

  await engine.call('sync.setOffline', { offline: true });
  const offline = await engine.call('search.onServer', { query: 'überraschung', ...EVERYWHERE });
  expect(offline.failures).toMatchObject([{ failure: { kind: 'offline' } }]);
});

test('headers of hits that are not known come with the answer of the server', async () => {
  const user = await server.addUser();
  for (const at of [1, 2, 3])
    await server.append(user, mail(`m${at}`, { subject: `Hit ${at}`, body: 'needle' }));
  const connector = connectTo(plainAccount(server, user));
  try {
    const { root } = parseQuery('needle', { typing: false });
    const request = {
      remoteKey: 'INBOX',
      query: root as never,
      nowMs: Date.now(),
      knownUids: [[2, 2] as const],
    };
    const report = await connector.search?.(request, never);
    if (!report?.ok) throw new Error('the server was not searched');
    expect(report.value.uids).toEqual([3, 2, 1]);
    expect(report.value.added.map(factsOf).map(({ uid, headers }) => [uid, headers.subject])).toEqual([
      [3, 'Hit 3'],
      [1, 'Hit 1'],
    ]);
  } finally {
    await connector.close();
  }
});

test('a search that is stopped leaves the server, says how far it came, and the next thing works', async () => {
  const user = await server.addUser();
  await server.append(user, mail('first', { subject: 'Plain', body: 'The needle.' }));
  const proxy = await startFlakyProxy(server.imapPort);
  const engine = await startEngine();
  await engine.call('sync.setMetered', { metered: true });
  await engine.addImap(user, proxy.port);
  await until('every header', async () => (await engine.mailbox('INBOX')).stored === 1);
  const requestId = RequestId.parse('find');
  const question = { query: 'needle', ...EVERYWHERE };
  try {
    // The server hears the question and never answers.
    const searches = () => proxy.lines.filter(({ line }) => / UID SEARCH /.test(line)).length;
    proxy.answer = (command) => (/ UID SEARCH /.test(command) ? '' : null);
    const asked = engine.attempt('search.onServer', { ...question, requestId });
    await until('the question', async () => searches() > 0);
    await until('how far it is', async () =>
      engine.events.some(
        (event) =>
          event.kind === 'status' &&
          event.status.activities.some(
            (one) => one.kind === 'searching' && one.requestId === requestId && (one.total ?? 0) > 0,
          ),
      ),
    );
    const open = proxy.connections();
    expect(await engine.call('requests.cancel', { requestId })).toEqual({ stopped: true });
    expect(await asked).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
    await until('the end of its connection', async () => proxy.connections() === open - 1);
    const before = searches();
    await until('no search in the status', async () =>
      (await engine.call('status.get', {})).activities.every(({ kind }) => kind !== 'searching'),
    );
    // The folders behind the one that was being searched are not asked.
    expect(searches()).toBe(before);
    expect(await engine.call('requests.cancel', { requestId })).toEqual({ stopped: false });

    proxy.answer = null;
    expect((await engine.call('search.onServer', question)).messageIds).toHaveLength(1);

    // A message somebody opened, too; the wish for it is not kept.
    const message = await engine.message('Plain');
    proxy.answer = (command) => (/ UID FETCH /.test(command) ? '' : null);
    const opened = engine.attempt('bodies.request', { messageId: message.id, requestId });
    await until('its body asked for', async () =>
      proxy.lines.some(({ line }) => / UID FETCH .*BODY/.test(line)),
    );
    await engine.call('requests.cancel', { requestId });
    expect(await opened).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
    expect((await engine.message('Plain')).body).toBe('not-downloaded');
    proxy.answer = null;
    expect(await engine.call('bodies.request', { messageId: message.id })).toEqual({ body: 'here' });
  } finally {
    await engine.stop();
    await proxy.close();
  }
});

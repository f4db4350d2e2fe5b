import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { statusStrings } from '../../src/renderer/strings/status';
import { startFlakyProxy } from '../servers/flaky-proxy';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { commandsSince, startEngine, stopEngines, until } from './engine-support';
import { mail } from './imap-support';

let server: DovecotServer;
beforeAll(async () => {
  server = await startDovecot();
});
afterAll(() => server.stop());
afterEach(stopEngines);

test('SYNC-383 what the server counts stands beside what we count: for coverage and comparisons, never as the badge', async () => {
  const user = await server.addUser();
  for (const tag of ['one', 'two', 'three'])
    await server.append(user, mail(tag), { flags: tag === 'one' ? ['\\Seen'] : [] });
  const proxy = await startFlakyProxy(server.imapPort);
  const first = await startEngine();
  await first.addImap(user, proxy.port);
  await first.sync();
  await until('the inbox is complete', async () => (await first.mailbox('INBOX')).bodies === 3);
  expect(await first.mailbox('INBOX')).toMatchObject({
    total: 3,
    unread: 2,
    serverTotal: 3,
    serverUnread: 2,
  });

  // What waits is counted by us and not by the server; the badge is ours.
  await first.call('sync.setOffline', { offline: true });
  const { id } = await first.message('About two');
  await first.call('mutations.apply', {
    target: { kind: 'messages', messageIds: [id] },
    mutation: { kind: 'keywords', add: ['$seen'], remove: [] },
  });
  const badge = async (engine: typeof first) => {
    const box = await engine.mailbox('INBOX');
    const lists = await engine.call('lists.list', {});
    const list = lists.find((candidate) => Number(candidate.id) === Number(box.id));
    return [box.unread, list?.unreadMessages, box.serverUnread, box.serverTotal];
  };
  expect(await badge(first)).toEqual([1, 1, 2, 3]);
  await first.stop();

  // A fact that got lost here is missed by comparing the two counts, although nothing changed at the server.
  const db = new Database(join(first.profileDir, 'homeport.sqlite'));
  db.prepare('DELETE FROM placements WHERE uid = 1').run();
  db.prepare("UPDATE mailboxes SET stored_count = stored_count - 1 WHERE path = 'INBOX'").run();
  db.close();
  const second = await startEngine(first);
  const { stored, serverTotal } = await second.mailbox('INBOX');
  expect(statusStrings.coverage(stored, serverTotal)).toMatch(/2\D+3/);
  const from = proxy.lines.length;
  await second.call('sync.setOffline', { offline: false });
  await second.sync();
  await until('all is sent', async () => (await badge(second)).join() === '1,1,1,3');
  expect((await second.mailbox('INBOX')).stored).toBe(3);
  expect(commandsSince(proxy, from).some((command) => /^UID FETCH 1 .*BODYSTRUCTURE/.test(command))).toBe(
    true,
  );
  await second.stop();
  await proxy.close();
});

import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ImapCheckpoint } from '../../src/shared/observation';
import type { WatchEvent } from '../../src/sync/connectors/contract';
import { type FlakyProxy, startFlakyProxy } from '../servers/flaky-proxy';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { connectTo, mail, mails, plainAccount, pullAll } from './imap-support';

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

async function next(events: AsyncGenerator<WatchEvent, void, void>): Promise<WatchEvent | undefined> {
  const result = await events.next();
  return result.done ? undefined : result.value;
}

test('IDLE tells about new mail within two seconds and a burst is few events', async () => {
  const user = await server.addUser();
  const connector = connectTo(plainAccount(server, user));
  const stop = new AbortController();
  const events = connector.watch('INBOX', stop.signal);
  expect(await next(events)).toEqual({ kind: 'watching' });
  expect(await next(events)).toEqual({ kind: 'dirty' });
  const waiting = next(events);
  const startedAt = performance.now();
  for (let at = 0; at < 10; at++) await server.append(user, mail(`burst${at}`));
  expect(await waiting).toEqual({ kind: 'dirty' });
  expect(performance.now() - startedAt).toBeLessThan(2_000);
  stop.abort();
  expect(await events.next()).toMatchObject({ done: true });
  await connector.close();
});

test('while old mail is coming a watch begins with a look only when the server shows that something happened', async () => {
  const user = await server.addUser();
  server.fill(user, 'INBOX', mails(30));
  const connector = connectTo(plainAccount(server, user));
  const [first] = await pullAll(connector, { plan: { kind: 'initial' }, firstWindow: 10 });
  if (first?.checkpoint.protocol !== 'imap') throw new Error('no checkpoint');
  const { checkpoint } = first;
  expect(checkpoint.backfillComplete).toBe(false);
  const begins = async (synced: ImapCheckpoint) => {
    const stop = new AbortController();
    const events = connector.watch('INBOX', stop.signal, { synced });
    expect(await next(events)).toEqual({ kind: 'watching' });
    const told = await Promise.race([next(events), delay(300).then(() => 'nothing')]);
    stop.abort();
    return told;
  };
  const dirty = { kind: 'dirty' };
  expect(await begins(checkpoint)).toBe('nothing');
  expect(await begins({ ...checkpoint, backfillComplete: true })).toEqual(dirty);
  expect(await begins({ ...checkpoint, uidNext: checkpoint.uidNext - 1 })).toEqual(dirty);
  expect(await begins({ ...checkpoint, highestModseq: '1' })).toEqual(dirty);
  expect(await begins({ ...checkpoint, highestModseq: null })).toEqual(dirty);
  expect(await begins({ ...checkpoint, uidValidity: '1' })).toEqual(dirty);

  const other = await server.session(user);
  await other.mailboxOpen('INBOX');
  await other.messageDelete('3', { uid: true });
  await other.logout();
  expect(await begins(checkpoint)).toEqual(dirty);
  await connector.close();
});

test('a lost link ends the watch with its reason', async () => {
  const user = await server.addUser();
  const connector = connectTo(plainAccount(server, user, { port: proxy.port }));
  const events = connector.watch('INBOX', new AbortController().signal);
  await next(events);
  await next(events);
  const waiting = next(events);
  proxy.cut();
  expect(await waiting).toMatchObject({ kind: 'ended', failure: { kind: 'offline' } });
  await connector.close();
});

test('closing ends everything within two seconds, even over a dead link', async () => {
  const user = await server.addUser();
  const connector = connectTo(plainAccount(server, user, { port: proxy.port }));
  const events = connector.watch('INBOX', new AbortController().signal);
  await next(events);
  await connector.connect('interactive', new AbortController().signal);
  proxy.pause();
  const startedAt = performance.now();
  await connector.close();
  expect(performance.now() - startedAt).toBeLessThan(2_500);
  proxy.resume();
});

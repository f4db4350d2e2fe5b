import { afterEach, expect, test } from 'vitest';
import { openTestEngine, type TestEngine } from '../../../test/fakes/open-test-engine';
import type { Failure } from '../../shared/failure';
import { fail } from '../../shared/outcome';
import type { Connector } from '../connectors/contract';
import { pendingCounts } from '../store/read/pending';
import { recount } from '../store/recount';

let engine: TestEngine;
afterEach(() => engine.close());

const star = { kind: 'keywords', add: ['$flagged'], remove: [] } as const;
const REFUSED: Failure = { kind: 'auth', reason: 'expired', message: 'The sign-in is no longer valid.' };

/** Writes down what the engine asks the connector for, in order, with the time of the fake clock. */
function noting() {
  const calls: { readonly what: string; readonly at: number }[] = [];
  const note = (what: string): void => {
    calls.push({ what, at: engine?.clock.now() ?? 0 });
  };
  const wrap = (connector: Connector): Connector => ({
    ...connector,
    connect: (role, signal) => {
      note(`connect ${role}`);
      return connector.connect(role, signal);
    },
    listMailboxes: (signal) => {
      note('list');
      return connector.listMailboxes(signal);
    },
    pull: (request, signal) => {
      note(`pull ${request.plan.kind}`);
      return connector.pull(request, signal);
    },
    fetchBodies: (role, request, signal) => {
      note(`bodies ${request.messages.length}`);
      return connector.fetchBodies(role, request, signal);
    },
    push: (action, wire, signal) => {
      note(`push ${action.kind}`);
      return connector.push(action, wire, signal);
    },
  });
  return { calls, wrap, words: () => calls.map(({ what }) => what) };
}

test('SYNC-238 a push starts within 100 ms on the interactive connection, and after a reconnect before background pulls', async () => {
  const { calls, wrap, words } = noting();
  engine = await openTestEngine(wrap);
  for (let at = 0; at < 300; at++) engine.deliver(`m${at}`);
  await engine.pass(20_000);
  calls.length = 0;
  const gesture = engine.clock.now();
  await engine.mutate('m1', star);
  await engine.mutate('m2', star);
  for (let ms = 0; ms < 100; ms += 10) await engine.pass(10);
  const pushes = calls.filter(({ what }) => what.startsWith('push'));
  expect(pushes).toHaveLength(2);
  expect((pushes[0]?.at ?? 0) - gesture).toBeGreaterThanOrEqual(50);
  expect((pushes[1]?.at ?? 0) - gesture).toBeLessThanOrEqual(100);
  const before = words().slice(0, words().indexOf('push keywords'));
  expect(before.findLast((what) => what.startsWith('connect'))).toBe('connect interactive');

  engine.network.report('offline');
  await engine.pass(1_000);
  await engine.mutate('m3', star);
  for (let at = 0; at < 300; at++) engine.deliver(`in Work ${at}`, 'Archive');
  calls.length = 0;
  engine.network.report('online');
  await engine.pass(20_000);
  const order = words();
  expect(order).toContain('push keywords');
  const firstBackground = order.findIndex((what) => /^bodies|backfill$/.test(what));
  expect(order.indexOf('push keywords')).toBeLessThan(firstBackground);
});

test('SYNC-239 a change older than a minute, or of another validity, meets fresh facts and the conflict table first', async () => {
  const { calls, wrap, words } = noting();
  engine = await openTestEngine(wrap);
  for (const subject of ['filed elsewhere', 'still here', 'renumbered']) engine.deliver(subject);
  engine.server.createMailbox('Work');
  await engine.pass(65_000);
  engine.network.report('offline');
  await engine.pass(1_000);
  await engine.mutate('filed elsewhere', {
    kind: 'move',
    toMailboxId: engine.mailboxId('Archive'),
    fromMailboxId: null,
  });
  await engine.mutate('still here', star);
  await engine.pass(61_000);
  engine.server.move('INBOX', 1, 'Work');
  calls.length = 0;
  engine.network.report('online');
  await engine.pass(10_000);
  expect(words().indexOf('list')).toBeLessThan(words().indexOf('push keywords'));
  expect(words()).not.toContain('push move');
  expect(engine.subjects('Work')).toEqual(['filed elsewhere']);
  expect(pendingCounts(engine.store.read, engine.accountId)).toEqual({ waiting: 0, parked: 1 });
  expect(engine.events.find(({ kind }) => kind === 'parked')).toMatchObject({
    failure: { kind: 'conflict', message: expect.stringContaining('already moved') },
  });

  engine.network.report('offline');
  await engine.pass(1_000);
  await engine.mutate('renumbered', star);
  engine.server.rebuild('INBOX');
  calls.length = 0;
  engine.network.report('online');
  await engine.pass(10_000);
  expect(words()).toContain('pull revalidate');
  expect(words().indexOf('pull revalidate')).toBeLessThan(words().lastIndexOf('push keywords'));
  const flagged = [...engine.server.mailbox('INBOX').messages.values()].filter(({ keywords }) =>
    keywords.includes('$flagged'),
  );
  expect(flagged).toHaveLength(2);
  expect(pendingCounts(engine.store.read, engine.accountId).waiting).toBe(0);
});

test('SYNC-083 what names old numbers waits until the messages are found again, then follows them or is parked', async () => {
  const { wrap } = noting();
  let held = false;
  engine = await openTestEngine((connector) => ({
    ...wrap(connector),
    pull: async function* (request, signal) {
      for await (const batch of connector.pull(request, signal)) {
        yield batch;
        while (held && request.plan.kind !== 'initial' && !signal.aborted)
          await new Promise((resolve) => setImmediate(resolve));
      }
    },
  }));
  for (let at = 0; at < 300; at++) engine.deliver(`m${at}`);
  await engine.pass(30_000);
  engine.network.report('offline');
  await engine.pass(1_000);
  await engine.mutate('m2', { kind: 'archive' });
  await engine.mutate('m3', { kind: 'archive' });
  engine.server.remove('INBOX', 4);
  engine.server.rebuild('INBOX');
  const before = engine.messageId('m2');
  held = true;
  engine.network.report('online');
  await engine.pass(10_000);
  // Only the newest are found again so far: nothing that names the others may be sent.
  expect(engine.server.mailbox('Archive').messages.size).toBe(0);
  expect(pendingCounts(engine.store.read, engine.accountId)).toEqual({ waiting: 2, parked: 0 });
  held = false;
  await engine.pass(120_000);
  expect(engine.server.mailbox('Archive').messages.size).toBe(1);
  expect(engine.messageId('m2')).toBe(before);
  await engine.pass(60 * 60_000);
  expect(pendingCounts(engine.store.read, engine.accountId)).toEqual({ waiting: 0, parked: 1 });
  expect(engine.events.filter(({ kind }) => kind === 'parked')).toHaveLength(1);
  expect(recount(engine.store.read)).toEqual([]);
});

test('SYNC-020 while a sign-in is needed everything local goes on, and signing in continues without loading again', async () => {
  const { calls, wrap, words } = noting();
  let refused = false;
  engine = await openTestEngine((connector) => {
    const noted = wrap(connector);
    return {
      ...noted,
      connect: async (role, signal) => (refused ? fail(REFUSED) : noted.connect(role, signal)),
      listMailboxes: async (signal) => (refused ? fail(REFUSED) : noted.listMailboxes(signal)),
      preparePush: async (action, signal) => (refused ? fail(REFUSED) : noted.preparePush(action, signal)),
    };
  });
  for (let at = 0; at < 30; at++) engine.deliver(`m${at}`);
  await engine.pass(10_000);
  engine.network.report('offline');
  await engine.pass(1_000);
  await engine.mutate('m1', star);
  refused = true;
  engine.network.report('online');
  await engine.pass(5_000);
  expect(engine.account()).toMatchObject({ state: 'auth', failure: { kind: 'auth' } });
  expect(engine.supervisor.status().needsSignIn).toEqual([engine.accountId]);
  expect(pendingCounts(engine.store.read, engine.accountId).waiting).toBe(1);
  await engine.mutate('m2', { kind: 'archive' });
  await engine.pass(24 * 3_600_000);
  expect(engine.subjects('Archive')).toEqual(['m2']);
  expect(engine.subjects('INBOX')).toHaveLength(29);
  expect(pendingCounts(engine.store.read, engine.accountId)).toEqual({ waiting: 2, parked: 0 });

  engine.deliver('arrived meanwhile');
  refused = false;
  calls.length = 0;
  await engine.supervisor.refreshAccount(engine.accountId);
  await engine.pass(10_000);
  expect(engine.account().state).toBe('ok');
  expect(pendingCounts(engine.store.read, engine.accountId)).toEqual({ waiting: 0, parked: 0 });
  expect(engine.subjects('INBOX')).toContain('arrived meanwhile');
  expect(words().filter((what) => /pull (initial|backfill|revalidate)/.test(what))).toEqual([]);
  expect(words().filter((what) => what.startsWith('bodies'))).toEqual(['bodies 1']);
});

test('a mistake of ours with one change sets that one aside, with what to do; the changes behind it go on', async () => {
  engine = await openTestEngine((connector) => ({
    ...connector,
    push: (action, wire, signal) => {
      if (action.kind === 'move') throw new TypeError('a mistake');
      return connector.push(action, wire, signal);
    },
  }));
  for (const subject of ['m1', 'm2']) engine.deliver(subject);
  await engine.pass(5_000);
  await engine.mutate('m1', { kind: 'archive' });
  await engine.mutate('m2', star);
  await engine.pass(5_000);
  expect(pendingCounts(engine.store.read, engine.accountId)).toEqual({ waiting: 0, parked: 1 });
  expect(engine.subjects('INBOX')).toEqual(['m1', 'm2']);
  expect(engine.errors).toMatchObject([{ event: 'engine.bug', fields: { work: 'change' } }]);
  expect(engine.events).toContainEqual(
    expect.objectContaining({ kind: 'parked', failure: expect.objectContaining({ kind: 'internal' }) }),
  );
});

import { afterEach, expect, test } from 'vitest';
import { openTestEngine, type TestEngine } from '../../../test/fakes/open-test-engine';
import type { Connector } from '../connectors/contract';
import { recount } from '../store/recount';

let engine: TestEngine;
afterEach(async () => {
  expect(recount(engine.store.read)).toEqual([]);
  await engine.close();
});

/** Counts the bodies that are asked for. */
function countingBodies() {
  const bodies = { count: 0 };
  const wrap = (connector: Connector): Connector => ({
    ...connector,
    fetchBodies: (role, request, signal) => {
      bodies.count += request.messages.length;
      return connector.fetchBodies(role, request, signal);
    },
  });
  return { bodies, wrap };
}

const lastSeq = (): number =>
  engine.store.read.prepare('SELECT max(seq) FROM change_log').pluck().get() as number;
const logSince = (seq: number, collection: number): { op: string; item: number }[] =>
  engine.store.read
    .prepare('SELECT op, item FROM change_log WHERE seq > ? AND collection = ? ORDER BY seq')
    .all(seq, collection) as { op: string; item: number }[];

test('SYNC-105 a move by another client keeps the local message: devices see the same item leave and arrive', async () => {
  const { bodies, wrap } = countingBodies();
  engine = await openTestEngine(wrap);
  engine.deliver('stays the same');
  await engine.pass(5_000);
  const id = engine.messageId('stays the same');
  const seq = lastSeq();
  engine.server.move('INBOX', 1, 'Archive');
  await engine.pass(70_000);
  expect(engine.subjects('INBOX')).toEqual([]);
  expect(engine.subjects('Archive')).toEqual(['stays the same']);
  expect(engine.messageId('stays the same')).toBe(id);
  expect(logSince(seq, engine.mailboxId('INBOX'))).toEqual([{ op: 'remove', item: id }]);
  expect(logSince(seq, engine.mailboxId('Archive'))).toEqual([{ op: 'add', item: id }]);
  expect(bodies.count).toBe(1);
  await engine.pass(3_600_000);
  expect(engine.messageId('stays the same')).toBe(id);
});

test('SYNC-040 without MAILBOXID a rename is told from delete and create, and neither downloads a body again', async () => {
  const { bodies, wrap } = countingBodies();
  engine = await openTestEngine(wrap, (server) => server.createMailbox('Old'));
  for (const subject of ['one', 'two', 'three']) engine.deliver(subject, 'Old');
  await engine.pass(70_000);
  expect(bodies.count).toBe(3);
  const mailboxId = engine.mailboxId('Old');
  const ids = ['one', 'two', 'three'].map(engine.messageId);

  engine.server.renameMailbox('Old', 'New');
  engine.deliver('four', 'New');
  await engine.pass(70_000);
  expect(engine.mailboxId('New')).toBe(mailboxId);
  expect(engine.subjects('New')).toEqual(['four', 'one', 'three', 'two']);

  // Another validity: deleted and made again by somebody who put the mail back.
  const sources = [...engine.server.mailbox('New').messages.values()];
  engine.server.deleteMailbox('New');
  engine.server.createMailbox('Newer');
  for (const { source, receivedAt } of sources) engine.server.deliver('Newer', source, receivedAt);
  await engine.pass(130_000);
  expect(engine.mailboxId('Newer')).not.toBe(mailboxId);
  expect(engine.subjects('Newer')).toEqual(['four', 'one', 'three', 'two']);
  expect(['one', 'two', 'three'].map(engine.messageId)).toEqual(ids);
  expect(bodies.count).toBe(4);
  await engine.pass(25 * 3_600_000);
  expect(engine.subjects('Newer')).toHaveLength(4);
  expect(['one', 'two', 'three'].map(engine.messageId)).toEqual(ids);
});

test('SYNC-023 the link is known from the system and from results, and "online" starts one attempt within 3 s', async () => {
  let attempts: number[] = [];
  engine = await openTestEngine((connector) => ({
    ...connector,
    listMailboxes: (signal) => {
      attempts.push(engine?.clock.now() ?? 0);
      return connector.listMailboxes(signal);
    },
  }));
  await engine.pass(3_000);
  expect(engine.supervisor.status().online).toBe(true);
  // Results: the system says online and no server answers.
  engine.server.fault = 'offline';
  await engine.pass(120_000);
  expect(engine.supervisor.status().online).toBe(false);
  engine.server.fault = null;
  await engine.pass(6 * 60_000);
  expect(engine.supervisor.status().online).toBe(true);
  // The system: nothing is tried while it says offline.
  engine.network.report('offline');
  await engine.pass(1_000);
  expect(engine.supervisor.status().online).toBe(false);
  attempts = [];
  await engine.pass(3_600_000);
  expect(attempts).toEqual([]);

  const delays: number[] = [];
  for (let round = 0; round < 8; round++) {
    engine.network.report('offline');
    await engine.pass(1_000);
    attempts = [];
    // A flapping link says "online" many times.
    for (let flap = 0; flap < 5; flap++) {
      engine.network.report('offline');
      engine.network.report('online');
    }
    const saidAt = engine.clock.now();
    await engine.pass(3_000);
    // What IDLE sees at its start may ask for a second look; the login is one.
    delays.push((attempts[0] ?? Number.POSITIVE_INFINITY) - saidAt);
    expect(attempts.length).toBeLessThanOrEqual(2);
  }
  expect(Math.max(...delays)).toBeLessThanOrEqual(3_000);
  expect(Math.max(...delays) - Math.min(...delays)).toBeGreaterThan(500);
});

test('what another client removed by the hundred goes in turns, and the rest of them after a failure between two', async () => {
  engine = await openTestEngine();
  const shown = () => engine.subjects('INBOX').length;
  const removed: number[] = [];
  const { writeTx } = engine.store;
  let failures = 0;
  Object.assign(engine.store, {
    writeTx: (...args: Parameters<typeof writeTx>) => {
      const before = shown();
      const result = writeTx(...args);
      removed.push(before - shown());
      // As long as storing or removing one takes.
      engine.clock.spend(Math.abs(before - shown()) / 20);
      if (before < 500 && failures > 0 && failures--) throw new Error('no luck');
      return result;
    },
  });
  for (let at = 0; at < 600; at++) engine.deliver(`m${at}`);
  await engine.pass(10_000);
  expect(shown()).toBe(600);
  failures = 1;
  for (let uid = 1; uid <= 590; uid++) engine.server.remove('INBOX', uid);
  await engine.pass(200_000);
  expect([shown(), failures]).toEqual([10, 0]);
  expect(Math.max(...removed)).toBeLessThan(250);
  expect(removed.filter((count) => count > 0).length).toBeGreaterThan(4);
  engine.errors.length = 0;
});

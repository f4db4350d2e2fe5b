import { afterEach, expect, test } from 'vitest';
import { openTestEngine, type TestEngine } from '../../../test/fakes/open-test-engine';
import { fail } from '../../shared/outcome';

let engine: TestEngine;
afterEach(() => engine.close());

const rows = (kind: string): Record<string, unknown>[] =>
  engine.store.read.prepare('SELECT * FROM sync_log WHERE kind = ? ORDER BY id').all(kind) as Record<
    string,
    unknown
  >[];

test('a change of an account’s state is a row of the log (part of SYNC-001)', async () => {
  engine = await openTestEngine();
  await engine.pass(3_000);
  engine.server.fault = 'offline';
  await engine.pass(70_000);
  engine.server.fault = null;
  await engine.pass(6 * 60_000);
  engine.supervisor.setOffline(true);
  await engine.pass(1_000);
  const transitions = [...rows('state'), ...rows('auth')].map(({ result }) => result);
  expect(transitions.length).toBeGreaterThanOrEqual(4);
  expect(transitions).toContain('error');
  expect(engine.account().state).toBe('offline');
});

test('a cycle says what it was for, what it found and what it cost (SYNC-310)', async () => {
  engine = await openTestEngine();
  engine.deliver('one');
  engine.deliver('two');
  await engine.pass(3_000);
  const first = rows('pull')[0];
  expect(first).toMatchObject({ cause: 'start', added: 2, removed: 0 });
  expect(Number(first?.round_trips)).toBeGreaterThan(0);
  expect(Number(first?.finished_at)).toBeGreaterThanOrEqual(Number(first?.started_at));
});

test('SYNC-313 "last synced" is the end of the last successful round that covered it', async () => {
  engine = await openTestEngine();
  await engine.pass(3_000);
  const before = engine.account().lastSyncedAt ?? 0;
  const inbox = (): number =>
    engine.store.read
      .prepare("SELECT last_synced_at FROM mailboxes WHERE path = 'INBOX'")
      .pluck()
      .get() as number;
  expect(inbox()).toBeGreaterThan(0);
  engine.server.fault = 'offline';
  await engine.pass(3_600_000);
  expect(engine.account().lastSyncedAt).toBeLessThanOrEqual(before + 61_000);
  const stale = inbox();
  engine.server.fault = null;
  await engine.pass(6 * 60_000);
  expect(inbox()).toBeGreaterThan(stale);
});

test('quiet polls of an hour are one row', async () => {
  engine = await openTestEngine();
  await engine.pass(3_000);
  const before = rows('pull').length;
  for (let i = 0; i < 180; i++) await engine.pass(60_000);
  expect(rows('pull').length - before).toBeLessThanOrEqual(5);
});

test('no subject or address reaches the log (part of SYNC-311)', async () => {
  const canary = 'canary-7f3a';
  const written: string[] = [];
  engine = await openTestEngine((connector) => ({
    ...connector,
    fetchBodies: async function* (role, request, signal) {
      yield* connector.fetchBodies(role, request, signal);
    },
    push: async () =>
      fail({ kind: 'rejected', message: 'The server refused it.', serverText: 'NO not allowed' }),
  }));
  engine.deliver(`${canary} subject`);
  await engine.pass(3_000);
  await engine.mutate(`${canary} subject`, { kind: 'archive' });
  await engine.mutate(`${canary} subject`, { kind: 'keywords', add: ['$flagged'], remove: [] });
  await engine.pass(120_000);
  written.push(JSON.stringify(engine.store.read.prepare('SELECT * FROM sync_log').all()));
  written.push(JSON.stringify(engine.errors));
  const parked = engine.store.read
    .prepare("SELECT count(*) FROM pending_changes WHERE state = 'parked'")
    .pluck()
    .get();
  expect(parked).toBe(2);
  for (const text of written) {
    expect(text).not.toContain(canary);
    expect(text).not.toContain('a@example.org');
  }
});

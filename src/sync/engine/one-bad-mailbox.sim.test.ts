import { afterEach, expect, test } from 'vitest';
import { openTestEngine, type TestEngine } from '../../../test/fakes/open-test-engine';
import type { Failure } from '../../shared/failure';
import { fail } from '../../shared/outcome';
import type { Connector } from '../connectors/contract';
import { pendingCounts } from '../store/read/pending';
import { lastAudit } from '../store/read/upkeep';
import { recount } from '../store/recount';

let engine: TestEngine;
afterEach(() => engine.close());

const FAILURES: readonly Failure[] = [
  { kind: 'rejected', message: 'The mail server refused this.', serverText: 'Permission denied' },
  { kind: 'not-found', message: 'The folder does not exist on the server any more.' },
  { kind: 'conflict', message: 'The folder was rebuilt on the server.' },
  { kind: 'protocol', message: 'The mail server does not number the messages of this folder.' },
];

/** A folder that never opens; counts how often it was asked for. */
function refusing(remoteKey: string, failure: Failure) {
  const asked = { pulls: 0, lists: 0 };
  const wrap = (connector: Connector): Connector => ({
    ...connector,
    listMailboxes: (signal) => {
      asked.lists += 1;
      return connector.listMailboxes(signal);
    },
    pull: async function* (request, signal) {
      if (request.remoteKey !== remoteKey) return yield* connector.pull(request, signal);
      asked.pulls += 1;
      yield fail(failure);
    },
    fetchBodies: async function* (role, request, signal) {
      if (request.remoteKey === remoteKey) yield fail(failure);
      else yield* connector.fetchBodies(role, request, signal);
    },
  });
  return { asked, wrap };
}

test.each(FAILURES)('a folder the server does not open holds up nothing else: $kind', async (failure) => {
  const { asked, wrap } = refusing('Junk', failure);
  engine = await openTestEngine(wrap);
  for (let at = 0; at < 250; at++) engine.deliver(`m${at}`);
  engine.deliver('never seen', 'Junk');
  await engine.pass(30_000);
  expect(engine.subjects('INBOX')).toHaveLength(250);
  const bodies = engine.store.read.prepare("SELECT count(*) FROM messages WHERE body_state = 'here'").pluck();
  expect(bodies.get()).toBe(250);
  expect(engine.account()).toMatchObject({ state: 'ok', watch: 'idle' });
  engine.deliver('new');
  await engine.pass(1_500);
  expect(engine.subjects('INBOX')).toContain('new');
  await engine.mutate('m7', { kind: 'archive' });
  await engine.pass(1_500);
  expect(engine.server.mailbox('Archive').messages.size).toBe(1);
  expect(pendingCounts(engine.store.read, engine.accountId)).toEqual({ waiting: 0, parked: 0 });

  // It is told by name, and asked again with every sweep, not in a loop.
  const told = engine.store.read
    .prepare("SELECT DISTINCT result, failure_json FROM sync_log WHERE mailbox = 'Junk' AND kind = 'pull'")
    .all() as { result: string; failure_json: string }[];
  expect(told).toMatchObject([{ result: 'error', failure_json: expect.stringContaining('Junk') }]);
  asked.pulls = 0;
  asked.lists = 0;
  for (let minute = 0; minute < 60; minute++) await engine.pass(60_000);
  expect(asked.pulls).toBeGreaterThan(0);
  expect(asked.pulls).toBeLessThanOrEqual(2 * 62);
  expect(asked.lists).toBeLessThanOrEqual(2 * 62);
  expect(recount(engine.store.read)).toEqual([]);
});

test('a night with a folder that does not open audits the others', async () => {
  const { wrap } = refusing('Junk', FAILURES[0] as Failure);
  engine = await openTestEngine(wrap);
  engine.deliver('one');
  await engine.pass(3_600_000);
  const began = engine.clock.now();
  await engine.pass(26 * 3_600_000);
  const audited = engine.store.read
    .prepare("SELECT DISTINCT mailbox, result FROM sync_log WHERE kind = 'audit' ORDER BY mailbox")
    .all();
  expect(audited).toContainEqual({ mailbox: 'Junk', result: 'error' });
  expect(lastAudit(engine.store.read, engine.accountId)).toBeGreaterThan(began);
  expect(engine.account().state).toBe('ok');
});

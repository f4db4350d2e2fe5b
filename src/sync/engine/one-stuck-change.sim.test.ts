import { afterEach, expect, test } from 'vitest';
import { openTestEngine, type TestEngine } from '../../../test/fakes/open-test-engine';
import type { Failure } from '../../shared/failure';
import { fail } from '../../shared/outcome';
import type { Connector, PushAction } from '../connectors/contract';
import { pendingCounts } from '../store/read/pending';

let engine: TestEngine;
afterEach(() => engine.close());

const star = { kind: 'keywords', add: ['$flagged'], remove: [] } as const;
const BUSY: Failure = { kind: 'offline', answered: true, message: 'In use.', serverText: '[INUSE] Locked' };
const LOST: Failure = { kind: 'unknown-outcome', message: 'The connection was lost.' };

/** The server has trouble with moves for as long as `trouble` says. */
function stuck(at: 'push' | 'probe') {
  const state = { trouble: true, cut: at === 'probe', asked: 0, lists: 0 };
  const isMove = (action: PushAction) => action.kind === 'move';
  const wrap = (connector: Connector): Connector => ({
    ...connector,
    listMailboxes: (signal) => {
      state.lists += 1;
      return connector.listMailboxes(signal);
    },
    push: async (action, wire, signal) => {
      if (!isMove(action)) return connector.push(action, wire, signal);
      if (state.cut) {
        state.cut = false;
        return fail(LOST);
      }
      if (at === 'push' && state.trouble) {
        state.asked += 1;
        return fail(BUSY);
      }
      return connector.push(action, wire, signal);
    },
    probePush: async (action, wire, signal) => {
      if (!isMove(action) || !state.trouble) return connector.probePush(action, wire, signal);
      state.asked += 1;
      return fail(BUSY);
    },
  });
  return { state, wrap };
}

test.each(['push', 'probe'] as const)(
  'a change the server cannot take now (%s) is asked about less and less often, told of, and holds up no other',
  async (at) => {
    const { state, wrap } = stuck(at);
    engine = await openTestEngine(wrap);
    for (let number = 0; number < 20; number++) engine.deliver(`m${number}`);
    await engine.pass(5_000);
    await engine.mutate('m0', { kind: 'archive' });
    await engine.pass(30_000);
    for (let number = 1; number < 10; number++) {
      await engine.mutate(`m${number}`, star);
      await engine.pass(1_000);
      expect(engine.server.mailbox('INBOX').messages.get(number + 1)?.keywords).toContain('$flagged');
    }
    expect(engine.account()).toMatchObject({ state: 'ok', failure: null });
    state.asked = 0;
    state.lists = 0;
    for (let minute = 0; minute < 60; minute++) await engine.pass(60_000);
    expect(state.asked).toBeGreaterThan(0);
    expect(state.asked).toBeLessThanOrEqual(20);
    expect(state.lists).toBeLessThanOrEqual(130);
    const row = engine.store.read
      .prepare('SELECT attempts, first_failure_at, state, last_error_json FROM pending_changes')
      .get() as { attempts: number; first_failure_at: number; state: string; last_error_json: string };
    expect(row.attempts).toBeGreaterThanOrEqual(5);
    expect(row.first_failure_at).not.toBeNull();
    state.trouble = false;
    for (let minute = 0; minute < 20; minute++) await engine.pass(60_000);
    const moved = engine.server.mailbox('Archive').messages.size;
    if (at === 'push') {
      expect(moved).toBe(1);
      expect(pendingCounts(engine.store.read, engine.accountId)).toEqual({ waiting: 0, parked: 0 });
      return;
    }
    // Nobody could tell for ten minutes: a person has to look, and nothing is repeated meanwhile.
    expect(row.state).toBe('parked');
    expect(JSON.parse(row.last_error_json)).toMatchObject({
      kind: 'unknown-outcome',
      serverText: '[INUSE] Locked',
    });
    expect(moved).toBe(0);
  },
);

test.each(['done', 'not done'])(
  'SYNC-256 a probe that cannot decide in three tries, or in ten minutes, parks the change with what was seen, and nothing is repeated (%s)',
  async (effect) => {
    const UNCLEAR: Failure = { kind: 'conflict', message: 'Rebuilt.', serverText: 'nobody can tell' };
    const seen: { failure: Failure } = { failure: UNCLEAR };
    const pushed: string[] = [];
    let probes = 0;
    engine = await openTestEngine((connector) => ({
      ...connector,
      push: async (action, wire, signal) => {
        pushed.push(action.kind);
        if (effect === 'done') await connector.push(action, wire, signal);
        return fail(LOST);
      },
      probePush: async () => {
        probes += 1;
        return fail(seen.failure);
      },
    }));
    for (const subject of ['by tries', 'by time']) engine.deliver(subject);
    await engine.pass(5_000);
    const parked = () =>
      engine.store.read
        .prepare("SELECT last_error_json FROM pending_changes WHERE state = 'parked' ORDER BY id")
        .pluck()
        .all() as string[];
    await engine.mutate('by tries', { kind: 'archive' });
    await engine.pass(5_000);
    expect([probes > 0, parked()]).toEqual([true, []]);
    await engine.pass(180_000);
    expect(probes).toBe(3);
    expect(parked()).toHaveLength(1);

    seen.failure = BUSY;
    probes = 0;
    await engine.mutate('by time', { kind: 'archive' });
    for (let minute = 0; minute < 9; minute++) await engine.pass(60_000);
    expect(parked()).toHaveLength(1);
    for (let minute = 0; minute < 12; minute++) await engine.pass(60_000);
    expect(parked()).toHaveLength(2);
    for (const [at, text] of ['nobody can tell', '[INUSE] Locked'].entries())
      expect(JSON.parse(parked()[at] ?? '')).toMatchObject({ kind: 'unknown-outcome', serverText: text });
    expect(pushed).toEqual(['move', 'move']);
  },
);

import { afterEach, expect, test } from 'vitest';
import { openTestEngine, type TestEngine } from '../../../test/fakes/open-test-engine';
import { oldestWaitingAt } from '../store/read/pending';

let engine: TestEngine;
afterEach(() => engine.close());

test('the step, the timers and the counters of an account can be looked at', async () => {
  engine = await openTestEngine();
  engine.deliver('one');
  await engine.pass(3_000);
  const resting = engine.supervisor.inspect(engine.accountId);
  expect(resting).toMatchObject({ step: 'resting', totals: { fetched: 1, probedDone: 0 } });
  expect(resting?.nextAttemptInMs).toBeGreaterThan(0);
  expect(resting?.totals.roundTrips).toBeGreaterThan(0);
  engine.server.fault = 'offline';
  await engine.pass(70_000);
  expect(engine.supervisor.inspect(engine.accountId)?.step).toBe('resting, waiting after a failure');
  engine.supervisor.setOffline(true);
  await engine.pass(100);
  expect(engine.supervisor.inspect(engine.accountId)).toBeNull();
});

test('what a probe found after a lost answer is counted, and how old the queue is', async () => {
  engine = await openTestEngine();
  engine.deliver('one');
  await engine.pass(3_000);
  engine.network.report('offline');
  await engine.pass(100);
  const askedAt = engine.clock.now();
  await engine.mutate('one', { kind: 'archive' });
  expect(oldestWaitingAt(engine.store.read, engine.accountId)).toBe(askedAt);
  engine.network.report('online');
  await engine.pass(60_000);
  expect(engine.subjects('Archive')).toEqual(['one']);
  engine.server.fault = 'cut-after';
  await engine.mutate('one', { kind: 'trash' });
  await engine.pass(180_000);
  expect(engine.supervisor.inspect(engine.accountId)?.totals).toMatchObject({
    probedDone: 1,
    probedNotDone: 0,
    probedUndecided: 0,
  });
  expect(oldestWaitingAt(engine.store.read, engine.accountId)).toBeNull();
});

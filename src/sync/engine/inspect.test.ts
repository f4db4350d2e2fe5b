import { afterEach, expect, test } from 'vitest';
import { openTestEngine, type TestEngine } from '../../../test/fakes/open-test-engine';

let engine: TestEngine;
afterEach(() => engine.close());

test('the state of an account can be looked at: step, timers, counters (SYNC-404, SYNC-411)', async () => {
  engine = await openTestEngine();
  engine.deliver('one');
  await engine.pass(3_000);
  const resting = engine.supervisor.inspect(engine.accountId);
  expect(resting).toMatchObject({ step: 'resting', totals: { fetched: 1 } });
  expect(resting?.nextAttemptInMs).toBeGreaterThan(0);
  expect(resting?.totals.roundTrips).toBeGreaterThan(0);
  engine.server.fault = 'offline';
  await engine.pass(70_000);
  expect(engine.supervisor.inspect(engine.accountId)?.step).toBe('resting, waiting after a failure');
  engine.supervisor.setOffline(true);
  await engine.pass(100);
  expect(engine.supervisor.inspect(engine.accountId)).toBeNull();
});

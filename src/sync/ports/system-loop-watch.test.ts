import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createFakeClock } from '../../../test/fakes/fake-clock';
import { createSystemLoopWatch } from './system-loop-watch';

test('the load of the thread is told at once, exact delays only while somebody looks', async () => {
  const clock = createFakeClock();
  const watch = createSystemLoopWatch(clock);
  const first = watch.look();
  expect(first.delay).toBeNull();
  expect(first.busyShare).toBeGreaterThan(0);
  expect(first.busyShare).toBeLessThanOrEqual(1);
  expect(first.meanTurnMs).toBeGreaterThan(0);
  // A turn of its own that holds the thread up.
  await sleep(30);
  const until = performance.now() + 60;
  while (performance.now() < until);
  await sleep(30);
  const second = watch.look();
  expect(second.delay?.maxMs).toBeGreaterThan(20);
  expect(clock.pending()).toBe(1);
  clock.advance(10_000);
  expect(clock.pending()).toBe(0);
  expect(watch.look().delay).toBeNull();
  clock.advance(10_000);
});

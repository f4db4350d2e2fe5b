import { expect, test } from 'vitest';
import { OneDay } from './one-day';

/** Every n-th point; 1 = all of them. */
const { SIMULATION_STRIDE = '1' } = process.env;

test('SYNC-390 SYNC-391 a process killed at any point of a day starts again, keeps every invariant and ends in the same state', async () => {
  const whole = new OneDay(0);
  await whole.live();
  expect(whole.broken()).toEqual([]);
  const wanted = whole.serverView();
  expect(whole.localView()).toEqual(wanted);
  // Twice in a row: the second time there is nothing to do and nothing to tell.
  const told = whole.told();
  await whole.restart();
  await whole.settle();
  expect([whole.told(), whole.broken(), whole.localView()]).toEqual([told, [], wanted]);
  const { points } = whole;
  await whole.close();
  expect(points).toBeGreaterThan(200);

  for (let at = 1; at <= points; at += Number(SIMULATION_STRIDE)) {
    const day = new OneDay(at);
    try {
      await day.live();
      const where = `killed at point ${at} of ${points}`;
      expect(day.broken(), where).toEqual([]);
      expect(day.serverView(), where).toEqual(wanted);
      expect(day.localView(), where).toEqual(wanted);
    } finally {
      await day.close();
    }
  }
}, 300_000);

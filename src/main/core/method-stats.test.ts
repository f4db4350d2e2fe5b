import { expect, test } from 'vitest';
import { createFakeClock } from '../../../test/fakes/fake-clock';
import { METHODS } from '../../shared/contract/methods';
import { quantileMs } from './histogram';
import { createMethodStats } from './method-stats';

test('calls are counted by method with a histogram of how long they took', () => {
  const clock = createFakeClock();
  const stats = createMethodStats(clock);
  for (const ms of [0, 1, 3, 3, 90_000]) {
    const end = stats.begin('lists.page');
    clock.advance(ms);
    end(ms < 90_000);
  }
  stats.begin('status.get')(true);
  const view = METHODS['stats.get'].output.parse(stats.read());
  expect(view.methods.map(({ method, count, failed }) => [method, count, failed])).toEqual([
    ['lists.page', 5, 1],
    ['status.get', 1, 0],
  ]);
  const [page] = view.methods;
  expect(page?.buckets).toEqual([2, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  expect(page).toMatchObject({ maxMs: 90_000, meanMs: expect.closeTo(90_007 / 5) });
  const at = (share: number) => page && quantileMs(page, share);
  expect([at(0.4), at(0.5), at(0.99)]).toEqual([1, 5, 90_000]);
});

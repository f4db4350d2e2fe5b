import { expect, test } from 'vitest';
import { createFakeClock } from '../../../test/fakes/fake-clock';
import { createTurnQueue, PASS_MS, type Work } from './turn-queue';

/** Workers that always want another turn of 12 ms; answers whose turn it was, in order. */
async function share(kinds: readonly Work[], passes: number): Promise<Work[]> {
  const clock = createFakeClock();
  const turns = createTurnQueue(clock);
  const served: Work[] = [];
  let over = false;
  const workers = kinds.map(async (work) => {
    for (;;) {
      await turns.next(work);
      if (over) return;
      served.push(work);
      clock.spend(PASS_MS);
    }
  });
  for (let pass = 0; pass < passes; pass++) {
    clock.advance(0);
    await new Promise((resolve) => setImmediate(resolve));
  }
  over = true;
  const taken = [...served];
  const ended = Promise.all(workers);
  for (let pass = 0; pass <= kinds.length; pass++) {
    clock.advance(0);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await ended;
  return taken;
}

const count = (served: readonly Work[], work: Work): number => served.filter((one) => one === work).length;

test('one pass of the event loop gives one turn, however many wait', async () => {
  expect(await share(Array<Work>(8).fill('backfill'), 50)).toHaveLength(51);
});

test('SYNC-400 each kind has its share by weight, and the least urgent one goes on', async () => {
  const served = await share(['audit', 'backfill', 'bodies', 'queue', 'new-mail', 'visible'], 63 * 20);
  const shares = (['visible', 'new-mail', 'queue', 'bodies', 'backfill', 'audit'] as const).map((work) =>
    Math.round(count(served, work) / 20),
  );
  expect(shares).toEqual([32, 16, 8, 4, 2, 1]);
});

test('SYNC-400 what a person did goes before everything that waits', async () => {
  const clock = createFakeClock();
  const turns = createTurnQueue(clock);
  const served: string[] = [];
  await turns.next('backfill');
  clock.spend(PASS_MS);
  for (const work of ['visible', 'new-mail', 'user'] as const)
    void turns.next(work).then(() => served.push(work));
  clock.advance(0);
  await Promise.resolve();
  await Promise.resolve();
  expect(served).toEqual(['user']);
});

test('who wanted no turn for a long time has not saved any up', async () => {
  const clock = createFakeClock();
  const turns = createTurnQueue(clock);
  const served: Work[] = [];
  const want = (work: Work) => void turns.next(work).then(() => served.push(work));
  const pass = async () => {
    clock.spend(PASS_MS);
    clock.advance(0);
    await new Promise((resolve) => setImmediate(resolve));
  };
  await turns.next('backfill');
  clock.spend(PASS_MS);
  for (let i = 0; i < 40; i++) want('backfill');
  for (let i = 0; i < 30; i++) await pass();
  for (let i = 0; i < 8; i++) want('audit');
  served.length = 0;
  for (let i = 0; i < 8; i++) await pass();
  expect(count(served, 'backfill')).toBeGreaterThanOrEqual(5);
  expect(count(served, 'audit')).toBeGreaterThanOrEqual(1);
});

test('short work runs at once while the pass has time left', async () => {
  const clock = createFakeClock();
  const turns = createTurnQueue(clock);
  for (let i = 0; i < 5; i++) {
    await turns.next('backfill');
    clock.spend(2);
  }
  expect(clock.monotonic()).toBe(10);
});

import { expect, test } from 'vitest';
import { createFakeClock } from '../../../../test/fakes/fake-clock';
import { createTurnQueue } from '../../ports/turn-queue';
import { createPace } from './pace';

test('reading pauses after 15 ms of lines, and goes on at once before', async () => {
  const clock = createFakeClock();
  const pace = createPace(clock, createTurnQueue(clock));
  for (let line = 0; line < 320; line++) expect(pace()).toBeNull();
  clock.advance(15);
  const answers = Array.from({ length: 32 }, () => pace());
  expect(answers.filter(Boolean)).toHaveLength(1);
  clock.advance(0);
  await answers.find(Boolean);
  for (let line = 0; line < 320; line++) expect(pace()).toBeNull();
});

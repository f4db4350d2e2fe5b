import { expect, test } from 'vitest';
import { addSample, type SpeedSample, speedOf } from './speed';

const at = (seconds: number, messages: number, bytes: number): SpeedSample => ({
  at: seconds * 1000,
  messages,
  bytes,
});
const read = (...samples: SpeedSample[]) =>
  speedOf(samples.reduce((kept: SpeedSample[], sample) => addSample(kept, sample), []));

test('the speed of the last seconds, not of the whole past', () => {
  expect(read(at(0, 0, 0), at(1, 100, 5_000), at(2, 200, 10_000))).toEqual({
    messagesPerS: 100,
    bytesPerS: 5_000,
  });
  expect(read(at(0, 0, 0), at(20, 9_000, 9_000), at(22, 9_000, 9_000))).toEqual({
    messagesPerS: 0,
    bytesPerS: 0,
  });
});

test('one reading has no speed; an account that was started again begins anew', () => {
  expect(read(at(0, 5, 5))).toBeNull();
  expect(read(at(0, 500, 500), at(1, 3, 3))).toBeNull();
  expect(read(at(0, 500, 500), at(1, 0, 0), at(2, 10, 20))).toEqual({ messagesPerS: 10, bytesPerS: 20 });
});

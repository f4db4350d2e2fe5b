import type { Random } from '../../src/sync/ports/random';

/** Repeatable randomness (mulberry32): the same seed gives the same run. */
export function createFakeRandom(seed = 1): Random {
  let state = seed >>> 0;
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    fraction,
    token: (bytes) =>
      Array.from({ length: bytes }, () =>
        Math.floor(fraction() * 256)
          .toString(16)
          .padStart(2, '0'),
      ).join(''),
  };
}

import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  countRanges,
  formatRanges,
  intersectRanges,
  rangesContain,
  rangesFromUids,
  subtractRanges,
  takeNewest,
  unionRanges,
} from './uid-ranges';

const uids = fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { maxLength: 80 });
const expand = (ranges: ReturnType<typeof rangesFromUids>): number[] =>
  ranges.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i));
const sorted = (set: Iterable<number>): number[] => [...set].sort((x, y) => x - y);

test('set operations agree with sets of numbers', () => {
  fc.assert(
    fc.property(uids, uids, (a, b) => {
      const [ra, rb, sa, sb] = [rangesFromUids(a), rangesFromUids(b), new Set(a), new Set(b)];
      expect(expand(unionRanges(ra, rb))).toEqual(sorted(sa.union(sb)));
      expect(expand(subtractRanges(ra, rb))).toEqual(sorted(sa.difference(sb)));
      expect(expand(intersectRanges(ra, rb))).toEqual(sorted(sa.intersection(sb)));
      expect(countRanges(ra)).toBe(sa.size);
      for (const uid of b) expect(rangesContain(ra, uid)).toBe(sa.has(uid));
    }),
  );
});

test('the newest of a sparse set', () => {
  const set = rangesFromUids([1, 2, 3, 50, 900, 901]);
  expect(takeNewest(set, 4)).toEqual([
    [3, 3],
    [50, 50],
    [900, 901],
  ]);
  expect(takeNewest(set, 100)).toEqual(set);
  expect(formatRanges(set)).toBe('1:3,50,900:901');
});

test('a huge span is never expanded', () => {
  expect(intersectRanges([[1, 4_294_967_295]], [[5, 7]])).toEqual([[5, 7]]);
  expect(countRanges([[1, 4_294_967_295]])).toBe(4_294_967_295);
});

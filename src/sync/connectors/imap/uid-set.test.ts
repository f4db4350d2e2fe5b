import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { UidRange } from '../../../shared/observation';
import { countRanges, normaliseRanges, unionRanges } from '../../../shared/uid-ranges';
import { MAX_SET_CHARS, MAX_UID } from './limits';
import { formatUidSets, listUidSet, newestWindow, oldestWindow, parseUidSet } from './uid-set';

test.each([
  [
    '1:3,7',
    [
      [1, 3],
      [7, 7],
    ],
  ],
  [
    '9:7,1',
    [
      [1, 1],
      [7, 9],
    ],
  ],
  ['1:4294967295', [[1, MAX_UID]]],
  ['1:*', null],
  ['0', null],
  ['4294967296', null],
  ['1,,2', null],
  ['', null],
])('parses %s', (text, expected) => expect(parseUidSet(text)).toEqual(expected));

test('a paired set keeps the order of the server and refuses what is too large', () => {
  expect(listUidSet('5:3,9', 10)).toEqual([5, 4, 3, 9]);
  expect(listUidSet('1:4294967295', 1000)).toBeNull();
  expect(listUidSet('1:x', 10)).toBeNull();
});

const sparse = fc
  .uniqueArray(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 3000 })
  .map((uids) => normaliseRanges(uids.map((uid): UidRange => [uid, uid])));

test('sets are split so that every command line stays short, and lose nothing', () => {
  fc.assert(
    fc.property(sparse, (ranges) => {
      const sets = formatUidSets(ranges);
      expect(sets.every((set) => set.length <= MAX_SET_CHARS)).toBe(true);
      expect(sets.reduce<UidRange[]>((sum, set) => unionRanges(sum, parseUidSet(set) ?? []), [])).toEqual(
        ranges,
      );
    }),
    { numRuns: 30 },
  );
});

test('windows take from the end or the beginning and fit one line', () => {
  expect(
    newestWindow(
      [
        [1, 5],
        [10, 20],
      ],
      13,
    ),
  ).toEqual([
    [4, 5],
    [10, 20],
  ]);
  expect(
    oldestWindow(
      [
        [1, 5],
        [10, 20],
      ],
      7,
    ),
  ).toEqual([
    [1, 5],
    [10, 11],
  ]);
  const holes = Array.from({ length: 5000 }, (_, at): UidRange => [at * 3 + 1_000_000, at * 3 + 1_000_000]);
  for (const window of [newestWindow(holes, 5000), oldestWindow(holes, 5000)]) {
    expect(formatUidSets(window)).toHaveLength(1);
    expect(countRanges(window)).toBeGreaterThan(300);
  }
});

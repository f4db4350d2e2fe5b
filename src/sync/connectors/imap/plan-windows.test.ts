import { expect, test } from 'vitest';
import { countRanges } from '../../../shared/uid-ranges';
import { groupsOf } from './fetch-bodies';
import { planFlagScan } from './fetch-flags';
import { nextWindowSize } from './fetch-window';

test.each([
  [100, 50, 200],
  [200, 50, 1000],
  [1000, 50, 2000],
  [4000, 50, 5000],
  [5000, 50, 5000],
  [3000, 2500, 3000],
  [3000, 6000, 1500],
  [250, 9000, 200],
])('after %i messages in %i ms the next window has %i', (count, tookMs, expected) => {
  expect(nextWindowSize(count, tookMs)).toBe(expected);
});

test('on a plain server everything is compared in turns, the newest every time', () => {
  const known = [[1, 25_000]] as const;
  const seen = new Set<number>();
  let uid = 0;
  for (let cycle = 0; cycle < 3; cycle++) {
    const { pieces, nextUid } = planFlagScan(known, uid);
    const ranges = pieces.flat();
    expect(countRanges(ranges)).toBeLessThanOrEqual(12_000);
    expect(ranges.at(-1)).toEqual([23_001, 25_000]);
    for (const [first, last] of ranges) for (let at = first; at <= last; at++) seen.add(at);
    uid = nextUid;
  }
  expect(seen.size).toBe(25_000);
  expect(uid).toBe(0);
});

test('bodies are grouped by 50 or 2 MB, large messages stand alone, the order stays', () => {
  const message = (uid: number, size: number) => ({ uid, size, textSections: null });
  const messages = [
    ...Array.from({ length: 60 }, (_, at) => message(at + 1, 1000)),
    message(100, 5_000_000),
    message(101, 1_900_000),
    message(102, 300_000),
  ];
  const groups = groupsOf({ remoteKey: 'INBOX', uidValidity: '1', wholeBelowBytes: 2_000_000, messages });
  expect(groups.map(({ whole, messages: inside }) => [whole, inside.length])).toEqual([
    [true, 50],
    [true, 10],
    [false, 1],
    [true, 1],
    [true, 1],
  ]);
  expect(groups.flatMap((group) => group.messages)).toEqual(messages);
});

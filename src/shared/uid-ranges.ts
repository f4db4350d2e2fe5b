import type { UidRange } from './observation';

/**
 * Compact sets of UIDs: inclusive ranges, ascending, neither overlapping nor touching. Servers name huge spans
 * (VANISHED 1:4294967295), so no operation here ever expands a range (SYNC-074).
 */
export type UidRanges = readonly UidRange[];

/** Ascending, possibly repeated numbers to ranges; unsorted input is sorted first. */
export function rangesFromUids(uids: readonly number[]): UidRange[] {
  const sorted = isAscending(uids) ? uids : uids.toSorted((a, b) => a - b);
  const ranges: [number, number][] = [];
  let last: [number, number] | undefined;
  for (const uid of sorted) {
    if (last && uid <= last[1] + 1) last[1] = Math.max(last[1], uid);
    else {
      last = [uid, uid];
      ranges.push(last);
    }
  }
  return ranges;
}

/** Any ranges to the normal form. */
export function normaliseRanges(ranges: UidRanges): UidRange[] {
  const sorted = ranges.map(([a, b]): UidRange => (a <= b ? [a, b] : [b, a])).toSorted((x, y) => x[0] - y[0]);
  const result: [number, number][] = [];
  let last: [number, number] | undefined;
  for (const [first, end] of sorted) {
    if (last && first <= last[1] + 1) last[1] = Math.max(last[1], end);
    else {
      last = [first, end];
      result.push(last);
    }
  }
  return result;
}

export function unionRanges(a: UidRanges, b: UidRanges): UidRange[] {
  return normaliseRanges([...a, ...b]);
}

/** Adds ranges that lie above all of `target` to it, in place; both in normal form. */
export function appendRanges(target: UidRange[], above: UidRanges): void {
  for (const range of above) {
    const last = target.at(-1);
    if (last && range[0] <= last[1] + 1) target[target.length - 1] = [last[0], range[1]];
    else target.push(range);
  }
}

/** What is in `a` and not in `b`; both in normal form. */
export function subtractRanges(a: UidRanges, b: UidRanges): UidRange[] {
  const result: UidRange[] = [];
  let at = 0;
  for (const [first, last] of a) {
    let from = first;
    while (at < b.length && (b[at] as UidRange)[1] < from) at++;
    for (let next = at; next < b.length && from <= last; next++) {
      const [cutFirst, cutLast] = b[next] as UidRange;
      if (cutFirst > last) break;
      if (cutFirst > from) result.push([from, cutFirst - 1]);
      from = cutLast + 1;
    }
    if (from <= last) result.push([from, last]);
  }
  return result;
}

/** What is in both; both in normal form. */
export function intersectRanges(a: UidRanges, b: UidRanges): UidRange[] {
  const result: UidRange[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [aFirst, aLast] = a[i] as UidRange;
    const [bFirst, bLast] = b[j] as UidRange;
    const first = Math.max(aFirst, bFirst);
    const last = Math.min(aLast, bLast);
    if (first <= last) result.push([first, last]);
    if (aLast < bLast) i++;
    else j++;
  }
  return result;
}

export function countRanges(ranges: UidRanges): number {
  return ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

/** Binary search; ranges in normal form. */
export function rangesContain(ranges: UidRanges, uid: number): boolean {
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last] = ranges[middle] as UidRange;
    if (uid < first) high = middle - 1;
    else if (uid > last) low = middle + 1;
    else return true;
  }
  return false;
}

/** IMAP sequence-set text ('1:3,7'); empty for the empty set. */
export function formatRanges(ranges: UidRanges): string {
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}:${last}`)).join(',');
}

/** The newest `count` UIDs of the set, as ranges: fetch windows over sparse UIDs (SYNC-053). */
export function takeNewest(ranges: UidRanges, count: number): UidRange[] {
  const result: UidRange[] = [];
  let left = count;
  for (let i = ranges.length - 1; i >= 0 && left > 0; i--) {
    const [first, last] = ranges[i] as UidRange;
    const from = Math.max(first, last - left + 1);
    result.unshift([from, last]);
    left -= last - from + 1;
  }
  return result;
}

function isAscending(uids: readonly number[]): boolean {
  for (let i = 1; i < uids.length; i++) if ((uids[i] as number) < (uids[i - 1] as number)) return false;
  return true;
}

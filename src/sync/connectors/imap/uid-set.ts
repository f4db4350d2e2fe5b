/** UID sets as servers write them, to and from ranges; nothing here ever expands a range (SYNC-074). */
import type { UidRange } from '../../../shared/observation';
import {
  countRanges,
  formatRanges,
  normaliseRanges,
  takeNewest,
  type UidRanges,
} from '../../../shared/uid-ranges';
import { MAX_SET_CHARS, MAX_UID } from './limits';

/** Null when it is no UID set ('*' has no place in an answer). Order and overlaps are put right. */
export function parseUidSet(text: string): UidRange[] | null {
  const ranges: UidRange[] = [];
  for (const part of text.split(',')) {
    const match = /^(\d{1,10})(?::(\d{1,10}))?$/.exec(part);
    if (!match) return null;
    const first = Number(match[1]);
    const last = match[2] === undefined ? first : Number(match[2]);
    if (first < 1 || last < 1 || first > MAX_UID || last > MAX_UID) return null;
    ranges.push([first, last]);
  }
  return normaliseRanges(ranges);
}

/**
 * The UIDs in the order the server wrote them: COPYUID pairs two sets by position. Null when it is malformed or names
 * more than `most` UIDs.
 */
export function listUidSet(text: string, most: number): number[] | null {
  const uids: number[] = [];
  for (const part of text.split(',')) {
    const match = /^(\d{1,10})(?::(\d{1,10}))?$/.exec(part);
    if (!match) return null;
    const first = Number(match[1]);
    const last = match[2] === undefined ? first : Number(match[2]);
    const step = last < first ? -1 : 1;
    if (uids.length + Math.abs(last - first) + 1 > most) return null;
    for (let uid = first; uid !== last + step; uid += step) uids.push(uid);
  }
  return uids;
}

/** Texts of sets that each fit one command line (SYNC-047). */
export function formatUidSets(ranges: UidRanges): string[] {
  const sets: string[] = [];
  let current = '';
  for (const range of ranges) {
    const text = formatRanges([range]);
    if (current !== '' && current.length + text.length + 1 > MAX_SET_CHARS) {
      sets.push(current);
      current = '';
    }
    current += current === '' ? text : `,${text}`;
  }
  if (current !== '') sets.push(current);
  return sets;
}

/** The newest `count` UIDs of a sparse set, made shorter until they fit one command line (SYNC-053). */
export function newestWindow(ranges: UidRanges, count: number): UidRange[] {
  let window = takeNewest(ranges, count);
  while (window.length > 1 && formatRanges(window).length > MAX_SET_CHARS) {
    window = takeNewest(window, Math.max(1, Math.floor(countRanges(window) / 2)));
  }
  return window;
}

/** The oldest `count` UIDs, for new mail that has to be taken in order. */
export function oldestWindow(ranges: UidRanges, count: number): UidRange[] {
  const mirrored = ranges
    .map(([first, last]): UidRange => [MAX_UID - last + 1, MAX_UID - first + 1])
    .reverse();
  return newestWindow(mirrored, count)
    .map(([first, last]): UidRange => [MAX_UID - last + 1, MAX_UID - first + 1])
    .reverse();
}

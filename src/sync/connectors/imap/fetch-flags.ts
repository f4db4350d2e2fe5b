/** Flags of stored messages: by change number with CONDSTORE, by comparison without (SYNC-076, SYNC-078). */
import type { FlagFacts, UidRange } from '../../../shared/observation';
import { ok } from '../../../shared/outcome';
import {
  formatRanges,
  intersectRanges,
  rangesContain,
  subtractRanges,
  takeNewest,
} from '../../../shared/uid-ranges';
import { atom, uidSet } from './arguments';
import { readFetchRow } from './fetch-row';
import { toKeywords } from './keywords';
import { FLAG_NEWEST, FLAG_SLICE, MAX_UID } from './limits';
import type { ResponseLine } from './response-line';
import type { CommandResult, ImapSession } from './session';
import { formatUidSets } from './uid-set';
import type { Argument } from './wire';

/** Collects the flags of known UIDs from FETCH responses; the last word on a message counts. */
export class FlagCollector {
  readonly #known: readonly UidRange[];
  readonly #facts = new Map<number, FlagFacts>();

  constructor(known: readonly UidRange[]) {
    this.#known = known;
  }

  take(line: ResponseLine): void {
    const row = line.name === 'FETCH' ? readQuietly(line) : null;
    if (!row?.flags || !rangesContain(this.#known, row.uid)) return;
    this.#facts.set(row.uid, { uid: row.uid, keywords: toKeywords(row.flags), modseq: row.modseq });
  }

  clear(): void {
    this.#facts.clear();
  }

  facts(): FlagFacts[] {
    return [...this.#facts.values()].sort((a, b) => a.uid - b.uid);
  }
}

function readQuietly(line: ResponseLine): ReturnType<typeof readFetchRow> {
  try {
    return readFetchRow(line);
  } catch {
    return null;
  }
}

/** `UID FETCH 1:4294967295 (FLAGS) (CHANGEDSINCE n)`: never '*' (SYNC-073). */
export async function fetchChangedFlags(
  session: ImapSession,
  since: string,
  into: FlagCollector,
): Promise<CommandResult<null>> {
  return await fetchFlags(session, [[1, MAX_UID]], into, [atom('CHANGEDSINCE'), atom(since)]);
}

async function fetchFlags(
  session: ImapSession,
  ranges: readonly UidRange[],
  into: FlagCollector,
  modifier: readonly Argument[] = [],
): Promise<CommandResult<null>> {
  for (const set of formatUidSets(ranges)) {
    const args = [uidSet(set), [atom('UID'), atom('FLAGS')], ...(modifier.length > 0 ? [modifier] : [])];
    const reply = await session.command('UID FETCH', args, { onLine: (line) => into.take(line) });
    if (!reply.ok) return reply;
  }
  return ok(null);
}

/** `UID FETCH a:b (FLAGS)` from the first to the last of each piece: short, whatever lies between (SYNC-078). */
export async function scanFlags(
  session: ImapSession,
  pieces: readonly (readonly UidRange[])[],
  into: FlagCollector,
): Promise<CommandResult<null>> {
  for (const piece of pieces) {
    const first = piece[0]?.[0];
    if (first === undefined) continue;
    const args = [uidSet(formatRanges([[first, piece.at(-1)?.[1] ?? first]])), [atom('FLAGS')]];
    const reply = await session.command('UID FETCH', args, { onLine: (line) => into.take(line) });
    if (!reply.ok) return reply;
  }
  return ok(null);
}

/** What a plain server is asked this time: the newest, and the next slice of the rest in rotation (SYNC-078). */
export function planFlagScan(
  known: readonly UidRange[],
  flagScanUid: number,
): { readonly pieces: readonly (readonly UidRange[])[]; readonly nextUid: number } {
  const newest = takeNewest(known, FLAG_NEWEST);
  const rest = subtractRanges(known, newest);
  const ahead = intersectRanges(rest, [[flagScanUid + 1, MAX_UID]]);
  const slice = takeOldest(ahead.length > 0 ? ahead : rest, FLAG_SLICE);
  const end = slice.at(-1)?.[1] ?? 0;
  const finished = end >= (rest.at(-1)?.[1] ?? 0);
  return { pieces: [slice, newest], nextUid: finished ? 0 : end };
}

/** A set cut into pieces of `count` UIDs. */
export function inPieces(ranges: readonly UidRange[], count: number): UidRange[][] {
  const pieces: UidRange[][] = [];
  for (let rest = ranges; rest.length > 0; ) {
    const piece = takeOldest(rest, count);
    pieces.push(piece);
    rest = subtractRanges(rest, piece);
  }
  return pieces;
}

/** The first `count` UIDs of a set. */
export function takeOldest(ranges: readonly UidRange[], count: number): UidRange[] {
  const result: UidRange[] = [];
  let left = count;
  for (const [first, last] of ranges) {
    if (left <= 0) break;
    const end = Math.min(last, first + left - 1);
    result.push([first, end]);
    left -= end - first + 1;
  }
  return result;
}

/** MESSAGELIMIT (RFC 9738, SYNC-132): a server does a command for its highest UIDs and says where it stopped. */
import { formatRanges, intersectRanges, subtractRanges, takeNewest } from '../../../shared/uid-ranges';
import { atom, uidSet } from './arguments';
import type { ServerStatus } from './response-line';
import { tokenNumber } from './tokens';
import { parseUidSet } from './uid-set';
import type { Argument } from './wire';

export interface LimitReached {
  /** Messages of one command at most. */
  readonly most: number;
  /** The lowest UID that was done; null where nothing was. */
  readonly lowestUid: number | null;
}

export function readLimit({ code, codeArguments }: ServerStatus): LimitReached | null {
  const most = code === 'MESSAGELIMIT' ? tokenNumber(codeArguments[0]) : null;
  return most === null || most < 1 ? null : { most, lowestUid: tokenNumber(codeArguments[1]) };
}

/** What a server advertises: `MESSAGELIMIT=1000`; null = no limit. */
export function advertisedLimit(advertised: ReadonlySet<string>): number | null {
  for (const name of advertised) {
    const most = Number(/^MESSAGELIMIT=(\d{1,9})$/.exec(name)?.[1]);
    if (most > 0) return most;
  }
  return null;
}

/** Reading, and writing that may be done message by message: the rest is simply asked for. A copy is not among them. */
const CONTINUED: ReadonlySet<string> = new Set(['UID FETCH', 'UID STORE', 'UID EXPUNGE', 'UID SEARCH']);

/** The arguments of the same command for what is below; null where nothing is left, or nothing was done. */
export function restOf(
  command: string,
  args: readonly Argument[],
  { lowestUid }: LimitReached,
): readonly Argument[] | null {
  if (!CONTINUED.has(command) || lowestUid === null || lowestUid <= 1) return null;
  const at = args.findIndex((argument) => 'type' in argument && argument.type === 'SEQUENCE');
  const set = args[at];
  if (set && 'type' in set && typeof set.value === 'string') {
    const rest = formatRanges(intersectRanges(parseUidSet(set.value) ?? [], [[1, lowestUid - 1]]));
    return rest === '' ? null : args.with(at, uidSet(rest));
  }
  // A search over everything has no set yet.
  return command === 'UID SEARCH' ? [...args, atom('UID'), uidSet(`1:${lowestUid - 1}`)] : null;
}

/** A set that was refused as a whole, in pieces the server takes; null where pieces are no answer. */
export function piecesOf(
  command: string,
  args: readonly Argument[],
  { most }: LimitReached,
): readonly (readonly Argument[])[] | null {
  const at = args.findIndex((argument) => 'type' in argument && argument.type === 'SEQUENCE');
  const set = args[at];
  if (!CONTINUED.has(command) || !set || !('type' in set) || typeof set.value !== 'string') return null;
  const pieces: (readonly Argument[])[] = [];
  for (let rest = parseUidSet(set.value) ?? []; rest.length > 0; ) {
    const piece = takeNewest(rest, most);
    pieces.push(args.with(at, uidSet(formatRanges(piece))));
    rest = subtractRanges(rest, piece);
    if (pieces.length > MOST_PIECES) return null;
  }
  return pieces.length > 1 ? pieces : null;
}

/** A set of nearly all numbers there are is no list of messages. */
const MOST_PIECES = 1_000;

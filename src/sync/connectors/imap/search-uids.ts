/** UID SEARCH: which UIDs the mailbox has, as ranges (SYNC-085). */
import type { UidRange } from '../../../shared/observation';
import { intersectRanges, rangesFromUids, unionRanges } from '../../../shared/uid-ranges';
import { atom, uidSet } from './arguments';
import { MAX_UID, SEARCH_SLICE } from './limits';
import type { ResponseLine } from './response-line';
import type { CommandResult, ImapSession } from './session';
import { tokenNumber, tokenText } from './tokens';
import { parseUidSet } from './uid-set';
import type { Argument } from './wire';

/**
 * All UIDs from `first` to `last` that exist and meet the criteria. With ESEARCH one command; without, slices of the UID space, so that no
 * answer line gets out of bounds.
 */
export async function searchUids(
  session: ImapSession,
  first: number,
  last: number,
  criteria: readonly Argument[] = [],
): Promise<CommandResult<readonly UidRange[]>> {
  if (last < first) return { ok: true, value: [] };
  const { esearch } = session.capabilities;
  // Where the end is unknown (no UIDNEXT) slices would never end.
  if (esearch || last === MAX_UID) return await searchSlice(session, first, last, esearch, criteria);
  let found: readonly UidRange[] = [];
  for (let from = first; from <= last; from += SEARCH_SLICE) {
    const slice = await searchSlice(session, from, Math.min(last, from + SEARCH_SLICE - 1), false, criteria);
    if (!slice.ok) return slice;
    found = unionRanges(found, slice.value);
  }
  return { ok: true, value: found };
}

/** Highest UID to look at: below the next one where the server told it, else all there can be. */
export function lastUid(session: ImapSession): number {
  const next = session.selected?.uidNext;
  return next ? next - 1 : MAX_UID;
}

async function searchSlice(
  session: ImapSession,
  first: number,
  last: number,
  extended: boolean,
  criteria: readonly Argument[],
): Promise<CommandResult<readonly UidRange[]>> {
  const found: UidRange[] = [];
  const args = [
    ...(extended ? [atom('RETURN'), [atom('ALL')]] : []),
    atom('UID'),
    uidSet(`${first}:${last}`),
    ...criteria,
  ];
  const reply = await session.command('UID SEARCH', args, {
    onLine: (line) => {
      for (const range of readSearchLine(line)) found.push(range);
    },
  });
  if (!reply.ok) return reply;
  // The star quirk: a server may answer with its highest message although it is not in the range (SYNC-079).
  return { ok: true, value: intersectRanges(unionRanges(found, []), [[first, last]]) };
}

/** SEARCH lists numbers, ESEARCH gives a set; anything malformed counts as not found. */
function readSearchLine(line: ResponseLine): readonly UidRange[] {
  if (line.name === 'SEARCH') {
    return rangesFromUids(line.tokens().flatMap((token) => tokenNumber(token) ?? []));
  }
  if (line.name !== 'ESEARCH') return [];
  const tokens = line.tokens();
  const at = tokens.findIndex((token) => tokenText(token)?.toUpperCase() === 'ALL');
  return at < 0 ? [] : (parseUidSet(tokenText(tokens[at + 1]) ?? '') ?? []);
}

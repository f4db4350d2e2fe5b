/** UID SEARCH: which UIDs the mailbox has, as ranges (SYNC-085). */
import type { UidRange } from '../../../shared/observation';
import { appendRanges, intersectRanges, rangesFromUids, unionRanges } from '../../../shared/uid-ranges';
import { atom, uidSet } from './arguments';
import { MAX_UID, ONE_ANSWER_UIDS, SEARCH_SLICE } from './limits';
import type { ResponseLine } from './response-line';
import type { CommandResult, ImapSession } from './session';
import { tokenNumber, tokenText } from './tokens';
import { parseUidSet } from './uid-set';
import type { Argument } from './wire';

/**
 * All UIDs from `first` to `last` that exist and meet the criteria. With ESEARCH one command; without, and where that
 * might be too much for one line, slices of the UID space.
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
  if ((esearch && fitsOneAnswer(session)) || last === MAX_UID)
    return await searchSlice(session, first, last, esearch, criteria);
  return await inSlices(first, last, (from, to) => searchSlice(session, from, to, esearch, criteria));
}

/** Whether the UIDs of the selected mailbox stay below the bound of a line however they lie. */
export function fitsOneAnswer(session: ImapSession): boolean {
  return (session.selected?.exists ?? 0) <= ONE_ANSWER_UIDS;
}

/** Ascending, and merged as they come: what is held is the ranges so far and one slice. */
export async function inSlices(
  first: number,
  last: number,
  ask: (from: number, to: number) => Promise<CommandResult<readonly UidRange[]>>,
): Promise<CommandResult<readonly UidRange[]>> {
  const found: UidRange[] = [];
  for (let from = first; from <= last; from += SEARCH_SLICE) {
    const slice = await ask(from, Math.min(last, from + SEARCH_SLICE - 1));
    if (!slice.ok) return slice;
    appendRanges(found, slice.value);
  }
  return { ok: true, value: found };
}

/** Highest UID to look at: below the next one where the server told it, else all there can be. */
export function lastUid(session: ImapSession): number {
  const next = session.selected?.uidNext;
  return next ? next - 1 : MAX_UID;
}

/** `UID SEARCH RETURN (ALL) ALL`: a bare set instead of the last word would mean sequence numbers (RFC 4731). */
export async function searchAll(session: ImapSession): Promise<CommandResult<readonly UidRange[]>> {
  return await search(session, [atom('RETURN'), [atom('ALL')], atom('ALL')]);
}

async function searchSlice(
  session: ImapSession,
  first: number,
  last: number,
  extended: boolean,
  criteria: readonly Argument[],
): Promise<CommandResult<readonly UidRange[]>> {
  const reply = await search(session, [
    ...(extended ? [atom('RETURN'), [atom('ALL')]] : []),
    atom('UID'),
    uidSet(`${first}:${last}`),
    ...criteria,
  ]);
  if (!reply.ok) return reply;
  // The star quirk: a server may answer with its highest message although it is not in the range (SYNC-079).
  return { ok: true, value: intersectRanges(reply.value, [[first, last]]) };
}

async function search(
  session: ImapSession,
  args: readonly Argument[],
): Promise<CommandResult<readonly UidRange[]>> {
  const found: UidRange[] = [];
  const reply = await session.command('UID SEARCH', args, {
    onLine: (line) => {
      for (const range of readSearchLine(line)) found.push(range);
    },
  });
  return reply.ok ? { ok: true, value: unionRanges(found, []) } : reply;
}

/** SEARCH lists numbers, ESEARCH gives a set; anything malformed counts as not found. */
export function readSearchLine(line: ResponseLine): readonly UidRange[] {
  if (line.name === 'SEARCH') {
    return rangesFromUids(line.tokens().flatMap((token) => tokenNumber(token) ?? []));
  }
  if (line.name !== 'ESEARCH') return [];
  const tokens = line.tokens();
  const at = tokens.findIndex((token) => tokenText(token)?.toUpperCase() === 'ALL');
  return at < 0 ? [] : (parseUidSet(tokenText(tokens[at + 1]) ?? '') ?? []);
}

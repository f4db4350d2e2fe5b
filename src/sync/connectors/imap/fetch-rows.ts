/** UID FETCH of one set: rows as they are, each asked for once more when the server left it out (SYNC-060, 061). */
import type { UidRange } from '../../../shared/observation';
import { rangesContain, rangesFromUids, subtractRanges } from '../../../shared/uid-ranges';
import { uidSet } from './arguments';
import { type FetchRow, readFetchRow, uidOfBrokenRow } from './fetch-row';
import type { ResponseLine } from './response-line';
import type { CommandResult, ImapSession } from './session';
import { formatUidSets } from './uid-set';
import type { Argument } from './wire';

/**
 * Calls `onRow` for every message of `ranges` the server gives, in the server's order, at most once each. Rows of
 * other UIDs (unsolicited flags, the star quirk of SYNC-079) are left alone. Returns UIDs whose row was unreadable.
 */
export async function fetchRows(
  session: ImapSession,
  ranges: readonly UidRange[],
  items: readonly Argument[],
  onRow: (row: FetchRow) => void,
  modifier: readonly Argument[] = [],
): Promise<CommandResult<{ readonly seen: ReadonlySet<number>; readonly broken: ReadonlySet<number> }>> {
  const seen = new Set<number>();
  const broken = new Set<number>();
  const onLine = (line: ResponseLine) => {
    if (line.name !== 'FETCH') return;
    const row = readRowSafely(line, broken);
    // A row without a section or size asked for is an unsolicited flag update in between.
    if (!row || seen.has(row.uid) || !rangesContain(ranges, row.uid) || !isComplete(row, items)) return;
    seen.add(row.uid);
    onRow(row);
  };
  for (const set of formatUidSets(ranges)) {
    const args = [uidSet(set), items, ...(modifier.length > 0 ? [modifier] : [])];
    const reply = await session.command('UID FETCH', args, { onLine });
    if (!reply.ok) return reply;
  }
  return { ok: true, value: { seen, broken } };
}

/** The same, and what is missing is asked for a second time as a set; left out again means gone. */
export async function fetchRowsTwice(
  session: ImapSession,
  ranges: readonly UidRange[],
  items: readonly Argument[],
  onRow: (row: FetchRow) => void,
): Promise<CommandResult<{ readonly broken: readonly number[] }>> {
  const first = await fetchRows(session, ranges, items, onRow);
  if (!first.ok) return first;
  const missing = subtractRanges(ranges, rangesFromUids([...first.value.seen, ...first.value.broken]));
  if (missing.length === 0) return { ok: true, value: { broken: [...first.value.broken] } };
  const second = await fetchRows(session, missing, items, onRow);
  if (!second.ok) return second;
  return { ok: true, value: { broken: [...first.value.broken, ...second.value.broken] } };
}

function readRowSafely(line: ResponseLine, broken: Set<number>): FetchRow | null {
  try {
    return readFetchRow(line);
  } catch {
    const uid = uidOfBrokenRow(line.text);
    if (uid !== null) broken.add(uid);
    return null;
  }
}

function isComplete(row: FetchRow, items: readonly Argument[]): boolean {
  return items.every((item) => {
    if (!('type' in item)) return true;
    if (item.value === 'RFC822.SIZE') return row.size !== null;
    if (item.value === 'FLAGS') return row.flags !== null;
    return true;
  });
}

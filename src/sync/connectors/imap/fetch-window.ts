/** One window of the header download: the unit of work, of progress and of waiting (SYNC-053, SYNC-060). */
import type { PackedMessage, UidRange } from '../../../shared/observation';
import { ok } from '../../../shared/outcome';
import { rangesContain, rangesFromUids, subtractRanges } from '../../../shared/uid-ranges';
import type { Workbench } from '../../ports/workbench';
import { fetchHeaders } from './fetch-headers';
import { WINDOW_GROW_MS, WINDOW_LARGE, WINDOW_MIDDLE, WINDOW_SHRINK_MS, WINDOW_SMALL } from './limits';
import type { CommandResult, ImapSession } from './session';

/** The messages of one window, newest first. */
export async function fetchWindow(
  session: ImapSession,
  window: readonly UidRange[],
  workbench: Workbench,
): Promise<CommandResult<readonly PackedMessage[]>> {
  const messages: PackedMessage[] = [];
  const rest = await streamWindow(session, window, workbench, (some) => messages.push(...some));
  return rest.ok ? ok(newestFirst([...messages, ...rest.value])) : rest;
}

/**
 * The messages of one window, each once. `onMessages` gets those that were read while more of them come; the last ones are
 * the answer. Broken ones are asked again for their bare facts and kept as unreadable. What came before a failure is told too.
 */
export async function streamWindow(
  session: ImapSession,
  window: readonly UidRange[],
  workbench: Workbench,
  onMessages: (messages: readonly PackedMessage[]) => void,
): Promise<CommandResult<readonly PackedMessage[]>> {
  const read = new Set<number>();
  const broken = new Set<number>();
  let latest: PackedMessage[] = [];
  const fetch = async (ranges: readonly UidRange[], factsOnly: boolean, more: () => void) => {
    if (ranges.length === 0) return ok(null);
    return fetchHeaders(session, ranges, workbench, factsOnly, (rows) => {
      more();
      for (const uid of rows.broken) broken.add(uid);
      for (const message of rows.messages) {
        if (read.has(message.uid) || !rangesContain(ranges, message.uid)) continue;
        read.add(message.uid);
        latest.push(message);
      }
    });
  };
  const tell = () => {
    if (latest.length > 0) onMessages(latest);
    latest = [];
  };
  const first = await fetch(window, false, tell);
  if (!first.ok) {
    tell();
    return first;
  }
  // Asked for a second time as a set; left out again means gone.
  const missing = await fetch(subtractRanges(window, rangesFromUids([...read, ...broken])), false, () => {});
  if (!missing.ok) return missing;
  const rescued = await fetch(rangesFromUids([...broken]), true, () => {});
  return rescued.ok ? ok(latest) : rescued;
}

/** Only what the server itself knows of messages: nothing their senders wrote can break that. */
export async function fetchFacts(
  session: ImapSession,
  ranges: readonly UidRange[],
  workbench: Workbench,
): Promise<CommandResult<readonly PackedMessage[]>> {
  const messages: PackedMessage[] = [];
  const fetched = await fetchHeaders(session, ranges, workbench, true, (rows) =>
    messages.push(...rows.messages.filter(({ uid }) => rangesContain(ranges, uid))),
  );
  return fetched.ok ? ok(messages) : fetched;
}

export function newestFirst(messages: PackedMessage[]): PackedMessage[] {
  return messages.sort((a, b) => b.uid - a.uid);
}

/**
 * Next window size after one of `count` messages that took `tookMs`: 200, 1,000, then doubling to 5,000, and never more
 * than the server takes in one command (SYNC-132).
 */
export function nextWindowSize(count: number, tookMs: number, limit: number | null = null): number {
  return Math.min(limit ?? WINDOW_LARGE, sizeByTime(count, tookMs));
}

function sizeByTime(count: number, tookMs: number): number {
  if (tookMs > WINDOW_SHRINK_MS) return Math.max(WINDOW_SMALL, Math.floor(count / 2));
  if (tookMs > WINDOW_GROW_MS) return Math.max(count, WINDOW_SMALL);
  if (count < WINDOW_SMALL) return WINDOW_SMALL;
  if (count < WINDOW_MIDDLE) return WINDOW_MIDDLE;
  return Math.min(WINDOW_LARGE, count * 2);
}

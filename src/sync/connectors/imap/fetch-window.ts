/** One window of the header download: the unit of work, of progress and of waiting (SYNC-053, SYNC-060). */
import type { ObservedMessage, UidRange } from '../../../shared/observation';
import { rangesFromUids } from '../../../shared/uid-ranges';
import type { FetchRow } from './fetch-row';
import { fetchRows, fetchRowsTwice } from './fetch-rows';
import { factItems, headerItems } from './header-items';
import { WINDOW_GROW_MS, WINDOW_LARGE, WINDOW_MIDDLE, WINDOW_SHRINK_MS, WINDOW_SMALL } from './limits';
import { observeMessage, observeUnreadable } from './observe-message';
import type { CommandResult, ImapSession } from './session';

/** The messages of one window, newest first. Broken ones are asked again for their bare facts and kept as unreadable. */
export async function fetchWindow(
  session: ImapSession,
  window: readonly UidRange[],
): Promise<CommandResult<ObservedMessage[]>> {
  const messages: ObservedMessage[] = [];
  const reply = await fetchRowsTwice(session, window, headerItems(session), (row) => {
    messages.push(observeMessage(row));
  });
  if (!reply.ok) return reply;
  if (reply.value.broken.length > 0) {
    const rescue = await fetchRows(
      session,
      rangesFromUids(reply.value.broken),
      factItems(session),
      (row: FetchRow) => {
        messages.push(observeUnreadable(row));
      },
    );
    if (!rescue.ok) return rescue;
  }
  messages.sort((a, b) => b.uid - a.uid);
  return { ok: true, value: messages };
}

/** Next window size after one of `count` messages that took `tookMs`: 200, 1,000, then doubling to 5,000. */
export function nextWindowSize(count: number, tookMs: number): number {
  if (tookMs > WINDOW_SHRINK_MS) return Math.max(WINDOW_SMALL, Math.floor(count / 2));
  if (tookMs > WINDOW_GROW_MS) return Math.max(count, WINDOW_SMALL);
  if (count < WINDOW_SMALL) return WINDOW_SMALL;
  if (count < WINDOW_MIDDLE) return WINDOW_MIDDLE;
  return Math.min(WINDOW_LARGE, count * 2);
}

import type { GestureId, MessageId } from '../../shared/domain';
import { messageAccount } from '../store/read/messages';
import type { GestureCore } from './gesture-core';

/** What one turn does; `stop` leaves the messages of all later turns as they are. */
type Turn = (messageIds: readonly MessageId[], last: boolean, stop: () => void) => void;

/** Runs a gesture over its frozen targets and tells how far it is. Resolves when it is through, or was stopped. */
export async function runGesture(
  { store, jobs, report }: GestureCore,
  gestureId: GestureId,
  messageIds: readonly MessageId[],
  turn: Turn,
): Promise<void> {
  const [first] = messageIds;
  if (first === undefined) return;
  const accountId = messageAccount(store.read, first);
  const long = accountId === null ? null : { gestureId, accountId };
  const stop = new AbortController();
  try {
    await jobs.run({
      gestureId,
      messageIds,
      stop,
      work: (slice, last) => turn(slice, last, () => stop.abort()),
      progress: (done) => {
        if (long) report(long, { done, total: messageIds.length });
      },
    });
  } finally {
    if (long) report(long, null);
  }
}

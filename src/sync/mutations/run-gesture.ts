import type { GestureId, MessageId } from '../../shared/domain';
import { messageAccount } from '../store/read/messages';
import type { Part } from '../store/run-write-tx';
import type { GestureCore } from './gesture-core';

/**
 * What one turn does, in one transaction as this part of the gesture; `stop` leaves the messages of all later turns as
 * they are.
 */
type Turn = (messageIds: readonly MessageId[], part: Part, stop: () => void) => void;

/**
 * Runs a gesture over its frozen targets and tells how far it is. Resolves when it is through, or was stopped, and
 * everything it did is committed.
 */
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
  const batch = {};
  let more = false;
  try {
    await jobs.run({
      gestureId,
      messageIds,
      stop,
      work: (slice, last) => {
        more = !last;
        turn(slice, { batch, more }, () => stop.abort());
      },
      progress: (done) => {
        if (long) report(long, { done, total: messageIds.length });
      },
    });
    // The last turn before a stop may still wait for the next one to share its commit.
    if (more) store.writeTx('user', () => undefined, { batch, more: false });
  } finally {
    if (long) report(long, null);
  }
}

import type { MessageId } from '../../shared/domain';
import { getMailbox } from '../store/read/mailboxes';
import { wantedBodyOf } from '../store/read/missing-bodies';
import { neighboursOf } from '../store/read/neighbours';
import { fetchGroup } from './fetch-missing-bodies';
import type { RunnerContext } from './runner-context';

/** People go down a list more often than up (SYNC-344). */
const BELOW = 3;
const ABOVE = 1;

/**
 * Loads the bodies of the neighbours of a message somebody opened, one at a time on the interactive connection, so that
 * the next click waits for one of them at most. `stillOpen` is asked before each: who went on wants other neighbours.
 */
export async function prefetchNeighbours(
  context: RunnerContext,
  messageId: MessageId,
  signal: AbortSignal,
  stillOpen: () => boolean,
): Promise<void> {
  const { read, space } = context.store;
  const mailboxId = context.lookedAt();
  for (const neighbour of neighboursOf(read, messageId, { mailboxId, below: BELOW, above: ABOVE })) {
    if (signal.aborted || !stillOpen() || context.isMetered() || space.isFull()) return;
    const missing = wantedBodyOf(read, neighbour, context.clock.now());
    const mailbox = missing && getMailbox(read, missing.mailboxId);
    if (!missing || !mailbox) continue;
    const fetched = await fetchGroup(context, 'interactive', mailbox, [missing], signal);
    // Nobody asked for it: the backfill comes by here anyway.
    if (!fetched.ok || fetched.value.failed.length > 0) return;
  }
}

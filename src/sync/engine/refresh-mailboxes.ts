import { type Outcome, ok } from '../../shared/outcome';
import { applyMailboxListing } from '../store/write/apply-listing';
import type { RunnerContext } from './runner-context';

/** A listing that our own changes of mailboxes overtook is asked for again so often; then the next round has to do. */
const MAX_LISTINGS = 5;

/**
 * Asks the server for all mailboxes and stores what it says. An answer from before one of our own changes would put the
 * mailbox back to its old place on screen for a moment, so it is not believed (SYNC-262).
 */
export async function refreshMailboxes(context: RunnerContext, signal: AbortSignal): Promise<Outcome<null>> {
  const { store, connector, accountId, clock, mailboxPushes } = context;
  for (let attempt = 1; ; attempt++) {
    await mailboxPushes.last;
    const { begun } = mailboxPushes;
    const listing = await connector.listMailboxes(signal);
    if (!listing.ok) return listing;
    await store.turns.next('new-mail');
    // While we waited for our turn another change may have gone out.
    if (mailboxPushes.begun === begun)
      store.writeTx('server', (tx) => applyMailboxListing(tx, accountId, listing.value, clock.now()));
    else if (attempt < MAX_LISTINGS) continue;
    return ok(null);
  }
}

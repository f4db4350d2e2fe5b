/** What is in a mailbox, by identity: proof of which mailbox it is (SYNC-007, SYNC-021). */
import { fail, type Outcome, ok } from '../../../shared/outcome';
import type { IdentityListing, IdentityQuery } from '../contract';
import { MAX_UID } from './limits';
import type { ImapSession } from './session';
import { fetchIdentities } from './uid-facts';

export async function listIdentities(
  session: ImapSession,
  remoteKey: string,
  query: IdentityQuery,
): Promise<Outcome<IdentityListing>> {
  const selected = await session.select(remoteKey, false);
  if (!selected.ok) return fail(selected.error.failure);
  const { uidValidity, uidNext } = selected.value;
  const last = (uidNext ?? MAX_UID) - 1;
  const ranges =
    query.kind === 'uids'
      ? query.ranges
      : last < 1
        ? []
        : [[Math.max(1, last - query.count + 1), last] as const];
  const identities = await fetchIdentities(session, ranges);
  if (!identities.ok) return fail(identities.error.failure);
  return ok({ uidValidity: uidValidity ?? '', identities: identities.value });
}

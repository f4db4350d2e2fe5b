/** Every UID of a mailbox, asked afresh before much is believed to be gone (SYNC-087). */
import { fail, type Outcome, ok } from '../../../shared/outcome';
import type { UidListing } from '../contract';
import { completeListing } from './compare-uids';
import { ofThisMailbox } from './pull-failures';
import type { ImapSession } from './session';

export async function listUids(session: ImapSession, remoteKey: string): Promise<Outcome<UidListing | null>> {
  const selected = await session.select(remoteKey, false);
  if (!selected.ok) return fail(ofThisMailbox(selected.error));
  const uids = await completeListing(session);
  if (!uids.ok) return fail(ofThisMailbox(uids.error));
  return ok(uids.value && { uidValidity: selected.value.uidValidity ?? '', uids: uids.value });
}

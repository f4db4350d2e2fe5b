/** The complete set of UIDs of the selected mailbox, or nothing (SYNC-085, 086). */
import type { UidRange } from '../../../shared/observation';
import { ok } from '../../../shared/outcome';
import { countRanges } from '../../../shared/uid-ranges';
import { MAX_UID } from './limits';
import { lastUid, searchUids } from './search-uids';
import type { CommandResult, ImapSession } from './session';

/**
 * Only a listing whose count equals EXISTS at its end may remove anything; null otherwise. With ESEARCH the whole
 * space is asked, so that mail of this very moment is counted too.
 */
export async function completeListing(
  session: ImapSession,
): Promise<CommandResult<readonly UidRange[] | null>> {
  const last = session.capabilities.esearch ? MAX_UID : lastUid(session);
  const listing = await searchUids(session, 1, last);
  if (!listing.ok) return listing;
  return ok(countRanges(listing.value) === session.selected?.exists ? listing.value : null);
}

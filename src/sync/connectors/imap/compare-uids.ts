/** The complete set of UIDs of the selected mailbox, or nothing (SYNC-085, 086). */
import type { UidRange } from '../../../shared/observation';
import { ok } from '../../../shared/outcome';
import { countRanges, intersectRanges, rangesFromUids } from '../../../shared/uid-ranges';
import { atom, uidSet } from './arguments';
import { readFetchRow } from './fetch-row';
import { fitsOneAnswer, inSlices, lastUid, searchAll, searchUids } from './search-uids';
import type { CommandResult, ImapSession } from './session';

type Listing = CommandResult<readonly UidRange[]>;

/**
 * Only a listing whose count equals EXISTS at its end may remove anything; null otherwise. With ESEARCH everything is
 * asked for by one word, so that mail of this very moment is counted too; a server that does not know how to search is asked for
 * the flags of everything.
 */
export async function completeListing(
  session: ImapSession,
): Promise<CommandResult<readonly UidRange[] | null>> {
  const ways: readonly (() => Promise<Listing>)[] = [
    ...(session.capabilities.esearch && fitsOneAnswer(session) ? [() => searchAll(session)] : []),
    () => searchUids(session, 1, lastUid(session)),
    () => inSlices(1, lastUid(session), (from, to) => listByFlags(session, from, to)),
  ];
  let listing: Listing = ok([]);
  for (const list of ways) {
    listing = await list();
    if (listing.ok || !isUnknown(listing)) break;
  }
  if (!listing.ok) return listing;
  return ok(countRanges(listing.value) === session.selected?.exists ? listing.value : null);
}

/** Not understood; a search that failed may be a mailbox in trouble, which is told. */
function isUnknown(listing: Exclude<Listing, { ok: true }>): boolean {
  return listing.error.kind === 'refused' && listing.error.status.status === 'BAD';
}

/** `UID FETCH a:b (FLAGS)`: every message has flags, so who answers is there. */
async function listByFlags(session: ImapSession, from: number, to: number): Promise<Listing> {
  const uids: number[] = [];
  const reply = await session.command('UID FETCH', [uidSet(`${from}:${to}`), [atom('FLAGS')]], {
    onLine: (line) => {
      const uid = line.name === 'FETCH' ? readFetchRow(line)?.uid : undefined;
      if (uid !== undefined) uids.push(uid);
    },
  });
  return reply.ok ? ok(intersectRanges(rangesFromUids(uids), [[from, to]])) : reply;
}

/**
 * A gap of changes too large for one answer (SYNC-081): slice by slice of UIDs, each stored with how far it came. The
 * modification sequence of the checkpoint moves with the last one, so that a kill in between skips nothing.
 */
import type { FlagFacts, ImapCheckpoint, UidRange } from '../../../shared/observation';
import { type Outcome, ok } from '../../../shared/outcome';
import { intersectRanges } from '../../../shared/uid-ranges';
import { atom, uidSet } from './arguments';
import type { Changes } from './collect-changes';
import { completeListing } from './compare-uids';
import { FlagCollector, takeOldest } from './fetch-flags';
import { FLAG_SLICE, MAX_UID } from './limits';
import { examine, type PullContext, type PullStream } from './pull-context';
import { takeVanished } from './selected-mailbox';
import type { CommandResult, ImapSession } from './session';

interface Slice {
  readonly flags: readonly FlagFacts[];
  readonly vanished: readonly UidRange[];
  readonly listing: readonly UidRange[] | null;
}

export async function* pullInSlices(context: PullContext, changes: Changes): PullStream {
  const { request, step } = context;
  const { catchUp: begun, ...base } = changes.checkpoint;
  const modseq = changes.catchUpTo ?? base.highestModseq ?? '0';
  let done = begun?.modseq === modseq ? begun.uid : 0;
  while (done < MAX_UID) {
    const from = done + 1;
    const to = endOfSlice(request.knownUids, from);
    const last = to === MAX_UID;
    const slice: Outcome<Slice> = await step(async (session) => {
      const selected = await examine(session, request.remoteKey, base.uidValidity);
      if (!selected.ok) return selected;
      const flags = await fetchChangedIn(session, request.knownUids, from, to, base.highestModseq ?? '0');
      if (!flags.ok) return flags;
      // Without QRESYNC nobody tells what is gone: it is compared once, at the end (SYNC-076).
      const listing = last && comparesUids(context, session) ? await completeListing(session) : ok(null);
      if (!listing.ok) return listing;
      return ok({ flags: flags.value, vanished: takeVanished(selected.value), listing: listing.value });
    });
    if (!slice.ok) return yield slice;
    done = to;
    const checkpoint: ImapCheckpoint = last
      ? { ...base, highestModseq: modseq }
      : { ...base, catchUp: { modseq, uid: to } };
    yield ok({
      ...slice.value,
      uidValidity: base.uidValidity,
      added: [],
      checkpoint,
      backfill: false,
      serverTotal: changes.serverTotal,
    });
  }
}

function comparesUids({ request: { plan } }: PullContext, session: ImapSession): boolean {
  return !session.capabilities.qresync || (plan.kind === 'condstore' && plan.compareUids);
}

/** So many messages that we know; behind the last of them lies whatever else there may be. */
function endOfSlice(known: readonly UidRange[], from: number): number {
  const ahead = intersectRanges(known, [[from, MAX_UID]]);
  const end = takeOldest(ahead, FLAG_SLICE).at(-1)?.[1] ?? MAX_UID;
  return end === ahead.at(-1)?.[1] ? MAX_UID : end;
}

/** `UID FETCH a:b (FLAGS) (CHANGEDSINCE n VANISHED)`; what vanished is with the selected mailbox. */
async function fetchChangedIn(
  session: ImapSession,
  known: readonly UidRange[],
  from: number,
  to: number,
  since: string,
): Promise<CommandResult<readonly FlagFacts[]>> {
  const flags = new FlagCollector(intersectRanges(known, [[from, to]]));
  const modifier = [atom('CHANGEDSINCE'), atom(since)];
  if (session.capabilities.qresync) modifier.push(atom('VANISHED'));
  const args = [uidSet(`${from}:${to}`), [atom('UID'), atom('FLAGS')], modifier];
  const reply = await session.command('UID FETCH', args, { onLine: (line) => flags.take(line) });
  return reply.ok ? ok(flags.facts()) : reply;
}

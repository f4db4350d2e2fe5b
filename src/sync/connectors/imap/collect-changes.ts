/** What changed since a checkpoint, asked in the cheapest way the server knows (SYNC-072 to 079). */
import type { FlagFacts, ImapCheckpoint, UidRange } from '../../../shared/observation';
import { ok } from '../../../shared/outcome';
import {
  countRanges,
  formatRanges,
  intersectRanges,
  subtractRanges,
  unionRanges,
} from '../../../shared/uid-ranges';
import type { PullRequest } from '../contract';
import { atom, uidSet } from './arguments';
import { completeListing } from './compare-uids';
import { FlagCollector, fetchChangedFlags, inPieces, planFlagScan, scanFlags } from './fetch-flags';
import { FLAG_SLICE, MAX_KNOWN_UIDS_CHARS } from './limits';
import { refused, VALIDITY_CHANGED } from './pull-failures';
import type { ResponseLine } from './response-line';
import { lastUid, searchUids } from './search-uids';
import type { SelectedMailbox } from './selected-mailbox';
import { type CommandResult, type ImapSession, readVanished } from './session';
import type { Argument } from './wire';

export interface Changes {
  readonly flags: readonly FlagFacts[];
  readonly vanished: readonly UidRange[];
  readonly listing: readonly UidRange[] | null;
  /** To be downloaded: new mail, and what the comparison found missing here. */
  readonly toFetch: readonly UidRange[];
  readonly serverTotal: number;
  /** Of a gap that is taken in slices: where it leads; flags, what vanished and the listing come with them (SYNC-081). */
  readonly catchUpTo?: string;
  /** The checkpoint that is true when all of the above is stored. */
  readonly checkpoint: ImapCheckpoint;
}

export async function collectChanges(
  session: ImapSession,
  request: PullRequest,
  checkpoint: ImapCheckpoint,
): Promise<CommandResult<Changes>> {
  const vanished: UidRange[] = [];
  const flags = new FlagCollector(request.knownUids);
  const wantsQresync = request.plan.kind === 'qresync' && session.capabilities.qresync;
  const selected = await session.select(
    request.remoteKey,
    false,
    selectModifier(session, request, checkpoint),
    (line) => collectSelectLine(line, flags, vanished),
  );
  if (!selected.ok) return selected;
  if (selected.value.uidValidity !== checkpoint.uidValidity) return refused(VALIDITY_CHANGED);

  const { plan } = request;
  const usable = plan.kind !== 'window-scan' && modseqUsable(selected.value, checkpoint);
  if (usable && plan.kind !== 'backfill' && 'inSlices' in plan)
    return await beforeSlices(session, request, checkpoint, selected.value);
  let flagScanUid = checkpoint.flagScanUid;
  if (!usable) {
    // A value that went down, or none where there was one: compare everything (SYNC-077).
    const full = plan.kind === 'window-scan' ? plan.full : checkpoint.highestModseq !== null;
    const scan = full
      ? { pieces: inPieces(request.knownUids, FLAG_SLICE), nextUid: 0 }
      : planFlagScan(request.knownUids, flagScanUid);
    const reply = await scanFlags(session, scan.pieces, flags);
    if (!reply.ok) return reply;
    flagScanUid = scan.nextUid;
  } else if (!wantsQresync && selected.value.highestModseq !== checkpoint.highestModseq) {
    const reply = await fetchChangedFlags(session, checkpoint.highestModseq ?? '0', flags);
    if (!reply.ok) return reply;
  }

  const fresh = await searchNew(session, selected.value, checkpoint);
  if (!fresh.ok) return fresh;
  // What our own moves brought here is known by COPYUID already (SYNC-102).
  const arrived = subtractRanges(fresh.value, request.knownUids);
  const gone = unionRanges([...vanished, ...selected.value.vanished], []);
  const expected = countRanges(subtractRanges(request.knownUids, gone)) + countRanges(arrived);
  const asked = !usable || (plan.kind === 'condstore' && plan.compareUids);
  const differs = checkpoint.backfillComplete && expected !== selected.value.exists;
  const listing = asked || differs ? await completeListing(session) : ok(null);
  if (!listing.ok) return listing;

  const uidNext = selected.value.uidNext ?? (fresh.value.at(-1)?.[1] ?? checkpoint.uidNext - 1) + 1;
  return ok({
    flags: flags.facts(),
    vanished: gone,
    listing: listing.value,
    toFetch: unionRanges(arrived, missedUids(listing.value, request.knownUids, checkpoint)),
    serverTotal: selected.value.exists,
    checkpoint: {
      ...withoutCatchUp(checkpoint),
      uidNext: Math.max(uidNext, checkpoint.uidNext),
      highestModseq: selected.value.highestModseq,
      flagScanUid,
    },
  });
}

/** Everything was asked for at once: what was begun in slices is overtaken. */
function withoutCatchUp({ catchUp: _overtaken, ...checkpoint }: ImapCheckpoint): ImapCheckpoint {
  return checkpoint;
}

/** Only the new mail: it never waits for what changed long ago. */
async function beforeSlices(
  session: ImapSession,
  request: PullRequest,
  checkpoint: ImapCheckpoint,
  selected: SelectedMailbox,
): Promise<CommandResult<Changes>> {
  const fresh = await searchNew(session, selected, checkpoint);
  if (!fresh.ok) return fresh;
  const uidNext = selected.uidNext ?? (fresh.value.at(-1)?.[1] ?? checkpoint.uidNext - 1) + 1;
  const highest = selected.highestModseq ?? '0';
  const begun = checkpoint.catchUp;
  return ok({
    flags: [],
    vanished: [],
    listing: null,
    toFetch: subtractRanges(fresh.value, request.knownUids),
    serverTotal: selected.exists,
    // What an earlier attempt has done brings no further than to where it was going.
    catchUpTo: begun && BigInt(begun.modseq) <= BigInt(highest) ? begun.modseq : highest,
    checkpoint: { ...checkpoint, uidNext: Math.max(uidNext, checkpoint.uidNext) },
  });
}

function selectModifier(session: ImapSession, request: PullRequest, checkpoint: ImapCheckpoint): Argument[] {
  const { qresync, condstore } = session.capabilities;
  const { plan } = request;
  // A QRESYNC SELECT would bring everything at once.
  if (plan.kind === 'qresync' && !plan.inSlices && qresync && checkpoint.highestModseq !== null) {
    const known = formatRanges(request.knownUids);
    const knownUids = known !== '' && known.length <= MAX_KNOWN_UIDS_CHARS ? [uidSet(known)] : [];
    return [atom('QRESYNC'), [atom(checkpoint.uidValidity), atom(checkpoint.highestModseq), ...knownUids]];
  }
  return condstore && plan.kind !== 'window-scan' ? [atom('CONDSTORE')] : [];
}

function collectSelectLine(line: ResponseLine, flags: FlagCollector, vanished: UidRange[]): void {
  if (line.name === 'VANISHED') vanished.push(...readVanished(line).ranges);
  else if (line.name === 'OK' && line.status().code === 'CLOSED') {
    // Up to here the lines were about the mailbox that was selected before (RFC 7162 3.2.11).
    vanished.length = 0;
    flags.clear();
  } else flags.take(line);
}

function modseqUsable(selected: SelectedMailbox, checkpoint: ImapCheckpoint): boolean {
  if (selected.highestModseq === null || checkpoint.highestModseq === null) return false;
  return BigInt(selected.highestModseq) >= BigInt(checkpoint.highestModseq);
}

async function searchNew(
  session: ImapSession,
  selected: SelectedMailbox,
  checkpoint: ImapCheckpoint,
): Promise<CommandResult<readonly UidRange[]>> {
  if (selected.uidNext !== null && selected.uidNext <= checkpoint.uidNext) return ok([]);
  return await searchUids(session, checkpoint.uidNext, lastUid(session));
}

/** On the server, in the part we believe to have, and not here: lost by an accident, fetched again. */
function missedUids(
  listing: readonly UidRange[] | null,
  known: readonly UidRange[],
  checkpoint: ImapCheckpoint,
): readonly UidRange[] {
  if (!listing) return [];
  return intersectRanges(subtractRanges(listing, known), checkpoint.doneRanges);
}

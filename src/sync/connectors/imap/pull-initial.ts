/** First download of a mailbox and its continuation: newest window first, then downwards (SYNC-053 to 055). */
import type { ImapCheckpoint, ObservationBatch, PackedMessage, UidRange } from '../../../shared/observation';
import { fail, type Outcome, ok } from '../../../shared/outcome';
import { countRanges, rangesFromUids, subtractRanges, unionRanges } from '../../../shared/uid-ranges';
import type { PullRequest } from '../contract';
import { completeListing } from './compare-uids';
import { protocolFailure } from './failure-translation';
import { type Fetched, fetchPastPoison } from './fetch-past-poison';
import { newestFirst, nextWindowSize } from './fetch-window';
import { WINDOW_SMALL } from './limits';
import { examine, type PullContext, type PullStream } from './pull-context';
import { lastUid, searchUids } from './search-uids';
import { newestWindow } from './uid-set';

interface Download {
  /** Checkpoint of the start; only its done ranges grow (SYNC-055). */
  readonly base: ImapCheckpoint;
  /** What is to be fetched. */
  readonly uids: readonly UidRange[];
  readonly serverTotal: number;
  readonly firstWindow: number;
}

/** Everything from nothing. For 'revalidate' the last batch also says which UIDs exist (SYNC-082). */
export async function* pullInitial(context: PullContext): PullStream {
  const { request, step } = context;
  const empty = emptyMailbox(request);
  if (empty) return yield ok(empty);
  const start = await step(async (session) => {
    const selected = await session.select(request.remoteKey, false);
    if (!selected.ok) return selected;
    const uids = await searchUids(session, 1, lastUid(session));
    if (!uids.ok) return uids;
    const highest = uids.value.at(-1)?.[1] ?? 0;
    const base: ImapCheckpoint = {
      protocol: 'imap',
      uidValidity: selected.value.uidValidity ?? '',
      uidNext: selected.value.uidNext ?? highest + 1,
      highestModseq: selected.value.highestModseq,
      doneRanges: [],
      backfillComplete: false,
      flagScanUid: 0,
    };
    const download: Download = {
      base,
      uids: uids.value,
      serverTotal: selected.value.exists,
      firstWindow: request.firstWindow,
    };
    return ok(download);
  });
  if (start.ok) yield* downloadWindows(context, start.value);
  else yield start;
}

/**
 * A mailbox that was empty when it was listed need not be opened: what came meanwhile has a UID and a modification sequence
 * above those of the listing. Opening it would cost the mailbox before, which may be large, its place on the connection.
 */
function emptyMailbox({ plan, status }: PullRequest): ObservationBatch | null {
  if (plan.kind !== 'initial' || status?.messages !== 0 || status.highestModseq === null) return null;
  const { uidValidity, uidNext, highestModseq } = status;
  return {
    uidValidity,
    added: [],
    flags: [],
    vanished: [],
    listing: null,
    checkpoint: {
      protocol: 'imap',
      uidValidity,
      uidNext,
      highestModseq,
      doneRanges: [],
      backfillComplete: true,
      flagScanUid: 0,
    },
    backfill: true,
    serverTotal: 0,
  };
}

/** Continues below what is stored; new mail above the checkpoint is the business of the incremental pulls. */
export async function* pullBackfill(context: PullContext): PullStream {
  const { request, step } = context;
  const base = request.checkpoint;
  if (!base) return yield fail(protocolFailure('A download cannot be continued without its checkpoint.'));
  const start = await step(async (session) => {
    const selected = await examine(session, request.remoteKey, base.uidValidity);
    if (!selected.ok) return selected;
    const found = await searchUids(session, 1, base.uidNext - 1);
    if (!found.ok) return found;
    const uids = subtractRanges(found.value, base.doneRanges);
    return ok({
      base,
      uids,
      serverTotal: selected.value.exists,
      firstWindow: WINDOW_SMALL,
    } satisfies Download);
  });
  if (start.ok) yield* downloadWindows(context, start.value);
  else yield start;
}

/** A window that is on its way. */
interface Loading {
  /** What was read since the last call, as soon as there is anything; `end` comes with the last of it. */
  next(): Promise<{ readonly messages: PackedMessage[]; readonly end: Outcome<Fetched> | null }>;
}

/**
 * What was read is stored while the rest of its window, and then the next window, is still coming: server, workbench and
 * store work side by side. Only after the first window of a mailbox nothing is fetched ahead, because many callers want
 * just that one for now, nor when something more urgent waits; never more than one, because a round that gives way throws
 * it away.
 */
async function* downloadWindows(context: PullContext, download: Download): PullStream {
  const { base } = download;
  const { request } = context;
  let remaining = download.uids;
  let done = base.doneRanges;
  let floor = base.uidNext;
  let window = newestWindow(remaining, download.firstWindow);
  let ahead: Loading | null = null;
  const batch = (messages: PackedMessage[], doneRanges: readonly UidRange[]): ObservationBatch => ({
    uidValidity: base.uidValidity,
    added: newestFirst(messages),
    flags: [],
    vanished: [],
    listing: null,
    checkpoint: { ...base, doneRanges, backfillComplete: false },
    backfill: true,
    serverTotal: download.serverTotal,
  });
  for (let first = request.plan.kind !== 'backfill'; ; first = false) {
    const loading: Loading = ahead ?? loadWindow(context, base, window);
    let { messages, end } = await loading.next();
    for (let stored = done; end === null; { messages, end } = await loading.next()) {
      stored = unionRanges(stored, rangesFromUids(messages.map(({ uid }) => uid)));
      yield ok({ ...batch(messages, stored), more: true });
    }
    if (!end.ok) return yield end;
    remaining = subtractRanges(remaining, window);
    const last = remaining.length === 0;
    // Everything from the window up to the one before is stored now or does not exist: gaps need no memory.
    const lowest = last ? 1 : (window[0]?.[0] ?? 1);
    if (lowest < floor) done = unionRanges(done, [[lowest, floor - 1]]);
    floor = Math.min(floor, lowest);
    const size = countRanges(window);
    if (!last) {
      window = newestWindow(remaining, nextWindowSize(size, end.value.tookMs, end.value.limit));
      ahead = first || request.shouldYield?.() ? null : loadWindow(context, base, window);
    }
    yield ok({
      ...batch(messages, done),
      vanished: end.value.vanished,
      poison: end.value.poison,
      listing: last && request.plan.kind === 'revalidate' ? await listingOf(context, base) : null,
      checkpoint: { ...base, doneRanges: done, backfillComplete: last },
    });
    if (last) return;
  }
}

function loadWindow(context: PullContext, base: ImapCheckpoint, window: readonly UidRange[]): Loading {
  let messages: PackedMessage[] = [];
  let end: Outcome<Fetched> | null =
    window.length === 0 ? ok({ rest: [], vanished: [], limit: null, tookMs: 0, poison: [] }) : null;
  let tell = () => {};
  const load = async () => {
    end = await fetchPastPoison(context, base.uidValidity, window, (some) => {
      messages.push(...some);
      tell();
    });
    // Together with the end: the last batch of a window is never an empty one.
    if (end.ok) messages.push(...end.value.rest);
  };
  const loading = end ? Promise.resolve() : load();
  // Nobody may be waiting any more when it ends; who does still gets the error.
  loading.catch(() => undefined);
  return {
    next: async () => {
      while (messages.length === 0 && end === null) {
        const read = new Promise<void>((resolve) => {
          tell = resolve;
        });
        await Promise.race([loading, read]);
      }
      const some = messages;
      messages = [];
      return { messages: some, end };
    },
  };
}

/** Null when no complete listing could be had: then nothing may be removed. */
async function listingOf(
  { request, step }: PullContext,
  base: ImapCheckpoint,
): Promise<readonly UidRange[] | null> {
  const listing = await step(async (session) => {
    const selected = await examine(session, request.remoteKey, base.uidValidity);
    return selected.ok ? await completeListing(session) : selected;
  });
  return listing.ok ? listing.value : null;
}

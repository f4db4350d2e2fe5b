/** Brings a known mailbox up to date: facts first, then new mail oldest first; the last batch moves the checkpoint. */
import type {
  FlagFacts,
  ImapCheckpoint,
  ObservationBatch,
  PackedMessage,
  UidRange,
} from '../../../shared/observation';
import { fail, ok } from '../../../shared/outcome';
import { countRanges, subtractRanges, unionRanges } from '../../../shared/uid-ranges';
import { type Changes, collectChanges } from './collect-changes';
import { protocolFailure } from './failure-translation';
import { fetchPastPoison } from './fetch-past-poison';
import { newestFirst, nextWindowSize } from './fetch-window';
import { FACTS_PER_BATCH, WINDOW_SMALL } from './limits';
import type { PullContext, PullStream } from './pull-context';
import { pullInSlices } from './pull-in-slices';
import { oldestWindow } from './uid-set';

export async function* pullChanges(context: PullContext): PullStream {
  const { request, step } = context;
  const from = request.checkpoint;
  if (!from) return yield fail(protocolFailure('Changes cannot be asked for without a checkpoint.'));
  const collected = await step((session) => collectChanges(session, request, from));
  if (!collected.ok) return yield collected;
  const changes = collected.value;

  let remaining = changes.toFetch;
  let size = WINDOW_SMALL;
  let checkpoint = from;
  const inSlices = changes.catchUpTo !== undefined;
  for (const [index, flags] of chunksOf(changes.flags).entries()) {
    if (inSlices) break;
    const last = remaining.length === 0 && (index + 1) * FACTS_PER_BATCH >= changes.flags.length;
    if (last) checkpoint = finished(changes, from);
    yield ok(toBatch(changes, checkpoint, index === 0, flags, []));
    if (last) return;
  }
  while (remaining.length > 0) {
    const window = oldestWindow(remaining, size);
    const messages: PackedMessage[] = [];
    const loaded = await fetchPastPoison(context, from.uidValidity, window, (some) => messages.push(...some));
    if (!loaded.ok) return yield loaded;
    remaining = subtractRanges(remaining, window);
    size = nextWindowSize(countRanges(window), loaded.value.tookMs, loaded.value.limit);
    checkpoint = remaining.length === 0 ? finished(changes, from) : advanced(checkpoint, from, window);
    const { rest, vanished, poison } = loaded.value;
    const added = newestFirst([...messages, ...rest]);
    yield ok({ ...toBatch(changes, checkpoint, false, [], added), vanished, poison });
  }
  if (inSlices) yield* pullInSlices(context, { ...changes, checkpoint: finished(changes, from) });
}

/** New mail up to the end of the window is stored; flag changes count only when everything is. */
function advanced(
  checkpoint: ImapCheckpoint,
  from: ImapCheckpoint,
  window: readonly UidRange[],
): ImapCheckpoint {
  const uidNext = Math.max(checkpoint.uidNext, (window.at(-1)?.[1] ?? 0) + 1);
  return { ...checkpoint, uidNext, doneRanges: withNewMail(from, uidNext) };
}

function finished(changes: Changes, from: ImapCheckpoint): ImapCheckpoint {
  return { ...changes.checkpoint, doneRanges: withNewMail(from, changes.checkpoint.uidNext) };
}

function withNewMail(from: ImapCheckpoint, uidNext: number): readonly UidRange[] {
  return uidNext > from.uidNext
    ? unionRanges(from.doneRanges, [[from.uidNext, uidNext - 1]])
    : from.doneRanges;
}

/** At least one chunk, so that a pull without changes still confirms its checkpoint. */
function chunksOf(flags: readonly FlagFacts[]): (readonly FlagFacts[])[] {
  const chunks: (readonly FlagFacts[])[] = [];
  for (let at = 0; at === 0 || at < flags.length; at += FACTS_PER_BATCH)
    chunks.push(flags.slice(at, at + FACTS_PER_BATCH));
  return chunks;
}

function toBatch(
  changes: Changes,
  checkpoint: ImapCheckpoint,
  first: boolean,
  flags: readonly FlagFacts[],
  added: readonly PackedMessage[],
): ObservationBatch {
  return {
    uidValidity: checkpoint.uidValidity,
    added,
    flags,
    vanished: first ? changes.vanished : [],
    listing: first ? changes.listing : null,
    checkpoint,
    backfill: false,
    serverTotal: changes.serverTotal,
  };
}

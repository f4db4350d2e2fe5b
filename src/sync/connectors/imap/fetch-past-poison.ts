/** One window of headers, whatever is in it: a message that breaks the link takes no other along (SYNC-060). */
import type { Failure } from '../../../shared/failure';
import type { PackedMessage, Poison, UidRange } from '../../../shared/observation';
import { fail, type Outcome, ok } from '../../../shared/outcome';
import { countRanges, rangesFromUids, subtractRanges } from '../../../shared/uid-ranges';
import { fetchFacts, streamWindow } from './fetch-window';
import { LOSS_PAUSE_MS, LOSSES_PER_WINDOW } from './limits';
import { examine, type PullContext } from './pull-context';
import { takeVanished } from './selected-mailbox';
import { newestWindow, oldestWindow } from './uid-set';

export interface Fetched {
  /** What came last; the others went to `onMessages`. */
  readonly rest: readonly PackedMessage[];
  /** What the server told meanwhile that is gone. */
  readonly vanished: readonly UidRange[];
  /** Messages the server takes in one command. */
  readonly limit: number | null;
  /** From the first FETCH to its end; what the connection was needed for before does not count. */
  readonly tookMs: number;
  /** Messages that broke the link whenever their headers were fetched: of them there are the server's own facts. */
  readonly poison: readonly Poison[];
}

type Take = (messages: readonly PackedMessage[]) => void;

/**
 * A window that breaks the link while it is given is asked for again without what came of it: its oldest message first,
 * because servers answer in that order, then the rest in halves. A message that breaks the link alone as well is known by
 * the server's own facts, and named. Where the link breaks before anything was asked, or with those facts too, it is the
 * link: the caller waits, as ever.
 */
export async function fetchPastPoison(
  context: PullContext,
  uidValidity: string,
  window: readonly UidRange[],
  onMessages: Take,
): Promise<Outcome<Fetched>> {
  const poison: Poison[] = [];
  const rest: PackedMessage[] = [];
  const vanished: UidRange[] = [];
  let limit: number | null = null;
  let tookMs = 0;
  let losses = 0;
  const take = (loaded: Piece): void => {
    rest.push(...loaded.rest);
    vanished.push(...loaded.vanished);
    limit = loaded.limit;
    tookMs += loaded.tookMs;
  };
  const pieces: (readonly UidRange[])[] = [window];
  for (let piece = pieces.shift(); piece; piece = pieces.shift()) {
    const read = await readPiece(context, uidValidity, piece, false, onMessages);
    if (read.ok) {
      take(read.value);
      continue;
    }
    losses += 1;
    if (!read.whileGiving || losses > LOSSES_PER_WINDOW) return fail(read.failure);
    // Whoever hung up is not asked again in the same instant, except once: most links break for reasons of their own.
    if (losses > 1) await context.clock.sleep(LOSS_PAUSE_MS, context.signal);
    const left = subtractRanges(piece, rangesFromUids(read.came));
    if (countRanges(left) > 1) pieces.unshift(...suspectFirst(left));
    else if (countRanges(piece) > 1) pieces.unshift(...(left.length > 0 ? [left] : []));
    else {
      const facts = await readPiece(context, uidValidity, piece, true, onMessages);
      if (!facts.ok) return fail(facts.failure);
      take(facts.value);
      const [[uid = 0] = []] = piece;
      if (facts.value.rest.length > 0) poison.push({ uid, failure: read.failure });
    }
  }
  return ok({ rest, vanished, limit, tookMs, poison });
}

function suspectFirst(ranges: readonly UidRange[]): (readonly UidRange[])[] {
  const suspect = oldestWindow(ranges, 1);
  const others = subtractRanges(ranges, suspect);
  const newer = newestWindow(others, Math.ceil(countRanges(others) / 2));
  return [suspect, newer, subtractRanges(others, newer)].filter((part) => part.length > 0);
}

type Piece = Omit<Fetched, 'poison'>;
type Read =
  | { readonly ok: true; readonly value: Piece }
  /** `whileGiving`: the mailbox was open and the messages were asked for, so that one of them may be to blame. */
  | {
      readonly ok: false;
      readonly failure: Failure;
      readonly whileGiving: boolean;
      readonly came: readonly number[];
    };

async function readPiece(
  { request, clock, workbench, step }: PullContext,
  uidValidity: string,
  piece: readonly UidRange[],
  factsOnly: boolean,
  onMessages: Take,
): Promise<Read> {
  let asked = false;
  const came: number[] = [];
  const read = await step<Piece>(async (session) => {
    const selected = await examine(session, request.remoteKey, uidValidity);
    if (!selected.ok) return selected;
    asked = true;
    const startedAt = clock.monotonic();
    const rest = factsOnly
      ? await fetchFacts(session, piece, workbench)
      : await streamWindow(session, piece, workbench, (some) => {
          for (const { uid } of some) came.push(uid);
          onMessages(some);
        });
    if (!rest.ok) return rest;
    return ok({
      rest: rest.value,
      vanished: takeVanished(selected.value),
      limit: session.messageLimit,
      tookMs: clock.monotonic() - startedAt,
    });
  });
  if (read.ok) return read;
  const { failure } = read;
  // The link was cut: what a server says about the mailbox or about us is no matter of one message, and to wait out the
  // silence of a dead link for one message after another would take half an hour.
  const cut = failure.kind === 'offline' && !failure.silent && !failure.answered;
  return { ok: false, failure, whileGiving: asked && cut, came };
}

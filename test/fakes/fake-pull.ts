/** The pulls of the fake connector: same order of batches and same checkpoints as the real one. */

import type { ImapCheckpoint, ObservationBatch, PackedMessage, UidRange } from '../../src/shared/observation';
import { fail, type Outcome, ok } from '../../src/shared/outcome';
import {
  intersectRanges,
  rangesContain,
  rangesFromUids,
  subtractRanges,
  takeNewest,
  unionRanges,
} from '../../src/shared/uid-ranges';
import type { PullRequest } from '../../src/sync/connectors/contract';
import { observeSource } from '../../src/sync/mime/observe-source';
import { packMessage } from '../../src/sync/store/pack-message';
import type { FakeMailbox, FakeMailServer } from './fake-mail-server';

type Batches = Generator<Outcome<ObservationBatch>, void, void>;

export const REBUILT = { kind: 'conflict', message: 'The folder was rebuilt on the server.' } as const;
export const UNREACHABLE = { kind: 'offline', message: 'The mail server cannot be reached.' } as const;
const NEXT_WINDOW = 200;

export function* fakePull(server: FakeMailServer, request: PullRequest): Batches {
  const mailbox = server.mailbox(request.remoteKey);
  const { plan, checkpoint } = request;
  if (plan.kind === 'initial' || plan.kind === 'revalidate') {
    yield* download(server, mailbox, request, startOf(mailbox), request.firstWindow);
  } else if (!checkpoint || checkpoint.uidValidity !== String(mailbox.uidValidity)) yield fail(REBUILT);
  else if (plan.kind === 'backfill') yield* download(server, mailbox, request, checkpoint, NEXT_WINDOW);
  else yield changes(mailbox, request, checkpoint);
}

function startOf(mailbox: FakeMailbox): ImapCheckpoint {
  return {
    protocol: 'imap',
    uidValidity: String(mailbox.uidValidity),
    uidNext: mailbox.uidNext,
    highestModseq: String(mailbox.highestModseq),
    doneRanges: [],
    backfillComplete: false,
    flagScanUid: 0,
  };
}

function* download(
  server: FakeMailServer,
  mailbox: FakeMailbox,
  request: PullRequest,
  base: ImapCheckpoint,
  first: number,
): Batches {
  let remaining = subtractRanges(existing(mailbox, 1, base.uidNext - 1), base.doneRanges);
  let done = base.doneRanges;
  let floor = base.uidNext;
  for (let size = first; ; size = NEXT_WINDOW) {
    if (server.fault === 'offline') return yield fail(UNREACHABLE);
    if (base.uidValidity !== String(mailbox.uidValidity)) return yield fail(REBUILT);
    const window = takeNewest(remaining, size);
    remaining = subtractRanges(remaining, window);
    const last = remaining.length === 0;
    const lowest = last ? 1 : (window[0]?.[0] ?? 1);
    if (lowest < floor) done = unionRanges(done, [[lowest, floor - 1]]);
    floor = Math.min(floor, lowest);
    yield ok({
      uidValidity: base.uidValidity,
      added: observe(mailbox, window).reverse(),
      flags: [],
      vanished: [],
      listing: last && request.plan.kind === 'revalidate' ? existing(mailbox, 1, mailbox.uidNext) : null,
      checkpoint: { ...base, doneRanges: done, backfillComplete: last },
      backfill: true,
      serverTotal: mailbox.messages.size,
    });
    if (last) return;
  }
}

function changes(
  mailbox: FakeMailbox,
  request: PullRequest,
  from: ImapCheckpoint,
): Outcome<ObservationBatch> {
  // A scan compares everything, whatever the change numbers say.
  const since = request.plan.kind === 'window-scan' ? 0 : Number(from.highestModseq ?? 0);
  const fresh = existing(mailbox, from.uidNext, mailbox.uidNext);
  const changed = [...mailbox.messages.values()].filter(
    ({ uid, modseq }) => modseq > since && rangesContain(request.knownUids, uid),
  );
  const gone = mailbox.expunged.filter(({ modseq }) => modseq > since).map(({ uid }) => uid);
  const quick = request.plan.kind === 'qresync';
  // What a comparison finds missing here is fetched again.
  const missed = quick
    ? []
    : intersectRanges(
        subtractRanges(existing(mailbox, 1, mailbox.uidNext), request.knownUids),
        from.doneRanges,
      );
  const done =
    mailbox.uidNext > from.uidNext
      ? unionRanges(from.doneRanges, [[from.uidNext, mailbox.uidNext - 1]])
      : from.doneRanges;
  return ok({
    uidValidity: from.uidValidity,
    added: observe(mailbox, unionRanges(fresh, missed)),
    flags: changed.map(({ uid, keywords, modseq }) => ({ uid, keywords, modseq: String(modseq) })),
    vanished: quick ? rangesFromUids(gone) : [],
    listing: quick ? null : existing(mailbox, 1, mailbox.uidNext),
    checkpoint: {
      ...from,
      uidNext: mailbox.uidNext,
      highestModseq: String(mailbox.highestModseq),
      doneRanges: done,
    },
    backfill: false,
    serverTotal: mailbox.messages.size,
  });
}

function existing(mailbox: FakeMailbox, first: number, last: number): UidRange[] {
  return intersectRanges(rangesFromUids([...mailbox.messages.keys()]), [[first, last]]);
}

function observe(mailbox: FakeMailbox, ranges: readonly UidRange[]): PackedMessage[] {
  const wanted = [...mailbox.messages.values()]
    .filter(({ uid }) => rangesContain(ranges, uid))
    .sort((a, b) => a.uid - b.uid);
  return wanted.map((message) =>
    packMessage({ ...observeSource(message.source, message).message, modseq: String(message.modseq) }),
  );
}

import { type MessageId, SEEN } from '../../shared/domain';
import type { ObservationBatch } from '../../shared/observation';
import { intersectRanges, normaliseRanges, rangesFromUids } from '../../shared/uid-ranges';
import type { Work } from '../ports/turn-queue';
import type { InTurns } from '../ports/turns';
import { hasKeyword } from '../store/keywords';
import type { MailboxRow } from '../store/read/mailboxes';
import { protectedUids } from '../store/read/pending';
import { knownUids, storedValidity } from '../store/read/placements';
import { readPreferences } from '../store/read/settings';
import type { Part } from '../store/run-write-tx';
import { type Applied, applyObservations } from '../store/write/apply-observations';
import type { WriteTx } from '../store/write-tx';
import { readKnownUids } from './read-known-uids';
import { reconcile } from './reconcile';
import type { RunnerContext } from './runner-context';

type Piece =
  | { readonly added: ObservationBatch['added'][number] }
  | { readonly flags: ObservationBatch['flags'][number] }
  | { readonly gone: number };

/**
 * Stores one batch of facts in turns. Only the last one carries the checkpoint, so a kill in between
 * repeats at most this batch and never skips anything (rule 1, SYNC-054). Batches of the same `window` may share a commit.
 */
export async function storeBatch(
  context: RunnerContext,
  mailbox: MailboxRow,
  batch: ObservationBatch,
  window: object,
  inTurns: InTurns,
  urgency: () => Work,
): Promise<void> {
  const pieces: Piece[] = [
    ...tiesInOrderOfArrival(batch.added).map((message) => ({ added: message })),
    ...batch.flags.map((flags) => ({ flags })),
    ...(await goneOneByOne(context, mailbox, batch, urgency)).map((uid) => ({ gone: uid })),
  ];
  const arrived: MessageId[] = [];
  await inTurns(pieces, urgency, (slice, last) => {
    const part: ObservationBatch = {
      ...batch,
      added: slice.flatMap((piece) => ('added' in piece ? [piece.added] : [])),
      flags: slice.flatMap((piece) => ('flags' in piece ? [piece.flags] : [])),
      vanished: [
        ...rangesFromUids(slice.flatMap((piece) => ('gone' in piece ? [piece.gone] : []))),
        // Everything the server named, also what came here meanwhile.
        ...(last ? batch.vanished : []),
      ],
      // A listing belongs to the transaction with the checkpoint.
      listing: last ? batch.listing : null,
    };
    const more = !last || batch.more === true;
    arrived.push(...storePart(context, mailbox, part, last, { batch: window, more }));
  });
  // A message already read on another device needs no notification.
  const unread = batch.added.some((message) => !hasKeyword(message.keywords, SEEN));
  if (!batch.backfill && arrived.length > 0 && unread && isTold(context, mailbox))
    context.announceNewMail(arrived);
}

/**
 * What vanished and is here, so that it can go in turns: another client may have removed 10,000 at once. Under another
 * validity the numbers mean other messages.
 */
async function goneOneByOne(
  { store }: RunnerContext,
  mailbox: MailboxRow,
  { uidValidity, vanished }: ObservationBatch,
  urgency: () => Work,
): Promise<number[]> {
  if (vanished.length === 0 || storedValidity(store.read, mailbox.id) !== uidValidity) return [];
  const known = await readKnownUids(store, mailbox.id, urgency());
  return intersectRanges(known, normaliseRanges(vanished)).flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, at) => first + at),
  );
}

/** Whether new mail of a mailbox is told (APP-270): of inboxes, unless the user decided otherwise for it. */
function isTold({ store }: RunnerContext, mailbox: MailboxRow): boolean {
  const { folders = {} } = readPreferences(store.read).notifications;
  return folders[mailbox.id] ?? mailbox.role === 'inbox';
}

/**
 * Newest first as they come, but those of the same second in the order in which they came: lists show the higher of our
 * ids first where the time says nothing.
 */
function tiesInOrderOfArrival(added: ObservationBatch['added']): ObservationBatch['added'] {
  const ordered: ObservationBatch['added'][number][] = [];
  for (let from = 0, to = 0; from < added.length; from = to) {
    const at = added[from]?.receivedAt;
    while (added[to]?.receivedAt === at) to += 1;
    ordered.push(...added.slice(from, to).sort((a, b) => a.uid - b.uid));
  }
  return ordered;
}

function storePart(
  context: RunnerContext,
  mailbox: MailboxRow,
  part: ObservationBatch,
  last: boolean,
  place: Part,
): readonly MessageId[] {
  const { store, totals } = context;
  store.space.requireRoom();
  const write = (tx: WriteTx): Applied => {
    const removes = part.listing !== null || part.vanished.length > 0;
    const plan = reconcile(part, {
      uidValidity: storedValidity(tx.db, mailbox.id),
      // Compared with a listing only; to read all of them for every slice would cost more than the slice.
      knownUids: part.listing === null ? [] : knownUids(tx.db, mailbox.id),
      busyUids: removes ? protectedUids(tx.db, mailbox.id) : [],
    });
    const carried = {
      ...plan,
      dropUnverified: last && plan.dropUnverified,
      checkpoint: last ? part.checkpoint : null,
    };
    return applyObservations(tx, mailbox.id, carried, context.clock.now());
  };
  const result = store.writeTx('server', write, place);
  totals.fetched += result.added.length;
  totals.changed += result.changed;
  totals.removed += result.removed;
  return result.added;
}

import type { Failure } from '../../shared/failure';
import type { ObservationBatch, UidRange } from '../../shared/observation';
import { fail, type Outcome, ok } from '../../shared/outcome';
import {
  countRanges,
  intersectRanges,
  normaliseRanges,
  subtractRanges,
  unionRanges,
} from '../../shared/uid-ranges';
import type { UidListing } from '../connectors/contract';
import type { Work } from '../ports/turn-queue';
import type { MailboxRow } from '../store/read/mailboxes';
import { countDoubted, countPlacements, storedValidity } from '../store/read/placements';
import { finishLog, startLog } from '../store/write/sync-log';
import { readKnownUids } from './read-known-uids';
import type { RunnerContext } from './runner-context';

/** More than both at once is believed only when the server says it twice (SYNC-087). */
const MANY_MESSAGES = 50;
const MANY_SHARE = 0.3;

const CONTRADICTION: Failure = {
  kind: 'rejected',
  message: 'The server said twice what is in this folder, and not the same. Nothing was removed here.',
};

/**
 * Asks a second time, over a fresh connection, before a large part of a mailbox is taken as gone: a server in trouble says
 * that mailboxes are empty. The log tells what either look found missing. Answers the batch with what both agree on.
 * Only what was `knownBefore` the server was asked can be missing: what came here meanwhile is in no listing.
 */
export async function confirmRemoval(
  context: RunnerContext,
  mailbox: MailboxRow,
  batch: ObservationBatch,
  knownBefore: readonly UidRange[],
  urgency: () => Work,
  signal: AbortSignal,
): Promise<Outcome<ObservationBatch>> {
  const { store, connector } = context;
  if (!connector.listUids) return ok(batch);
  const rebuilt = storedValidity(store.read, mailbox.id);
  if (rebuilt === null) return ok(batch);
  const inDoubt = rebuilt !== batch.uidValidity || countDoubted(store.read, mailbox.id) > 0;
  if (!inDoubt && batch.listing === null && batch.vanished.length === 0) return ok(batch);
  if (inDoubt) return confirmRebuilt(context, mailbox, batch, signal);
  const known = await readKnownUids(store, mailbox.id, urgency());
  const missing = batch.listing === null ? [] : subtractRanges(knownBefore, normaliseRanges(batch.listing));
  const gone = unionRanges(intersectRanges(known, normaliseRanges(batch.vanished)), missing);
  if (!isMuch(countRanges(gone), countRanges(known))) return ok({ ...batch, vanished: gone, listing: null });
  const second = await lookAgain(context, mailbox, countRanges(gone), signal, ({ uidValidity, uids }) =>
    uidValidity === batch.uidValidity ? countRanges(subtractRanges(gone, uids)) : null,
  );
  if (!second.ok) return second;
  return ok({ ...batch, vanished: subtractRanges(gone, second.value.uids), listing: null });
}

/** At the end of a listing under a new validity everything goes that was not found again (SYNC-082). */
async function confirmRebuilt(
  context: RunnerContext,
  mailbox: MailboxRow,
  batch: ObservationBatch,
  signal: AbortSignal,
): Promise<Outcome<ObservationBatch>> {
  if (!batch.checkpoint.backfillComplete) return ok(batch);
  const known = countPlacements(context.store.read, mailbox.id);
  const begun = storedValidity(context.store.read, mailbox.id) === batch.uidValidity;
  const found = (begun ? known : 0) + batch.added.length;
  const doubted = countDoubted(context.store.read, mailbox.id) + (begun ? 0 : known);
  const lost = Math.max(0, doubted - batch.added.length);
  if (!isMuch(lost, doubted + (begun ? known : 0))) return ok(batch);
  const second = await lookAgain(context, mailbox, lost, signal, ({ uidValidity, uids }) =>
    uidValidity === batch.uidValidity && countRanges(uids) === found ? lost : null,
  );
  return second.ok ? ok(batch) : second;
}

function isMuch(gone: number, of: number): boolean {
  return gone > MANY_MESSAGES && gone > of * MANY_SHARE;
}

/** `judge` answers how many are missing by the second look too; null = the two contradict each other. */
async function lookAgain(
  context: RunnerContext,
  mailbox: MailboxRow,
  missing: number,
  signal: AbortSignal,
  judge: (listing: UidListing) => number | null,
): Promise<Outcome<UidListing>> {
  const { store, connector, accountId, clock, logger } = context;
  const startedAt = clock.now();
  const second = await connector.listUids?.(mailbox.remoteKey, signal);
  if (!second?.ok) return second ?? fail(CONTRADICTION);
  const confirmed = second.value === null ? null : judge(second.value);
  const agreed = confirmed === missing;
  logger.warn('removal.second-look', { accountId, mailboxId: mailbox.id, missing, confirmed });
  store.writeTx('server', (tx) => {
    const looks = [
      { result: 'partial' as const, removed: missing, failure: null },
      {
        result: agreed ? ('ok' as const) : ('error' as const),
        removed: confirmed ?? 0,
        failure: agreed ? null : { ...CONTRADICTION, message: `${mailbox.path}: ${CONTRADICTION.message}` },
      },
    ];
    for (const look of looks) {
      const id = startLog(tx, {
        accountId,
        kind: 'audit',
        mailbox: mailbox.path,
        trigger: 'poll',
        startedAt,
      });
      finishLog(tx, id, { ...look, finishedAt: clock.now() });
    }
  });
  return second.value === null || confirmed === null ? fail(CONTRADICTION) : ok(second.value);
}

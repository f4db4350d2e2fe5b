import type { ObservationBatch, UidRange } from '../../shared/observation';
import { normaliseRanges, subtractRanges } from '../../shared/uid-ranges';
import type { ReconcilePlan } from '../store/write/reconcile-plan';

export interface KnownFacts {
  /** Validity under which our UIDs were seen; null before the first batch. */
  readonly uidValidity: string | null;
  readonly knownUids: readonly UidRange[];
  /** Touched by a change that is being sent or probed: their absence proves nothing yet (SYNC-088). */
  readonly busyUids: readonly UidRange[];
}

/**
 * What one batch of observations means for what we hold. Pure; pending changes are replayed on the result by the store,
 * never merged into it (idea 4 of the architecture), and a message that left its place becomes an orphan there, not a
 * deletion, so that a move by another client keeps its local id (SYNC-089).
 *
 * UIDs are removed because the server said so (VANISHED) or because a complete listing of the same validity lacks them
 * (SYNC-086). Under a new validity the old numbers prove nothing: messages are found again by identity, and only what a
 * complete pass did not find is dropped (SYNC-082).
 */
export function reconcile(batch: ObservationBatch, known: KnownFacts): ReconcilePlan {
  const newValidity = known.uidValidity !== null && known.uidValidity !== batch.uidValidity;
  const missing =
    batch.listing === null || newValidity
      ? []
      : subtractRanges(known.knownUids, normaliseRanges(batch.listing));
  return {
    uidValidity: batch.uidValidity,
    newValidity: newValidity ? batch.uidValidity : null,
    insert: batch.added,
    flags: batch.flags,
    remove: subtractRanges(normaliseRanges([...batch.vanished, ...missing]), known.busyUids),
    // While old mail is still being listed again, what is not re-linked yet may simply not have had its turn.
    dropUnverified: batch.checkpoint.backfillComplete,
  };
}

import type { FlagFacts, PackedMessage, UidRange } from '../../../shared/observation';

/** What the pure engine/reconcile decided about one batch; the store carries it out in one transaction. */
export interface ReconcilePlan {
  /** The validity all UIDs of the plan belong to. */
  readonly uidValidity: string;
  /** Set when it differs from what is stored: every old UID means nothing from now on (SYNC-082). */
  readonly newValidity: string | null;
  /** Messages as seen; one that is known by identity is linked, adopted or re-linked, not stored twice (SYNC-100). */
  readonly insert: readonly PackedMessage[];
  readonly flags: readonly FlagFacts[];
  /** UIDs that are gone; may name unknown ones and be huge (SYNC-074). */
  readonly remove: readonly UidRange[];
  /** A complete pass under the new validity ended: what it did not find again is gone (SYNC-082). */
  readonly dropUnverified: boolean;
}

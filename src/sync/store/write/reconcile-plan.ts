import type { ChangeId, MessageId } from '../../../shared/domain';
import type { Failure } from '../../../shared/failure';
import type { Checkpoint, FlagFacts, ObservedMessage, UidRange } from '../../../shared/observation';

/** What the pure engine/reconcile decided about one batch; the store carries it out in one transaction. */
export interface ReconcilePlan {
  /** Not known by identity as far as the plan saw; the store looks again, so a race makes no duplicate. */
  readonly insert: readonly ObservedMessage[];
  /** Known by identity: another copy, a move by another client, or a re-link after a new UIDVALIDITY. */
  readonly link: readonly { readonly messageId: MessageId; readonly observed: ObservedMessage }[];
  readonly flags: readonly FlagFacts[];
  /** UIDs that are gone; may name unknown ones and be huge (SYNC-074). */
  readonly remove: readonly UidRange[];
  /** Changes the server has already made. */
  readonly settle: readonly ChangeId[];
  readonly park: readonly { readonly changeId: ChangeId; readonly failure: Failure }[];
  /** Stored in the same transaction (rule 1). */
  readonly checkpoint: Checkpoint;
}

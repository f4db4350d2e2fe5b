import type { ChangeId } from '../../../shared/domain';
import type { Failure } from '../../../shared/failure';
import { COLLECTIONS } from '../collections';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';

const CLAIM = writeSql(
  "UPDATE pending_changes SET state = 'claimed', claim_run = ?, wire_json = ? WHERE id = ? AND state IN ('waiting', 'claimed')",
);
const PROBE = writeSql("UPDATE pending_changes SET state = 'probing' WHERE id = ? AND state <> 'parked'");
const BACK_OFF = writeSql(
  `UPDATE pending_changes SET state = ?, not_before = ?, last_error_json = ?, attempts = attempts + ?,
     first_failure_at = coalesce(first_failure_at, ?) WHERE id = ? AND state <> 'parked'`,
);
const OLD_CLAIMS = readSql<{ id: number }>(
  "SELECT id FROM pending_changes WHERE state = 'claimed' AND claim_run <> ? ORDER BY id",
);

/**
 * Marks a change as being sent by this run and stores what is about to go out; commit before the first byte (rule 5).
 * Answers false when it is no longer there to be claimed (undone or discarded meanwhile).
 */
export function claimChange(tx: WriteTx, changeId: ChangeId, runId: string, wire: unknown): boolean {
  const { changes } = prepared(tx.db, CLAIM).run(runId, JSON.stringify(wire), changeId);
  if (changes > 0) tx.log(COLLECTIONS.pending, changeId, 'change');
  return changes > 0;
}

/** The outcome is unknown: look before doing anything else (rule 6). */
export function markProbing(tx: WriteTx, changeId: ChangeId): void {
  prepared(tx.db, PROBE).run(changeId);
  tx.log(COLLECTIONS.pending, changeId, 'change');
}

/**
 * Tries again at `notBefore`, for ever (SYNC-240). A link or login that is down stops the clock: no attempt is counted.
 * A probing change keeps probing.
 */
export function backoffChange(
  tx: WriteTx,
  changeId: ChangeId,
  { notBefore, failure, probing = false }: { notBefore: number; failure: Failure; probing?: boolean },
): void {
  const counts = failure.kind !== 'offline' && failure.kind !== 'auth' && failure.kind !== 'dns';
  prepared(tx.db, BACK_OFF).run(
    probing ? 'probing' : 'waiting',
    notBefore,
    JSON.stringify(failure),
    counts ? 1 : 0,
    counts ? tx.nowMs : null,
    changeId,
  );
  tx.log(COLLECTIONS.pending, changeId, 'change');
}

/** At start-up: what another run was sending has an unknown outcome (SYNC-249). Answers how many. */
export function releaseOldClaims(tx: WriteTx, runId: string): number {
  const claims = prepared(tx.db, OLD_CLAIMS).all(runId);
  for (const { id } of claims) markProbing(tx, id as ChangeId);
  return claims.length;
}

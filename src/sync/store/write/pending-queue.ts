import type { AccountId, ChangeId } from '../../../shared/domain';
import { type Failure, isAnswered } from '../../../shared/failure';
import { COLLECTIONS } from '../collections';
import { parseArgs } from '../pending-args';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';
import { parkChange } from './park-change';

const CLAIM = writeSql(
  `UPDATE pending_changes SET state = 'claimed', claim_run = ?, wire_json = ?
   WHERE id = ? AND state IN ('waiting', 'claimed')`,
);
const PROBE = writeSql(
  `UPDATE pending_changes SET state = 'probing', last_error_json = coalesce(?, last_error_json),
     attempts = attempts + ? WHERE id = ? AND state <> 'parked'`,
);
const BACK_OFF = writeSql(
  `UPDATE pending_changes SET state = ?, claim_run = NULL, not_before = ?,
     last_error_json = coalesce(?, last_error_json), attempts = attempts + ?,
     first_failure_at = coalesce(first_failure_at, ?) WHERE id = ? AND state <> 'parked'`,
);
const NOTE_LOOK = writeSql(
  `UPDATE pending_changes SET wire_json = json_set(coalesce(wire_json, '{}'),
     '$.looks', coalesce(json_extract(wire_json, '$.looks'), 0) + 1,
     '$.lookedSince', coalesce(json_extract(wire_json, '$.lookedSince'), ?)) WHERE id = ?`,
);
const TOO_LATE = writeSql(
  `UPDATE pending_changes SET not_before = ? WHERE account_id = ? AND not_before > ?
     AND state IN ('waiting', 'probing')`,
);
const OLD_CLAIMS = readSql<{ id: ChangeId }>(
  "SELECT id FROM pending_changes WHERE state = 'claimed' AND claim_run <> ? ORDER BY id",
);
const UNSETTLED = readSql<{ id: ChangeId; kind: string; args_json: string }>(
  "SELECT id, kind, args_json FROM pending_changes WHERE state = 'waiting' ORDER BY id",
);

const NOT_UNDERSTOOD: Failure = {
  kind: 'internal',
  message: 'This change was saved by another version and cannot be understood.',
  hint: 'Discard it and do it again.',
};

/**
 * Marks a change as being sent by this run and stores what is about to go out; commit before the first byte (rule 5).
 * Answers false when it is no longer there to be claimed (undone or discarded meanwhile).
 */
export function claimChange(tx: WriteTx, changeId: ChangeId, runId: string, wire: unknown): boolean {
  const { changes } = prepared(tx.db, CLAIM).run(runId, JSON.stringify(wire), changeId);
  if (changes > 0) tx.log(COLLECTIONS.pending, changeId, 'change');
  return changes > 0;
}

/** The outcome is unknown: look before doing anything else (rule 6). A failed look counts as an attempt. */
export function markProbing(tx: WriteTx, changeId: ChangeId, failure: Failure | null): void {
  prepared(tx.db, PROBE).run(failure === null ? null : JSON.stringify(failure), failure ? 1 : 0, changeId);
  tx.log(COLLECTIONS.pending, changeId, 'change');
}

/** A look that could not tell: counted in the note of what was sent, so that the next sending begins anew (SYNC-256). */
export function noteLook(tx: WriteTx, changeId: ChangeId): void {
  prepared(tx.db, NOTE_LOOK).run(tx.nowMs, changeId);
}

export interface Backoff {
  /** Milliseconds UTC. */
  readonly notBefore: number;
  readonly failure: Failure | null;
  readonly countAttempt: boolean;
  /** Keeps looking instead of waiting to be sent. */
  readonly probing?: boolean;
}

/** Waits and tries again, for ever (SYNC-240). A link or login that is down stops the clock: no attempt is counted. */
export function backoffChange(
  tx: WriteTx,
  changeId: ChangeId,
  { notBefore, failure, countAttempt, probing = false }: Backoff,
): void {
  const linkDown =
    (failure?.kind === 'offline' && !isAnswered(failure)) ||
    failure?.kind === 'dns' ||
    failure?.kind === 'auth';
  const counts = countAttempt && !linkDown;
  const { changes } = prepared(tx.db, BACK_OFF).run(
    probing ? 'probing' : 'waiting',
    notBefore,
    failure === null ? null : JSON.stringify(failure),
    counts ? 1 : 0,
    counts ? tx.nowMs : null,
    changeId,
  );
  if (changes > 0) tx.log(COLLECTIONS.pending, changeId, 'change');
}

/** The longest wait we choose is a quarter of an hour and its jitter; what waits longer was timed by another clock. */
const LONGEST_WAIT_MS = 20 * 60_000;

/**
 * After the clock was set back, and at start-up when nobody can tell: a change that was timed before would wait for the
 * old time to come again, for years where the clock was wrong by years (SYNC-136). A pause the server asked for is at
 * worst tried once too early.
 */
export function releaseMistimed(tx: WriteTx, accountId: AccountId): void {
  const { changes } = prepared(tx.db, TOO_LATE).run(tx.nowMs, accountId, tx.nowMs + LONGEST_WAIT_MS);
  if (changes > 0) tx.log(COLLECTIONS.pending, 0, 'change');
}

/**
 * At start-up, before any claim: what another run was sending has an unknown outcome (SYNC-249), and a row nobody
 * understands is parked (SYNC-250). Answers how many became probing.
 */
export function releaseOldClaims(tx: WriteTx, runId: string): number {
  const claims = prepared(tx.db, OLD_CLAIMS).all(runId);
  for (const { id } of claims) markProbing(tx, id, null);
  for (const { id, kind, args_json } of prepared(tx.db, UNSETTLED).all())
    if (!parseArgs(kind, args_json)) parkChange(tx, id, NOT_UNDERSTOOD, tx.nowMs);
  return claims.length;
}

import type { AccountId } from '../../../shared/domain';
import type { Failure } from '../../../shared/failure';
import { maskAddresses, maskFailure } from '../../../shared/mask-personal';
import { COLLECTIONS } from '../collections';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';

const START = writeSql(
  'INSERT INTO sync_log (account_id, kind, mailbox, cause, started_at, checkpoint_before) VALUES (?, ?, ?, ?, ?, ?)',
);
const FINISH = writeSql(
  `UPDATE sync_log SET finished_at = ?, result = ?, seen = ?, added = ?, changed = ?, removed = ?, pushed = ?,
     parked = ?, bytes_in = ?, bytes_out = ?, round_trips = ?, failure_json = ?, checkpoint_after = ? WHERE id = ?`,
);
const ROW = readSql<{ account_id: number; kind: string; cause: string; started_at: number }>(
  'SELECT account_id, kind, cause, started_at FROM sync_log WHERE id = ?',
);
const PREVIOUS = readSql<{ id: number; kind: string; cause: string; quiet: number; started_at: number }>(
  `SELECT id, kind, cause, started_at, result = 'ok' AND added + changed + removed + pushed + parked = 0 AS quiet
   FROM sync_log WHERE account_id = ? AND id < ? ORDER BY id DESC LIMIT 1`,
);
const FOLD = writeSql(
  `UPDATE sync_log SET finished_at = ?, seen = seen + ?, bytes_in = bytes_in + ?, bytes_out = bytes_out + ?,
     round_trips = round_trips + ?, checkpoint_after = ?, folded = folded + 1 WHERE id = ?`,
);
const DELETE = writeSql('DELETE FROM sync_log WHERE id = ?');
const PRUNE = writeSql(
  `DELETE FROM sync_log WHERE id IN (SELECT id FROM sync_log WHERE id <= (SELECT max(id) FROM sync_log) - ?
     OR started_at < ? ORDER BY id LIMIT ?)`,
);

const HOUR_MS = 3_600_000;
/** Kept 30 days or 50,000 rows (SYNC-312). */
const KEPT_MS = 30 * 24 * HOUR_MS;
const KEPT_ROWS = 50_000;
/** Rows removed in one turn. */
const PRUNE_CHUNK = 1_000;

export interface LogStart {
  readonly accountId: AccountId;
  readonly kind: 'list' | 'pull' | 'push' | 'watch' | 'send' | 'auth' | 'audit' | 'state';
  /** Path of the mailbox, null for the whole account. */
  readonly mailbox: string | null;
  readonly trigger: 'push' | 'poll' | 'user' | 'start' | 'device';
  readonly startedAt?: number;
  /** Digest of where the account, or the mailbox, was synced to. */
  readonly checkpoint?: string;
}

export interface LogResult {
  readonly finishedAt?: number;
  readonly result: 'ok' | 'partial' | 'error' | 'cancelled';
  readonly seen?: number;
  readonly added?: number;
  readonly changed?: number;
  readonly removed?: number;
  readonly pushed?: number;
  readonly parked?: number;
  readonly bytesIn?: number;
  readonly bytesOut?: number;
  readonly roundTrips?: number;
  readonly failure?: Failure | null;
  /** Digest of where it is synced to now. */
  readonly checkpoint?: string;
}

/** Opens the row of one cycle or connection event (SYNC-310); answers its id. */
export function startLog(tx: WriteTx, start: LogStart): number {
  const { lastInsertRowid } = prepared(tx.db, START).run(
    start.accountId,
    start.kind,
    start.mailbox === null ? null : maskAddresses(start.mailbox),
    start.trigger,
    start.startedAt ?? tx.nowMs,
    start.checkpoint ?? null,
  );
  const id = Number(lastInsertRowid);
  tx.log(COLLECTIONS.syncLog, id, 'add');
  return id;
}

/** Closes the row; a successful poll that found nothing is folded into the one before it of the same hour (SYNC-312). */
export function finishLog(tx: WriteTx, logId: number, result: LogResult): void {
  const { db } = tx;
  const row = prepared(db, ROW).get(logId);
  if (!row) return;
  const counts = [result.added, result.changed, result.removed, result.pushed, result.parked].map(
    (count) => count ?? 0,
  );
  const seen = result.seen ?? 0;
  const traffic = [result.bytesIn ?? 0, result.bytesOut ?? 0, result.roundTrips ?? 0] as const;
  if (result.result === 'ok' && row.cause === 'poll' && counts.every((count) => count === 0)) {
    const previous = prepared(db, PREVIOUS).get(row.account_id, logId);
    const sameHour =
      previous && Math.floor(previous.started_at / HOUR_MS) === Math.floor(row.started_at / HOUR_MS);
    if (sameHour && previous.quiet === 1 && previous.kind === row.kind && previous.cause === 'poll') {
      const checkpoint = result.checkpoint ?? null;
      prepared(db, FOLD).run(result.finishedAt ?? tx.nowMs, seen, ...traffic, checkpoint, previous.id);
      prepared(db, DELETE).run(logId);
      tx.log(COLLECTIONS.syncLog, previous.id, 'change');
      return;
    }
  }
  const failure = result.failure ? JSON.stringify(maskFailure(result.failure)) : null;
  prepared(db, FINISH).run(
    result.finishedAt ?? tx.nowMs,
    result.result,
    seen,
    ...counts,
    ...traffic,
    failure,
    result.checkpoint ?? null,
    logId,
  );
  tx.log(COLLECTIONS.syncLog, logId, 'change');
}

/** Removes what is past its time, a turn's worth; call daily until it answers that nothing is left to remove. */
export function pruneSyncLog(tx: WriteTx): 'done' | 'more' {
  const { changes } = prepared(tx.db, PRUNE).run(KEPT_ROWS, tx.nowMs - KEPT_MS, PRUNE_CHUNK);
  if (changes > 0) tx.log(COLLECTIONS.syncLog, 0, 'remove');
  return changes < PRUNE_CHUNK ? 'done' : 'more';
}

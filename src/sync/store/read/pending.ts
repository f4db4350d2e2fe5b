import type {
  AccountId,
  ChangeId,
  GestureId,
  MailboxId,
  MessageId,
  Origin,
  PendingState,
} from '../../../shared/domain';
import type { Failure } from '../../../shared/failure';
import type { ReadableDb } from '../handles';
import { parseArgs } from '../pending-args';
import type { PendingRow, PendingTarget } from '../rows';
import { prepared, readSql } from '../sql';

export interface PendingRecord {
  id: number;
  account_id: number;
  lane: string;
  kind: string;
  args_json: string;
  origin: Origin;
  gesture_id: string;
  token: string;
  state: PendingState;
  not_before: number;
  attempts: number;
  first_failure_at: number | null;
  last_error_json: string | null;
  wire_json: string | null;
  created_at: number;
}

const CHANGE = readSql<PendingRecord>('SELECT * FROM pending_changes WHERE id = ?');
const TARGETS = readSql<{ message_id: number; mailbox_id: number }>(
  'SELECT message_id, mailbox_id FROM pending_targets WHERE change_id = ?',
);
const CANDIDATES = readSql<PendingRecord>(
  `SELECT * FROM pending_changes c WHERE c.account_id = ? AND c.state = ? AND c.id > ? AND c.not_before <= ?
     AND NOT EXISTS (SELECT 1 FROM pending_needs n WHERE n.change_id = c.id)
   ORDER BY c.id LIMIT 200`,
);
/** Earlier changes on the same message and field: a delete touches every field (SYNC-232). */
const BLOCKED = readSql<{ id: number }>(
  `SELECT o.change_id AS id FROM pending_targets t
     JOIN pending_targets o ON o.message_id = t.message_id AND o.change_id < t.change_id
     JOIN pending_changes c ON c.id = o.change_id
   WHERE t.change_id = ?1 AND (c.kind = ?2 OR c.kind = 'delete' OR ?2 = 'delete') LIMIT 1`,
);
const NEXT_DUE = readSql<{ at: number | null }>(
  "SELECT min(not_before) AS at FROM pending_changes WHERE account_id = ? AND state IN ('waiting', 'probing')",
);
const COUNT_STATE = readSql<{ n: number }>(
  'SELECT count(*) AS n FROM pending_changes WHERE account_id = ? AND state = ?',
);
const TOUCHED_UIDS = readSql<{ uid: number; state: PendingState; kind: string }>(
  `SELECT p.uid, c.state, c.kind FROM pending_changes c JOIN pending_targets t ON t.change_id = c.id
     JOIN placements p ON p.message_id = t.message_id AND p.mailbox_id = ?2 AND p.verified = 1
   WHERE c.account_id = ?1 AND c.state = ?3 AND t.mailbox_id IN (0, ?2)`,
);
const ACCOUNT_OF = readSql<{ account_id: number }>('SELECT account_id FROM mailboxes WHERE id = ?');

export function getChange(db: ReadableDb, changeId: ChangeId): PendingRow | null {
  const record = prepared(db, CHANGE).get(changeId);
  return record ? toPending(db, record) : null;
}

/**
 * Changes that may be sent or probed at `nowMs`, in order of intent: all they need is settled, and no earlier change
 * touches the same message and field. Trouble with one message never holds up another (SYNC-233). At most `limit`.
 */
export function dueChanges(db: ReadableDb, accountId: AccountId, nowMs: number, limit: number): PendingRow[] {
  const due: PendingRecord[] = [];
  const candidates = prepared(db, CANDIDATES);
  const blocked = prepared(db, BLOCKED);
  for (const state of ['probing', 'waiting'] as const) {
    for (let after = 0, full = true; full && due.length < limit; ) {
      const page = candidates.all(accountId, state, after, nowMs);
      full = page.length === 200;
      for (const record of page) {
        after = record.id;
        if (due.length < limit && !blocked.get(record.id, record.kind)) due.push(record);
      }
    }
  }
  return due.sort((a, b) => a.id - b.id).map((record) => toPending(db, record));
}

/** When the next change becomes due (ms UTC, may be past), or null when none waits. */
export function nextDueAt(db: ReadableDb, accountId: AccountId): number | null {
  return prepared(db, NEXT_DUE).get(accountId)?.at ?? null;
}

export function pendingCounts(db: ReadableDb, accountId: AccountId): { waiting: number; parked: number } {
  const count = (state: PendingState): number => prepared(db, COUNT_STATE).get(accountId, state)?.n ?? 0;
  return { waiting: count('waiting') + count('claimed') + count('probing'), parked: count('parked') };
}

/**
 * UIDs that reconcile must treat with care (SYNC-088). `claimed`: touched by a change that is being sent or probed:
 * leave them alone. `moving`: a waiting move or delete takes them out of here: ask the conflict table when they go.
 */
export function protectedUids(db: ReadableDb, mailboxId: MailboxId): { claimed: number[]; moving: number[] } {
  const accountId = prepared(db, ACCOUNT_OF).get(mailboxId)?.account_id;
  if (accountId === undefined) return { claimed: [], moving: [] };
  const touched = prepared(db, TOUCHED_UIDS);
  const uids = (state: PendingState, wanted: (kind: string) => boolean): number[] =>
    touched
      .all(accountId, mailboxId, state)
      .filter(({ kind }) => wanted(kind))
      .map(({ uid }) => uid);
  return {
    claimed: [...uids('claimed', () => true), ...uids('probing', () => true)],
    moving: uids('waiting', (kind) => kind !== 'keywords'),
  };
}

export function targetsOf(db: ReadableDb, changeId: number): PendingTarget[] {
  return prepared(db, TARGETS)
    .all(changeId)
    .map(({ message_id, mailbox_id }) => ({
      messageId: message_id as MessageId,
      mailboxId: mailbox_id === 0 ? null : (mailbox_id as MailboxId),
    }));
}

function toPending(db: ReadableDb, record: PendingRecord): PendingRow {
  return {
    id: record.id as ChangeId,
    accountId: record.account_id as AccountId,
    lane: record.lane,
    kind: record.kind,
    args: parseArgs(record.kind, record.args_json),
    targets: targetsOf(db, record.id),
    origin: record.origin,
    gestureId: record.gesture_id as GestureId,
    token: record.token,
    state: record.state,
    notBefore: record.not_before,
    attempts: record.attempts,
    firstFailureAt: record.first_failure_at,
    lastError: record.last_error_json === null ? null : (JSON.parse(record.last_error_json) as Failure),
    wire: record.wire_json === null ? null : (JSON.parse(record.wire_json) as unknown),
    createdAt: record.created_at,
  };
}

import type { AccountId, GestureId } from '../../../shared/domain';
import { COLLECTIONS } from '../collections';
import { isMailboxArgs, parseArgs } from '../pending-args';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';

const DISCARDED = readSql<{
  id: number;
  change_id: number;
  account_id: AccountId;
  kind: string;
  args_json: string;
  targets_json: string;
  origin: string;
  failure_json: string | null;
  created_at: number;
}>(
  `SELECT * FROM change_history INDEXED BY change_history_gesture
   WHERE gesture_id = ? AND outcome = 'discarded' AND finished_at >= ?`,
);
const INSERT = writeSql(
  `INSERT INTO pending_changes (id, account_id, lane, kind, args_json, base_json, origin, gesture_id, token, state,
     not_before, attempts, last_error_json, created_at)
   VALUES (?, ?, ?, ?, ?, '{}', ?, ?, ?, 'parked', 0, 0, ?, ?)`,
);
const INSERT_TARGET = writeSql(
  'INSERT INTO pending_targets (change_id, message_id, mailbox_id) VALUES (?, ?, ?)',
);
const FORGET = writeSql('DELETE FROM change_history WHERE id = ?');

/** How long a discard can be taken back (SYNC-244). */
const UNDO_DISCARD_MS = 10_000;

/** Brings changes of a gesture back that were discarded a moment ago, parked as they were. Answers how many messages. */
export function restoreDiscarded(tx: WriteTx, gestureId: GestureId): number {
  let restored = 0;
  for (const row of prepared(tx.db, DISCARDED).all(gestureId, tx.nowMs - UNDO_DISCARD_MS)) {
    const args = parseArgs(row.kind, row.args_json);
    const token = `restored-${row.id}-${tx.nowMs}`;
    prepared(tx.db, INSERT).run(
      row.change_id,
      row.account_id,
      args && isMailboxArgs(args) ? 'mailboxes' : 'mail',
      row.kind,
      row.args_json,
      row.origin,
      gestureId,
      token,
      row.failure_json,
      row.created_at,
    );
    for (const [messageId, mailboxId] of JSON.parse(row.targets_json) as [number, number][]) {
      prepared(tx.db, INSERT_TARGET).run(row.change_id, messageId, mailboxId);
      tx.dirty.messages.add(messageId);
      restored++;
    }
    if (args && isMailboxArgs(args)) restored++;
    prepared(tx.db, FORGET).run(row.id);
    tx.log(COLLECTIONS.pending, row.change_id, 'add');
  }
  return restored;
}

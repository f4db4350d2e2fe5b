import type { Failure } from '../../../shared/failure';
import { COLLECTIONS } from '../collections';
import type { PendingRecord } from '../read/pending';
import { targetsOf } from '../read/pending';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';

const CHANGE = readSql<PendingRecord>('SELECT * FROM pending_changes WHERE id = ?');
const ADD_HISTORY = writeSql(
  `INSERT INTO change_history (change_id, account_id, kind, args_json, targets_json, origin, gesture_id, outcome,
     failure_json, created_at, finished_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
);
const DELETE_CHANGE = writeSql('DELETE FROM pending_changes WHERE id = ?');
const DELETE_NEEDS_ON = writeSql('DELETE FROM pending_needs WHERE needs_id = ?');

export type ChangeOutcome = 'settled' | 'discarded' | 'replaced';

/** Takes a change out of the queue into the history, where it stays 30 days; its overlay goes with it. */
export function finishChange(
  tx: WriteTx,
  changeId: number,
  outcome: ChangeOutcome,
  failure: Failure | null,
): void {
  const { db } = tx;
  const record = prepared(db, CHANGE).get(changeId);
  if (!record) return;
  const targets = targetsOf(db, changeId);
  prepared(db, ADD_HISTORY).run(
    changeId,
    record.account_id,
    record.kind,
    record.args_json,
    JSON.stringify(targets.map(({ messageId, mailboxId }) => [messageId, mailboxId ?? 0])),
    record.origin,
    record.gesture_id,
    outcome,
    failure === null ? record.last_error_json : JSON.stringify(failure),
    record.created_at,
    tx.nowMs,
  );
  prepared(db, DELETE_CHANGE).run(changeId);
  prepared(db, DELETE_NEEDS_ON).run(changeId);
  for (const { messageId } of targets) tx.dirty.messages.add(messageId);
  tx.log(COLLECTIONS.pending, changeId, 'remove');
}

/** A change of a mailbox that the facts already agree with. */
export function finishMailboxChange(tx: WriteTx, changeId: number): void {
  finishChange(tx, changeId, 'settled', null);
  tx.log(COLLECTIONS.mailboxes, 0, 'change');
}

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
const ADD_TARGET = writeSql('INSERT OR IGNORE INTO history_targets (message_id, history_id) VALUES (?, ?)');
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
  addHistory(
    tx,
    record,
    targets.map(({ messageId, mailboxId }) => [messageId, mailboxId ?? 0]),
    outcome,
    failure === null ? record.last_error_json : JSON.stringify(failure),
  );
  for (const { messageId } of targets) tx.dirty.messages.add(messageId);
  removeChange(tx, changeId);
}

/** Takes a change out of the queue whose messages are all told of in the history. */
export function removeChange(tx: WriteTx, changeId: number): void {
  prepared(tx.db, DELETE_CHANGE).run(changeId);
  prepared(tx.db, DELETE_NEEDS_ON).run(changeId);
  tx.log(COLLECTIONS.pending, changeId, 'remove');
}

/** Message and source mailbox (0 = it concerns none). */
export type HistoryTarget = readonly [messageId: number, mailboxId: number];

/** Some messages of a change are through while the change itself goes on with the others (SYNC-315). */
export function finishPart(
  tx: WriteTx,
  changeId: number,
  targets: readonly HistoryTarget[],
  outcome: ChangeOutcome,
): void {
  const record = prepared(tx.db, CHANGE).get(changeId);
  if (record && targets.length > 0) addHistory(tx, record, targets, outcome, null);
}

function addHistory(
  tx: WriteTx,
  record: PendingRecord,
  targets: readonly HistoryTarget[],
  outcome: ChangeOutcome,
  failureJson: string | null,
): void {
  const { lastInsertRowid } = prepared(tx.db, ADD_HISTORY).run(
    record.id,
    record.account_id,
    record.kind,
    record.args_json,
    JSON.stringify(targets),
    record.origin,
    record.gesture_id,
    outcome,
    failureJson,
    record.created_at,
    tx.nowMs,
  );
  const addTarget = prepared(tx.db, ADD_TARGET);
  for (const [messageId] of targets) addTarget.run(messageId, lastInsertRowid);
}

/** A change of a mailbox that the facts already agree with. */
export function finishMailboxChange(tx: WriteTx, changeId: number): void {
  finishChange(tx, changeId, 'settled', null);
  tx.log(COLLECTIONS.mailboxes, 0, 'change');
}

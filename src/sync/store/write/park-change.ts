import type { ChangeId, MessageId } from '../../../shared/domain';
import type { Failure } from '../../../shared/failure';
import { COLLECTIONS } from '../collections';
import { isMailboxArgs, parseArgs } from '../pending-args';
import { type PendingRecord, targetsOf } from '../read/pending';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';

const CHANGE = readSql<PendingRecord>('SELECT * FROM pending_changes WHERE id = ?');
const PARK = writeSql(
  "UPDATE pending_changes SET state = 'parked', last_error_json = ?, claim_run = NULL WHERE id = ?",
);
const DEPENDANTS = readSql<{ change_id: number }>('SELECT change_id FROM pending_needs WHERE needs_id = ?');
const SPLIT = writeSql(
  `INSERT INTO pending_changes (account_id, lane, kind, args_json, base_json, origin, gesture_id, token, state,
     not_before, attempts, first_failure_at, last_error_json, wire_json, created_at)
   SELECT account_id, lane, kind, args_json, base_json, origin, gesture_id, token || '-' || ?, 'parked', 0, attempts,
     first_failure_at, ?, wire_json, created_at FROM pending_changes WHERE id = ?`,
);
const MOVE_TARGET = writeSql(
  'UPDATE pending_targets SET change_id = ? WHERE change_id = ? AND message_id = ?',
);
const HIDE_MAILBOX = writeSql('UPDATE mailboxes SET tombstoned_at = ? WHERE id = ? AND remote_key IS NULL');

const NEEDS_PARKED: Failure = {
  kind: 'conflict',
  message: 'It waits for an earlier change that needs attention.',
  hint: 'Retry or discard both together.',
};

/**
 * Sets a change aside where the user sees it: the overlay is gone, the facts are shown, dependants are parked with it
 * and keep their order (SYNC-242, 243). With `only`, just those messages of it; the rest goes on.
 * Answers the id of the parked row.
 */
export function parkChange(
  tx: WriteTx,
  changeId: ChangeId,
  failure: Failure,
  nowMs: number,
  only?: readonly MessageId[],
): ChangeId {
  const { db } = tx;
  const record = prepared(db, CHANGE).get(changeId);
  if (!record || record.state === 'parked') return changeId;
  const targets = targetsOf(db, changeId);
  if (only && targets.some(({ messageId }) => !only.includes(messageId)))
    return parkPart(tx, changeId, failure, only);

  prepared(db, PARK).run(JSON.stringify(failure), changeId);
  for (const { messageId } of targets) tx.dirty.messages.add(messageId);
  const args = parseArgs(record.kind, record.args_json);
  if (args && isMailboxArgs(args)) {
    if (args.kind === 'create-mailbox') prepared(db, HIDE_MAILBOX).run(nowMs, args.mailboxId);
    tx.log(COLLECTIONS.mailboxes, args.mailboxId, 'change');
  }
  tx.log(COLLECTIONS.pending, changeId, 'change');
  for (const { change_id } of prepared(db, DEPENDANTS).all(changeId))
    parkChange(tx, change_id as ChangeId, NEEDS_PARKED, nowMs);
  return changeId;
}

function parkPart(
  tx: WriteTx,
  changeId: ChangeId,
  failure: Failure,
  messageIds: readonly MessageId[],
): ChangeId {
  const { lastInsertRowid } = prepared(tx.db, SPLIT).run(messageIds[0], JSON.stringify(failure), changeId);
  const part = Number(lastInsertRowid) as ChangeId;
  const moveTarget = prepared(tx.db, MOVE_TARGET);
  for (const messageId of messageIds) {
    moveTarget.run(part, changeId, messageId);
    tx.dirty.messages.add(messageId);
  }
  tx.log(COLLECTIONS.pending, part, 'add');
  tx.log(COLLECTIONS.pending, changeId, 'change');
  return part;
}

import type { ChangeId } from '../../../shared/domain';
import { COLLECTIONS } from '../collections';
import { isMailboxArgs, parseArgs } from '../pending-args';
import { type PendingRecord, targetsOf } from '../read/pending';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';
import { removeUnusedMailbox } from './created-mailbox';
import { finishChange } from './finish-change';

const CHANGE = readSql<PendingRecord>('SELECT * FROM pending_changes WHERE id = ?');
const RETRY = writeSql(
  `UPDATE pending_changes SET state = 'waiting', not_before = 0, attempts = 0, first_failure_at = NULL,
     last_error_json = NULL WHERE id = ?`,
);
const DEPENDANTS = readSql<{ change_id: ChangeId }>('SELECT change_id FROM pending_needs WHERE needs_id = ?');
const COPIES = readSql<{ mailbox_id: number }>('SELECT mailbox_id FROM placements WHERE message_id = ?');
const REBASE = writeSql(
  'UPDATE OR REPLACE pending_targets SET mailbox_id = ? WHERE change_id = ? AND message_id = ? AND mailbox_id = ?',
);
const SHOW_MAILBOX = writeSql(
  'UPDATE mailboxes SET tombstoned_at = NULL WHERE id = ? AND remote_key IS NULL',
);

/**
 * Sends a parked (or backed-off) change again from where its messages are now; what waits for it goes along (SYNC-243).
 * Answers false when there is no such change or it is on the wire.
 */
export function retryChange(tx: WriteTx, changeId: ChangeId): boolean {
  const { db } = tx;
  const record = prepared(db, CHANGE).get(changeId);
  if (!record || record.state === 'claimed' || record.state === 'probing') return false;
  const args = parseArgs(record.kind, record.args_json);
  if (!args) return false;
  prepared(db, RETRY).run(changeId);
  for (const { messageId, mailboxId } of targetsOf(db, changeId)) {
    tx.dirty.messages.add(messageId);
    if (mailboxId === null) continue;
    const copies = prepared(db, COPIES).all(messageId);
    const [only] = copies;
    if (only && !copies.some(({ mailbox_id }) => mailbox_id === mailboxId))
      prepared(db, REBASE).run(only.mailbox_id, changeId, messageId, mailboxId);
  }
  if (isMailboxArgs(args)) {
    if (args.kind === 'create-mailbox') prepared(db, SHOW_MAILBOX).run(args.mailboxId);
    tx.log(COLLECTIONS.mailboxes, args.mailboxId, 'change');
  }
  tx.log(COLLECTIONS.pending, changeId, 'change');
  for (const { change_id } of prepared(db, DEPENDANTS).all(changeId)) retryChange(tx, change_id);
  return true;
}

/** Gives an intent up: the facts stay, the history keeps what was wanted; what needs it goes too (SYNC-243, 244). */
export function discardChange(tx: WriteTx, changeId: ChangeId): boolean {
  const { db } = tx;
  const record = prepared(db, CHANGE).get(changeId);
  if (!record || record.state === 'claimed' || record.state === 'probing') return false;
  for (const { change_id } of prepared(db, DEPENDANTS).all(changeId)) discardChange(tx, change_id);
  finishChange(tx, changeId, 'discarded', null);
  const args = parseArgs(record.kind, record.args_json);
  if (args && isMailboxArgs(args)) {
    if (args.kind === 'create-mailbox') removeUnusedMailbox(tx, args.mailboxId);
    tx.log(COLLECTIONS.mailboxes, args.mailboxId, 'change');
  }
  return true;
}

import type { AccountId, ChangeId, GestureId } from '../../../shared/domain';
import { COLLECTIONS } from '../collections';
import { formatArgs, type PendingArgs } from '../pending-args';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';

const INSERT = writeSql(
  `INSERT INTO pending_changes (account_id, lane, kind, args_json, base_json, origin, gesture_id, token, state,
     not_before, attempts, created_at) VALUES (?, ?, ?, ?, '{}', ?, ?, ?, 'waiting', 0, 0, ?)`,
);
const INSERT_TARGET = writeSql(
  'INSERT OR IGNORE INTO pending_targets (change_id, message_id, mailbox_id) VALUES (?, ?, ?)',
);
const INSERT_NEED = writeSql('INSERT INTO pending_needs (change_id, needs_id) VALUES (?, ?)');
const DROP_TARGET = writeSql(
  'DELETE FROM pending_targets WHERE change_id = ? AND message_id = ? AND mailbox_id = ?',
);
const CREATED_BY = readSql<{ created_by_change: number | null }>(
  `SELECT created_by_change FROM mailboxes WHERE id = ?
     AND created_by_change IN (SELECT id FROM pending_changes)`,
);

/** One row of the queue names at most this many messages (SYNC-230): a failure concerns few, progress is visible. */
const MAX_TARGETS = 1_000;

export interface NewChange {
  readonly accountId: AccountId;
  readonly gestureId: GestureId;
  readonly args: PendingArgs;
  /** Source mailbox of every target, 0 where the change does not concern one. */
  readonly source: number;
  readonly messageIds: readonly number[];
  token(): string;
}

/** Appends to the queue, split at 1,000 targets; what needs a mailbox that is still to be created waits for it. */
export function insertChange(tx: WriteTx, change: NewChange): ChangeId[] {
  const ids: ChangeId[] = [];
  const { args, messageIds } = change;
  const insertTarget = prepared(tx.db, INSERT_TARGET);
  const needs =
    args.kind === 'move' ? prepared(tx.db, CREATED_BY).get(args.toMailboxId)?.created_by_change : null;
  for (let at = 0; at < Math.max(messageIds.length, 1); at += MAX_TARGETS) {
    const { lastInsertRowid } = prepared(tx.db, INSERT).run(
      change.accountId,
      args.kind === 'create-mailbox' ? 'mailboxes' : 'mail',
      args.kind,
      formatArgs(args),
      tx.origin,
      change.gestureId,
      change.token(),
      tx.nowMs,
    );
    const id = Number(lastInsertRowid) as ChangeId;
    for (const messageId of messageIds.slice(at, at + MAX_TARGETS))
      insertTarget.run(id, messageId, change.source);
    if (needs) prepared(tx.db, INSERT_NEED).run(id, needs);
    tx.log(COLLECTIONS.pending, id, 'add');
    ids.push(id);
  }
  return ids;
}

export function dropTarget(tx: WriteTx, changeId: number, messageId: number, mailboxId: number): void {
  prepared(tx.db, DROP_TARGET).run(changeId, messageId, mailboxId);
  tx.log(COLLECTIONS.pending, changeId, 'change');
}

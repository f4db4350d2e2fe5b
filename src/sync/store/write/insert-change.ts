import type { AccountId, ChangeId, GestureId } from '../../../shared/domain';
import { COLLECTIONS } from '../collections';
import { formatArgs, isMailboxArgs, type PendingArgs } from '../pending-args';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';

const INSERT = writeSql(
  `INSERT INTO pending_changes (account_id, lane, kind, args_json, base_json, origin, gesture_id, token, state,
     not_before, attempts, created_at) VALUES (?, ?, ?, ?, '{}', ?, ?, ?, 'waiting', ?, 0, ?)`,
);
const INSERT_TARGET = writeSql(
  'INSERT OR IGNORE INTO pending_targets (change_id, message_id, mailbox_id) VALUES (?, ?, ?)',
);
const INSERT_NEED = writeSql('INSERT OR IGNORE INTO pending_needs (change_id, needs_id) VALUES (?, ?)');
const DROP_TARGET = writeSql(
  'DELETE FROM pending_targets WHERE change_id = ? AND message_id = ? AND mailbox_id = ?',
);
/** Only a row that nothing came after may grow: the queue's order is the order of what was asked for (SYNC-232). */
const GROWABLE = readSql<{ targets: number }>(
  `SELECT (SELECT count(*) FROM pending_targets WHERE change_id = c.id) AS targets FROM pending_changes c
   WHERE c.id = ? AND c.state = 'waiting' AND c.attempts = 0 AND c.wire_json IS NULL
     AND NOT EXISTS (SELECT 1 FROM pending_changes l
       WHERE l.id > c.id AND l.account_id = c.account_id AND l.gesture_id <> c.gesture_id)`,
);
const CREATED_BY = readSql<{ created_by_change: number | null }>(
  `SELECT created_by_change FROM mailboxes WHERE id = ?
     AND created_by_change IN (SELECT id FROM pending_changes)`,
);

/** One row of the queue names at most this many messages (SYNC-230): a failure concerns few, progress is visible. */
const MAX_TARGETS = 1_000;

/** Rows a gesture in several turns has begun, by account, source and arguments; starts empty. */
export type OpenRows = Map<string, ChangeId>;

export interface NewChange {
  readonly accountId: AccountId;
  readonly gestureId: GestureId;
  readonly args: PendingArgs;
  /** Source mailbox of every target, 0 where the change does not concern one. */
  readonly source: number;
  readonly messageIds: readonly number[];
  /** Only for gestures in several turns: their next messages join the row that still waits. */
  readonly openRows?: OpenRows;
  /** Changes that have to be settled first, besides the creation of a mailbox that messages go to. */
  readonly needs?: readonly number[];
  /** Milliseconds UTC: not sent before, so that it can be taken back; absent = at once. */
  readonly notBefore?: number;
  token(): string;
}

/** Appends to the queue, split at 1,000 targets; what needs a mailbox that is still to be created waits for it. */
export function insertChange(tx: WriteTx, change: NewChange): ChangeId[] {
  const ids: ChangeId[] = [];
  const { accountId, args, source, messageIds, openRows } = change;
  const argsJson = formatArgs(args);
  const name = `${accountId} ${source} ${args.kind} ${argsJson}`;
  let at = 0;
  const grown = openRows?.get(name);
  const room = grown === undefined ? 0 : roomIn(tx, grown);
  if (grown !== undefined && room > 0) {
    at = addTargets(tx, grown, source, messageIds.slice(0, room));
    tx.log(COLLECTIONS.pending, grown, 'change');
    ids.push(grown);
  }
  const creation =
    args.kind === 'move' ? prepared(tx.db, CREATED_BY).get(args.toMailboxId)?.created_by_change : null;
  const needs = [...(change.needs ?? []), ...(creation ? [creation] : [])];
  while (at < messageIds.length || ids.length === 0) {
    const { lastInsertRowid } = prepared(tx.db, INSERT).run(
      accountId,
      isMailboxArgs(args) ? 'mailboxes' : 'mail',
      args.kind,
      argsJson,
      tx.origin,
      change.gestureId,
      change.token(),
      change.notBefore ?? 0,
      tx.nowMs,
    );
    const id = Number(lastInsertRowid) as ChangeId;
    at += addTargets(tx, id, source, messageIds.slice(at, at + MAX_TARGETS));
    for (const need of needs) prepared(tx.db, INSERT_NEED).run(id, need);
    tx.log(COLLECTIONS.pending, id, 'add');
    openRows?.set(name, id);
    ids.push(id);
  }
  return ids;
}

function addTargets(tx: WriteTx, id: ChangeId, source: number, messageIds: readonly number[]): number {
  const insert = prepared(tx.db, INSERT_TARGET);
  for (const messageId of messageIds) insert.run(id, messageId, source);
  return messageIds.length;
}

function roomIn(tx: WriteTx, id: ChangeId): number {
  const row = prepared(tx.db, GROWABLE).get(id);
  return row ? Math.max(0, MAX_TARGETS - row.targets) : 0;
}

export function dropTarget(tx: WriteTx, changeId: number, messageId: number, mailboxId: number): void {
  prepared(tx.db, DROP_TARGET).run(changeId, messageId, mailboxId);
  tx.log(COLLECTIONS.pending, changeId, 'change');
}

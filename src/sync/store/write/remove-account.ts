import type { AccountId } from '../../../shared/domain';
import { COLLECTIONS } from '../collections';
import { leaveAll, removeLeaving, removeOrdersOf } from '../orders/drop-orders';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';
import { deleteMessage } from './delete-message';

const SOME_MESSAGES = readSql<{ id: number; thread_id: number }>(
  'SELECT id, thread_id FROM messages WHERE account_id = ? ORDER BY received_at, id LIMIT ?',
);
const SOME_CHANGES = readSql<{ id: number }>('SELECT id FROM pending_changes WHERE account_id = ? LIMIT ?');
/** Rows that went since the connection was opened, those that went along with others included. */
const ROWS_SO_FAR = readSql<{ n: number }>('SELECT total_changes() AS n');
const DELETE_CHANGE = writeSql('DELETE FROM pending_changes WHERE id = ?');
const MEMBERSHIPS = readSql<{ mailbox_id: number }>(
  'SELECT mailbox_id FROM memberships WHERE message_id = ?',
);
const MAILBOXES = readSql<{ id: number }>('SELECT id FROM mailboxes WHERE account_id = ? LIMIT ?');
const DELETE_MAILBOX = writeSql('DELETE FROM mailboxes WHERE id = ?');
const DELETE_LIST = writeSql('DELETE FROM lists WHERE list_id = ?');
/** Tables with many rows of one account, each emptied in steps; the number of parameters is 2: account, limit. */
const STEPS = [
  'DELETE FROM thread_ids WHERE (account_id, id_hash) IN (SELECT account_id, id_hash FROM thread_ids WHERE account_id = ? LIMIT ?)',
  'DELETE FROM threads WHERE id IN (SELECT id FROM threads WHERE account_id = ? LIMIT ?)',
  'DELETE FROM known_people WHERE (name_key, address, account_id) IN (SELECT name_key, address, account_id FROM known_people WHERE account_id = ? LIMIT ?)',
  'DELETE FROM history_targets WHERE (message_id, history_id) IN (SELECT t.message_id, t.history_id FROM change_history h JOIN history_targets t ON t.history_id = h.id WHERE h.account_id = ? LIMIT ?)',
  'DELETE FROM change_history WHERE id IN (SELECT id FROM change_history WHERE account_id = ? LIMIT ?)',
  'DELETE FROM drafts WHERE id IN (SELECT id FROM drafts WHERE account_id = ? LIMIT ?)',
  'DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE account_id = ? LIMIT ?)',
  'DELETE FROM identities WHERE id IN (SELECT id FROM identities WHERE account_id = ? LIMIT ?)',
  'DELETE FROM submission_facts WHERE (account_id, host) IN (SELECT account_id, host FROM submission_facts WHERE account_id = ? LIMIT ?)',
  'DELETE FROM sync_log WHERE id IN (SELECT id FROM sync_log WHERE account_id = ? LIMIT ?)',
].map(writeSql);
/** What the engine noted about the account between its rounds. */
const DELETE_NOTES = writeSql(
  `DELETE FROM settings WHERE key IN ('audit.' || CAST(@id AS INTEGER), 'quota.' || CAST(@id AS INTEGER), 'alerts.' || CAST(@id AS INTEGER),
     'doubted-listing.' || CAST(@id AS INTEGER), 'download-pause.' || CAST(@id AS INTEGER))`,
);
const DELETE_COUNTERS = writeSql('DELETE FROM account_counters WHERE account_id = ?');
const DELETE_ACCOUNT = writeSql('DELETE FROM accounts WHERE id = ?');

/** A transaction's most rows of all tables together (SYNC-003). */
const MAX_CHUNK = 5_000;
/**
 * Part of them that may go with what is deleted by name: the rows of lists go at the end of the transaction, up to one
 * for each list a conversation is in, and one message or change may take a thousand rows along.
 */
const BY_NAME_SHARE = 0.2;

/**
 * Removes up to `limit` rows of an account in state 'removing'; call again until it answers true. A kill in between
 * resumes at the next start, because the account's own row goes last (SYNC-003).
 */
export function removeAccountChunk(tx: WriteTx, accountId: AccountId, limit: number): boolean {
  const { db } = tx;
  const chunk = Math.min(limit, MAX_CHUNK);
  const byName = Math.ceil(chunk * BY_NAME_SHARE);
  const startedAt = rowsSoFar(tx);
  const isFull = () => rowsSoFar(tx) - startedAt >= byName;
  tx.log(COLLECTIONS.accounts, accountId, 'change');
  // Every order a list is laid out in would take one more row along with each of the messages.
  leaveAll(tx);
  if (!removeLeaving(tx, byName)) return false;
  const changes = prepared(db, SOME_CHANGES).all(accountId, byName);
  for (const { id } of changes) {
    prepared(db, DELETE_CHANGE).run(id);
    if (isFull()) break;
  }
  if (changes.length > 0) return false;
  const messages = prepared(db, SOME_MESSAGES).all(accountId, byName);
  for (const { id, thread_id } of messages) {
    for (const { mailbox_id } of prepared(db, MEMBERSHIPS).all(id)) tx.log(mailbox_id, id, 'remove');
    deleteMessage(tx, id);
    tx.dirty.threads.set(thread_id, null);
    if (isFull()) break;
  }
  if (messages.length > 0) return false;
  for (const step of STEPS) if (prepared(db, step).run(accountId, chunk).changes > 0) return false;
  const mailboxes = prepared(db, MAILBOXES).all(accountId, byName);
  for (const { id } of mailboxes) {
    prepared(db, DELETE_LIST).run(id);
    removeOrdersOf(tx, id);
    prepared(db, DELETE_MAILBOX).run(id);
  }
  if (mailboxes.length > 0) return false;
  prepared(db, DELETE_NOTES).run({ id: accountId });
  prepared(db, DELETE_COUNTERS).run(accountId);
  prepared(db, DELETE_ACCOUNT).run(accountId);
  tx.log(COLLECTIONS.accounts, accountId, 'remove');
  tx.touch('lists');
  tx.touch('mailboxes');
  return true;
}

function rowsSoFar(tx: WriteTx): number {
  return prepared(tx.db, ROWS_SO_FAR).get()?.n ?? 0;
}

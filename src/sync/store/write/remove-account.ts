import type { AccountId } from '../../../shared/domain';
import { COLLECTIONS } from '../collections';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';
import { deleteMessage } from './delete-message';

const SOME_MESSAGES = readSql<{ id: number; thread_id: number }>(
  'SELECT id, thread_id FROM messages WHERE account_id = ? ORDER BY received_at, id LIMIT ?',
);
const MEMBERSHIPS = readSql<{ mailbox_id: number }>(
  'SELECT mailbox_id FROM memberships WHERE message_id = ?',
);
const MAILBOXES = readSql<{ id: number }>('SELECT id FROM mailboxes WHERE account_id = ?');
const DELETE_LIST = writeSql('DELETE FROM lists WHERE list_id = ?');
/** Tables with many rows of one account, each emptied in steps; the number of parameters is 2: account, limit. */
const STEPS = [
  'DELETE FROM pending_changes WHERE id IN (SELECT id FROM pending_changes WHERE account_id = ? LIMIT ?)',
  'DELETE FROM thread_ids WHERE (account_id, id_hash) IN (SELECT account_id, id_hash FROM thread_ids WHERE account_id = ? LIMIT ?)',
  'DELETE FROM threads WHERE id IN (SELECT id FROM threads WHERE account_id = ? LIMIT ?)',
  'DELETE FROM known_people WHERE (name_key, address, account_id) IN (SELECT name_key, address, account_id FROM known_people WHERE account_id = ? LIMIT ?)',
  'DELETE FROM drafts WHERE id IN (SELECT id FROM drafts WHERE account_id = ? LIMIT ?)',
  'DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE account_id = ? LIMIT ?)',
  'DELETE FROM identities WHERE id IN (SELECT id FROM identities WHERE account_id = ? LIMIT ?)',
  'DELETE FROM submission_facts WHERE (account_id, host) IN (SELECT account_id, host FROM submission_facts WHERE account_id = ? LIMIT ?)',
  'DELETE FROM sync_log WHERE id IN (SELECT id FROM sync_log WHERE account_id = ? LIMIT ?)',
].map(writeSql);
const DELETE_MAILBOXES = writeSql('DELETE FROM mailboxes WHERE account_id = ?');
/** What the engine noted about the account between its rounds. */
const DELETE_NOTES = writeSql(
  `DELETE FROM settings WHERE key IN ('audit.' || CAST(@id AS INTEGER), 'quota.' || CAST(@id AS INTEGER),
     'doubted-listing.' || CAST(@id AS INTEGER), 'download-pause.' || CAST(@id AS INTEGER))`,
);
const DELETE_COUNTERS = writeSql('DELETE FROM account_counters WHERE account_id = ?');
const DELETE_ACCOUNT = writeSql('DELETE FROM accounts WHERE id = ?');

/** A chunk's most rows of one table (SYNC-003). */
const MAX_CHUNK = 5_000;

/**
 * Removes up to `limit` rows of an account in state 'removing'; call again until it answers true. A kill in between
 * resumes at the next start, because the account's own row goes last (SYNC-003).
 */
export function removeAccountChunk(tx: WriteTx, accountId: AccountId, limit: number): boolean {
  const { db } = tx;
  const chunk = Math.min(limit, MAX_CHUNK);
  tx.log(COLLECTIONS.accounts, accountId, 'change');
  for (const step of STEPS.slice(0, 1))
    if (prepared(db, step).run(accountId, chunk).changes > 0) return false;
  const messages = prepared(db, SOME_MESSAGES).all(accountId, chunk);
  for (const { id, thread_id } of messages) {
    for (const { mailbox_id } of prepared(db, MEMBERSHIPS).all(id)) tx.log(mailbox_id, id, 'remove');
    deleteMessage(tx, id);
    tx.dirty.threads.set(thread_id, null);
  }
  if (messages.length > 0) return false;
  for (const step of STEPS.slice(1)) if (prepared(db, step).run(accountId, chunk).changes > 0) return false;
  for (const { id } of prepared(db, MAILBOXES).all(accountId)) prepared(db, DELETE_LIST).run(id);
  prepared(db, DELETE_MAILBOXES).run(accountId);
  prepared(db, DELETE_NOTES).run({ id: accountId });
  prepared(db, DELETE_COUNTERS).run(accountId);
  prepared(db, DELETE_ACCOUNT).run(accountId);
  tx.log(COLLECTIONS.accounts, accountId, 'remove');
  tx.touch('lists');
  tx.touch('mailboxes');
  return true;
}

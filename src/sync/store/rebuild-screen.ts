import { COLLECTIONS } from './collections';
import type { Store } from './open-store';
import { clearOrders } from './orders/drop-orders';
import { prepared, readSql, writeSql } from './sql';

const MESSAGE_IDS = readSql<{ id: number; thread_id: number }>(
  'SELECT id, thread_id FROM messages INDEXED BY messages_thread ORDER BY thread_id',
);
const CLEAR = [
  'DELETE FROM list_rows',
  `UPDATE lists SET rows = 0, unread_rows = 0, messages = 0, unread_messages = 0, starred_rows = 0,
     attachment_rows = 0, threads = 0, unread_threads = 0`,
  'DELETE FROM account_counters',
  'DELETE FROM memberships WHERE NOT EXISTS (SELECT 1 FROM messages WHERE id = memberships.message_id)',
  `UPDATE mailboxes SET
     stored_count = (SELECT count(*) FROM placements p WHERE p.mailbox_id = mailboxes.id AND p.verified = 1),
     body_count = (SELECT count(*) FROM placements p JOIN messages m ON m.id = p.message_id
                   WHERE p.mailbox_id = mailboxes.id AND p.verified = 1 AND m.body_state = 'here'),
     indexed_count = (SELECT count(*) FROM placements p JOIN search_docs d ON d.message_id = p.message_id
                      WHERE p.mailbox_id = mailboxes.id AND p.verified = 1),
     indexed_bodies = (SELECT count(*) FROM placements p JOIN search_docs d ON d.message_id = p.message_id
                       WHERE p.mailbox_id = mailboxes.id AND p.verified = 1 AND d.state = 1)`,
].map(writeSql);

/** Makes rows, memberships and counters again from facts and intents, in one transaction (SYNC-381). */
export function rebuildScreen(store: Store): void {
  store.writeTx('server', (tx) => {
    for (const statement of CLEAR) prepared(tx.db, statement).run();
    clearOrders(tx);
    for (const { id, thread_id } of prepared(tx.db, MESSAGE_IDS).all()) {
      tx.dirty.messages.add(id);
      tx.dirty.threads.set(thread_id, null);
    }
    tx.log(COLLECTIONS.lists, 0, 'change');
    tx.touch('lists');
    tx.touch('mailboxes');
  });
}

import { replay } from '../replay';
import { prepared, readSql, writeSql } from '../sql';
import { learnSenders, makesKnown } from '../write/learn-people';
import type { WriteTx } from '../write-tx';
import { factsOf } from './facts-of';
import { flushRows } from './flush-rows';
import { intentsOf } from './intents-of';
import { readScreenContext, type ScreenContext } from './screen-context';

const MESSAGE = readSql<{ thread_id: number; received_at: number; keywords: string }>(
  'SELECT thread_id, received_at, keywords FROM messages WHERE id = ?',
);
const SHOWN_IN = readSql<{ mailbox_id: number }>('SELECT mailbox_id FROM memberships WHERE message_id = ?');
const ROWS_OF = readSql<{ list_id: number }>('SELECT list_id FROM list_rows WHERE thread_id = ?');
const SET_KEYWORDS = writeSql('UPDATE messages SET keywords = ? WHERE id = ?');
const SHOW = writeSql('INSERT INTO memberships (mailbox_id, received_at, message_id) VALUES (?, ?, ?)');
const HIDE = writeSql('DELETE FROM memberships WHERE mailbox_id = ? AND received_at = ? AND message_id = ?');
const ADD_COVERAGE = writeSql(
  `UPDATE mailboxes SET stored_count = stored_count + ?, body_count = body_count + ?,
     indexed_count = indexed_count + ?, indexed_bodies = indexed_bodies + ? WHERE id = ?`,
);

/**
 * Brings the screen up to date with facts and intents, once per transaction: memberships and keywords of dirty
 * messages, then rows and counters of dirty threads (SYNC-231). Called by writeTx before the commit.
 */
export function flushScreen(tx: WriteTx): void {
  const { messages, threads, coverage } = tx.dirty;
  const addCoverage = prepared(tx.db, ADD_COVERAGE);
  for (const [mailboxId, { stored, bodies, indexed, indexedBodies }] of coverage) {
    if (stored === 0 && bodies === 0 && indexed === 0 && indexedBodies === 0) continue;
    addCoverage.run(stored, bodies, indexed, indexedBodies, mailboxId);
    // The index says by itself, and more rarely, how far it is.
    if (stored !== 0 || bodies !== 0) tx.touch('mailboxes');
  }
  if (messages.size === 0 && threads.size === 0) return;
  const context = readScreenContext(tx.db);
  const known = [...messages].filter((messageId) => refreshMessage(tx, messageId, context));
  learnSenders(tx, known);
  flushRows(tx, context);
}

/** True when its new marks make its sender known. */
function refreshMessage(tx: WriteTx, messageId: number, context: ScreenContext): boolean {
  const { db } = tx;
  const message = prepared(db, MESSAGE).get(messageId);
  if (!message) return false;
  const screen = replay(factsOf(db, messageId), intentsOf(db, messageId), context.isTrash);
  const keywordsChanged = screen.keywords !== message.keywords;
  if (keywordsChanged) prepared(db, SET_KEYWORDS).run(screen.keywords, messageId);

  let changed = keywordsChanged;
  const shown = prepared(db, SHOWN_IN).all(messageId);
  for (const { mailbox_id } of shown) {
    if (screen.mailboxIds.includes(mailbox_id)) {
      if (keywordsChanged) tx.log(mailbox_id, messageId, 'change');
      continue;
    }
    prepared(db, HIDE).run(mailbox_id, message.received_at, messageId);
    tx.log(mailbox_id, messageId, 'remove');
    changed = true;
  }
  for (const mailboxId of screen.mailboxIds) {
    if (shown.some(({ mailbox_id }) => mailbox_id === mailboxId)) continue;
    prepared(db, SHOW).run(mailboxId, message.received_at, messageId);
    tx.log(mailboxId, messageId, 'add');
    changed = true;
  }
  if (changed) tx.dirty.threads.set(message.thread_id, null);
  else announceMarks(tx, message.thread_id);
  return keywordsChanged && makesKnown(message.keywords, screen.keywords);
}

/** The row itself is as it was, but its change may no longer wait, or need attention now (UI-024). */
function announceMarks(tx: WriteTx, threadId: number): void {
  for (const { list_id } of prepared(tx.db, ROWS_OF).all(threadId)) tx.touch(`list:${list_id}`);
  tx.touch(`thread:${threadId}`);
}

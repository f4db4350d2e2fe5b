import { assert } from '../assert';
import { MARKS } from '../keywords';
import { followOrders } from '../orders/follow-orders';
import type { Snooze } from '../snooze';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';
import { buildRows, type RowRecord } from './build-rows';
import type { ScreenContext } from './screen-context';
import { createThreadCounts } from './thread-counts';
import type { ThreadMessage } from './thread-message';

const THREAD_MESSAGES = readSql<{
  id: number;
  account_id: number;
  received_at: number;
  size: number;
  keywords: string;
  has_attachment: number;
  from_name: string;
  from_address: string;
  base_subject: string;
  mailbox_id: number;
  bed: number | null;
  until: number;
  state: Snooze['state'];
}>(
  `SELECT m.id, m.account_id, m.received_at, m.size, m.keywords, m.has_attachment, m.from_name, m.from_address,
     m.base_subject, s.mailbox_id, z.mailbox_id AS bed, z.until, z.state
   FROM messages m JOIN memberships s ON s.message_id = m.id LEFT JOIN snoozes z ON z.message_id = m.id
   WHERE m.thread_id = ?`,
);
const THREAD_ROWS = readSql<RowRecord>('SELECT * FROM list_rows WHERE thread_id = ?');
const INSERT_ROW = writeSql(
  `INSERT INTO list_rows (list_id, item_id, thread_id, message_id, latest_at, sender_key, subject_key, size, unread,
     starred, message_count, unread_count, list_messages, list_unread, marks, labels, participants)
   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
);
const DELETE_ROW = writeSql('DELETE FROM list_rows WHERE list_id = ? AND item_id = ?');
// SQLite writes every index that has one of the columns of SET, changed or not: what changes often is set alone, and the
// row stays where it is.
const UPDATE_UNREAD = writeSql(
  `UPDATE list_rows SET unread = ?, unread_count = ?, list_unread = ? WHERE list_id = ? AND item_id = ?`,
);
const UPDATE_COUNTS = writeSql(
  'UPDATE list_rows SET unread_count = ?, list_unread = ? WHERE list_id = ? AND item_id = ?',
);
const UPDATE_STARRED = writeSql('UPDATE list_rows SET starred = ? WHERE list_id = ? AND item_id = ?');
const UPDATE_MARKS = writeSql('UPDATE list_rows SET marks = ? WHERE list_id = ? AND item_id = ?');
const UPDATE_LABELS = writeSql('UPDATE list_rows SET labels = ? WHERE list_id = ? AND item_id = ?');
const ADD_COUNTS = writeSql(
  `INSERT INTO lists (list_id, rows, unread_rows, messages, unread_messages, starred_rows, attachment_rows)
   VALUES (?, ?, ?, ?, ?, ?, ?)
   ON CONFLICT (list_id) DO UPDATE SET rows = rows + excluded.rows, unread_rows = unread_rows + excluded.unread_rows,
     messages = messages + excluded.messages, unread_messages = unread_messages + excluded.unread_messages,
     starred_rows = starred_rows + excluded.starred_rows, attachment_rows = attachment_rows + excluded.attachment_rows`,
);

interface Counts {
  rows: number;
  unreadRows: number;
  messages: number;
  unreadMessages: number;
  starredRows: number;
  attachmentRows: number;
}

/** Recomputes the list rows of every dirty thread once and keeps the counters in step (SYNC-380). */
export function flushRows(tx: WriteTx, context: ScreenContext): void {
  const counts = new Map<number, Counts>();
  const writer = createRowWriter(tx, counts);
  const threadCounts = createThreadCounts(tx);
  for (const [threadId, fresh] of tx.dirty.threads) {
    if (fresh) {
      const rows = buildRows(threadId, fresh, context);
      for (const row of rows) writer.insert(row);
      threadCounts.add(rows, 1, fresh[0]?.accountId);
      continue;
    }
    const wanted = new Map<string, RowRecord>();
    const messages = readThreadMessages(tx, threadId);
    const accountId = messages[0]?.accountId;
    const rows = buildRows(threadId, messages, context);
    for (const row of rows) wanted.set(`${row.list_id} ${row.item_id}`, row);
    const before = prepared(tx.db, THREAD_ROWS).all(threadId);
    threadCounts.add(before, -1, accountId);
    threadCounts.add(rows, 1, accountId);
    for (const old of before) {
      const key = `${old.list_id} ${old.item_id}`;
      const next = wanted.get(key);
      if (next) {
        writer.update(old, next);
        wanted.delete(key);
      } else writer.remove(old);
    }
    for (const row of wanted.values()) writer.insert(row);
    tx.touch(`thread:${threadId}`);
  }
  const add = prepared(tx.db, ADD_COUNTS);
  for (const [listId, sum] of counts) {
    tx.touch(`list:${listId}`);
    const { rows, unreadRows, messages, unreadMessages, starredRows, attachmentRows } = sum;
    const sums = [rows, unreadRows, messages, unreadMessages, starredRows, attachmentRows];
    if (sums.every((one) => one === 0)) continue;
    add.run(listId, ...sums);
    tx.touch('lists');
    if (listId > 0) tx.touch('mailboxes');
  }
  threadCounts.flush();
}

/** All shown messages of a thread, oldest id first. */
function readThreadMessages(tx: WriteTx, threadId: number): ThreadMessage[] {
  const messages = new Map<number, ThreadMessage & { mailboxIds: number[] }>();
  for (const row of prepared(tx.db, THREAD_MESSAGES).iterate(threadId)) {
    const known = messages.get(row.id);
    if (known) known.mailboxIds.push(row.mailbox_id);
    else
      messages.set(row.id, {
        id: row.id,
        accountId: row.account_id,
        receivedAt: row.received_at,
        size: row.size,
        keywords: row.keywords,
        hasAttachment: row.has_attachment === 1,
        fromName: row.from_name,
        fromAddress: row.from_address,
        baseSubject: row.base_subject,
        mailboxIds: [row.mailbox_id],
        snooze: row.bed === null ? null : { mailboxId: row.bed, until: row.until, state: row.state },
      });
  }
  return [...messages.values()];
}

function createRowWriter(tx: WriteTx, counts: Map<number, Counts>) {
  const insertRow = prepared(tx.db, INSERT_ROW);
  const deleteRow = prepared(tx.db, DELETE_ROW);
  const updateUnread = prepared(tx.db, UPDATE_UNREAD);
  const updateCounts = prepared(tx.db, UPDATE_COUNTS);
  const updateStarred = prepared(tx.db, UPDATE_STARRED);
  const updateMarks = prepared(tx.db, UPDATE_MARKS);
  const updateLabels = prepared(tx.db, UPDATE_LABELS);
  const orders = followOrders(tx);
  const count = (row: RowRecord, sign: 1 | -1): void => {
    let sum = counts.get(row.list_id);
    if (!sum) {
      sum = { rows: 0, unreadRows: 0, messages: 0, unreadMessages: 0, starredRows: 0, attachmentRows: 0 };
      counts.set(row.list_id, sum);
    }
    sum.rows += sign;
    sum.unreadRows += sign * row.unread;
    sum.messages += sign * row.list_messages;
    sum.unreadMessages += sign * row.list_unread;
    sum.starredRows += sign * row.starred;
    if (row.marks & MARKS.attachment) sum.attachmentRows += sign;
  };
  const insertOnly = (row: RowRecord): void => {
    insertRow.run(
      row.list_id,
      row.item_id,
      row.thread_id,
      row.message_id,
      row.latest_at,
      row.sender_key,
      row.subject_key,
      row.size,
      row.unread,
      row.starred,
      row.message_count,
      row.unread_count,
      row.list_messages,
      row.list_unread,
      row.marks,
      row.labels,
      row.participants,
    );
    count(row, 1);
  };
  const removeOnly = (row: RowRecord): void => {
    assert(deleteRow.run(row.list_id, row.item_id).changes === 1, 'the row to remove exists');
    count(row, -1);
  };
  return {
    insert: (row: RowRecord): void => {
      insertOnly(row);
      orders.put(row);
    },
    remove: (row: RowRecord): void => {
      removeOnly(row);
      orders.take(row);
    },
    update: (old: RowRecord, next: RowRecord): void => {
      orders.change(old, next);
      if (isMoved(old, next)) {
        removeOnly(old);
        insertOnly(next);
        return;
      }
      const { unread, unread_count, list_unread, starred, marks, labels, list_id, item_id } = next;
      if (old.unread !== unread) updateUnread.run(unread, unread_count, list_unread, list_id, item_id);
      else if (old.unread_count !== unread_count || old.list_unread !== list_unread)
        updateCounts.run(unread_count, list_unread, list_id, item_id);
      if (old.starred !== starred) updateStarred.run(starred, list_id, item_id);
      if (old.marks !== marks) updateMarks.run(marks, list_id, item_id);
      if (old.labels !== labels) updateLabels.run(labels, list_id, item_id);
      count(old, -1);
      count(next, 1);
    },
  };
}

/** Whether anything but its marks, labels and counts of unread changed. */
function isMoved(old: RowRecord, next: RowRecord): boolean {
  return (
    old.thread_id !== next.thread_id ||
    old.message_id !== next.message_id ||
    old.latest_at !== next.latest_at ||
    old.sender_key !== next.sender_key ||
    old.subject_key !== next.subject_key ||
    old.size !== next.size ||
    old.message_count !== next.message_count ||
    old.list_messages !== next.list_messages ||
    old.participants !== next.participants
  );
}

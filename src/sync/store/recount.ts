import { type MessageId, SMART_LISTS } from '../../shared/domain';
import type { ReadableDb } from './handles';
import { MARKS } from './keywords';
import { compareOrders } from './orders/compare-orders';
import { readSnooze } from './read/snoozes';
import { replay } from './replay';
import { buildRows, type RowRecord } from './screen/build-rows';
import { factsOf } from './screen/facts-of';
import { intentsOf } from './screen/intents-of';
import { readScreenContext } from './screen/screen-context';
import type { ThreadMessage } from './screen/thread-message';
import type { Snooze } from './snooze';
import { prepared, readSql } from './sql';

interface MessageRecord {
  id: number;
  account_id: number;
  thread_id: number;
  received_at: number;
  size: number;
  keywords: string;
  has_attachment: number;
  from_name: string;
  from_address: string;
  base_subject: string;
}

const THREADS = readSql<{ thread_id: number }>(
  'SELECT DISTINCT thread_id FROM messages INDEXED BY messages_thread ORDER BY thread_id',
);
const MESSAGES = readSql<MessageRecord>(
  `SELECT id, account_id, thread_id, received_at, size, keywords, has_attachment, from_name, from_address,
     base_subject FROM messages WHERE thread_id = ?`,
);
const SHOWN_IN = readSql<{ mailbox_id: number }>(
  'SELECT mailbox_id FROM memberships WHERE message_id = ? ORDER BY mailbox_id',
);
const ROWS = readSql<RowRecord>('SELECT * FROM list_rows WHERE thread_id = ?');
const COUNT_ROWS = readSql<{ n: number }>('SELECT count(*) AS n FROM list_rows INDEXED BY list_rows_thread');
const COUNT_MEMBERSHIPS = readSql<{ n: number }>(
  'SELECT count(*) AS n FROM memberships INDEXED BY memberships_message',
);
const LISTS = readSql<{
  list_id: number;
  rows: number;
  unread_rows: number;
  messages: number;
  unread_messages: number;
  starred_rows: number;
  attachment_rows: number;
  threads: number;
  unread_threads: number;
}>(
  `SELECT list_id, rows, unread_rows, messages, unread_messages, starred_rows, attachment_rows, threads, unread_threads
   FROM lists`,
);
const ACCOUNT_COUNTERS = readSql<{
  account_id: number;
  messages: number;
  unread_messages: number;
  threads: number;
  unread_threads: number;
}>('SELECT account_id, messages, unread_messages, threads, unread_threads FROM account_counters');
const COVERAGE = readSql<{
  id: number;
  stored_count: number;
  body_count: number;
  indexed_count: number;
  indexed_bodies: number;
}>('SELECT id, stored_count, body_count, indexed_count, indexed_bodies FROM mailboxes');
const COUNT_COVERAGE = readSql<{ stored: number; bodies: number; indexed: number; indexedBodies: number }>(
  `SELECT count(*) AS stored, coalesce(sum(m.body_state = 'here'), 0) AS bodies, count(d.state) AS indexed,
     coalesce(sum(d.state), 0) AS indexedBodies
   FROM placements p JOIN messages m ON m.id = p.message_id LEFT JOIN search_docs d ON d.message_id = m.id
   WHERE p.mailbox_id = ? AND p.verified = 1`,
);

/** Enough to see what kind of bug it is. */
const MAX_DIFFERENCES = 50;

/**
 * Rebuilds the whole screen in memory from facts and intents and compares it with what is stored (SYNC-231, 381).
 * Answers the differences in words without any content of messages; an empty list is what must come out.
 */
export function recount(db: ReadableDb): string[] {
  const differences: string[] = [];
  const report = (difference: string): void => {
    if (differences.length < MAX_DIFFERENCES) differences.push(difference);
  };
  const context = readScreenContext(db);
  const counters = new Map<number, number[]>();
  const accounts = new Map<number, number[]>();
  let rowCount = 0;
  let membershipCount = 0;

  for (const { thread_id } of prepared(db, THREADS).all()) {
    const messages: ThreadMessage[] = [];
    for (const message of prepared(db, MESSAGES).all(thread_id)) {
      const screen = replay(factsOf(db, message.id), intentsOf(db, message.id), context.isTrash);
      const shown = prepared(db, SHOWN_IN)
        .all(message.id)
        .map(({ mailbox_id }) => mailbox_id);
      membershipCount += screen.mailboxIds.length;
      if (screen.keywords !== message.keywords)
        report(`message ${message.id} has keywords "${message.keywords}" instead of "${screen.keywords}"`);
      if (shown.join() !== screen.mailboxIds.join())
        report(`message ${message.id} is shown in ${shown.join()} instead of ${screen.mailboxIds.join()}`);
      if (screen.mailboxIds.length > 0)
        messages.push(
          toThreadMessage(
            message,
            screen.keywords,
            screen.mailboxIds,
            readSnooze(db, message.id as MessageId),
          ),
        );
    }
    const stored = new Map(
      prepared(db, ROWS)
        .all(thread_id)
        .map((row) => [`${row.list_id} ${row.item_id}`, row]),
    );
    const rows = buildRows(thread_id, messages, context);
    countThreads(rows, messages[0]?.accountId ?? 0, counters, accounts);
    for (const row of rows) {
      rowCount++;
      const key = `${row.list_id} ${row.item_id}`;
      const actual = stored.get(key);
      if (!actual) report(`list ${row.list_id} lacks the row ${row.item_id}`);
      else reportColumns(actual, row, report);
      stored.delete(key);
      const attached = row.marks & MARKS.attachment ? 1 : 0;
      const counts = [1, row.unread, row.list_messages, row.list_unread, row.starred, attached, 0, 0];
      addTo(counters, row.list_id, counts);
    }
    for (const key of stored.keys()) report(`list row ${key} should not exist`);
  }
  if (prepared(db, COUNT_ROWS).get()?.n !== rowCount) report('there are list rows of no thread');
  if (prepared(db, COUNT_MEMBERSHIPS).get()?.n !== membershipCount)
    report('there are memberships of no message');
  reportCounters(db, counters, report);
  reportAccounts(db, accounts, report);
  reportCoverage(db, report);
  compareOrders(db, report);
  return differences;
}

function reportColumns(actual: RowRecord, wanted: RowRecord, report: (text: string) => void): void {
  for (const column of Object.keys(wanted) as (keyof RowRecord)[]) {
    // Sort keys and participants hold names: they are compared, not told.
    if (actual[column] !== wanted[column])
      report(`list ${wanted.list_id} row ${wanted.item_id}: ${column} differs`);
  }
}

/** Conversations, whether a list shows them by one row or by many; an account's are those of the list of all mail. */
function countThreads(
  rows: readonly RowRecord[],
  accountId: number,
  lists: Map<number, number[]>,
  accounts: Map<number, number[]>,
): void {
  for (const [listId, inList] of Map.groupBy(rows, (row) => row.list_id)) {
    const unread = inList.some((row) => row.unread === 1) ? 1 : 0;
    addTo(lists, listId, [0, 0, 0, 0, 0, 0, 1, unread]);
    if (listId !== SMART_LISTS.all) continue;
    for (const row of inList) addTo(accounts, accountId, [row.list_messages, row.list_unread, 0, 0]);
    addTo(accounts, accountId, [0, 0, 1, unread]);
  }
}

function addTo(sums: Map<number, number[]>, key: number, values: readonly number[]): void {
  const before = sums.get(key);
  sums.set(
    key,
    values.map((value, at) => value + (before?.[at] ?? 0)),
  );
}

function reportAccounts(db: ReadableDb, wanted: Map<number, number[]>, report: (text: string) => void): void {
  for (const { account_id, ...counter } of prepared(db, ACCOUNT_COUNTERS).all()) {
    const actual = Object.values(counter).join();
    const counted = (wanted.get(account_id) ?? [0, 0, 0, 0]).join();
    if (actual !== counted) report(`account ${account_id} counts ${actual} instead of ${counted}`);
    wanted.delete(account_id);
  }
  for (const accountId of wanted.keys()) report(`account ${accountId} has no counters`);
}

function reportCounters(db: ReadableDb, wanted: Map<number, number[]>, report: (text: string) => void): void {
  for (const list of prepared(db, LISTS).all()) {
    const counter = wanted.get(list.list_id) ?? [0, 0, 0, 0, 0, 0, 0, 0];
    const { list_id: _, ...columns } = list;
    const actual = Object.values(columns);
    if (actual.join() !== counter.join())
      report(`list ${list.list_id} counts ${actual.join()} instead of ${counter.join()}`);
    wanted.delete(list.list_id);
  }
  for (const listId of wanted.keys()) report(`list ${listId} has no counters`);
}

function reportCoverage(db: ReadableDb, report: (text: string) => void): void {
  for (const { id, stored_count, body_count, indexed_count, indexed_bodies } of prepared(
    db,
    COVERAGE,
  ).all()) {
    const counted = prepared(db, COUNT_COVERAGE).get(id);
    const actual = `${stored_count}/${body_count}/${indexed_count}/${indexed_bodies}`;
    const wanted = `${counted?.stored}/${counted?.bodies}/${counted?.indexed}/${counted?.indexedBodies}`;
    if (actual !== wanted) report(`mailbox ${id} covers ${actual} instead of ${wanted}`);
  }
}

function toThreadMessage(
  message: MessageRecord,
  keywords: string,
  mailboxIds: readonly number[],
  snooze: Snooze | null,
): ThreadMessage {
  return {
    id: message.id,
    accountId: message.account_id,
    receivedAt: message.received_at,
    size: message.size,
    keywords,
    hasAttachment: message.has_attachment === 1,
    fromName: message.from_name,
    fromAddress: message.from_address,
    baseSubject: message.base_subject,
    mailboxIds,
    snooze,
  };
}

import { SMART_LISTS } from '../../../shared/domain';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';
import type { RowRecord } from './build-rows';

const ACCOUNT_OF = readSql<{ account_id: number }>('SELECT account_id FROM threads WHERE id = ?');
const ADD_TO_LIST = writeSql(
  'UPDATE lists SET threads = threads + ?, unread_threads = unread_threads + ? WHERE list_id = ?',
);
const ADD_TO_ACCOUNT = writeSql(
  `INSERT INTO account_counters (account_id, messages, unread_messages, threads, unread_threads) VALUES (?, ?, ?, ?, ?)
   ON CONFLICT (account_id) DO UPDATE SET messages = messages + excluded.messages,
     unread_messages = unread_messages + excluded.unread_messages, threads = threads + excluded.threads,
     unread_threads = unread_threads + excluded.unread_threads`,
);

type Row = Pick<RowRecord, 'list_id' | 'thread_id' | 'unread' | 'list_messages' | 'list_unread'>;

interface Threads {
  threads: number;
  unread: number;
}

interface Counters extends Threads {
  messages: number;
  unreadMessages: number;
}

/**
 * Counts conversations of every list, also where a row is one message, and what each account has outside of trash and
 * junk (SYNC-380). `add` takes all rows of one thread, those of one list side by side; `flush` writes the sums once.
 */
export function createThreadCounts(tx: WriteTx) {
  const lists = new Map<number, Threads>();
  const accounts = new Map<number, Counters>();

  function add(rows: readonly Row[], sign: 1 | -1, knownAccount?: number): void {
    let listId = 0;
    let sums: Threads[] = [];
    let isUnread = false;
    for (const row of rows) {
      const account = row.list_id === SMART_LISTS.all ? accountOf(row, knownAccount) : null;
      if (row.list_id !== listId) {
        listId = row.list_id;
        sums = account ? [listOf(listId), account] : [listOf(listId)];
        for (const sum of sums) sum.threads += sign;
        isUnread = false;
      }
      if (row.unread === 1 && !isUnread) {
        isUnread = true;
        for (const sum of sums) sum.unread += sign;
      }
      if (!account) continue;
      account.messages += sign * row.list_messages;
      account.unreadMessages += sign * row.list_unread;
    }
  }

  function listOf(listId: number): Threads {
    let sum = lists.get(listId);
    if (!sum) {
      sum = { threads: 0, unread: 0 };
      lists.set(listId, sum);
    }
    return sum;
  }

  function accountOf({ thread_id }: Row, known?: number): Counters {
    const id = known ?? prepared(tx.db, ACCOUNT_OF).get(thread_id)?.account_id ?? 0;
    let sum = accounts.get(id);
    if (!sum) {
      sum = { messages: 0, unreadMessages: 0, threads: 0, unread: 0 };
      accounts.set(id, sum);
    }
    return sum;
  }

  return {
    add,
    /** After the lists have their rows: a list that is new here exists by then. */
    flush: (): void => {
      for (const [listId, { threads, unread }] of lists)
        if (threads !== 0 || unread !== 0) prepared(tx.db, ADD_TO_LIST).run(threads, unread, listId);
      for (const [accountId, { messages, unreadMessages, threads, unread }] of accounts)
        if (messages !== 0 || unreadMessages !== 0 || threads !== 0 || unread !== 0) {
          prepared(tx.db, ADD_TO_ACCOUNT).run(accountId, messages, unreadMessages, threads, unread);
          tx.touch('accounts');
        }
    },
  };
}

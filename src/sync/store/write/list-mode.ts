import type { ListId } from '../../../shared/domain';
import type { Clock } from '../../ports/clock';
import { COLLECTIONS } from '../collections';
import type { Store } from '../open-store';
import { listInTransition, TRANSITION_KEY } from '../read/list-transition';
import { prepared, readSql, writeSql } from '../sql';
import { setSetting } from './settings';

const SET_MODE = writeSql(
  `INSERT INTO lists (list_id, mode) VALUES (?, ?) ON CONFLICT (list_id) DO UPDATE SET mode = excluded.mode`,
);
const THREADS = readSql<{ thread_id: number }>('SELECT thread_id FROM list_rows WHERE list_id = ?');

/** Threads whose rows are made again in one transaction: some 20 ms. */
const CHUNK = 200;

/** Shows a list by conversation or by message (APP-052). Its rows are made again in chunks. */
export async function setListMode(
  store: Store,
  clock: Clock,
  listId: ListId,
  mode: 'threads' | 'messages',
): Promise<void> {
  store.writeTx('user', (tx) => {
    prepared(tx.db, SET_MODE).run(listId, mode);
    tx.log(COLLECTIONS.lists, listId, 'change');
    tx.touch(`list:${listId}`);
    setSetting(tx, TRANSITION_KEY, listId);
  });
  await finishListMode(store, clock);
}

/** Goes on where a kill interrupted a change of mode; call it at start-up. Repeating it does no harm. */
export async function finishListMode(store: Store, clock: Clock): Promise<void> {
  const listId = listInTransition(store.read);
  if (listId === null) return;
  const threads = [
    ...new Set(
      prepared(store.read, THREADS)
        .all(listId)
        .map((row) => row.thread_id),
    ),
  ];
  for (let at = 0; at < threads.length; at += CHUNK) {
    store.writeTx('user', (tx) => {
      for (const threadId of threads.slice(at, at + CHUNK)) tx.dirty.threads.set(threadId, null);
      tx.log(COLLECTIONS.lists, listId, 'change');
    });
    await clock.sleep(0);
  }
  store.writeTx('user', (tx) => {
    setSetting(tx, TRANSITION_KEY, null);
    tx.touch(`list:${listId}`);
  });
}

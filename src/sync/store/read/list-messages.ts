import type { ListFilter } from '../../../shared/contract/views';
import type { ListId, MessageId } from '../../../shared/domain';
import type { ReadableDb } from '../handles';
import type { RowRecord } from '../screen/build-rows';
import { itemOfKey, rowKey } from '../screen/row-key';
import { readScreenContext } from '../screen/screen-context';
import { prepared, readSql } from '../sql';
import { FILTER_SQL, matchesFilter } from './list-filter';

const MODE = readSql<{ mode: 'threads' | 'messages' }>('SELECT mode FROM lists WHERE list_id = ?');
/** While a list changes its mode, rows of conversations (positive) stand beside those of messages. */
const ITEMS = readSql<{ item_id: number }>('SELECT item_id FROM list_rows WHERE list_id = ? AND item_id < 0');
const MATCHING = {
  unread: matching('unread'),
  starred: matching('starred'),
  attachments: matching('attachments'),
};
const ROW = readSql<RowRecord>('SELECT * FROM list_rows WHERE list_id = ? AND item_id = ?');
const IN_MAILBOX = readSql<{ message_id: MessageId }>(
  'SELECT message_id FROM memberships WHERE mailbox_id = ?',
);
const OF_LIST = readSql<{ item_id: number; id: MessageId; mailbox_id: number }>(
  `SELECT r.item_id, m.id, s.mailbox_id FROM list_rows r CROSS JOIN messages m ON m.thread_id = r.item_id
   CROSS JOIN memberships s ON s.message_id = m.id WHERE r.list_id = ?`,
);
const OF_THREAD = readSql<{ id: MessageId; mailbox_id: number }>(
  `SELECT m.id, s.mailbox_id FROM messages m JOIN memberships s ON s.message_id = m.id WHERE m.thread_id = ?`,
);

/** Everything that lies in a mailbox on screen, what is put off included. */
export function messagesInMailbox(db: ReadableDb, mailboxId: number): MessageId[] {
  return prepared(db, IN_MAILBOX)
    .all(mailboxId)
    .map(({ message_id }) => message_id);
}

/**
 * The messages rows of a list stand for. A conversation row in a mailbox: its messages there, or with `whole` all it
 * tells of; in a list over all accounts: all of them. Trash and junk count only when one looks there.
 */
export function rowMessageIds(
  db: ReadableDb,
  listId: ListId,
  itemIds: readonly number[],
  whole: boolean,
): MessageId[] {
  if (rowsAreMessages(db, listId)) return itemIds as readonly MessageId[] as MessageId[];
  const stands = standsFor(db, listId, whole);
  const ids = new Set<MessageId>();
  for (const threadId of itemIds) {
    for (const { id, mailbox_id } of prepared(db, OF_THREAD).all(threadId))
      if (stands(mailbox_id)) ids.add(id);
  }
  return [...ids];
}

/** The same for all rows of a list but some; made for lists of any length. */
export function listMessageIds(
  db: ReadableDb,
  listId: ListId,
  exceptItemIds: readonly number[],
  whole: boolean,
): MessageId[] {
  if (rowsAreMessages(db, listId)) {
    const except = new Set(exceptItemIds);
    const items = prepared(db, ITEMS)
      .all(listId)
      .map(({ item_id }) => itemOfKey(item_id));
    return items.filter((itemId) => !except.has(itemId)) as MessageId[];
  }
  if (isOfMailbox(db, listId, whole)) {
    const except = new Set(rowMessageIds(db, listId, exceptItemIds, whole));
    const inMailbox = prepared(db, IN_MAILBOX).all(listId);
    return inMailbox.flatMap(({ message_id }) => (except.has(message_id) ? [] : [message_id]));
  }
  const except = new Set(exceptItemIds);
  const stands = standsFor(db, listId, whole);
  const ids = new Set<MessageId>();
  for (const { item_id, id, mailbox_id } of prepared(db, OF_LIST).all(listId))
    if (stands(mailbox_id) && !except.has(item_id)) ids.add(id);
  return [...ids];
}

/**
 * The rows of a list as it is shown through a filter: those that match at this instant, and those of `keep` that are
 * still in the list.
 */
export function filteredItemIds(
  db: ReadableDb,
  listId: ListId,
  filter: ListFilter,
  keep: readonly number[],
): number[] {
  const mode = prepared(db, MODE).get(listId)?.mode ?? 'threads';
  const ids = prepared(db, MATCHING[filter])
    .all(listId)
    .filter(({ item_id }) => mode === 'threads' || item_id < 0)
    .map(({ item_id }) => itemOfKey(item_id));
  const stays = keep.filter((itemId) => {
    const row = prepared(db, ROW).get(listId, rowKey(mode, itemId));
    return row !== undefined && !matchesFilter(row, filter);
  });
  return [...ids, ...new Set(stays)];
}

function matching(filter: ListFilter) {
  return readSql<{ item_id: number }>(
    `SELECT item_id FROM list_rows INDEXED BY list_rows_${filter}_date WHERE list_id = ? AND ${FILTER_SQL[filter]}`,
  );
}

function rowsAreMessages(db: ReadableDb, listId: ListId): boolean {
  return prepared(db, MODE).get(listId)?.mode === 'messages';
}

/** Whether a row stands for the messages in this very mailbox only. */
function isOfMailbox(db: ReadableDb, listId: ListId, whole: boolean): boolean {
  return listId > 0 && (!whole || readScreenContext(db).isHidden(listId));
}

function standsFor(db: ReadableDb, listId: ListId, whole: boolean): (mailboxId: number) => boolean {
  if (isOfMailbox(db, listId, whole)) return (mailboxId) => mailboxId === (listId as number);
  const { isHidden } = readScreenContext(db);
  return (mailboxId) => !isHidden(mailboxId);
}

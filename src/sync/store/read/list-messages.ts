import type { ListId, MessageId } from '../../../shared/domain';
import type { ReadableDb } from '../handles';
import { itemOfKey } from '../screen/row-key';
import { readScreenContext } from '../screen/screen-context';
import { prepared, readSql } from '../sql';

const MODE = readSql<{ mode: 'threads' | 'messages' }>('SELECT mode FROM lists WHERE list_id = ?');
const ITEMS = readSql<{ item_id: number }>('SELECT item_id FROM list_rows WHERE list_id = ?');
const OF_THREAD = readSql<{ id: MessageId; mailbox_id: number }>(
  `SELECT m.id, s.mailbox_id FROM messages m JOIN memberships s ON s.message_id = m.id WHERE m.thread_id = ?`,
);

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
  if (prepared(db, MODE).get(listId)?.mode === 'messages')
    return itemIds as readonly MessageId[] as MessageId[];
  const context = readScreenContext(db);
  const inMailbox = listId > 0 && (!whole || context.isHidden(listId));
  const ids = new Set<MessageId>();
  for (const threadId of itemIds) {
    for (const { id, mailbox_id } of prepared(db, OF_THREAD).all(threadId)) {
      if (inMailbox ? mailbox_id === (listId as number) : !context.isHidden(mailbox_id)) ids.add(id);
    }
  }
  return [...ids];
}

/** The same for all rows of a list but some. */
export function listMessageIds(
  db: ReadableDb,
  listId: ListId,
  exceptItemIds: readonly number[],
  whole: boolean,
): MessageId[] {
  const except = new Set(exceptItemIds);
  const items = prepared(db, ITEMS)
    .all(listId)
    .map(({ item_id }) => itemOfKey(item_id))
    .filter((itemId) => !except.has(itemId));
  return rowMessageIds(db, listId, items, whole);
}

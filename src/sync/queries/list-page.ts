import type { MethodOutput, MethodParsedInput } from '../../shared/contract/methods';
import type { ListRow } from '../../shared/contract/views';
import { type AccountId, type MessageId, type Seq, SMART_LISTS, type ThreadId } from '../../shared/domain';
import type { ReadableDb } from '../store/handles';
import { MARKS, unpackKeywords } from '../store/keywords';
import { keptRows } from '../store/read/kept-rows';
import {
  filteredRows,
  indexOfRow,
  type ListCounters,
  listCounters,
  rowsAfter,
  rowsAtOffset,
  rowsBefore,
} from '../store/read/list-page';
import type { ListRowRecord } from '../store/read/list-statements';
import { listInTransition } from '../store/read/list-transition';
import { readMarks } from '../store/read/marks';
import { type OwnMessages, ownMessages } from '../store/read/own-messages';
import { currentSeq } from '../store/read/panels';
import { itemOfKey, rowKey } from '../store/screen/row-key';
import { readScreenContext, type ScreenContext } from '../store/screen/screen-context';
import type { OrderWishes } from './order-wishes';

type Input = MethodParsedInput<'lists.page'>;

/** One page of a list, by offset, behind a row, before or around one; all of it from one snapshot. */
export function listPage(
  db: ReadableDb,
  input: Input,
  wish: OrderWishes = () => undefined,
): MethodOutput<'lists.page'> {
  return db.transaction(() => {
    const counters = listCounters(db, input.listId);
    const seq = currentSeq(db) as Seq;
    // Between two modes a row could be taken for something it is not: it takes seconds, the window shows that it loads.
    if (!counters || listInTransition(db) === input.listId) return { rows: [], firstIndex: 0, total: 0, seq };
    const { records, firstIndex, total } = readRecords(db, input, counters);
    const { listId, sort, descending, filter = null } = input;
    wish(listId, { sort, descending, filter }, filteredRows(counters, filter));
    const context = readScreenContext(db);
    const marks = readMarks(db);
    const own = ownMessages(db, context);
    const rows = records.map((record) =>
      toRow(
        record,
        context,
        own,
        counters.mode === 'messages'
          ? marks.ofMessage(itemOfKey(record.item_id))
          : marks.ofThread(record.thread_id),
      ),
    );
    return { rows, firstIndex, total, seq };
  })();
}

function readRecords(
  db: ReadableDb,
  { listId, sort, descending, filter = null, keep = [], at, limit }: Input,
  counters: ListCounters,
): { records: ListRowRecord[]; firstIndex: number; total: number } {
  const order = { sort, descending, filter };
  const keyOfItem = (itemId: number) => rowKey(counters.mode, itemId);
  const kept = keptRows(db, listId, order, keep.map(keyOfItem));
  const matching = filteredRows(counters, filter);
  const total = matching + kept.length;
  const fromOffset = (firstIndex: number) => {
    const within = kept.filter(({ index }) => index >= firstIndex && index < firstIndex + limit);
    const above = kept.filter(({ index }) => index < firstIndex).length;
    const page = { offset: firstIndex - above, limit: limit - within.length, total: matching };
    const records = rowsAtOffset(db, listId, order, page);
    for (const { record, index } of within) records.splice(index - firstIndex, 0, record);
    return { records, firstIndex, total };
  };
  const indexOf = (itemId: number): number | null => {
    const key = keyOfItem(itemId);
    const stays = kept.find(({ record }) => record.item_id === key);
    if (stays) return stays.index;
    const before = indexOfRow(db, listId, order, key);
    return before === null
      ? null
      : before + kept.filter(({ matchingBefore }) => matchingBefore <= before).length;
  };
  switch (at.kind) {
    case 'offset':
      return fromOffset(at.offset);
    case 'after': {
      if (kept.length > 0) return fromOffset(Math.min((indexOf(at.itemId) ?? at.index - 1) + 1, total));
      const records = rowsAfter(db, listId, order, { key: keyOfItem(at.itemId), limit });
      // The row has left the list: the place where it was is the next best.
      return records ? { records, firstIndex: at.index + 1, total } : fromOffset(Math.min(at.index, total));
    }
    case 'before': {
      if (kept.length > 0) return fromOffset(Math.max(0, (indexOf(at.itemId) ?? at.index) - limit));
      const records = rowsBefore(db, listId, order, { key: keyOfItem(at.itemId), limit });
      if (!records) return fromOffset(Math.max(0, Math.min(at.index, total) - limit));
      // Fewer than asked for are the first of the list, wherever the row was thought to be.
      const firstIndex = records.length < limit ? 0 : Math.max(0, at.index - limit);
      return { records, firstIndex, total };
    }
    case 'around': {
      const index = indexOf(at.itemId) ?? 0;
      const latest = Math.max(0, total - limit);
      return fromOffset(Math.min(latest, Math.max(0, index - Math.floor(limit / 2))));
    }
  }
}

function toRow(
  record: ListRowRecord,
  context: ScreenContext,
  own: OwnMessages,
  mark: ListRow['mark'],
): ListRow {
  return {
    itemId: itemOfKey(record.item_id),
    threadId: record.thread_id as ThreadId,
    messageId: record.message_id as MessageId,
    accountId: record.account_id as AccountId,
    subject: record.subject,
    snippet: record.snippet,
    participants: participantsOf(record, context, own),
    messageCount: record.message_count,
    unreadCount: record.unread_count,
    starred: record.starred === 1,
    answered: (record.marks & MARKS.answered) !== 0,
    forwarded: (record.marks & MARKS.forwarded) !== 0,
    draft: (record.marks & MARKS.draft) !== 0,
    hasAttachment: (record.marks & MARKS.attachment) !== 0,
    labels: unpackKeywords(record.labels),
    date: record.latest_at,
    size: record.size,
    mark,
    snoozedUntil: record.list_id === SMART_LISTS.snoozed ? record.latest_at : null,
    backSince: (record.marks & MARKS.back) !== 0 ? record.latest_at : null,
  };
}

/**
 * Rows of one message do not repeat its sender; longer conversations carry theirs as [name, address, me]. The user's own
 * address alone does not make a sender "me".
 */
function participantsOf(
  record: ListRowRecord,
  context: ScreenContext,
  own: OwnMessages,
): ListRow['participants'] {
  if (record.participants === null) {
    const { from_name: name, from_address: address, account_id, message_id } = record;
    return [{ name, address, me: context.isUsersAddress(account_id, address) && own.isWritten(message_id) }];
  }
  const stored = JSON.parse(record.participants) as [string, string, number][];
  const thread = { id: record.thread_id, messages: record.message_count };
  return stored.map(([name, address, me]) => ({
    name,
    address,
    me: (me === 1 || context.isUsersAddress(record.account_id, address)) && own.areWritten(thread, address),
  }));
}

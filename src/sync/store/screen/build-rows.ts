import { ANSWERED, DRAFT, FLAGGED, FORWARDED, SEEN, SMART_LISTS } from '../../../shared/domain';
import { hasKeyword, isLabel, MARKS, unpackKeywords } from '../keywords';
import { backSince, sleepingIn } from '../snooze';
import { rowKey } from './row-key';
import type { ScreenContext } from './screen-context';
import type { ThreadMessage } from './thread-message';

/** One list_rows record, columns as in the table. */
export interface RowRecord {
  readonly list_id: number;
  readonly item_id: number;
  readonly thread_id: number;
  readonly message_id: number;
  readonly latest_at: number;
  readonly sender_key: string;
  readonly subject_key: string;
  readonly size: number;
  readonly unread: number;
  readonly starred: number;
  readonly message_count: number;
  readonly unread_count: number;
  readonly list_messages: number;
  readonly list_unread: number;
  readonly marks: number;
  readonly labels: string;
  readonly participants: string | null;
}

/** Keys only order rows: longer ones would cost pages and never be seen. */
const SORT_KEY_CHARACTERS = 32;

/**
 * All rows one thread has, over every list it appears in (SYNC-329). Pure. A row is in a list when a message of the
 * thread is; it tells of the whole thread without trash and junk, or, in those two, of what lies there. A message that
 * is put off is not in the list it sleeps in, nor among the unread, but among the snoozed (APP-163).
 */
export function buildRows(
  threadId: number,
  messages: readonly ThreadMessage[],
  context: ScreenContext,
): RowRecord[] {
  const lists = new Map<number, ThreadMessage[]>();
  const put = (listId: number, message: ThreadMessage): void => {
    const inList = lists.get(listId);
    if (!inList) lists.set(listId, [message]);
    else if (inList[inList.length - 1] !== message) inList.push(message);
  };
  const visible: ThreadMessage[] = [];
  for (const message of messages) {
    let shown = false;
    const bed = sleepingIn(message, context.isHidden);
    for (const mailboxId of message.mailboxIds) {
      if (mailboxId === bed) {
        put(SMART_LISTS.snoozed, message);
        shown = true;
        continue;
      }
      put(mailboxId, message);
      const role = context.roleOf(mailboxId);
      if (role === 'trash' || role === 'junk') continue;
      shown = true;
      if (role === 'inbox') put(SMART_LISTS.inbox, message);
      else if (role === 'drafts') put(SMART_LISTS.drafts, message);
      else if (role === 'sent') put(SMART_LISTS.sent, message);
    }
    if (!shown) continue;
    visible.push(message);
    put(SMART_LISTS.all, message);
    if (bed === null && !hasKeyword(message.keywords, SEEN)) put(SMART_LISTS.unread, message);
    if (hasKeyword(message.keywords, FLAGGED)) put(SMART_LISTS.starred, message);
  }

  const rows: RowRecord[] = [];
  for (const [listId, inList] of lists) {
    if (context.isMessageList(listId)) {
      for (const message of inList)
        rows.push(buildRow(listId, rowKey('messages', message.id), threadId, [message], [message], context));
    } else {
      const told = listId > 0 && context.isHidden(listId) ? inList : visible;
      rows.push(buildRow(listId, rowKey('threads', threadId), threadId, inList, told, context));
    }
  }
  return rows;
}

function buildRow(
  listId: number,
  key: number,
  threadId: number,
  inList: readonly ThreadMessage[],
  told: readonly ThreadMessage[],
  context: ScreenContext,
): RowRecord {
  const newest = newestOf(inList);
  const { latestAt, back } = placeInTime(listId, inList, newest, context);
  let size = 0;
  let unreadCount = 0;
  let starred = 0;
  let marks =
    (hasKeyword(newest.keywords, ANSWERED) ? MARKS.answered : 0) |
    (hasKeyword(newest.keywords, FORWARDED) ? MARKS.forwarded : 0) |
    (back ? MARKS.back : 0);
  for (const message of told) {
    size += message.size;
    if (!hasKeyword(message.keywords, SEEN)) unreadCount++;
    if (hasKeyword(message.keywords, FLAGGED)) starred = 1;
    if (hasKeyword(message.keywords, DRAFT)) marks |= MARKS.draft;
    if (message.hasAttachment) marks |= MARKS.attachment;
  }
  return {
    list_id: listId,
    item_id: key,
    thread_id: threadId,
    message_id: newest.id,
    latest_at: latestAt,
    sender_key: senderKey(newest),
    subject_key: newest.baseSubject.slice(0, SORT_KEY_CHARACTERS),
    size,
    unread: unreadCount > 0 ? 1 : 0,
    starred,
    message_count: told.length,
    unread_count: unreadCount,
    list_messages: inList.length,
    list_unread: inList.reduce((sum, { keywords }) => sum + (hasKeyword(keywords, SEEN) ? 0 : 1), 0),
    marks,
    labels: labelsOf(told),
    participants: told.length === 1 ? null : participantsOf(told, context),
  };
}

/**
 * What a list orders its row by: the newest message. Among the snoozed it is the instant the first of them comes back,
 * and what is back stands in an inbox where mail of that instant stands, as long as nothing newer came (UI-024).
 */
function placeInTime(
  listId: number,
  inList: readonly ThreadMessage[],
  newest: ThreadMessage,
  context: ScreenContext,
): { latestAt: number; back: boolean } {
  if (listId === SMART_LISTS.snoozed)
    return { latestAt: Math.min(...inList.flatMap(({ snooze }) => snooze?.until ?? [])), back: false };
  if (listId !== SMART_LISTS.inbox && context.roleOf(listId) !== 'inbox')
    return { latestAt: newest.receivedAt, back: false };
  const since = inList.reduce((latest, message) => Math.max(latest, backSince(message) ?? latest), 0);
  return { latestAt: Math.max(newest.receivedAt, since), back: since > newest.receivedAt };
}

function newestOf(messages: readonly ThreadMessage[]): ThreadMessage {
  return messages.reduce((best, next) => (isAfter(next, best) ? next : best));
}

function isAfter(a: ThreadMessage, b: ThreadMessage): boolean {
  return a.receivedAt > b.receivedAt || (a.receivedAt === b.receivedAt && a.id > b.id);
}

function senderKey(message: ThreadMessage): string {
  return foldForSorting(message.fromName || message.fromAddress).slice(0, SORT_KEY_CHARACTERS);
}

/** Case and accents do not count when sorting. */
export function foldForSorting(text: string): string {
  const lower = text.trim().toLowerCase();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: asks for plain ASCII, which needs no folding
  return /^[\x00-\x7f]*$/.test(lower) ? lower : lower.normalize('NFKD').replace(/\p{M}/gu, '');
}

function labelsOf(messages: readonly ThreadMessage[]): string {
  let labels: Set<string> | null = null;
  for (const { keywords } of messages) {
    // Most messages carry only marks of the system.
    if (keywords === '' || keywords === SEEN) continue;
    for (const keyword of unpackKeywords(keywords)) {
      if (!isLabel(keyword)) continue;
      labels ??= new Set();
      labels.add(keyword);
    }
  }
  return labels ? [...labels].sort().join(' ') : '';
}

/** First two and newest senders in order of appearance (UI-026) as JSON [name, address, me]. */
function participantsOf(messages: readonly ThreadMessage[], context: ScreenContext): string {
  const inOrder = messages.toSorted((a, b) => (isAfter(a, b) ? 1 : -1));
  const distinct = new Map<string, ThreadMessage>();
  for (const message of inOrder) {
    const key = message.fromAddress.toLowerCase() || message.fromName;
    if (!distinct.has(key)) distinct.set(key, message);
  }
  const last = inOrder[inOrder.length - 1] as ThreadMessage;
  const lastKey = last.fromAddress.toLowerCase() || last.fromName;
  const chosen = [...distinct.entries()].slice(0, 2);
  const newest = distinct.get(lastKey);
  if (newest && !chosen.some(([key]) => key === lastKey)) chosen.push([lastKey, newest]);
  return JSON.stringify(
    chosen.map(([, { fromName, fromAddress, accountId }]) => [
      fromName,
      fromAddress,
      context.isOwnAddress(accountId, fromAddress) ? 1 : 0,
    ]),
  );
}

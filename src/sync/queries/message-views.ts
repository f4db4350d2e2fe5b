import type { MethodOutput, MethodParsedInput } from '../../shared/contract/methods';
import type { MessageView, ThreadView } from '../../shared/contract/views';
import type { ListId, Seq, ThreadId } from '../../shared/domain';
import type { HeaderFacts } from '../../shared/observation';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { ReadableDb } from '../store/handles';
import { unpackKeywords } from '../store/keywords';
import { listAccounts } from '../store/read/accounts';
import { readMarks } from '../store/read/marks';
import {
  type MessageCursor,
  type MessageRecord,
  mailboxesOf,
  messagesInAccount,
  messagesInMailbox,
  NEWEST_FIRST,
  threadMessages,
} from '../store/read/messages';
import { currentSeq } from '../store/read/panels';
import { readScreenContext } from '../store/screen/screen-context';

export function messageView(db: ReadableDb, record: MessageRecord): MessageView {
  const headers = JSON.parse(record.headers_json) as HeaderFacts;
  return {
    id: record.id,
    threadId: record.thread_id,
    accountId: record.account_id,
    mailboxIds: mailboxesOf(db, record.id),
    from: [...headers.from],
    sender: [...headers.sender],
    replyTo: [...headers.replyTo],
    to: [...headers.to],
    cc: [...headers.cc],
    bcc: [...headers.bcc],
    subject: record.subject,
    snippet: record.snippet,
    date: record.date,
    receivedAt: record.received_at,
    size: record.size,
    keywords: unpackKeywords(record.keywords),
    hasAttachment: record.has_attachment === 1,
    messageId: headers.messageId,
    body: record.body_state === 'none' ? 'not-downloaded' : record.body_state,
    mark: readMarks(db).ofMessage(record.id),
  };
}

/**
 * A conversation, oldest message first. Trash and junk are left out unless the list one looks at is one of them, or
 * nothing else is left of it (SYNC-329). Null when nothing of it is shown anywhere.
 */
export function threadView(db: ReadableDb, threadId: ThreadId, listId: ListId | null): ThreadView | null {
  return db.transaction((): ThreadView | null => {
    const { isHidden } = readScreenContext(db);
    const shown = threadMessages(db, threadId)
      .map((record) => messageView(db, record))
      .filter((message) => message.mailboxIds.length > 0);
    const lookingAt = listId as number | null;
    const wanted =
      lookingAt !== null && lookingAt > 0 && isHidden(lookingAt)
        ? shown.filter((message) => message.mailboxIds.some((id) => (id as number) === lookingAt))
        : shown.filter((message) => message.mailboxIds.some((id) => !isHidden(id)));
    const messages = wanted.length > 0 ? wanted : shown;
    const newest = messages.at(-1);
    if (!newest) return null;
    return {
      id: newest.threadId,
      accountId: newest.accountId,
      subject: newest.subject,
      messages,
      seq: currentSeq(db) as Seq,
    };
  })();
}

/** Messages newest first with a cursor for the next page. */
export function messageList(
  db: ReadableDb,
  { accountId, mailboxId, limit, before }: MethodParsedInput<'messages.list'>,
): Outcome<MethodOutput<'messages.list'>> {
  const cursor = parseCursor(before);
  if (cursor === null) {
    return fail({
      kind: 'usage',
      message: 'This is no place in the list.',
      hint: 'Use the next of the page before, or leave it out for the first page.',
    });
  }
  return db.transaction(() => {
    const accounts = accountId === null ? listAccounts(db).map(({ id }) => id) : [accountId];
    const records =
      mailboxId !== null
        ? messagesInMailbox(db, mailboxId, cursor, limit + 1)
        : accounts
            .flatMap((id) => messagesInAccount(db, id, cursor, limit + 1))
            .sort((a, b) => b.received_at - a.received_at || b.id - a.id);
    const page = records.slice(0, limit);
    const last = page.at(-1);
    return ok({
      rows: page.map((record) => messageView(db, record)),
      next: records.length > limit && last ? `${last.received_at}.${last.id}` : null,
    });
  })();
}

/** Where to go on; null = not a cursor of ours. */
function parseCursor(text: string | null): MessageCursor | null {
  if (text === null) return NEWEST_FIRST;
  const match = /^(-?[0-9]{1,16})\.([0-9]{1,16})$/.exec(text);
  return match ? { receivedAt: Number(match[1]), id: Number(match[2]) } : null;
}

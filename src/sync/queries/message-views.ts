import type { MethodOutput, MethodParsedInput } from '../../shared/contract/methods';
import type { MessageView } from '../../shared/contract/views';
import type { AccountId, MailboxId, MessageId } from '../../shared/domain';
import type { HeaderFacts } from '../../shared/observation';
import { fail, type Outcome, ok } from '../../shared/outcome';
import { receiptRequest } from '../mime/receipt';
import type { ReadableDb } from '../store/handles';
import { hasKeyword, MDN_SENT, unpackKeywords } from '../store/keywords';
import { listAccounts } from '../store/read/accounts';
import { isKnownPerson, namesakeOf } from '../store/read/known-people';
import { localLabels } from '../store/read/labels';
import { readMarks } from '../store/read/marks';
import {
  getMessage,
  type MessageCursor,
  type MessageRecord,
  mailboxesOf,
  messagesInAccount,
  messagesInMailbox,
  NEWEST_FIRST,
} from '../store/read/messages';
import { ownMessages } from '../store/read/own-messages';
import { asleepMessages, readSnooze } from '../store/read/snoozes';
import { readScreenContext } from '../store/screen/screen-context';
import { sleepingIn } from '../store/snooze';

export function messageView(db: ReadableDb, record: MessageRecord): MessageView {
  const headers = JSON.parse(record.headers_json) as HeaderFacts;
  const mailboxIds = mailboxesOf(db, record.id);
  const [sender] = headers.from;
  const throughList = headers.listId !== null;
  const namesake = sender === undefined ? null : namesakeOf(db, sender, throughList);
  return {
    id: record.id,
    threadId: record.thread_id,
    accountId: record.account_id,
    mailboxIds,
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
    namesake: namesake && { ...namesake, addresses: [...namesake.addresses], throughList },
    snoozedUntil: snoozedUntil(db, record.id, mailboxIds),
    mine: isMine(db, record, sender?.address ?? ''),
    labelsHere: localLabels(db, record.id),
    receipt: receiptView(db, record, headers, mailboxIds),
  };
}

/** As strict as the list: anybody can write the user's address into a message. */
function isMine(db: ReadableDb, { id, account_id }: MessageRecord, sender: string): boolean {
  const context = readScreenContext(db);
  return context.isUsersAddress(account_id, sender) && ownMessages(db, context).isWritten(id);
}

/** Nobody has answered yet, and it is not our own (SYNC-293). */
function receiptView(
  db: ReadableDb,
  { keywords }: MessageRecord,
  headers: HeaderFacts,
  mailboxIds: readonly MailboxId[],
): MessageView['receipt'] {
  if (headers.dispositionNotificationTo === null || hasKeyword(keywords, MDN_SENT)) return null;
  const { roleOf } = readScreenContext(db);
  const isOurs = mailboxIds.some((id) => roleOf(id) === 'sent' || roleOf(id) === 'drafts');
  const request = isOurs ? null : receiptRequest(headers);
  const [from] = headers.from;
  return (
    request && {
      to: [...request.to],
      mismatch: request.mismatch,
      known: from !== undefined && isKnownPerson(db, from),
    }
  );
}

function snoozedUntil(db: ReadableDb, messageId: MessageId, mailboxIds: readonly MailboxId[]): number | null {
  const snooze = readSnooze(db, messageId);
  if (snooze === null) return null;
  const bed = sleepingIn({ snooze, mailboxIds }, readScreenContext(db).isHidden);
  return bed === null ? null : snooze.until;
}

/** Messages newest first with a cursor for the next page. */
export function messageList(
  db: ReadableDb,
  { accountId, mailboxId, limit, before, snoozed }: MethodParsedInput<'messages.list'>,
): Outcome<MethodOutput<'messages.list'>> {
  if (snoozed) return snoozedList(db, accountId, limit, before);
  const cursor = parseCursor(before);
  if (cursor === null) return fail(NO_PLACE);
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

const NO_PLACE = {
  kind: 'usage',
  message: 'This is no place in the list.',
  hint: 'Use the next of the page before, or leave it out for the first page.',
} as const;

/** What is put off, the next to come back first; the cursor counts what was looked at. */
function snoozedList(
  db: ReadableDb,
  accountId: AccountId | null,
  limit: number,
  before: string | null,
): Outcome<MethodOutput<'messages.list'>> {
  const start = before === null ? '0' : /^z([0-9]{1,9})$/.exec(before)?.[1];
  if (start === undefined) return fail(NO_PLACE);
  return db.transaction(() => {
    let offset = Number(start);
    const rows: MessageView[] = [];
    for (;;) {
      const ids = asleepMessages(db, offset, limit);
      for (const id of ids) {
        if (rows.length === limit) return ok({ rows, next: `z${offset}` });
        offset++;
        const record = getMessage(db, id);
        if (!record || (accountId !== null && record.account_id !== accountId)) continue;
        const view = messageView(db, record);
        if (view.snoozedUntil !== null) rows.push(view);
      }
      if (ids.length < limit) return ok({ rows, next: null });
    }
  })();
}

/** Where to go on; null = not a cursor of ours. */
function parseCursor(text: string | null): MessageCursor | null {
  if (text === null) return NEWEST_FIRST;
  const match = /^(-?[0-9]{1,16})\.([0-9]{1,16})$/.exec(text);
  return match ? { receivedAt: Number(match[1]), id: Number(match[2]) } : null;
}

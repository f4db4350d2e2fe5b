import type { MethodOutput, MethodParsedInput } from '../../shared/contract/methods';
import type { SearchRow } from '../../shared/contract/search-views';
import {
  type AccountId,
  ANSWERED,
  DRAFT,
  FLAGGED,
  FORWARDED,
  type MailboxId,
  SEEN,
  type ThreadId,
} from '../../shared/domain';
import { parseQuery } from '../../shared/search/parse-query';
import { readableText } from '../mime/readable-text';
import type { ReadableDb } from '../store/handles';
import { hasKeyword, isLabel, unpackKeywords } from '../store/keywords';
import { getBody } from '../store/read/bodies';
import { readMarks } from '../store/read/marks';
import { ownMessages } from '../store/read/own-messages';
import { readSnooze } from '../store/read/snoozes';
import { readScreenContext } from '../store/screen/screen-context';
import { type FoundMessage, foundMessage, placesOf } from '../store/search/found-messages';
import { bestSnippet, marksIn, type Needle, needlesFor } from '../store/search/highlight';
import { searchCoverage } from '../store/search/index-coverage';
import { positiveTexts } from '../store/search/plan-search';
import { search } from '../store/search/search';
import { sleepingIn } from '../store/snooze';

/** Of a body so much is looked through for the best part to show: fifty of them are read for one page. UTF-16 units. */
const SNIPPET_FROM = 8_000;

/** One page of a search with everything its rows show, from one snapshot; `nowMs`: what "yesterday" is counted from. */
export function searchPage(
  db: ReadableDb,
  { sort, cursor, limit, ...request }: MethodParsedInput<'search.page'>,
  nowMs: number,
): MethodOutput<'search.page'> {
  return db.transaction(() => {
    const found = search(db, request, { sort, cursor, limit }, nowMs, readableText);
    const texts = found.plan?.texts ?? [];
    const toRow = rowMaker(db, needlesFor(texts, ['subject']), needlesFor(texts, ['body']));
    return {
      rows: found.hits.flatMap(({ messageId }) => {
        const message = foundMessage(db, messageId);
        return message ? [toRow(message)] : [];
      }),
      next: found.next,
      understood: found.understood,
      searched: {
        scope: request.scope,
        trashAndJunk: found.plan?.trashAndJunk ?? request.includeTrashAndJunk,
      },
      coverage: searchCoverage(db),
      count: found.count,
    };
  })();
}

/** Rows of hits a server found, as `searchPage` shows its own. */
export function searchRows(
  db: ReadableDb,
  { query, messageIds }: MethodParsedInput<'search.rows'>,
): MethodOutput<'search.rows'> {
  return db.transaction(() => {
    const { root } = parseQuery(query, { typing: false });
    const texts = root === null ? [] : positiveTexts(root);
    const toRow = rowMaker(db, needlesFor(texts, ['subject']), needlesFor(texts, ['body']));
    return messageIds.flatMap((id) => {
      const message = foundMessage(db, id);
      return message ? [toRow(message)] : [];
    });
  })();
}

function rowMaker(
  db: ReadableDb,
  inSubject: readonly Needle[],
  inBody: readonly Needle[],
): (message: FoundMessage) => SearchRow {
  const context = readScreenContext(db);
  const own = ownMessages(db, context);
  const marks = readMarks(db);
  return (message) => {
    const has = (keyword: string): boolean => hasKeyword(message.keywords, keyword);
    const where = placesOf(db, message.id).map(({ id, path }) => ({ mailboxId: id, path }));
    const bed = sleepingOf(
      db,
      message,
      where.map(({ mailboxId }) => mailboxId),
      context.isHidden,
    );
    const snippet = snippetOf(db, message, inBody);
    return {
      itemId: message.id,
      threadId: message.thread_id as ThreadId,
      messageId: message.id,
      accountId: message.account_id as AccountId,
      subject: message.subject,
      snippet: snippet.text,
      participants: [
        {
          name: message.from_name,
          address: message.from_address,
          me: context.isOwnAddress(message.account_id, message.from_address) && own.isWritten(message.id),
        },
      ],
      messageCount: 1,
      unreadCount: has(SEEN) ? 0 : 1,
      starred: has(FLAGGED),
      answered: has(ANSWERED),
      forwarded: has(FORWARDED),
      draft: has(DRAFT),
      hasAttachment: message.has_attachment === 1,
      labels: unpackKeywords(message.keywords).filter(isLabel),
      date: message.received_at,
      size: message.size,
      mark: marks.ofMessage(message.id),
      snoozedUntil: bed,
      backSince: null,
      where,
      subjectMarks: marksIn(message.subject, inSubject),
      snippetMarks: snippet.marks,
    };
  };
}

function sleepingOf(
  db: ReadableDb,
  message: FoundMessage,
  mailboxIds: readonly MailboxId[],
  isHidden: (mailboxId: number) => boolean,
): number | null {
  const snooze = readSnooze(db, message.id);
  if (snooze === null) return null;
  return sleepingIn({ snooze, mailboxIds }, isHidden) === null ? null : snooze.until;
}

/** The best part of the body, or how the message begins where no word of the search is in it (SYNC-375). */
function snippetOf(
  db: ReadableDb,
  message: FoundMessage,
  needles: readonly Needle[],
): { text: string; marks: SearchRow['snippetMarks'] } {
  const beginning = { text: message.snippet, marks: marksIn(message.snippet, needles) };
  if (needles.length === 0 || message.body_state !== 'here' || beginning.marks.length >= needles.length)
    return beginning;
  const body = getBody(db, message.id);
  return (body && bestSnippet(readableText(body, SNIPPET_FROM), needles)) ?? beginning;
}

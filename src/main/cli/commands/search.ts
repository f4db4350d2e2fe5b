import {
  MAX_QUERY,
  MAX_SEARCHED_TEXTS,
  type SearchCoverage,
  type SearchRow,
} from '../../../shared/contract/search-views';
import type { FailureView, MessageView } from '../../../shared/contract/views';
import { type Outcome, ok } from '../../../shared/outcome';
import { shownName } from '../../../shared/shown-name';
import type { Command } from '../command';
import { mailboxesById, parseCount } from '../lookup';
import type { Session } from '../session';
import { messageRow, rowsOf } from '../shapes';
import { table } from '../table';
import { usage } from '../usage';

/** More rows than any search is read for; they are fetched page by page. */
const MOST_ROWS = 10_000_000;
const ROWS_PER_CALL = 200;
/** Mail that came in a moment ago is waited for; what takes longer the coverage tells of. */
const CATCH_UP_MS = 3_000;
/** Messages asked for at the same time. */
const AT_ONCE = 50;

/** What `next` looks like; the index takes any other for the end of the list. */
const CURSOR = /^\d+\.\d+\.\d*$/;

/** CLI-035: the window's search with its grammar, order and coverage (APP-415). */
export const search: Command = {
  name: 'search',
  summary: 'Search all mail, newest first',
  words: 'QUERY',
  least: 1,
  most: 20,
  flags: [
    {
      name: 'limit',
      value: 'N',
      help: `Rows at most (50); body:"~piece~" looks through the newest ${MAX_SEARCHED_TEXTS} texts`,
    },
    { name: 'before', value: 'CURSOR', help: 'Go on after the last page: its next' },
    { name: 'everywhere', help: 'In trash and junk, too' },
  ],
  example: 'homeport search "from:anna has:pdf" --limit 20',
  run: async (args, context) => {
    const limit = parseCount('limit', args.get('limit'), 50, MOST_ROWS, 1);
    if (!limit.ok) return limit;
    const before = args.get('before');
    if (before !== null && !CURSOR.test(before))
      return usage('--before takes the next of the page before.', 'Leave it out for the first page.');
    const session = await context.open('store');
    if (!session.ok) return session;
    const caughtUp = await session.value.call('search.catchUp', { timeoutMs: CATCH_UP_MS });
    if (!caughtUp.ok) return caughtUp;
    const mailboxes = await mailboxesById(session.value);
    if (!mailboxes.ok) return mailboxes;
    const found = await findRows(session.value, {
      query: args.words.join(' ').slice(0, MAX_QUERY),
      includeTrashAndJunk: args.has('everywhere'),
      limit: limit.value,
      before,
    });
    if (!found.ok) return found;
    const messages = await readMessages(session.value, found.value.rows);
    if (!messages.ok) return messages;
    const rows = messages.value.map((message) => messageRow(message, mailboxes.value));
    const coverage = found.value.coverage.map(coverageShape);
    const text = table(
      ['ID', 'DATE', 'FROM', 'SUBJECT'],
      rows.map((row) => [row.id, row.date.slice(0, 16), senderOf(row), row.subject]),
    );
    const notes = coverage.flatMap(inWords);
    return ok({
      kind: 'data',
      json: { ...rowsOf(rows, found.value.next), coverage },
      text: [text, ...notes].join('\n'),
    });
  },
};

interface Wanted {
  readonly query: string;
  readonly includeTrashAndJunk: boolean;
  readonly limit: number;
  readonly before: string | null;
}

interface FoundRows {
  readonly rows: readonly SearchRow[];
  readonly next: string | null;
  readonly coverage: readonly SearchCoverage[];
}

async function findRows(
  session: Session,
  { query, includeTrashAndJunk, limit, before }: Wanted,
): Promise<Outcome<FoundRows, FailureView>> {
  const rows: SearchRow[] = [];
  let next = before;
  for (;;) {
    const page = await session.call('search.page', {
      query,
      scope: { kind: 'everywhere' },
      includeTrashAndJunk,
      sort: 'newest',
      typing: false,
      cursor: next,
      limit: Math.min(limit - rows.length, ROWS_PER_CALL),
    });
    if (!page.ok) return page;
    rows.push(...page.value.rows);
    next = page.value.next;
    if (next === null || rows.length >= limit) return ok({ rows, next, coverage: page.value.coverage });
  }
}

async function readMessages(
  session: Session,
  rows: readonly SearchRow[],
): Promise<Outcome<MessageView[], FailureView>> {
  const messages: MessageView[] = [];
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const some = await Promise.all(
      rows.slice(at, at + AT_ONCE).map(({ messageId }) => session.call('messages.get', { messageId })),
    );
    for (const message of some) {
      if (!message.ok) return message;
      // Null: it went away since the page was read.
      if (message.value) messages.push(message.value);
    }
  }
  return ok(messages);
}

function coverageShape({ accountId, ...coverage }: SearchCoverage) {
  return { accountId: String(accountId), ...coverage };
}

/** What a person must know of a search that cannot see everything (SYNC-373). */
function inWords(coverage: ReturnType<typeof coverageShape>): string[] {
  if (coverage.complete) return [];
  const { accountId, messages, indexedHeaders, indexedBodies, bodiesSince } = coverage;
  const since = bodiesSince === null ? '' : `, all of those received since ${bodiesSince}`;
  return [
    `Account ${accountId}: ${indexedHeaders} of ${messages} messages can be found, ${indexedBodies} by their text${since}.`,
  ];
}

function senderOf({ from }: { readonly from: MessageView['from'] }): string {
  return shownName(from[0]?.name ?? '', from[0]?.address ?? '');
}

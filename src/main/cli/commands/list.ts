import type { MethodOutput } from '../../../shared/contract/methods';
import type { FailureView, ListRow, MailboxView, MessageView } from '../../../shared/contract/views';
import { type AccountId, type ListId, SMART_LISTS } from '../../../shared/domain';
import { type Outcome, ok } from '../../../shared/outcome';
import { shownName } from '../../../shared/shown-name';
import type { Command, CommandResult } from '../command';
import { findAccount, findMailboxes, mailboxesById, parseCount } from '../lookup';
import type { Session } from '../session';
import { isoDate, messageRow, rowsOf } from '../shapes';
import { table } from '../table';
import { usage } from '../usage';

/** More rows than any list has; they are fetched page by page. */
const MOST_ROWS = 10_000_000;
const MESSAGES_PER_CALL = 1000;
const THREADS_PER_CALL = 500;
/** Messages asked for at the same time. */
const AT_ONCE = 50;

/** CLI-030. */
export const list: Command = {
  name: 'list',
  summary: 'List messages, newest first',
  flags: [
    { name: 'account', value: 'ID', help: 'Only this account' },
    {
      name: 'mailbox',
      value: 'PATH|role:NAME',
      help: 'Only this mailbox, in all accounts: for example role:inbox; role:snoozed for what is put off',
    },
    { name: 'limit', value: 'N', help: 'Rows at most (50)' },
    { name: 'before', value: 'CURSOR', help: 'Go on after the last page: its next' },
    { name: 'threads', help: 'One row per conversation' },
  ],
  example: 'homeport list --mailbox role:inbox --limit 20',
  run: async (args, context) => {
    const limit = parseCount('limit', args.get('limit'), 50, MOST_ROWS, 1);
    if (!limit.ok) return limit;
    const session = await context.open('store');
    if (!session.ok) return session;
    const only = args.get('account');
    const account = only === null ? ok(null) : await findAccount(session.value, only);
    if (!account.ok) return account;
    const accountId = account.value?.id ?? null;
    const path = args.get('mailbox');
    const snoozed = path === SNOOZED_VIEW;
    const within = path === null || snoozed ? ok([]) : await findMailboxes(session.value, path, accountId);
    if (!within.ok) return within;
    const mailboxes = await mailboxesById(session.value);
    if (!mailboxes.ok) return mailboxes;
    const from = {
      session: session.value,
      mailboxes: mailboxes.value,
      within: within.value,
      accountId,
      snoozed,
    };
    const page = { limit: limit.value, before: args.get('before') };
    return args.has('threads') ? listThreads(from, page) : listMessages(from, page);
  },
};

/** No mailbox of a server: what is put off, the next to come back first. */
const SNOOZED_VIEW = 'role:snoozed';

/** Where rows come from. */
interface Source {
  readonly session: Session;
  readonly mailboxes: ReadonlyMap<number, MailboxView>;
  /** In these mailboxes only, one of each account; none = wherever they lie. */
  readonly within: readonly MailboxView[];
  readonly accountId: AccountId | null;
  readonly snoozed: boolean;
}

interface Page {
  readonly limit: number;
  readonly before: string | null;
}

async function listMessages(source: Source, { limit, before }: Page): Promise<CommandResult> {
  const found: MessageView[] = [];
  let next: string | null = before;
  do {
    const page = await nextMessages(source, Math.min(limit - found.length, MESSAGES_PER_CALL), next);
    if (!page.ok) return page;
    found.push(...page.value.rows);
    next = page.value.next;
  } while (next !== null && found.length < limit);
  const rows = found.map((message) => messageRow(message, source.mailboxes));
  const text = table(
    ['ID', 'DATE', 'FROM', 'SUBJECT'],
    rows.map((row) => [row.id, row.date.slice(0, 16), senderOf(row), row.subject]),
  );
  return ok({ kind: 'data', json: rowsOf(rows, next), text });
}

/** One page of one mailbox or of everything; of several mailboxes each is asked and the newest of all are taken. */
async function nextMessages(
  { session, accountId, within, snoozed }: Source,
  limit: number,
  before: string | null,
): Promise<Outcome<MethodOutput<'messages.list'>, FailureView>> {
  const pages: MethodOutput<'messages.list'>[] = [];
  for (const mailboxId of within.length === 0 ? [null] : within.map(({ id }) => id)) {
    const page = await session.call('messages.list', { accountId, mailboxId, limit, before, snoozed });
    if (!page.ok) return page;
    pages.push(page.value);
  }
  const [first] = pages;
  if (first !== undefined && pages.length === 1) return ok(first);
  const all = pages.flatMap(({ rows }) => rows).sort((a, b) => b.receivedAt - a.receivedAt || b.id - a.id);
  const rows = all.slice(0, limit);
  const last = rows.at(-1);
  const isMore = all.length > limit || pages.some((page) => page.next !== null);
  return ok({ rows, next: isMore && last !== undefined ? `${last.receivedAt}.${last.id}` : null });
}

async function listThreads(source: Source, { limit, before }: Page): Promise<CommandResult> {
  const found = await findThreads(source, limit, before);
  if (!found.ok) return found;
  const rows: ReturnType<typeof threadRow>[] = [];
  for (let at = 0; at < found.value.rows.length; at += AT_ONCE) {
    const some = found.value.rows.slice(at, at + AT_ONCE);
    const messages = await Promise.all(
      some.map(({ messageId }) => source.session.call('messages.get', { messageId })),
    );
    for (const [index, row] of some.entries()) {
      const message = messages[index];
      if (message?.ok === false) return message;
      // Null: it went away since the page was read.
      if (message?.ok && message.value) rows.push(threadRow(row, message.value, source.mailboxes));
    }
  }
  const text = table(
    ['THREAD', 'DATE', 'WHO', 'SUBJECT'],
    rows.map((row) => [row.threadId, row.date.slice(0, 16), senderOf(row), row.subject]),
  );
  return ok({ kind: 'data', json: rowsOf(rows, found.value.next), text });
}

/** Rows of conversations from the cursor on; those of one account are picked from the list over all. */
async function findThreads(
  { session, within, accountId, snoozed }: Source,
  limit: number,
  before: string | null,
): Promise<Outcome<{ rows: ListRow[]; next: string | null }, FailureView>> {
  const listId = listOf(within, snoozed);
  if (listId === null)
    return usage('Conversations are listed of one such mailbox at a time.', 'Name one with --account ID.');
  const rows: ListRow[] = [];
  let cursor: string | null = before;
  do {
    const at = cursor === null ? ok({ kind: 'offset', offset: 0 } as const) : parseCursor(cursor);
    if (!at.ok) return at;
    const page = await session.call('lists.page', {
      listId,
      sort: 'date',
      descending: !snoozed,
      at: at.value,
      limit: THREADS_PER_CALL,
    });
    if (!page.ok) return page;
    const { firstIndex, total } = page.value;
    cursor = null;
    for (const [index, row] of page.value.rows.entries()) {
      if (accountId !== null && row.accountId !== accountId) continue;
      rows.push(row);
      if (rows.length < limit) continue;
      const isLast = firstIndex + index + 1 >= total;
      return ok({ rows, next: isLast ? null : cursorAfter(row, firstIndex + index) });
    }
    const last = page.value.rows.at(-1);
    const lastIndex = firstIndex + page.value.rows.length - 1;
    if (last !== undefined && lastIndex + 1 < total) cursor = cursorAfter(last, lastIndex);
  } while (cursor !== null);
  return ok({ rows, next: null });
}

/** A mailbox and its list share one id space (SMART_LISTS); the list over all accounts where there is one. */
function listOf(within: readonly MailboxView[], snoozed: boolean): ListId | null {
  const [first, second] = within;
  if (first === undefined) return (snoozed ? SMART_LISTS.snoozed : SMART_LISTS.all) as ListId;
  if (second === undefined) return first.id as unknown as ListId;
  const { role } = first;
  const isOne = within.every((mailbox) => mailbox.role === role);
  return isOne && (role === 'inbox' || role === 'drafts' || role === 'sent')
    ? (SMART_LISTS[role] as ListId)
    : null;
}

/** The row of its newest message, and what concerns the conversation. */
function threadRow(row: ListRow, message: MessageView, mailboxes: ReadonlyMap<number, MailboxView>) {
  return {
    ...messageRow(message, mailboxes),
    participants: row.participants.map(({ name, address }) => ({ name, address })),
    messages: row.messageCount,
    unread: row.unreadCount,
    newestAt: isoDate(row.date),
    hasAttachment: row.hasAttachment,
    pending: row.mark === 'none' ? null : row.mark,
  };
}

function senderOf({ from }: { readonly from: MessageView['from'] }): string {
  return shownName(from[0]?.name ?? '', from[0]?.address ?? '');
}

function cursorAfter(row: ListRow, index: number): string {
  return `t${row.itemId}.${index}`;
}

function parseCursor(text: string): Outcome<{ kind: 'after'; itemId: number; index: number }, FailureView> {
  const match = /^t(\d{1,15})\.(\d{1,15})$/.exec(text);
  if (match === null)
    return usage('--before takes the next of the page before.', 'Leave it out for the first page.');
  return ok({ kind: 'after', itemId: Number(match[1]), index: Number(match[2]) });
}

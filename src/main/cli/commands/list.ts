import type { FailureView, ListRow, MailboxView } from '../../../shared/contract/views';
import { type AccountId, type ListId, SMART_LISTS } from '../../../shared/domain';
import { type Outcome, ok } from '../../../shared/outcome';
import { shownName } from '../../../shared/shown-name';
import type { Command, CommandResult } from '../command';
import { findAccount, findMailbox, mailboxesById, parseCount } from '../lookup';
import type { Session } from '../session';
import { isoDate, mailboxRef, messageRow, rowsOf } from '../shapes';
import { table } from '../table';
import { usage } from '../usage';

const MOST_ROWS = 1000;
const MOST_THREADS = 500;

/** CLI-030. */
export const list: Command = {
  name: 'list',
  summary: 'List messages, newest first',
  flags: [
    { name: 'account', value: 'ID', help: 'Only this account' },
    {
      name: 'mailbox',
      value: 'PATH|role:NAME',
      help: 'Only this mailbox, for example role:inbox; role:snoozed for what is put off',
    },
    { name: 'limit', value: 'N', help: 'Rows at most (50)' },
    { name: 'before', value: 'CURSOR', help: 'Go on after the last page: its next' },
    { name: 'threads', help: 'One row per conversation' },
  ],
  example: 'homeport list --mailbox role:inbox --limit 20',
  run: async (args, context) => {
    const limit = parseCount('limit', args.get('limit'), 50, args.has('threads') ? MOST_THREADS : MOST_ROWS);
    if (!limit.ok) return limit;
    const session = await context.open('store');
    if (!session.ok) return session;
    const only = args.get('account');
    const account = only === null ? ok(null) : await findAccount(session.value, only);
    if (!account.ok) return account;
    const accountId = account.value?.id ?? null;
    const path = args.get('mailbox');
    const snoozed = path === SNOOZED_VIEW;
    const mailbox = path === null || snoozed ? ok(null) : await findMailbox(session.value, path, accountId);
    if (!mailbox.ok) return mailbox;
    const page = { limit: Math.max(limit.value, 1), before: args.get('before'), snoozed };
    return args.has('threads')
      ? listThreads(session.value, mailbox.value, accountId, page)
      : listMessages(session.value, mailbox.value, accountId, page);
  },
};

/** No mailbox of a server: what is put off, the next to come back first. */
const SNOOZED_VIEW = 'role:snoozed';

interface Page {
  readonly limit: number;
  readonly before: string | null;
  readonly snoozed: boolean;
}

async function listMessages(
  session: Session,
  mailbox: MailboxView | null,
  accountId: AccountId | null,
  page: Page,
): Promise<CommandResult> {
  const mailboxes = await mailboxesById(session);
  if (!mailboxes.ok) return mailboxes;
  const found = await session.call('messages.list', { accountId, mailboxId: mailbox?.id ?? null, ...page });
  if (!found.ok) return found;
  const rows = found.value.rows.map((message) => messageRow(message, mailboxes.value));
  const text = table(
    ['ID', 'DATE', 'FROM', 'SUBJECT'],
    rows.map((row) => [
      row.id,
      row.date.slice(0, 16),
      shownName(row.from[0]?.name ?? '', row.from[0]?.address ?? ''),
      row.subject,
    ]),
  );
  return ok({ kind: 'data', json: rowsOf(rows, found.value.next), text });
}

async function listThreads(
  session: Session,
  mailbox: MailboxView | null,
  accountId: AccountId | null,
  { limit, before, snoozed }: Page,
): Promise<CommandResult> {
  if (mailbox === null && accountId !== null) {
    return usage(
      'Conversations are listed per mailbox or over everything.',
      'Add --mailbox, for example role:inbox.',
    );
  }
  // A mailbox and its list share one id space (SMART_LISTS).
  const listId = (mailbox?.id ?? (snoozed ? SMART_LISTS.snoozed : SMART_LISTS.all)) as unknown as ListId;
  const at = before === null ? ok({ kind: 'offset', offset: 0 } as const) : parseCursor(before);
  if (!at.ok) return at;
  const page = await session.call('lists.page', {
    listId,
    sort: 'date',
    descending: !snoozed,
    at: at.value,
    limit,
  });
  if (!page.ok) return page;
  const { rows, firstIndex, total } = page.value;
  const last = rows.at(-1);
  const lastIndex = firstIndex + rows.length - 1;
  const next = last !== undefined && lastIndex + 1 < total ? `t${last.itemId}.${lastIndex}` : null;
  const shaped = rows.map((row) => threadRow(row, mailbox));
  const text = table(
    ['THREAD', 'DATE', 'WHO', 'SUBJECT'],
    shaped.map((row) => [
      row.threadId,
      row.date.slice(0, 16),
      shownName(row.from[0]?.name ?? '', row.from[0]?.address ?? ''),
      row.subject,
    ]),
  );
  return ok({ kind: 'data', json: rowsOf(shaped, next), text });
}

function threadRow(row: ListRow, mailbox: MailboxView | null) {
  return {
    id: String(row.messageId),
    threadId: String(row.threadId),
    accountId: String(row.accountId),
    mailboxes: mailbox === null ? [] : [mailboxRef(mailbox)],
    subject: row.subject,
    from: row.participants.map(({ name, address }) => ({ name, address })),
    date: isoDate(row.date),
    messages: row.messageCount,
    unread: row.unreadCount,
    size: row.size,
    hasAttachment: row.hasAttachment,
    pending: row.mark === 'none' ? null : row.mark,
  };
}

function parseCursor(text: string): Outcome<{ kind: 'after'; itemId: number; index: number }, FailureView> {
  const match = /^t(\d{1,15})\.(\d{1,15})$/.exec(text);
  if (match === null)
    return usage('--before takes the next of the page before.', 'Leave it out for the first page.');
  return ok({ kind: 'after', itemId: Number(match[1]), index: Number(match[2]) });
}

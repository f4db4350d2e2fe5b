import type {
  ListFilter,
  ListPage,
  ListRow,
  ListSort,
  ListView,
  MessageView,
  ThreadView,
} from '../../src/shared/contract/views';
import {
  AccountId,
  FLAGGED,
  ListId,
  MailboxId,
  MessageId,
  SEEN,
  Seq,
  SMART_LISTS,
  ThreadId,
} from '../../src/shared/domain';
import { type FakeMail, type FakeMessage, pick, senderOf, snippetOf, subjectOf } from './fake-mail';

/** The lists of a FakeMail, computed when asked and kept until `forget`. */
export class FakeLists {
  private readonly mail: FakeMail;
  private readonly cache = new Map<string, ListRow[]>();

  constructor(mail: FakeMail) {
    this.mail = mail;
  }

  forget(): void {
    this.cache.clear();
  }

  messagesOf(listId: number): FakeMessage[] {
    const roles = new Map(this.mail.mailboxes.map(({ id, role }) => [id as number, role]));
    const roleIds = (role: string) => [...roles].filter(([, value]) => value === role).map(([id]) => id);
    const within = (ids: number[]) => {
      const set = new Set(ids);
      return [...this.mail.messages.values()].filter(({ mailboxIds }) =>
        mailboxIds.some((id) => set.has(id)),
      );
    };
    const visible = () => {
      const hidden = new Set([...roleIds('trash'), ...roleIds('junk')]);
      return [...this.mail.messages.values()].filter(({ mailboxIds }) =>
        mailboxIds.some((id) => !hidden.has(id)),
      );
    };
    switch (listId) {
      case SMART_LISTS.inbox:
        return within(roleIds('inbox')).filter(({ snoozedUntil }) => !snoozedUntil);
      case SMART_LISTS.snoozed:
        return visible().filter(({ snoozedUntil }) => snoozedUntil);
      case SMART_LISTS.drafts:
        return within(roleIds('drafts'));
      case SMART_LISTS.sent:
        return within(roleIds('sent'));
      case SMART_LISTS.unread:
        return visible().filter(({ keywords }) => !keywords.has(SEEN));
      case SMART_LISTS.starred:
        return visible().filter(({ keywords }) => keywords.has(FLAGGED));
      case SMART_LISTS.all:
        return visible();
      default:
        return within([listId]);
    }
  }

  rows(listId: number, sort: ListSort, descending: boolean): ListRow[] {
    const key = `${listId} ${sort} ${descending}`;
    const known = this.cache.get(key);
    if (known) return known;
    const threads = Map.groupBy(this.messagesOf(listId), ({ threadId }) => threadId);
    const rows = [...threads.values()].map((messages) => {
      const row = this.row(messages);
      return listId === SMART_LISTS.snoozed
        ? { ...row, snoozedUntil: messages[0]?.snoozedUntil ?? null }
        : row;
    });
    const by: Record<ListSort, (row: ListRow) => number | string> = {
      date: (row) => row.date,
      sender: (row) => row.participants[0]?.name.toLowerCase() ?? '',
      subject: (row) => row.subject.toLowerCase(),
      size: (row) => row.size,
      unread: (row) => Number(row.unreadCount > 0),
      starred: (row) => Number(row.starred),
    };
    const direction = descending ? -1 : 1;
    rows.sort((a, b) => {
      const [x, y] = [by[sort](a), by[sort](b)];
      return x === y ? b.date - a.date : x < y ? -direction : direction;
    });
    this.cache.set(key, rows);
    return rows;
  }

  page(
    listId: number,
    sort: ListSort,
    descending: boolean,
    filter: ListFilter | null,
    at: { kind: string; offset?: number; itemId?: number; index?: number },
    limit: number,
    seq: number,
  ): ListPage {
    const rows = this.rows(listId, sort, descending).filter(
      ({ unreadCount, starred, hasAttachment: file }) =>
        filter === null || { unread: unreadCount > 0, starred, attachments: file }[filter],
    );
    const found = rows.findIndex(({ itemId }) => itemId === at.itemId);
    const first =
      at.kind === 'offset'
        ? Math.min(at.offset ?? 0, rows.length)
        : at.kind === 'after'
          ? (found < 0 ? (at.index ?? 0) : found) + 1
          : at.kind === 'before'
            ? Math.max(0, (found < 0 ? (at.index ?? 0) : found) - limit)
            : Math.max(0, found - Math.floor(limit / 2));
    return {
      rows: rows.slice(first, first + limit),
      firstIndex: first,
      total: rows.length,
      seq: Seq.parse(seq),
    };
  }

  views(): ListView[] {
    const ids = [...Object.values(SMART_LISTS), ...this.mail.mailboxes.map(({ id }) => id as number)];
    return ids.map((id) => {
      const rows = this.rows(id, 'date', true);
      return {
        id: ListId.parse(id),
        mode: 'threads',
        rows: rows.length,
        unreadRows: rows.filter(({ unreadCount }) => unreadCount > 0).length,
        unreadMessages: rows.reduce((sum, { unreadCount }) => sum + unreadCount, 0),
      };
    });
  }

  private row(messages: readonly FakeMessage[]): ListRow {
    const sorted = [...messages].sort((a, b) => a.date - b.date);
    const newest = sorted.at(-1) as FakeMessage;
    const people = sorted.map((message) => ({
      ...senderOf(message, this.mail.accounts),
      me: message.from < 0,
    }));
    const unique = [...new Map(people.map((person) => [person.address, person])).values()];
    return {
      itemId: newest.threadId,
      threadId: ThreadId.parse(newest.threadId),
      messageId: MessageId.parse(newest.id),
      accountId: AccountId.parse(newest.accountId),
      subject: subjectOf(newest),
      snippet: snippetOf(newest),
      participants: unique.length > 3 ? [...unique.slice(0, 2), ...unique.slice(-1)] : unique,
      messageCount: sorted.length,
      unreadCount: sorted.filter(({ keywords }) => !keywords.has(SEEN)).length,
      starred: sorted.some(({ keywords }) => keywords.has(FLAGGED)),
      answered: pick(newest.threadId, 20, 6) === 0,
      forwarded: pick(newest.threadId, 21, 19) === 0,
      draft: false,
      hasAttachment: hasAttachment(newest),
      labels: [...new Set(sorted.flatMap(({ keywords }) => [...keywords]))]
        .filter((k) => !k.startsWith('$'))
        .sort(),
      date: newest.date,
      size: sorted.length * (2000 + pick(newest.id, 22, 90_000)),
      mark: newest.threadId % 37 === 0 ? 'waiting' : newest.threadId % 101 === 0 ? 'parked' : 'none',
      snoozedUntil: null,
      backSince: null,
    };
  }

  thread(threadId: number, seq: number): ThreadView | null {
    const messages = [...this.mail.messages.values()].filter((message) => message.threadId === threadId);
    const first = messages[0];
    if (!first) return null;
    return {
      id: ThreadId.parse(threadId),
      accountId: AccountId.parse(first.accountId),
      subject: subjectOf(first),
      messages: messages.sort((a, b) => a.date - b.date).map((message) => this.message(message)),
      hidden: { from: 0, to: 0 },
      labels: [...new Set(messages.flatMap(({ keywords }) => [...keywords]))]
        .filter((word) => !word.startsWith('$'))
        .sort(),
      labelsHere: [],
      seq: Seq.parse(seq),
    };
  }

  message(message: FakeMessage): MessageView {
    const sender = senderOf(message, this.mail.accounts);
    const own = {
      name: 'Anna Maier',
      address: this.mail.accounts.find(({ id }) => id === message.accountId)?.email ?? '',
    };
    return {
      id: MessageId.parse(message.id),
      threadId: ThreadId.parse(message.threadId),
      accountId: AccountId.parse(message.accountId),
      mailboxIds: message.mailboxIds.map((id) => MailboxId.parse(id)),
      from: [sender],
      sender: [],
      replyTo: [],
      to: message.from < 0 ? [{ name: 'Bob Lindqvist', address: 'bob@lindqvist.example' }] : [own],
      cc:
        pick(message.id, 23, 4) === 0
          ? [{ name: 'Priya Raman', address: 'priya.raman@harbour.example' }]
          : [],
      bcc: [],
      subject: subjectOf(message),
      snippet: snippetOf(message),
      date: message.date,
      receivedAt: message.date + 2000,
      size: 2000 + pick(message.id, 22, 90_000),
      keywords: [...message.keywords],
      hasAttachment: hasAttachment(message),
      messageId: `<${message.id}@fake.example>`,
      body: message.id % 50 === 49 ? 'not-downloaded' : 'here',
      mark: 'none',
      namesake: null,
      snoozedUntil: message.snoozedUntil ?? null,
      mine: message.from < 0,
      labelsHere: [],
      receipt: null,
    };
  }
}

export function hasAttachment(message: FakeMessage): boolean {
  return pick(message.id, 24, 5) === 0;
}

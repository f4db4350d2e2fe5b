import type { SearchScope } from '../../../shared/contract/search-views';
import { SMART_LISTS } from '../../../shared/domain';
import type { IsValue } from '../../../shared/search/operators';
import type { QueryNode } from '../../../shared/search/query';
import type { ReadableDb } from '../handles';
import { prepared, readSql } from '../sql';
import { type ConditionContext, KEYWORD_OF } from './condition-of';
import { mailboxesNamed } from './search-context';

/**
 * A filter that leaves at most so many messages is walked itself (SYNC-369): looking each of them up in the index of
 * words costs some 20 µs, walking the matches of a common word past 500,000 others ten times as much in all.
 */
const RARE = 1_000;
/** Messages with marks that are looked through for one mark; where there are more, the filter is not called rare. */
const MARKED_LOOKED_AT = 20_000;

const UNREAD = readSql<{ id: number }>(
  `SELECT m.id FROM messages m INDEXED BY messages_unread WHERE instr(m.keywords, '$seen') = 0
   ORDER BY m.received_at DESC LIMIT ?`,
);
const MARKED = readSql<{ id: number; keywords: string }>(
  `SELECT m.id, m.keywords FROM messages m INDEXED BY messages_marked WHERE m.keywords <> '' AND m.keywords <> '$seen'
   ORDER BY m.received_at DESC LIMIT ?`,
);
const IN_MAILBOX = readSql<{ id: number }>(
  'SELECT message_id AS id FROM memberships WHERE mailbox_id = ? LIMIT ?',
);
const ASLEEP = readSql<{ id: number }>(
  "SELECT message_id AS id FROM snoozes WHERE state = 'asleep' ORDER BY until LIMIT ?",
);
const IN_THREAD = readSql<{ id: number }>('SELECT id FROM messages WHERE thread_id = ? LIMIT ?');
const ROWID = readSql<{ rowid: number }>('SELECT rowid FROM search_docs WHERE message_id = ?');

/**
 * The rowids a filter of the query leaves, newest first, when it leaves few; null when every one leaves many, or there
 * is none with an index. The other conditions are still to be asked.
 */
export function rareRowids(
  db: ReadableDb,
  parts: readonly QueryNode[],
  scope: SearchScope,
  context: ConditionContext,
): number[] | null {
  let fewest: number[] | null = null;
  const consider = (ids: number[] | null): void => {
    if (ids !== null && ids.length <= RARE && (fewest === null || ids.length < fewest.length)) fewest = ids;
  };
  if (scope.kind === 'list') consider(idsOfScope(db, scope.listId, context));
  for (const node of parts) if (node.kind === 'filter') consider(idsOfFilter(db, node, context));
  if (fewest === null) return null;
  const rowids = (fewest as number[]).flatMap((id) => prepared(db, ROWID).get(id)?.rowid ?? []);
  return rowids.sort((a, b) => b - a);
}

function idsOfScope(db: ReadableDb, listId: number, context: ConditionContext): number[] | null {
  switch (listId) {
    case SMART_LISTS.inbox:
      return inMailboxes(db, mailboxesNamed(context, 'inbox'));
    case SMART_LISTS.drafts:
      return inMailboxes(db, mailboxesNamed(context, 'drafts'));
    case SMART_LISTS.sent:
      return inMailboxes(db, mailboxesNamed(context, 'sent'));
    case SMART_LISTS.unread:
      return unread(db);
    case SMART_LISTS.starred:
      return marked(db, '$flagged');
    case SMART_LISTS.snoozed:
      return ids(prepared(db, ASLEEP).all(RARE + 1));
    default:
      return listId > 0 ? inMailboxes(db, [listId]) : null;
  }
}

function idsOfFilter(
  db: ReadableDb,
  { operator, value }: Extract<QueryNode, { kind: 'filter' }>,
  context: ConditionContext,
): number[] | null {
  const word = value.toLowerCase();
  switch (operator) {
    case 'is': {
      if (word === 'unread') return unread(db);
      if (word === 'snoozed') return ids(prepared(db, ASLEEP).all(RARE + 1));
      if (word === 'sent') return inMailboxes(db, mailboxesNamed(context, 'sent'));
      const keyword = KEYWORD_OF[word as IsValue];
      return keyword === undefined ? null : marked(db, keyword);
    }
    case 'keyword':
      return marked(db, word);
    case 'label':
      return mailboxesNamed(context, value).length > 0 ? null : marked(db, word);
    case 'in': {
      if (word === 'unread') return unread(db);
      const mailboxes = mailboxesNamed(context, value);
      return mailboxes.length === 0 ? null : inMailboxes(db, mailboxes);
    }
    case 'thread':
      return ids(prepared(db, IN_THREAD).all(Number(value), RARE + 1));
    case 'msgid':
      return context.named(value.replace(/^<|>$/g, ''));
    default:
      return null;
  }
}

function unread(db: ReadableDb): number[] {
  return ids(prepared(db, UNREAD).all(RARE + 1));
}

function marked(db: ReadableDb, keyword: string): number[] | null {
  const some = prepared(db, MARKED).all(MARKED_LOOKED_AT + 1);
  if (some.length > MARKED_LOOKED_AT) return null;
  return ids(some.filter(({ keywords }) => ` ${keywords} `.includes(` ${keyword} `)));
}

function inMailboxes(db: ReadableDb, mailboxIds: readonly number[]): number[] | null {
  const found = new Set<number>();
  for (const mailboxId of mailboxIds) {
    for (const { id } of prepared(db, IN_MAILBOX).all(mailboxId, RARE + 1)) found.add(id);
    if (found.size > RARE) return null;
  }
  return [...found];
}

function ids(rows: readonly { readonly id: number }[]): number[] {
  return rows.map(({ id }) => id);
}

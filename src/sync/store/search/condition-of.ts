import type { MessageId } from '../../../shared/domain';
import { parseAge, parseDate } from '../../../shared/search/dates';
import type { FilterOperator, HasValue, IsValue } from '../../../shared/search/operators';
import type { QueryNode } from '../../../shared/search/query';
import { parseSize } from '../../../shared/search/sizes';
import { firstRowid } from './docs';
import { matchOf, partMatchOf } from './match-of';
import { mailboxesNamed, type SearchContext } from './search-context';

/** A piece of SQL over `d` (search_docs) and `m` (messages); what people wrote is in `params` only. */
export interface Condition {
  readonly sql: string;
  readonly params: readonly (string | number)[];
}

/** What conditions are made with: names resolved, and lookups that need the database. */
export interface ConditionContext extends SearchContext {
  /** Messages with that Message-ID. */
  named(name: string): MessageId[];
}

export const NOTHING: Condition = { sql: '0', params: [] };

/** What a node asks of one message; null where it asks for nothing (a word without letters). */
export function conditionOf(node: QueryNode, context: ConditionContext): Condition | null {
  switch (node.kind) {
    case 'and':
    case 'or': {
      const match = matchOf(node, context.own);
      if (match !== null) return isInWords(match);
      const parts = node.nodes.flatMap((part) => conditionOf(part, context) ?? []);
      return parts.length === 0 ? null : joined(parts, node.kind === 'and' ? ' AND ' : ' OR ');
    }
    case 'not': {
      const inner = conditionOf(node.node, context);
      return inner && { sql: `NOT ${inner.sql}`, params: inner.params };
    }
    case 'text': {
      if (node.match === 'part') {
        const part = partMatchOf(node);
        return part === null ? conditionOf({ ...node, match: 'prefix' }, context) : inParts(part);
      }
      const match = matchOf(node, context.own);
      return match === null ? null : isInWords(match);
    }
    case 'filter':
      return filterCondition(node.operator, node.value, context);
  }
}

export function inParts(match: string): Condition {
  return { sql: 'd.rowid IN (SELECT rowid FROM search_parts WHERE search_parts MATCH ?)', params: [match] };
}

function isInWords(match: string): Condition {
  return { sql: 'd.rowid IN (SELECT rowid FROM search_words WHERE search_words MATCH ?)', params: [match] };
}

export function joined(parts: readonly Condition[], by: ' AND ' | ' OR '): Condition {
  return { sql: `(${parts.map(({ sql }) => sql).join(by)})`, params: parts.flatMap(({ params }) => params) };
}

function filterCondition(operator: FilterOperator, value: string, context: ConditionContext): Condition {
  switch (operator) {
    case 'is':
      return isCondition(value.toLowerCase() as IsValue, context);
    case 'has':
      return hasCondition(value.toLowerCase().replace(/s$/, '') as HasValue);
    case 'in':
      return inCondition(value, context);
    case 'label': {
      const mailboxes = mailboxesNamed(context, value);
      const keyword = hasKeyword(value.toLowerCase());
      return mailboxes.length === 0 ? keyword : joined([keyword, isInAny(mailboxes)], ' OR ');
    }
    case 'keyword':
      return hasKeyword(value.toLowerCase());
    case 'account': {
      const wanted = value.toLowerCase();
      const ids = context.accounts.filter(
        ({ name, email }) => name.toLowerCase().includes(wanted) || email.toLowerCase().includes(wanted),
      );
      return ids.length === 0
        ? NOTHING
        : { sql: `d.account_id IN (${ids.map(({ id }) => id).join()})`, params: [] };
    }
    case 'type':
      return hasType(value.toLowerCase());
    case 'larger':
      return { sql: 'm.size > ?', params: [parseSize(value) ?? 0] };
    case 'smaller':
      return { sql: 'm.size < ?', params: [parseSize(value) ?? 0] };
    case 'before':
    case 'after':
    case 'on':
    case 'older_than':
    case 'newer_than': {
      const { from, to } = timeOf(operator, value, context.nowMs);
      return { sql: '(d.rowid >= ? AND d.rowid < ?)', params: [from, to] };
    }
    case 'thread':
      return { sql: 'm.thread_id = ?', params: [Number(value)] };
    case 'msgid': {
      const ids = context.named(value.replace(/^<|>$/g, ''));
      return ids.length === 0 ? NOTHING : { sql: `m.id IN (${ids.join()})`, params: [] };
    }
    case 'header':
      return headerCondition(value);
  }
}

/** The rowids a filter of time allows, [from, to). Days begin at local midnight; `after` a day begins with it. */
export function timeOf(
  operator: 'before' | 'after' | 'on' | 'older_than' | 'newer_than',
  value: string,
  nowMs: number,
): { from: number; to: number } {
  const whole = { from: 0, to: Number.MAX_SAFE_INTEGER };
  if (operator === 'older_than' || operator === 'newer_than') {
    const at = firstRowid(parseAge(value, nowMs) ?? 0);
    return operator === 'older_than' ? { ...whole, to: at } : { ...whole, from: at };
  }
  const span = parseDate(value, nowMs) ?? { from: 0, to: 0 };
  const [from, to] = [firstRowid(span.from), firstRowid(span.to)];
  if (operator === 'on') return { from, to };
  return operator === 'before' ? { ...whole, to: from } : { ...whole, from };
}

/** Word for word as the partial index has it: SQLite uses it for nothing else. */
export const UNREAD_SQL = "instr(m.keywords, '$seen') = 0";

/** Keywords that are asked for by a name of ours. */
export const KEYWORD_OF: Partial<Readonly<Record<IsValue, string>>> = {
  starred: '$flagged',
  answered: '$answered',
  forwarded: '$forwarded',
  muted: '$muted',
  pinned: '$pinned',
};

function isCondition(value: IsValue, context: SearchContext): Condition {
  switch (value) {
    case 'unread':
      return { sql: UNREAD_SQL, params: [] };
    case 'read':
      return { sql: `NOT (${UNREAD_SQL})`, params: [] };
    case 'draft':
      return joined([hasKeyword('$draft'), isInAny(mailboxesNamed(context, 'drafts'))], ' OR ');
    case 'sent':
      return isInAny(mailboxesNamed(context, 'sent'));
    case 'snoozed':
      return {
        sql: "EXISTS (SELECT 1 FROM snoozes z WHERE z.message_id = m.id AND z.state = 'asleep')",
        params: [],
      };
    case 'starred':
    case 'answered':
    case 'forwarded':
    case 'muted':
    case 'pinned':
      return hasKeyword(KEYWORD_OF[value] ?? '');
  }
}

function hasCondition(value: HasValue): Condition {
  switch (value) {
    case 'attachment':
      return { sql: 'm.has_attachment = 1', params: [] };
    case 'image':
      return hasType('image');
    case 'pdf':
      return hasType('pdf');
    case 'invite':
      return hasType('text/calendar');
    case 'link':
      return isInWords('{body} : ("http" OR "https")');
    case 'note':
      return hasKeyword('$hasnote');
    case 'star':
      return hasKeyword('$flagged');
  }
}

export function hasKeyword(keyword: string): Condition {
  return { sql: "instr(' ' || m.keywords || ' ', ' ' || ? || ' ') > 0", params: [keyword] };
}

/** Until the body is here, what the server says of its structure is all there is to go by. */
function hasType(type: string): Condition {
  const media = type.includes('/') ? type : `${type}/`;
  return {
    sql: `(EXISTS (SELECT 1 FROM attachments a WHERE a.message_id = m.id AND (instr(lower(a.media_type), ?) = 1
        OR lower(a.media_type) = 'application/' || ? OR lower(a.filename) LIKE '%.' || ? ESCAPE '\\'))
      OR (m.body_state <> 'here' AND (instr(lower(m.parts_json), '"mediatype":"' || ?) > 0
        OR instr(lower(m.parts_json), '"mediatype":"application/' || ? || '"') > 0
        OR instr(lower(m.parts_json), '.' || ? || '"') > 0)))`,
    params: [media, type, type.replace(/[\\%_]/g, '\\$&'), media, type, type],
  };
}

function inCondition(value: string, context: SearchContext): Condition {
  const word = value.toLowerCase();
  if (word === 'anywhere' || word === 'all') return { sql: '1', params: [] };
  if (word === 'starred' || word === 'unread' || word === 'snoozed') return isCondition(word, context);
  return isInAny(mailboxesNamed(context, value));
}

export function isInAny(mailboxIds: readonly number[]): Condition {
  if (mailboxIds.length === 0) return NOTHING;
  return {
    sql: `EXISTS (SELECT 1 FROM memberships s WHERE s.message_id = m.id AND s.mailbox_id IN (${mailboxIds.join()}))`,
    params: [],
  };
}

/** Where the stored facts of a header are; other headers are not kept apart. */
const HEADER_FACTS: Readonly<Record<string, string>> = {
  'message-id': 'messageId',
  'in-reply-to': 'inReplyTo',
  references: 'references',
  'list-id': 'listId',
  'list-unsubscribe': 'listUnsubscribe',
  'auto-submitted': 'autoSubmitted',
  precedence: 'precedence',
  importance: 'importance',
  'reply-to': 'replyTo',
  sender: 'sender',
  'content-type': 'contentType',
  'authentication-results': 'authenticationResults',
};

/** `header:list-id` asks whether there is one, `header:list-id=example` for what it holds. */
function headerCondition(value: string): Condition {
  const [, name = '', , wanted = ''] = /^([^=:]+)([=:])?(.*)$/s.exec(value) ?? [];
  const fact = HEADER_FACTS[name.toLowerCase()];
  if (fact === undefined) return NOTHING;
  const path = `m.headers_json ->> '$.${fact}'`;
  return wanted === ''
    ? { sql: `coalesce(${path}, '[]') <> '[]'`, params: [] }
    : { sql: `instr(lower(coalesce(${path}, '')), ?) > 0`, params: [wanted.toLowerCase()] };
}

import type { SearchScope } from '../../../shared/contract/search-views';
import { SMART_LISTS } from '../../../shared/domain';
import type { QueryNode, TextNode } from '../../../shared/search/query';
import type { ReadableDb } from '../handles';
import { type Condition, type ConditionContext, conditionOf, inParts, isInAny, timeOf } from './condition-of';
import { matchOf, partMatchOf } from './match-of';
import { rareRowids } from './rare-filter';
import { mailboxesNamed } from './search-context';
import { fold } from './words';

/**
 * How a search is carried out: what is walked, newest first, and what every message on the way is asked. 'words' and
 * 'parts' walk the matches of an index, 'ids' the few messages a rare filter leaves, 'docs' everything (SYNC-369).
 */
export interface Plan {
  readonly driver: 'words' | 'parts' | 'docs' | 'ids';
  /** For the index that is walked, or with 'ids' for the index of words; null where no word is asked for. */
  readonly match: string | null;
  readonly conditions: readonly Condition[];
  /** Rowids are times: [from, to). */
  readonly from: number;
  readonly to: number;
  /** Rowids of the driver 'ids', newest first. */
  readonly ids: readonly number[];
  /** Folded pieces of text that must be somewhere in the body, word or not. */
  readonly scans: readonly string[];
  /** Trash and junk are looked into (SYNC-361). */
  readonly trashAndJunk: boolean;
  /** Words that count for relevance and are highlighted. */
  readonly texts: readonly TextNode[];
}

export interface SearchScopeInput {
  readonly scope: SearchScope;
  readonly includeTrashAndJunk: boolean;
}

/** Null when there is nothing to search for: an empty query finds nothing, unless it looks into one list. */
export function planSearch(
  db: ReadableDb,
  root: QueryNode | null,
  { scope, includeTrashAndJunk }: SearchScopeInput,
  context: ConditionContext,
): Plan | null {
  const parts = root === null ? [] : root.kind === 'and' ? root.nodes : [root];
  const place = scopeCondition(scope, context);
  if (parts.length === 0 && place === null) return null;
  const words: QueryNode[] = [];
  const conditions: Condition[] = place ? [place] : [];
  const scans: string[] = [];
  let partMatch: string | null = null;
  let [from, to] = [0, Number.MAX_SAFE_INTEGER];
  let asked = place !== null;

  for (const node of parts) {
    if (isWords(node, context)) {
      words.push(node);
      asked = true;
      continue;
    }
    if (node.kind === 'text' && node.match === 'part' && node.field === 'body') {
      scans.push(fold(node.text));
      asked = true;
      continue;
    }
    if (node.kind === 'text' && node.match === 'part' && partMatch === null) {
      partMatch = partMatchOf(node);
      if (partMatch !== null) {
        asked = true;
        continue;
      }
    }
    if (node.kind === 'filter' && isTime(node.operator)) {
      const span = timeOf(node.operator, node.value, context.nowMs);
      [from, to] = [Math.max(from, span.from), Math.min(to, span.to)];
      asked = true;
      continue;
    }
    const condition = conditionOf(node, context);
    if (!condition) continue;
    conditions.push(condition);
    asked = true;
  }
  if (!asked) return null;

  const trashAndJunk = includeTrashAndJunk || looksIntoHidden(root, scope, context);
  conditions.push(visibility(trashAndJunk, context));
  const joinedWords = words.length === 0 ? null : matchOf({ kind: 'and', nodes: words }, context.own);
  // Only unwanted words: they are conditions like any other.
  if (words.length > 0 && joinedWords === null)
    for (const node of words) {
      const condition = conditionOf(node, context);
      if (condition) conditions.push(condition);
    }
  const texts = root === null ? [] : positiveTexts(root);
  const common = { from, to, scans, texts, trashAndJunk };
  const rare = rareRowids(db, parts, scope, context);
  if (rare !== null) {
    if (partMatch !== null) conditions.push(inParts(partMatch));
    return { ...common, driver: 'ids', match: joinedWords, conditions, ids: rare };
  }
  if (joinedWords !== null && partMatch !== null) conditions.push(inParts(partMatch));
  if (joinedWords !== null) return { ...common, driver: 'words', match: joinedWords, conditions, ids: [] };
  return {
    ...common,
    driver: partMatch === null ? 'docs' : 'parts',
    match: partMatch,
    conditions,
    ids: [],
  };
}

/** Nodes the index of words answers all of, wanted or unwanted. */
function isWords(node: QueryNode, context: ConditionContext): boolean {
  return matchOf(node.kind === 'not' ? node.node : node, context.own) !== null;
}

const TIMES = ['before', 'after', 'on', 'older_than', 'newer_than'] as const;
function isTime(operator: string): operator is (typeof TIMES)[number] {
  return (TIMES as readonly string[]).includes(operator);
}

/** What a list shows, as a condition; null for everything. */
function scopeCondition(scope: SearchScope, context: ConditionContext): Condition | null {
  if (scope.kind === 'everywhere') return null;
  if (scope.listId > 0) return isInAny([scope.listId]);
  switch (scope.listId as number) {
    case SMART_LISTS.inbox:
      return isInAny(mailboxesNamed(context, 'inbox'));
    case SMART_LISTS.drafts:
      return isInAny(mailboxesNamed(context, 'drafts'));
    case SMART_LISTS.sent:
      return isInAny(mailboxesNamed(context, 'sent'));
    case SMART_LISTS.unread:
      return conditionOf({ kind: 'filter', operator: 'is', value: 'unread' }, context);
    case SMART_LISTS.starred:
      return conditionOf({ kind: 'filter', operator: 'is', value: 'starred' }, context);
    case SMART_LISTS.snoozed:
      return conditionOf({ kind: 'filter', operator: 'is', value: 'snoozed' }, context);
    default:
      return null;
  }
}

/** Trash and junk only when one looks there, and nothing that is shown nowhere. */
function visibility(trashAndJunk: boolean, { hidden }: ConditionContext): Condition {
  const but = trashAndJunk || hidden.length === 0 ? '' : ` AND v.mailbox_id NOT IN (${hidden.join()})`;
  return { sql: `EXISTS (SELECT 1 FROM memberships v WHERE v.message_id = m.id${but})`, params: [] };
}

function looksIntoHidden(root: QueryNode | null, scope: SearchScope, context: ConditionContext): boolean {
  if (scope.kind === 'list' && context.hidden.includes(scope.listId as number)) return true;
  const waiting: QueryNode[] = root === null ? [] : [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.kind === 'and' || node.kind === 'or') waiting.push(...node.nodes);
    if (node.kind !== 'filter' || node.operator !== 'in') continue;
    if (/^(anywhere|all)$/i.test(node.value)) return true;
    if (mailboxesNamed(context, node.value).some((id) => context.hidden.includes(id))) return true;
  }
  return false;
}

/** Words a result must or may have, for ranking and highlighting. */
export function positiveTexts(root: QueryNode): TextNode[] {
  const texts: TextNode[] = [];
  const waiting: QueryNode[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.kind === 'text') texts.push(node);
    if (node.kind === 'and' || node.kind === 'or') waiting.push(...node.nodes);
  }
  return texts;
}

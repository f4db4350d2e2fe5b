import type { SearchScope } from '../../../shared/contract/search-views';
import type { MessageId } from '../../../shared/domain';
import { parseQuery } from '../../../shared/search/parse-query';
import type { ParsedQuery, QueryNode } from '../../../shared/search/query';
import type { ReadableDb } from '../handles';
import { messageNamed } from '../read/message-named';
import { type ConditionContext, inParts } from './condition-of';
import { readDoc } from './docs';
import type { ReadableText } from './message-text';
import { type Plan, planSearch } from './plan-search';
import { byRelevance } from './relevance';
import { scanBodies } from './scan-bodies';
import { readSearchContext } from './search-context';
import { countHits, type Hit, type Place, walk } from './walk';

/** What is searched for and where; everything of it comes from people. */
export interface SearchRequest {
  readonly query: string;
  readonly scope: SearchScope;
  readonly includeTrashAndJunk: boolean;
  readonly typing: boolean;
}

export interface SearchPage {
  readonly sort: 'newest' | 'relevance';
  readonly cursor: string | null;
  readonly limit: number;
}

export interface Found {
  readonly hits: readonly Hit[];
  /** Null at the end. A page that looked through texts may be short of hits and still have a next one. */
  readonly next: string | null;
  readonly count: number | null;
  readonly understood: ParsedQuery['tokens'];
  readonly plan: Plan | null;
}

/** Most messages a whole result is frozen to for a gesture (APP-171): all there are. */
const ALL = Number.MAX_SAFE_INTEGER;

/**
 * One page of a search (SYNC-360 to 370). `nowMs` is what dates like "yesterday" are counted from. An unknown cursor
 * begins anew. Call it in the read transaction that reads the rows, too.
 */
export function search(
  db: ReadableDb,
  request: SearchRequest,
  page: SearchPage,
  nowMs: number,
  readable: ReadableText,
): Found {
  const { plan, tokens } = prepare(db, request, nowMs);
  const nothing = { hits: [], next: null, count: 0, understood: tokens, plan };
  if (!plan) return nothing;
  const place = parseCursor(page.cursor);
  if (plan.scans.length > 0) {
    const { hits, next } = scanBodies(db, plan, place, page.limit, readable);
    return { ...nothing, hits, next: next && formatCursor(next), count: null };
  }
  const count = page.cursor === null ? countHits(db, plan) : place.count;
  if (page.sort === 'relevance') {
    const sorted = byRelevance(db, plan, place.below);
    const hits = sorted.slice(place.done, place.done + page.limit);
    const done = place.done + hits.length;
    const next = done < sorted.length ? formatCursor({ ...place, done, count }) : null;
    return { ...nothing, hits, next, count };
  }
  const some = walk(db, plan, place.below, page.limit + 1);
  const hits = some.slice(0, page.limit);
  const last = hits.at(-1);
  const more = some.length > page.limit && last !== undefined;
  return { ...nothing, hits, next: more ? formatCursor({ below: last.rowid, done: 0, count }) : null, count };
}

/**
 * Every message a search finds at this instant, newest first (SYNC-252); null when that takes looking through texts,
 * which is done a page at a time only.
 */
export function searchAll(db: ReadableDb, request: SearchRequest, nowMs: number): MessageId[] | null {
  const { plan } = prepare(db, request, nowMs);
  if (!plan) return [];
  return plan.scans.length > 0 ? null : walk(db, plan, ALL, -1).map(({ messageId }) => messageId);
}

/** Which of some messages the search finds here; for telling what only a server found (SYNC-374). */
export function searchAmong(
  db: ReadableDb,
  request: SearchRequest,
  messageIds: readonly MessageId[],
  nowMs: number,
): Set<MessageId> {
  const { plan } = prepare(db, request, nowMs);
  if (!plan) return new Set();
  const rowids = messageIds.flatMap((id) => readDoc(db, id)?.rowid ?? []).sort((a, b) => b - a);
  const parts = plan.driver === 'parts' && plan.match !== null ? [inParts(plan.match)] : [];
  const among: Plan = {
    ...plan,
    driver: 'ids',
    match: plan.driver === 'parts' ? null : plan.match,
    conditions: [...plan.conditions, ...parts],
    ids: rowids,
  };
  return new Set(walk(db, among, ALL, -1).map(({ messageId }) => messageId));
}

function prepare(
  db: ReadableDb,
  request: SearchRequest,
  nowMs: number,
): { plan: Plan | null; tokens: ParsedQuery['tokens']; root: QueryNode | null } {
  const { root, tokens } = parseQuery(request.query, { typing: request.typing });
  const known = readSearchContext(db, nowMs);
  const context: ConditionContext = {
    ...known,
    named: (name) => known.accounts.flatMap(({ id }) => messageNamed(db, id, name) ?? []),
  };
  return { plan: planSearch(db, root, request, context), tokens, root };
}

const FIRST: Place = { below: ALL, done: 0, count: null };

function parseCursor(text: string | null): Place {
  const match = /^([0-9]{1,16})\.([0-9]{1,9})\.([0-9]{0,9})$/.exec(text ?? '');
  if (!match) return FIRST;
  return {
    below: Math.min(Number(match[1]), ALL),
    done: Number(match[2]),
    count: match[3] === '' ? null : Number(match[3]),
  };
}

function formatCursor({ below, done, count }: Place): string {
  return `${below}.${done}.${count ?? ''}`;
}

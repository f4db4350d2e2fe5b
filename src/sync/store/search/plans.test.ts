import { afterAll, beforeAll, expect, test } from 'vitest';
import { addAccount, observe, observed, type TestAccount } from '../../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../../test/fakes/open-test-store';
import { findPage, indexEverything } from '../../../../test/fakes/searchable-store';
import { parseQuery } from '../../../shared/search/parse-query';
import { type Plan, planSearch } from './plan-search';
import { readSearchContext } from './search-context';
import { walkSql } from './walk';

/** So many messages that a filter which keeps half of them is not rare. */
const MESSAGES = 2_600;

let opened: TestStore;
let account: TestAccount;
beforeAll(() => {
  opened = openTestStore();
  account = addAccount(opened.store);
  const insert = Array.from({ length: MESSAGES }, (_, at) =>
    observed(at + 1, {
      keywords: [at % 2 === 0 ? '$seen' : 'todo', ...(at % 500 === 0 ? ['$flagged'] : [])],
      headers: { subject: `budget ${at}` },
    }),
  );
  observe(opened.store, account.inbox, { insert });
  observe(opened.store, account.work, { insert: [observed(1, { headers: { subject: 'budget of work' } })] });
  indexEverything(opened.store);
});
afterAll(() => opened.remove());

function plan(query: string): Plan {
  const { read } = opened.store;
  const context = { ...readSearchContext(read, opened.clock.now()), named: () => [] };
  const { root } = parseQuery(query, { typing: false });
  const made = planSearch(read, root, { scope: { kind: 'everywhere' }, includeTrashAndJunk: false }, context);
  if (!made) throw new Error(`${query} asks for nothing`);
  return made;
}

function details(query: string): string[] {
  const { sql, params } = walkSql(plan(query), Number.MAX_SAFE_INTEGER, 50);
  return opened.store.read
    .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    .all(...params)
    .map(({ detail }) => detail);
}

test.each([
  // [query, what is walked]
  ['budget', 'words'],
  ['budget from:ada', 'words'],
  ['"budget of"', 'words'],
  ['bud*', 'words'],
  ['budget is:unread', 'words'],
  ['budget in:inbox', 'words'],
  ['budget label:todo', 'words'],
  ['budget -nothing', 'words'],
  ['budget is:starred', 'ids'],
  ['budget in:work', 'ids'],
  ['budget thread:1', 'ids'],
  ['budget is:snoozed', 'ids'],
  ['is:starred', 'ids'],
  ['is:unread', 'docs'],
  ['larger:1k', 'docs'],
  ['budget OR is:unread', 'docs'],
  ['-budget', 'docs'],
  ['"~udge~"', 'parts'],
  ['budget "~udge~"', 'words'],
])('SYNC-369 %s walks %s', (query, driver) => {
  expect(plan(query).driver).toBe(driver);
});

const EVERY_OPERATOR = [
  'from:a to:me cc:a bcc:a with:a subject:a body:a filename:a list:a',
  'is:read is:draft is:sent is:answered is:forwarded is:muted is:pinned',
  'has:attachment has:image has:pdf has:invite has:link has:note has:star type:pdf type:image/png',
  'in:anywhere account:test larger:1k smaller:1g label:x keyword:x',
  'before:2030 after:2001 on:2026-01-01 older_than:1d newer_than:90y',
  'msgid:a@b header:list-id header:sender=x',
];

test.each([
  'budget',
  'budget is:unread in:inbox',
  'budget is:starred',
  'is:unread',
  '-budget',
  'budget OR is:unread',
  '"~udge~" -"~xyz~"',
  ...EVERY_OPERATOR,
  ...EVERY_OPERATOR.map((query) => `budget ${query}`),
])('no step of %s reads a growing table whole or sorts', (query) => {
  for (const detail of details(query)) {
    expect(detail).not.toMatch(/TEMP B-TREE/);
    const scan = /^SCAN (\w+)/.exec(detail)?.[1];
    // The walk itself, in its own order, and the matches of an index.
    if (scan !== undefined) expect(['c', 'd', 'search_words', 'search_parts']).toContain(scan);
    if (scan?.startsWith('search')) expect(detail).toMatch(/VIRTUAL TABLE INDEX \d+:.*M/);
  }
});

test('SYNC-363 pages go on by the rowid, which the index walks downwards by itself', () => {
  const [first = ''] = details('budget');
  // FTS5 writes of its plan: an M for the match, < and > for the bounds on the rowid.
  expect(first).toMatch(/^SCAN search_words VIRTUAL TABLE INDEX \d+:.*M\d+[<>]{2}/);
  expect(details('is:unread')[0]).toMatch(/^SEARCH d USING INTEGER PRIMARY KEY \(rowid>\? AND rowid<\?\)/);
});

test('SYNC-363 by relevance the newest 2,000 hits are put in order, and no more', () => {
  const found = new Set<number>();
  for (let cursor: string | null = null; ; ) {
    const page = findPage(opened.store, 'budget', 0, { sort: 'relevance', cursor });
    for (const { messageId } of page.rows) found.add(messageId);
    cursor = page.next;
    if (cursor === null) break;
  }
  expect(found.size).toBe(2_000);
});

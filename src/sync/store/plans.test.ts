import { afterAll, beforeAll, expect, test } from 'vitest';
import { addAccount } from '../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../test/fakes/open-test-store';
import { READ_STATEMENTS } from './sql';

// Importing every module of the store registers every statement it reads with: none can be forgotten.
const MODULES = import.meta.glob(['./**/*.ts', '!./**/*.test.ts'], { eager: true });

/** Tables as large as the number of accounts, mailboxes and lists: reading one whole is what is wanted. */
const CONSTANT_SIZE = [
  'accounts',
  'identities',
  'account_counters',
  'mailboxes',
  'lists',
  'list_orders',
  'schema_migrations',
  'remote_senders',
];
/** Statements of checks and start-up that look at everything on purpose, by how they begin. */
const WHOLE_STORE = [
  'SELECT DISTINCT thread_id FROM messages INDEXED BY messages_thread',
  'SELECT id, thread_id FROM messages INDEXED BY messages_thread',
  'SELECT count(*) AS n FROM list_rows INDEXED BY list_rows_thread',
  'SELECT count(*) AS n FROM memberships INDEXED BY memberships_message',
  'SELECT order_id FROM order_rows WHERE order_id NOT IN',
  'SELECT hash, data IS NOT NULL AS stored FROM blobs',
  "SELECT id, kind, args_json FROM pending_changes WHERE state = 'waiting'",
  "SELECT id FROM pending_changes WHERE state = 'claimed'",
];

let opened: TestStore;
beforeAll(() => {
  opened = openTestStore();
  addAccount(opened.store);
});
afterAll(() => opened.remove());

test('every module of the store was looked at', () => {
  expect(Object.keys(MODULES).length).toBeGreaterThan(40);
  expect(READ_STATEMENTS.length).toBeGreaterThan(80);
});

test('no statement reads a growing table whole or sorts what an index could give in order', () => {
  const bad: string[] = [];
  for (const text of new Set(READ_STATEMENTS)) {
    if (WHOLE_STORE.some((beginning) => text.startsWith(beginning))) continue;
    const plan = opened.store.read
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${text}`)
      .all(...Array.from(text.matchAll(/\?/g), () => 1), namedParameters(text));
    for (const { detail } of plan) if (isBad(detail, text)) bad.push(`${detail}\n    ${text}`);
  }
  expect(bad).toEqual([]);
});

function namedParameters(text: string): Record<string, number> {
  return Object.fromEntries(Array.from(text.matchAll(/[@:$](\w+)/g), ([, name]) => [name, 1]));
}

function isBad(detail: string, text: string): boolean {
  // The one answer that sorts: a page in an order that is not laid out, or not yet. It reads the rows of its list alone,
  // and is there so that nobody waits for an order or is shown a wrong one (ADR 0200).
  const sorts = text.includes('FROM list_rows AS unsorted');
  if (/TEMP B-TREE/.test(detail))
    return !(sorts && /TEMP B-TREE FOR (LAST \d TERMS OF )?ORDER BY/.test(detail));
  // Matches of the search's index are looked up by their words, and a walk in the order of an index ends at its LIMIT.
  if (/^SCAN search_\w+ VIRTUAL TABLE INDEX \d+:.*M/.test(detail)) return false;
  if (/^SCAN \w+ USING (COVERING )?INDEX/.test(detail) && /ORDER BY [\w. ]+ LIMIT \+\?$/.test(text))
    return false;
  const scan = /^SCAN (\w+)/.exec(detail);
  if (!scan) return false;
  const name = scan[1] as string;
  const table = new RegExp(`\\b(\\w+) (?:AS )?${name}\\b`).exec(text)?.[1] ?? name;
  // A subquery's rows, values that were asked for and a bounded or count-only walk along an index in its order are no
  // scans of a table.
  if (['k', 'CONSTANT', 'json_each'].includes(name)) return false;
  if (/^SCAN \w+$/.test(detail) && /ORDER BY (id|seq)\b.*LIMIT/s.test(text)) return false;
  if (/max\(seq\)|max\(position\)|LIMIT 1$/.test(text)) return false;
  return !CONSTANT_SIZE.includes(name) && !CONSTANT_SIZE.includes(table);
}

import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { MIGRATIONS, migrate } from './migrate';
import { revisionsToDrop } from './write/prune-revisions';

test('0022-writing-and-sending gives every account that has an address a sender of that address', () => {
  const db = new Database(':memory:');
  const before = MIGRATIONS.filter(({ id }) => id < '0022');
  const after = MIGRATIONS.filter(({ id }) => id === '0022-writing-and-sending');
  expect(after).toHaveLength(1);
  migrate(db, 1, () => undefined, before);
  const account = db.prepare(
    `INSERT INTO accounts (protocol, name, email, hue, position, state, created_at) VALUES (?, ?, ?, 0, 0, 'ok', 1)`,
  );
  account.run('imap', 'Ann Lee', 'ann@example.org');
  account.run('imap', 'bob@example.org', 'bob@example.org');
  account.run('local', 'Archive', '');
  migrate(db, 2, () => undefined, [...before, ...after]);
  expect(db.prepare('SELECT account_id, name, address FROM identities ORDER BY id').raw().all()).toEqual([
    [1, 'Ann Lee', 'ann@example.org'],
    [2, '', 'bob@example.org'],
  ]);
  const plan = (text: string): string[] =>
    db
      .prepare<number[], { detail: string }>(`EXPLAIN QUERY PLAN ${text}`)
      .all(...Array.from(text.matchAll(/\?/g), () => 1))
      .map(({ detail }) => detail);
  expect(plan('SELECT * FROM outbox WHERE account_id = ? AND state = ? ORDER BY id')).toEqual([
    'SEARCH outbox USING INDEX outbox_account (account_id=? AND state=?)',
  ]);
  expect(plan('SELECT * FROM outbox WHERE account_id = ? AND message_id_header = ?')).toEqual([
    'SEARCH outbox USING INDEX outbox_message_id (account_id=? AND message_id_header=?)',
  ]);
  expect(plan('SELECT * FROM drafts WHERE shown_message = ?')).toEqual([
    'SEARCH drafts USING INDEX drafts_shown (shown_message=?)',
  ]);
  expect(plan('SELECT * FROM draft_revisions WHERE draft_id = ? ORDER BY revision DESC')).toEqual([
    'SEARCH draft_revisions USING PRIMARY KEY (draft_id=?)',
  ]);
  db.close();
});

test('SYNC-301 revisions: all of an hour, then one per ten minutes for a day, one per day for 30 days, at most 200', () => {
  const MINUTE = 60_000;
  const now = 100 * 24 * 60 * MINUTE;
  const every = (ms: number, from: number, to: number) =>
    Array.from({ length: Math.floor((to - from) / ms) }, (_, at) => from + at * ms);
  const ages = [
    ...every(MINUTE, 0, 60 * MINUTE),
    ...every(MINUTE, 61 * MINUTE, 24 * 60 * MINUTE),
    ...every(60 * MINUTE, 25 * 60 * MINUTE, 50 * 24 * 60 * MINUTE),
  ];
  const kept = ages.map((age, at) => ({ revision: ages.length - at, saved_at: now - age }));
  const dropped = new Set(revisionsToDrop(kept, now));
  const left = kept.filter(({ revision }) => !dropped.has(revision));
  expect(left.length).toBeLessThanOrEqual(200);
  const within = (from: number, to: number) =>
    left.filter(({ saved_at }) => now - saved_at >= from && now - saved_at < to).length;
  expect(within(0, 60 * MINUTE)).toBe(60);
  expect(within(61 * MINUTE, 24 * 60 * MINUTE)).toBeLessThanOrEqual(24 * 6);
  expect(within(61 * MINUTE, 24 * 60 * MINUTE)).toBeGreaterThan(100);
  expect(within(31 * 24 * 60 * MINUTE, 100 * 24 * 60 * MINUTE)).toBe(0);
  // Typing without a pause fills the hour: the newest 200 stay.
  const busy = every(400, 0, 60 * MINUTE).map((age, at) => ({ revision: 10_000 - at, saved_at: now - age }));
  expect(revisionsToDrop(busy, now)).toHaveLength(busy.length - 200);
  expect(revisionsToDrop([{ revision: 1, saved_at: 0 }], now)).toEqual([]);
});

import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { MIGRATIONS, migrate } from './migrate';
import { nameKey } from './name-key';

test('migration 0005-mailbox-age-limit leaves mailboxes as they were, without a limit', () => {
  const db = new Database(':memory:');
  db.function('name_key', { deterministic: true }, (name) => nameKey(String(name)));
  const before = MIGRATIONS.filter(({ id }) => id < '0005');
  migrate(db, 0, () => undefined, before);
  db.exec(
    `INSERT INTO accounts (id, protocol, name, email, hue, position, state, pinned_json, created_at)
     VALUES (1, 'imap', 'Work', 'a@example.org', 0, 0, 'ok', '[]', 0);
     INSERT INTO mailboxes (id, account_id, remote_key, path, name, selectable, subscribed, namespace, policy)
     VALUES (5, 1, 'INBOX', 'INBOX', 'INBOX', 1, 1, 'personal', 'headers')`,
  );
  expect(migrate(db, 0, () => undefined, MIGRATIONS)).toContain('0005-mailbox-age-limit');
  expect(db.prepare('SELECT path, policy, age_limit_days FROM mailboxes').all()).toEqual([
    { path: 'INBOX', policy: 'headers', age_limit_days: null },
  ]);
  // What it serves: the place of one message, by its index, however many messages there are.
  const plan = db
    .prepare<[], { detail: string }>(
      `EXPLAIN QUERY PLAN SELECT m.id FROM messages m JOIN placements p ON p.message_id = m.id
       JOIN mailboxes b ON b.id = p.mailbox_id AND (b.age_limit_days IS NULL OR m.received_at >= 0 - b.age_limit_days)
       WHERE m.id = 1`,
    )
    .all();
  expect(plan.every(({ detail }) => detail.startsWith('SEARCH'))).toBe(true);
  db.close();
});

import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { MIGRATIONS, migrate } from './migrate';
import { nameKey } from './name-key';

test('migration 0012-folder-changes keeps the queue and finds the changes of folders by themselves', () => {
  const db = new Database(':memory:');
  db.function('name_key', { deterministic: true }, (name) => nameKey(String(name)));
  migrate(
    db,
    0,
    () => undefined,
    MIGRATIONS.filter(({ id }) => id < '0012'),
  );
  const insert = db.prepare(
    `INSERT INTO pending_changes (account_id, lane, kind, args_json, base_json, origin, gesture_id, token, state,
       not_before, attempts, created_at) VALUES (1, ?, 'x', '{}', '{}', 'user', 'g', ?, 'waiting', 0, 0, 0)`,
  );
  insert.run('mail', 'a');
  insert.run('mailboxes', 'b');
  expect(migrate(db, 0, () => undefined)).toContain('0012-folder-changes');
  const query = `SELECT token FROM pending_changes INDEXED BY pending_changes_mailboxes
    WHERE account_id = 1 AND lane = 'mailboxes' ORDER BY id`;
  expect(db.prepare(query).pluck().all()).toEqual(['b']);
  const plan = db.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${query}`).all();
  expect(plan.map(({ detail }) => detail)).toEqual([
    'SEARCH pending_changes USING INDEX pending_changes_mailboxes (account_id=?)',
  ]);
  db.close();
});

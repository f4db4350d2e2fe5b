import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { MIGRATIONS, migrate } from './migrate';
import { nameKey } from './name-key';

test('migration 0025-log-checkpoints keeps the rows of the log; their checkpoints are unknown', () => {
  const db = new Database(':memory:');
  db.function('name_key', { deterministic: true }, (name) => nameKey(String(name)));
  const before = MIGRATIONS.filter(({ id }) => id < '0025');
  migrate(db, 0, () => undefined, before);
  db.exec(
    `INSERT INTO accounts (id, protocol, name, email, hue, position, state, pinned_json, created_at)
     VALUES (1, 'imap', 'Work', 'a@example.org', 0, 0, 'ok', '[]', 0);
     INSERT INTO sync_log (account_id, kind, cause, started_at, result) VALUES (1, 'pull', 'poll', 7, 'ok')`,
  );
  expect(migrate(db, 0, () => undefined, MIGRATIONS)).toContain('0025-log-checkpoints');
  expect(
    db.prepare('SELECT kind, started_at, checkpoint_before, checkpoint_after FROM sync_log').all(),
  ).toEqual([{ kind: 'pull', started_at: 7, checkpoint_before: null, checkpoint_after: null }]);
  const plan = db
    .prepare<[], { detail: string }>(
      'EXPLAIN QUERY PLAN SELECT * FROM sync_log WHERE account_id = 1 AND id > 0 ORDER BY id DESC LIMIT 100',
    )
    .all();
  expect(plan.every(({ detail }) => detail.startsWith('SEARCH'))).toBe(true);
  db.close();
});

import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { MIGRATIONS, migrate } from './migrate';
import { nameKey } from './name-key';

test('migration 0024-local-labels leaves mail and folders as they were, and a list of labels costs one look per set', () => {
  const db = new Database(':memory:');
  db.function('name_key', { deterministic: true }, (name) => nameKey(String(name)));
  migrate(
    db,
    0,
    () => undefined,
    MIGRATIONS.filter(({ id }) => id < '0024'),
  );
  db.exec(
    `INSERT INTO accounts (id, protocol, name, email, hue, position, state, pinned_json, created_at)
     VALUES (1, 'imap', 'Work', 'a@example.org', 0, 0, 'ok', '[]', 0);
     INSERT INTO mailboxes (id, account_id, remote_key, path, name, selectable, subscribed, namespace)
     VALUES (5, 1, 'INBOX', 'INBOX', 'INBOX', 1, 1, 'personal')`,
  );
  expect(migrate(db, 0, () => undefined, MIGRATIONS)).toContain('0024-local-labels');
  expect(db.prepare('SELECT path, policy, labels_here FROM mailboxes').all()).toEqual([
    { path: 'INBOX', policy: 'everything', labels_here: null },
  ]);
  expect(db.prepare('SELECT * FROM local_labels').all()).toEqual([]);
  const plan = db
    .prepare<[], { detail: string }>(
      `EXPLAIN QUERY PLAN SELECT labels FROM list_rows INDEXED BY list_rows_labels
       WHERE labels <> '' AND list_id = -6 AND labels > 'a' ORDER BY labels LIMIT 1`,
    )
    .all();
  expect(plan.map(({ detail }) => detail)).toEqual([
    'SEARCH list_rows USING COVERING INDEX list_rows_labels (list_id=? AND labels>?)',
  ]);
  db.close();
});

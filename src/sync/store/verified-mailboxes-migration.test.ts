import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { MIGRATIONS, migrate } from './migrate';
import { nameKey } from './name-key';

test('migration 0030-verified-mailboxes tells the last audit of an account for each of its complete mailboxes', () => {
  const db = new Database(':memory:');
  db.function('name_key', { deterministic: true }, (name) => nameKey(String(name)));
  migrate(
    db,
    0,
    () => undefined,
    MIGRATIONS.filter(({ id }) => id < '0030'),
  );
  db.exec(`
    INSERT INTO accounts (protocol, name, email, hue, position, state, created_at)
      VALUES ('imap', 'a', 'a', 0, 0, 'ok', 0), ('imap', 'b', 'b', 0, 1, 'ok', 0);
    INSERT INTO mailboxes (account_id, remote_key, path, name, selectable, subscribed, namespace)
      VALUES (1, 'INBOX', 'INBOX', 'INBOX', 1, 1, 'personal'), (1, 'Old', 'Old', 'Old', 1, 1, 'personal'),
             (2, 'INBOX', 'INBOX', 'INBOX', 1, 1, 'personal');
    INSERT INTO sync_state (mailbox_id, uid_validity, backfill_complete, updated_at)
      VALUES (1, '7', 1, 0), (2, '7', 0, 0), (3, '7', 1, 0);
    INSERT INTO settings (key, value) VALUES ('audit.1', '1700000000000');`);
  expect(migrate(db, 0, () => undefined)).toContain('0030-verified-mailboxes');
  expect(db.prepare('SELECT id, verified_at FROM mailboxes ORDER BY id').raw().all()).toEqual([
    [1, 1_700_000_000_000],
    [2, null],
    [3, null],
  ]);
  // It comes with the rows of the account, which are found as before.
  const plan = db.prepare('EXPLAIN QUERY PLAN SELECT verified_at FROM mailboxes WHERE account_id = ?').all(1);
  expect(JSON.stringify(plan)).toContain('USING INDEX');
  db.close();
});

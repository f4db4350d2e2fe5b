import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { MIGRATIONS, migrate } from './migrate';
import { nameKey } from './name-key';

test('migration 0029-outbox-told keeps what is on its way out; nobody was told anything of it yet', () => {
  const db = new Database(':memory:');
  db.function('name_key', { deterministic: true }, (name) => nameKey(String(name)));
  migrate(
    db,
    0,
    () => undefined,
    MIGRATIONS.filter(({ id }) => id < '0029'),
  );
  db.exec(`
    INSERT INTO accounts (protocol, name, email, hue, position, state, created_at)
      VALUES ('imap', 'a', 'a', 0, 0, 'ok', 0);
    INSERT INTO outbox (account_id, state, from_name, from_address, subject, snippet, size, has_attachment,
        message_id_header, date, transmitted_hash, needs_utf8, null_sender, token, origin, created_at, not_before)
      VALUES (1, 'held', '', 'a@example.org', 'Held', '', 9, 0, '<1@example.org>', 0, 'h', 0, 0, 't', 'user', 0, 10);`);
  expect(migrate(db, 0, () => undefined)).toContain('0029-outbox-told');
  expect(db.prepare('SELECT subject, not_before, resumed, told_late FROM outbox').all()).toEqual([
    { subject: 'Held', not_before: 10, resumed: 0, told_late: 0 },
  ]);
  // Found by its state as before.
  const plan = db.prepare("EXPLAIN QUERY PLAN SELECT * FROM outbox WHERE state = 'held' ORDER BY id").all();
  expect(JSON.stringify(plan)).toContain('USING INDEX outbox_state');
  db.close();
});

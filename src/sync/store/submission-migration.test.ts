import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { MIGRATIONS, migrate } from './migrate';
import { nameKey } from './name-key';

test('migration 0026-submission keeps where an account sends, under its new name', () => {
  const db = new Database(':memory:');
  db.function('name_key', { deterministic: true }, (name) => nameKey(String(name)));
  migrate(
    db,
    0,
    () => undefined,
    MIGRATIONS.filter(({ id }) => id < '0026'),
  );
  const insert = db.prepare(
    `INSERT INTO accounts (protocol, name, email, hue, position, state, settings_json, created_at)
       VALUES ('imap', 'a', 'a', 0, 0, 'ok', ?, 0)`,
  );
  const imap = { host: 'imap.example.org', port: 993, security: 'tls', user: 'a' };
  const smtp = { host: 'smtp.example.org', port: 465, security: 'tls', user: 'a' };
  insert.run(JSON.stringify({ imap, smtp: { ...smtp, allowPlaintext: true } }));
  insert.run(JSON.stringify({ imap, smtp: null }));
  insert.run(JSON.stringify({ imap }));
  insert.run(null);
  expect(migrate(db, 0, () => undefined)).toContain('0026-submission');
  const stored = db
    .prepare<[], string | null>('SELECT settings_json FROM accounts ORDER BY id')
    .pluck()
    .all();
  expect(stored.map((json) => JSON.parse(json ?? 'null'))).toEqual([
    { imap, submission: smtp },
    { imap, submission: null },
    { imap },
    null,
  ]);
  db.close();
});

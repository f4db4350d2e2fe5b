import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { MIGRATIONS, migrate } from './migrate';

/** Rows of a message as they were before the migration with that number. */
function before(id: string): Database.Database {
  const db = new Database(':memory:');
  db.pragma('foreign_keys = ON');
  migrate(
    db,
    1,
    () => undefined,
    MIGRATIONS.filter((migration) => migration.id < id),
  );
  db.exec(`INSERT INTO messages (id, account_id, thread_id, subject, base_subject, subject_hash, loose_reply, from_name,
    from_address, headers_json, received_at, date, size, snippet, keywords, has_attachment, parts_json, body_state)
    VALUES (7, 1, 1, 'a', 'a', 0, 0, '', '', '{}', 1, 1, 1, '', '', 0, '[]', 'none')`);
  return db;
}

test('0003-snoozes keeps the messages, goes with them, and finds what is due by its index', () => {
  const db = before('0003');
  let backups = 0;
  expect(migrate(db, 2, () => backups++)).toContain('0003-snoozes');
  expect(backups).toBe(1);
  expect(db.prepare('SELECT id FROM messages').all()).toEqual([{ id: 7 }]);
  db.exec("INSERT INTO snoozes VALUES (7, 1, 5, 'asleep')");
  expect(() => db.exec("INSERT INTO snoozes VALUES (8, 1, 5, 'asleep')")).toThrow(/FOREIGN KEY/);
  const plan = db
    .prepare<[], { detail: string }>(
      "EXPLAIN QUERY PLAN SELECT until FROM snoozes WHERE state = 'asleep' AND until < 9 ORDER BY until LIMIT 1",
    )
    .all();
  expect(plan.map(({ detail }) => detail)).toEqual([
    'SEARCH snoozes USING COVERING INDEX snoozes_due (state=? AND until<?)',
  ]);
  db.exec('DELETE FROM messages');
  expect(db.prepare('SELECT * FROM snoozes').all()).toEqual([]);
  db.close();
});

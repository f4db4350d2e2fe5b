import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { MIGRATIONS, migrate } from './migrate';

test('0004-list-filters counts the rows of lists as they were', () => {
  const db = new Database(':memory:');
  migrate(
    db,
    1,
    () => undefined,
    MIGRATIONS.filter(({ id }) => id < '0004'),
  );
  const put = db.prepare(
    `INSERT INTO list_rows (list_id, item_id, thread_id, message_id, latest_at, sender_key, subject_key, size, unread,
       starred, message_count, unread_count, list_messages, list_unread, marks, labels)
     VALUES (5, @item, @item, @item, 1, '', '', 1, 0, @starred, 1, 0, 1, 0, @marks, '')`,
  );
  db.exec('INSERT INTO lists (list_id, rows) VALUES (5, 30), (6, 0)');
  for (let item = 0; item < 30; item++)
    put.run({ item, starred: item % 4 === 0 ? 1 : 0, marks: item % 5 === 0 ? 9 : 1 });
  migrate(
    db,
    2,
    () => undefined,
    MIGRATIONS.filter(({ id }) => id < '0006'),
  );
  const counted = db.prepare('SELECT list_id, rows, starred_rows, attachment_rows FROM lists ORDER BY 1');
  expect(counted.raw().all()).toEqual([
    [5, 30, 8, 6],
    [6, 0, 0, 0],
  ]);
  db.close();
});

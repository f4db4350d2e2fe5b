import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { MIGRATIONS, migrate } from './migrate';

test('0006-history-and-counters finds the messages of changes that were finished before it', () => {
  const db = new Database(':memory:');
  const before = MIGRATIONS.filter(({ id }) => id < '0006');
  const after = MIGRATIONS.filter(({ id }) => id === '0006-history-and-counters');
  expect(after).toHaveLength(1);
  migrate(db, 1, () => undefined, before);
  db.exec(`INSERT INTO change_history (id, change_id, account_id, kind, args_json, targets_json, origin, gesture_id,
      outcome, created_at, finished_at)
    VALUES (5, 1, 1, 'delete', '{"v":1}', '[[7,3],[8,3],[7,4]]', 'user', 'g', 'settled', 1, 2)`);
  migrate(db, 2, () => undefined, [...before, ...after]);
  expect(db.prepare('SELECT message_id, history_id FROM history_targets ORDER BY 1').raw().all()).toEqual([
    [7, 5],
    [8, 5],
  ]);
  const plans = [
    'SELECT op FROM change_log WHERE item = ? AND collection > 0 ORDER BY seq DESC LIMIT ?',
    'SELECT h.kind FROM history_targets t JOIN change_history h ON h.id = t.history_id WHERE t.message_id = ? ORDER BY t.history_id DESC LIMIT ?',
  ].map((text) =>
    db
      .prepare<number[], { detail: string }>(`EXPLAIN QUERY PLAN ${text}`)
      .all(1, 1)
      .map(({ detail }) => detail.replace(/^(SEARCH \w+) USING (?:COVERING )?/, '$1 ')),
  );
  expect(plans).toEqual([
    ['SEARCH change_log INDEX change_log_message (item=?)'],
    ['SEARCH t PRIMARY KEY (message_id=?)', 'SEARCH h INTEGER PRIMARY KEY (rowid=?)'],
  ]);
  db.close();
});

test('0006-history-and-counters counts the conversations that were there before it', () => {
  const db = new Database(':memory:');
  migrate(
    db,
    1,
    () => undefined,
    MIGRATIONS.filter(({ id }) => id < '0006'),
  );
  db.exec(`INSERT INTO threads (id, account_id) VALUES (1, 7), (2, 7), (3, 8)`);
  db.exec(`INSERT INTO lists (list_id, mode) VALUES (-6, 'messages'), (5, 'threads')`);
  const row = db.prepare(
    `INSERT INTO list_rows (list_id, item_id, thread_id, message_id, latest_at, sender_key, subject_key, size, unread,
       starred, message_count, unread_count, list_messages, list_unread, marks, labels)
     VALUES (?, ?, ?, 1, 1, '', '', 1, ?, 0, 1, 0, ?, ?, 0, '')`,
  );
  row.run(-6, 1, 1, 1, 1, 1);
  row.run(-6, 2, 1, 0, 1, 0);
  row.run(-6, 3, 2, 0, 1, 0);
  row.run(-6, 4, 3, 1, 1, 1);
  row.run(5, 9, 1, 1, 2, 1);
  migrate(db, 2, () => undefined);
  expect(db.prepare('SELECT list_id, threads, unread_threads FROM lists ORDER BY 1').raw().all()).toEqual([
    [-6, 3, 2],
    [5, 1, 1],
  ]);
  expect(db.prepare('SELECT * FROM account_counters ORDER BY 1').raw().all()).toEqual([
    [7, 3, 1, 2, 1],
    [8, 1, 1, 1, 1],
  ]);
  db.close();
});

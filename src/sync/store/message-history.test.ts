import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { MIGRATIONS, migrate } from './migrate';

test('0006-message-history finds the messages of changes that were finished before it', () => {
  const db = new Database(':memory:');
  const before = MIGRATIONS.filter(({ id }) => id < '0006');
  const after = MIGRATIONS.filter(({ id }) => id === '0006-message-history');
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

import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { MIGRATIONS, migrate } from '../migrate';
import '../read/list-statements';
import { READ_STATEMENTS } from '../sql';

const ID = '0027-orders-on-demand';
/** What every message pays for. */
const KEPT = [
  'list_rows_attachments_date',
  'list_rows_date',
  'list_rows_labels',
  'list_rows_starred_date',
  'list_rows_thread',
  'list_rows_unread_date',
];

/** A list of 40 rows, each with its own mix of marks. */
function before(): Database.Database {
  const db = new Database(':memory:');
  migrate(
    db,
    1,
    () => undefined,
    MIGRATIONS.filter((migration) => migration.id < ID),
  );
  const put = db.prepare(
    `INSERT INTO list_rows (list_id, item_id, thread_id, message_id, latest_at, sender_key, subject_key, size, unread,
       starred, message_count, unread_count, list_messages, list_unread, marks, labels)
     VALUES (5, @item, @item, @item, @at, 'a', 'b', 1, @unread, @starred, 1, @unread, 1, @unread, @marks, '')`,
  );
  for (let item = 1; item <= 40; item++)
    put.run({ item, at: item * 7, unread: item % 2, starred: item % 3 === 0 ? 1 : 0, marks: (item % 4) * 4 });
  return db;
}

test('0027-orders-on-demand keeps every row and leaves the indexes by date, each with the rows of its filter', () => {
  const db = before();
  const rows = () => db.prepare('SELECT * FROM list_rows ORDER BY item_id').all();
  const were = rows();
  let backups = 0;
  expect(migrate(db, 2, () => backups++)).toContain(ID);
  expect(backups).toBe(1);
  expect(rows()).toEqual(were);
  const indexes = db.prepare(
    "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'list_rows' AND sql IS NOT NULL ORDER BY name",
  );
  expect(indexes.pluck().all()).toEqual(KEPT);
  for (const [index, filter] of [
    ['unread', 'unread = 1'],
    ['starred', 'starred = 1'],
    ['attachments', 'marks & 8 <> 0'],
  ]) {
    const count = (from: string) =>
      db.prepare(`SELECT count(*) FROM ${from} WHERE list_id = 5 AND ${filter}`).pluck().get();
    expect(count(`list_rows INDEXED BY list_rows_${index}_date`)).toBe(count('list_rows AS r'));
  }
  expect(db.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  db.close();
});

test('pages by date, with each filter, and pages of an order that is laid out come from one index alone', () => {
  const db = before();
  migrate(db, 2, () => undefined);
  const plans = (pattern: RegExp) =>
    READ_STATEMENTS.filter((text) => pattern.test(text)).map((text) =>
      db
        .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${text}`)
        .all(...Array.from(text.matchAll(/\?/g), () => 1))
        .map(({ detail }) => detail)
        .join(),
    );
  const byDate = plans(
    /FROM list_rows INDEXED BY list_rows_(\w+_)?date WHERE list_id = \+\?.* (LIMIT|AND \()/,
  );
  expect(byDate.length).toBeGreaterThanOrEqual(24);
  // Deep pages pass many entries: none of them may be looked up.
  for (const plan of byDate) expect(plan).toMatch(/SEARCH list_rows USING COVERING INDEX list_rows_\w*date/);
  const laidOut = plans(/FROM order_rows WHERE order_id = \+\?.* (LIMIT|AND \()/);
  expect(laidOut).toHaveLength(6);
  for (const plan of laidOut) {
    expect(plan).toMatch(/SEARCH order_rows USING (COVERING INDEX|PRIMARY KEY)/);
    expect(plan).not.toMatch(/TEMP B-TREE|SCAN (?!k)/);
  }
  db.close();
});

test('an order that is not laid out is sorted from the rows of its list alone, or of those that match its filter', () => {
  const db = before();
  migrate(db, 2, () => undefined);
  const sorted = READ_STATEMENTS.filter((text) => text.includes('FROM list_rows AS unsorted'));
  // Five orders, four filters, two directions: a page by offset, one behind a row, the place of a row; of some with filters.
  expect(sorted).toHaveLength(5 * 4 * 2 * 3 + 5 * 3 * 2);
  for (const text of sorted) {
    const plan = db
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${text}`)
      .all(...Array.from(text.matchAll(/\?/g), () => 1));
    const reading = plan.map(({ detail }) => detail).filter((detail) => /unsorted/.test(detail));
    expect(reading).toHaveLength(1);
    const index = /unsorted INDEXED BY (\w+)/.exec(text)?.[1];
    expect(reading[0]?.replace('COVERING ', '')).toContain(
      index
        ? `SEARCH unsorted USING INDEX ${index} (list_id=?`
        : 'SEARCH unsorted USING PRIMARY KEY (list_id=?',
    );
  }
  db.close();
});

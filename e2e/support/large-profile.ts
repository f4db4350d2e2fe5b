import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Copies are this far apart, so that half a million conversations span some years. */
const APART_MS = 12 * 3_600_000;
/** Tables whose rows are copied, with the columns that differ in each copy. */
const COPIED: readonly (readonly [table: string, of: string, changed: Readonly<Record<string, Change>>])[] = [
  ['threads', 'id IN picked', { id: 'shift' }],
  [
    'messages',
    'thread_id IN picked',
    {
      id: 'shift',
      thread_id: 'shift',
      received_at: 'older',
      date: 'older',
      identity: 'NULL',
      body_state: "'none'",
    },
  ],
  ['placements', 'message_id IN picked_messages', { id: 'NULL', message_id: 'shift', uid: 'shift' }],
  ['memberships', 'message_id IN picked_messages', { message_id: 'shift', received_at: 'older' }],
  [
    'list_rows',
    'thread_id IN picked',
    { item_id: 'shift', thread_id: 'shift', message_id: 'shift', latest_at: 'older' },
  ],
];
/** What the index of the search holds of messages without a text; nothing is left to be filled in. */
const INDEX = `
  INSERT OR IGNORE INTO search_docs (rowid, message_id, account_id, state)
    SELECT received_at / 1000 * 1048576 + id % 1048576, id, account_id, 0 FROM messages
    WHERE id NOT IN (SELECT message_id FROM search_docs) ORDER BY received_at;
  INSERT INTO search_words (rowid, subject, author, addressee, copied, blind, body, files, list)
    SELECT d.rowid, lower(m.subject), lower(m.from_name || ' ' || m.from_address), '', '', '', lower(m.snippet), '', ''
    FROM search_docs d CROSS JOIN messages m ON m.id = d.message_id WHERE d.state = 0 ORDER BY d.rowid;
  INSERT OR REPLACE INTO search_state (id, seq, fill_below) SELECT 1, max(seq), 0 FROM change_log;
  UPDATE mailboxes SET indexed_count = stored_count`;
type Change = 'shift' | 'older' | 'NULL' | "'none'";

/**
 * Makes the archive of a sample profile `rows` conversations long: those that lie there alone are copied under other
 * ids and times, with their rows in every list, in the tables and indexes of the store. The copies have no bodies.
 * Some seconds for half a million, where storing as many messages one by one takes minutes. A search finds them by
 * subject, sender and how they begin. Nobody may have the profile open. Answers how many conversations the archive now has.
 */
export function lengthenArchive(profileDir: string, rows: number): number {
  const db = new Database(join(profileDir, 'homeport.sqlite'));
  try {
    db.pragma('foreign_keys = OFF');
    db.pragma('synchronous = OFF');
    db.pragma('cache_size = -200000');
    const first = <T>(sql: string) => db.prepare<[], T>(sql).get() as T;
    const archive = first<{ id: number }>("SELECT id FROM mailboxes WHERE role = 'archive'").id;
    db.exec(`
      CREATE TEMP TABLE picked AS SELECT m.thread_id FROM messages m JOIN memberships s ON s.message_id = m.id
        GROUP BY m.thread_id HAVING min(s.mailbox_id) = ${archive} AND max(s.mailbox_id) = ${archive};
      CREATE TEMP TABLE picked_messages AS SELECT id FROM messages WHERE thread_id IN picked`);
    const here = first<{ n: number }>('SELECT count(*) AS n FROM picked').n;
    const { last } = first<{ last: number }>('SELECT max(max(id), max(thread_id)) AS last FROM messages');
    const copies = Math.ceil(rows / here) - 1;
    db.exec(`CREATE TEMP TABLE copies AS
      WITH RECURSIVE c (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM c WHERE k < ${copies}) SELECT k FROM c`);
    const values: Record<Change, (column: string) => string> = {
      shift: (column) => `x.${column} + c.k * ${last + 1}`,
      older: (column) => `x.${column} - c.k * ${APART_MS}`,
      NULL: () => 'NULL',
      "'none'": () => "'none'",
    };
    const tables = COPIED.map(([table]) => `'${table}'`).join();
    const indexes = db
      .prepare<[], { name: string; sql: string }>(
        `SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN (${tables})`,
      )
      .all();
    db.transaction(() => {
      // Made again at the end, sorted: a third of the time.
      for (const { name } of indexes) db.exec(`DROP INDEX ${name}`);
      for (const [table, of, changed] of COPIED) {
        const columns = db
          .prepare<[], { name: string }>(`SELECT name FROM pragma_table_info('${table}')`)
          .all()
          .map(({ name }) => name);
        const selected = columns.map((name) => {
          const change = changed[name];
          return change ? values[change](name) : `x.${name}`;
        });
        db.exec(`INSERT INTO ${table} (${columns}) SELECT ${selected}
          FROM (SELECT * FROM ${table} WHERE ${of}) x CROSS JOIN copies c ORDER BY c.k`);
      }
      for (const { sql } of indexes) db.exec(sql);
      db.exec(`
        UPDATE lists SET (rows, unread_rows, messages, unread_messages, starred_rows, attachment_rows) =
          (SELECT count(*), sum(unread), sum(list_messages), sum(list_unread), sum(starred), sum(marks & 8 <> 0)
           FROM list_rows r WHERE r.list_id = lists.list_id);
        UPDATE mailboxes SET stored_count = (SELECT count(*) FROM placements p WHERE p.mailbox_id = mailboxes.id)`);
      db.exec(INDEX);
    })();
    db.pragma('wal_checkpoint(TRUNCATE)');
    return first<{ n: number }>(`SELECT count(*) AS n FROM list_rows WHERE list_id = ${archive}`).n;
  } finally {
    db.close();
  }
}

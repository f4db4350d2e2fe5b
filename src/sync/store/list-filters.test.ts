import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, observe, observed } from '../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../test/fakes/open-test-store';
import { FLAGGED, SEEN } from '../../shared/domain';
import { migrate } from './migrate';
import './read/list-page';
import { recount } from './recount';
import { READ_STATEMENTS } from './sql';

let opened: TestStore;
beforeEach(() => {
  opened = openTestStore();
});
afterEach(() => opened.remove());

test('migration 0004 counts the rows of lists as they were and lets every page of a filtered list come from its index alone', () => {
  const { store } = opened;
  const account = addAccount(store);
  observe(store, account.inbox, {
    insert: Array.from({ length: 30 }, (_, at) =>
      observed(at + 1, {
        identity: `i${at}`,
        hasAttachment: at % 5 === 0,
        keywords: [...(at % 3 === 0 ? [SEEN] : []), ...(at % 4 === 0 ? [FLAGGED] : [])].sort(),
        headers: { messageId: `m${at}@x`, subject: `No ${at}` },
      }),
    ),
  });
  const counters = () => store.read.prepare('SELECT * FROM lists ORDER BY list_id').all();
  const before = counters();
  expect(before).toContainEqual(expect.objectContaining({ rows: 30, starred_rows: 8, attachment_rows: 6 }));

  // As a database of the version before was.
  const indexes = store.write
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'index' AND name GLOB 'list_rows_*_*'")
    .pluck()
    .all();
  expect(indexes).toHaveLength(14);
  for (const name of indexes) store.write.exec(`DROP INDEX ${name}`);
  store.write.exec(`ALTER TABLE lists DROP COLUMN starred_rows; ALTER TABLE lists DROP COLUMN attachment_rows;
    DELETE FROM schema_migrations WHERE id = '0004-list-filters'`);
  expect(migrate(store.write, 1, () => undefined)).toEqual(['0004-list-filters']);
  expect(counters()).toEqual(before);
  expect(recount(store.read)).toEqual([]);

  const pages = READ_STATEMENTS.filter((text) =>
    /INDEXED BY list_rows_(unread|starred|attachments)_/.test(text),
  );
  expect(pages.length).toBeGreaterThan(80);
  for (const text of pages) {
    const plan = store.read
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${text}`)
      .all(...Array.from(text.matchAll(/\?/g), () => 1));
    // Deep pages pass many entries: none of them may be looked up.
    expect(plan.map(({ detail }) => detail).join()).toMatch(/SEARCH list_rows USING COVERING INDEX/);
  }
});

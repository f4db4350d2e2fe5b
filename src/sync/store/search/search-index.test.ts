import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { addAccount, observe, observed } from '../../../../test/fakes/observed-facts';
import { openTestStore } from '../../../../test/fakes/open-test-store';
import { indexEverything } from '../../../../test/fakes/searchable-store';
import { readableText } from '../../mime/readable-text';
import { MIGRATIONS, migrate } from '../migrate';
import { readDoc } from './docs';
import { feedSome, feedState, nextStep } from './feed';

test('0020-search-index leaves old rows as they are, says that nothing is in the index, and knows rare filters', () => {
  const db = new Database(':memory:');
  migrate(
    db,
    1,
    () => undefined,
    MIGRATIONS.filter(({ id }) => id < '0020'),
  );
  db.exec(`INSERT INTO accounts (id, protocol, name, email, hue, position, state, created_at)
      VALUES (1, 'local', 'A', 'a@example.org', 0, 0, 'ok', 1);
    INSERT INTO mailboxes (id, account_id, path, name, selectable, subscribed, namespace, stored_count, body_count)
      VALUES (1, 1, 'INBOX', 'INBOX', 1, 1, 'personal', 3, 1);`);
  const message = db.prepare(
    `INSERT INTO messages (id, account_id, thread_id, subject, base_subject, subject_hash, loose_reply, from_name,
       from_address, headers_json, received_at, date, size, snippet, keywords, has_attachment, parts_json, body_state)
     VALUES (?, 1, 1, 'x', 'x', 0, 0, '', '', '{}', ?, 1, 1, '', ?, 0, '[]', 'none')`,
  );
  message.run(1, 10, '$seen');
  message.run(2, 20, '');
  message.run(3, 30, '$flagged $seen');
  migrate(db, 2, () => undefined);
  expect(db.prepare('SELECT stored_count, indexed_count, indexed_bodies FROM mailboxes').raw().get()).toEqual(
    [3, 0, 0],
  );
  expect(db.prepare('SELECT count(*) FROM search_docs').pluck().get()).toBe(0);
  const unread = "SELECT id FROM messages INDEXED BY messages_unread WHERE instr(keywords, '$seen') = 0";
  const marked =
    "SELECT id FROM messages INDEXED BY messages_marked WHERE keywords <> '' AND keywords <> '$seen'";
  expect(db.prepare(unread).pluck().all()).toEqual([2]);
  expect(db.prepare(marked).pluck().all()).toEqual([3]);
  db.close();
});

test('what was there before the index is filled in from the newest down, and goes on where it was stopped', () => {
  const opened = openTestStore();
  try {
    const { store } = opened;
    const { inbox } = addAccount(store);
    observe(store, inbox, { insert: Array.from({ length: 5 }, (_, at) => observed(at + 1)) });
    const step = (seen: number) => nextStep(store.read, seen);
    const one = () => store.writeTx('server', (tx) => feedSome(tx, step(0), 0, readableText, () => true));
    expect(step(0).items.map(({ messageId }) => messageId)).toEqual([5, 4, 3, 2, 1, 0]);
    one();
    one();
    expect(feedState(store.read)?.fillBelow).toBe(4);
    // What comes meanwhile is first.
    observe(store, inbox, { insert: [observed(6)] });
    expect(step(0).items.map(({ messageId }) => messageId)).toEqual([6]);
    one();
    expect(step(0).items.map(({ messageId }) => messageId)).toEqual([3, 2, 1, 0]);
    for (let turn = 0; turn < 4; turn++) one();
    expect(feedState(store.read)?.fillBelow).toBe(0);
    expect(step(0).items).toEqual([]);
  } finally {
    opened.remove();
  }
});

test('a long log of marks is looked through a page at a time, and what the index lacks behind them is found', () => {
  const { store, remove } = openTestStore();
  try {
    const { inbox } = addAccount(store);
    observe(store, inbox, { insert: Array.from({ length: 700 }, (_, at) => observed(at + 1)) });
    indexEverything(store);
    const marks = (keywords: string[]) =>
      Array.from({ length: 700 }, (_, at) => ({ uid: at + 1, keywords, modseq: null }));
    for (const keywords of [['\\Flagged'], []]) observe(store, inbox, { flags: marks(keywords) });
    observe(store, inbox, { insert: [observed(701)] });
    const sizes: number[] = [];
    for (let seen = 0; sizes.at(-1) !== 1 && sizes.length < 10; ) {
      const step = nextStep(store.read, seen);
      seen = step.seen;
      sizes.push(step.items.length);
      expect(step.end).toBe(false);
    }
    expect(sizes).toEqual([0, 0, 1]);
    indexEverything(store);
    expect(readDoc(store.read, 701)).not.toBeNull();
    expect(nextStep(store.read, 0).items).toEqual([]);
  } finally {
    remove();
  }
});

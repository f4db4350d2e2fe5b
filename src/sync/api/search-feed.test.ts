import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, observe, observed, type TestAccount } from '../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../test/fakes/open-test-store';
import { findPage } from '../../../test/fakes/searchable-store';
import { currentSeq } from '../store/read/panels';
import { type SearchFeed, startSearchFeed } from './search-feed';

let opened: TestStore;
let account: TestAccount;
let feed: SearchFeed;
let busy = false;
const warnings: string[] = [];
beforeEach(() => {
  opened = openTestStore();
  account = addAccount(opened.store);
  busy = false;
  warnings.length = 0;
  const warn = (event: string): void => {
    warnings.push(event);
  };
  const logger = { debug() {}, info() {}, warn, error: warn };
  feed = startSearchFeed(opened.store, { clock: opened.clock, logger }, () => busy);
});
afterEach(async () => {
  await feed.stop();
  opened.remove();
});

/** Lets `ms` go by in small pieces, so that promises and timers interleave as they would. */
async function pass(ms: number): Promise<void> {
  for (let gone = 0; gone < ms; gone += 20) {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    opened.clock.advance(20);
  }
}

function put(count: number, from = 1): void {
  const insert = Array.from({ length: count }, (_, at) =>
    observed(from + at, { headers: { subject: `word${from + at} common` } }),
  );
  observe(opened.store, account.inbox, { insert });
}

const hits = (query: string): number => findPage(opened.store, query, opened.clock.now()).rows.length;

test('what comes in is found a moment later, and nothing is written while nothing comes in', async () => {
  put(30);
  await pass(2_000);
  expect(hits('common')).toBe(30);
  const seq = currentSeq(opened.store.read);
  await pass(10_000);
  expect(currentSeq(opened.store.read)).toBe(seq);
  put(1, 40);
  await pass(2_000);
  expect(hits('word40')).toBe(1);
});

test('who asks for it waits until all is in the index, and no longer', async () => {
  put(20);
  let done = false;
  void feed.caughtUp().then(() => {
    done = true;
  });
  await pass(400);
  expect(done).toBe(true);
  expect(hits('common')).toBe(20);
});

test('SYNC-372 the nightly look finds what was lost and writes it again, a thirtieth of all in a night', async () => {
  put(60);
  await pass(2_000);
  opened.store.write.exec(
    'DELETE FROM search_words WHERE rowid IN (SELECT rowid FROM search_docs WHERE message_id <= 4)',
  );
  expect(hits('common')).toBe(56);
  const day = 24 * 60 * 60_000;
  const first = feed.checkSlice(0);
  await pass(1_000);
  await first;
  // Two messages are a thirtieth.
  expect(hits('common')).toBe(58);
  expect(warnings).toEqual(['search.mended']);
  for (let night = 1; night < 30; night++) {
    const checked = feed.checkSlice(night * day);
    await pass(100);
    await checked;
  }
  expect(hits('common')).toBe(60);
  expect(opened.store.read.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all()).toEqual(
    [],
  );
});

test('while headers are loaded the index takes a turn now and then', async () => {
  put(1);
  await pass(2_000);
  for (const wait of [false, true]) {
    busy = wait;
    const before = hits('common');
    put(1, wait ? 20 : 10);
    await pass(600);
    expect(hits('common')).toBe(before + 1);
    put(1, wait ? 21 : 11);
    await pass(600);
    expect(hits('common')).toBe(before + (wait ? 1 : 2));
    await pass(3_000);
    expect(hits('common')).toBe(before + 2);
  }
});

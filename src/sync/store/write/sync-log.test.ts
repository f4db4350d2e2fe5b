import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, type TestAccount } from '../../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../../test/fakes/open-test-store';
import { finishLog, pruneSyncLog, startLog } from './sync-log';

let opened: TestStore;
let account: TestAccount;
beforeEach(() => {
  opened = openTestStore();
  account = addAccount(opened.store);
});
afterEach(() => opened.remove());

const HOUR = 3_600_000;

function cycle(over: { added?: number; trigger?: 'poll' | 'user'; result?: 'ok' | 'error' } = {}): void {
  const { added = 0, trigger = 'poll', result = 'ok' } = over;
  opened.store.writeTx('server', (tx) => {
    const id = startLog(tx, { accountId: account.accountId, kind: 'pull', mailbox: null, trigger });
    finishLog(tx, id, { result, added, finishedAt: tx.nowMs });
  });
}
const rows = (): unknown[] =>
  opened.store.read.prepare('SELECT added, cause, result, folded FROM sync_log ORDER BY id').raw().all();
const count = (): unknown => opened.store.read.prepare('SELECT count(*) FROM sync_log').pluck().get();
function prune(): void {
  while (opened.store.writeTx('server', pruneSyncLog) === 'more');
}

test('SYNC-312 the log keeps 30 days or 50,000 rows, and quiet polls of an hour are one', () => {
  for (let poll = 0; poll < 3; poll++) cycle();
  cycle({ added: 3 });
  cycle();
  cycle();
  cycle({ result: 'error' });
  cycle({ trigger: 'user' });
  opened.clock.advance(HOUR);
  cycle();
  cycle();
  expect(rows()).toEqual([
    [0, 'poll', 'ok', 2],
    [3, 'poll', 'ok', 0],
    [0, 'poll', 'ok', 1],
    [0, 'poll', 'error', 0],
    [0, 'user', 'ok', 0],
    [0, 'poll', 'ok', 1],
  ]);

  opened.clock.advance(30 * 24 * HOUR - HOUR - 1);
  prune();
  expect(count()).toBe(6);
  opened.clock.advance(2);
  prune();
  expect(count()).toBe(1);

  const insert = opened.store.write.prepare(
    "INSERT INTO sync_log (account_id, kind, cause, started_at, result) VALUES (?, 'pull', 'poll', ?, 'ok')",
  );
  opened.store.write.transaction(() => {
    for (let at = 0; at < 52_500; at++) insert.run(account.accountId, opened.clock.now());
  })();
  prune();
  expect(count()).toBe(50_000);
});

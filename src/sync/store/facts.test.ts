import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  addAccount,
  checkpoint,
  observe,
  observed,
  type TestAccount,
} from '../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../test/fakes/open-test-store';
import type { MessageId } from '../../shared/domain';
import type { BodyFacts } from '../../shared/observation';
import { readBlob, sweepBlobFiles } from './blobs';
import { packMessage } from './pack-message';
import { getBody } from './read/bodies';
import { getCheckpoint } from './read/checkpoints';
import { getMailbox } from './read/mailboxes';
import { bodyState, mailboxesOf } from './read/messages';
import { missingBodies } from './read/missing-bodies';
import { knownUids, placementsOf } from './read/placements';
import { recount } from './recount';
import { applyObservations } from './write/apply-observations';
import { sweepOrphans } from './write/orphans';
import { removeAccountChunk } from './write/remove-account';
import { markBodyGone, storeBodies } from './write/store-bodies';

let opened: TestStore;
let account: TestAccount;
beforeEach(() => {
  opened = openTestStore();
  account = addAccount(opened.store);
});
afterEach(() => {
  expect(recount(opened.store.read)).toEqual([]);
  opened.remove();
});

const one = (identity: string, uid = 1, keywords: string[] = []) => observed(uid, { identity, keywords });
const counters = (listId: number) =>
  opened.store.read.prepare('SELECT rows, unread_messages FROM lists WHERE list_id = ?').raw().get(listId);

test('equal identity in two mailboxes is one message with two memberships', () => {
  const [id] = observe(opened.store, account.inbox, { insert: [one('a')] }).added as [MessageId];
  expect(observe(opened.store, account.work, { insert: [one('a', 7)] }).added).toEqual([]);
  expect(mailboxesOf(opened.store.read, id)).toEqual([account.inbox, account.work]);
});

test('without identity, and with another identity, messages stay two', () => {
  const insert = [observed(1), observed(2), one('x', 3), one('y', 4)];
  expect(observe(opened.store, account.inbox, { insert }).added).toHaveLength(4);
});

test('storing the same facts twice changes nothing', () => {
  observe(opened.store, account.inbox, { insert: [one('a', 1, ['$seen'])] });
  expect(observe(opened.store, account.inbox, { insert: [one('a', 1, ['$seen'])] })).toEqual({
    added: [],
    changed: 0,
    removed: 0,
  });
});

test('SYNC-089 SYNC-090 what vanishes is unlisted at once and deleted after 15 minutes, unless it turns up elsewhere', () => {
  const [a, b] = observe(opened.store, account.inbox, { insert: [one('a', 1), one('b', 2)] }).added as [
    MessageId,
    MessageId,
  ];
  observe(opened.store, account.inbox, { remove: [[1, 4_294_967_295]] });
  expect(counters(account.inbox)).toEqual([0, 0]);
  observe(opened.store, account.work, { insert: [one('a', 9)] });
  opened.clock.advance(14 * 60_000);
  const sweep = () => opened.store.writeTx('server', (tx) => sweepOrphans(tx, account.accountId, tx.nowMs));
  sweep();
  expect(bodyState(opened.store.read, b)).not.toBeNull();
  opened.clock.advance(60_000);
  sweep();
  expect(mailboxesOf(opened.store.read, a)).toEqual([account.work]);
  expect(bodyState(opened.store.read, b)).toBeNull();
});

test('a copy marked \\Deleted is neither shown nor counted', () => {
  observe(opened.store, account.inbox, { insert: [one('a', 1, ['$deleted']), one('b', 2)] });
  expect(counters(account.inbox)).toEqual([1, 1]);
  observe(opened.store, account.inbox, {
    flags: [
      { uid: 2, keywords: ['$deleted'], modseq: null },
      { uid: 1, keywords: [], modseq: null },
    ],
  });
  expect(counters(account.inbox)).toEqual([1, 1]);
});

test('a new UIDVALIDITY keeps ids, bodies and threads of what is found again and drops the rest after a complete pass', () => {
  const [a, b] = observe(opened.store, account.inbox, { insert: [one('a', 1), one('b', 2)] }).added as [
    MessageId,
    MessageId,
  ];
  const apply = (insert: ReturnType<typeof one>[], complete: boolean) =>
    opened.store.writeTx('server', (tx) =>
      applyObservations(
        tx,
        account.inbox,
        {
          uidValidity: '2',
          newValidity: '2',
          insert: insert.map(packMessage),
          flags: [],
          remove: [],
          dropUnverified: complete,
          checkpoint: complete ? checkpoint('2') : null,
        },
        tx.nowMs,
      ),
    );
  // The same number now means another message.
  expect(apply([one('c', 1)], false).added).toHaveLength(1);
  expect(getCheckpoint(opened.store.read, account.inbox)?.uidValidity).toBe('1');
  expect(mailboxesOf(opened.store.read, a)).toEqual([account.inbox]);
  expect(knownUids(opened.store.read, account.inbox)).toEqual([[1, 1]]);
  apply([one('a', 2)], true);
  expect(placementsOf(opened.store.read, a)).toMatchObject([{ uid: 2, uidValidity: '2', verified: true }]);
  expect(mailboxesOf(opened.store.read, b)).toEqual([]);
  expect(getCheckpoint(opened.store.read, account.inbox)?.uidValidity).toBe('2');
});

const body = (facts: Partial<BodyFacts> = {}): BodyFacts => ({
  text: 'Hello '.repeat(500),
  html: null,
  snippet: 'Hello',
  truncated: false,
  protection: 'none',
  charset: 'utf-8',
  attachments: [],
  source: null,
  ...facts,
});

test('SYNC-340 content is stored once, compressed when that pays, whoever has it', () => {
  const [a, b] = observe(opened.store, account.inbox, { insert: [one('a', 1), one('b', 2)] }).added as [
    MessageId,
    MessageId,
  ];
  const source = Buffer.from('line\r\n'.repeat(50_000));
  opened.store.writeTx('server', (tx) =>
    storeBodies(
      tx,
      [a, b].map((messageId) => ({ messageId, body: body({ source }) })),
    ),
  );
  const blobs = opened.store.read
    .prepare<[], { hash: string; size: number; encoding: string; data: null }>('SELECT * FROM blobs')
    .all();
  expect(blobs).toMatchObject([{ size: source.length, encoding: 'deflate', data: null }]);
  expect(readBlob(opened.store.read, opened.store.blobFiles, blobs[0]?.hash ?? '')?.equals(source)).toBe(
    true,
  );
  expect(getBody(opened.store.read, a)?.text).toBe('Hello '.repeat(500));
  expect(getMailbox(opened.store.read, account.inbox)?.bodyCount).toBe(2);
});

test('the sweep removes files no row names and keeps the others', () => {
  const [a] = observe(opened.store, account.inbox, { insert: [one('a')] }).added as [MessageId];
  opened.store.writeTx('server', (tx) =>
    storeBodies(tx, [{ messageId: a, body: body({ source: Buffer.alloc(100_000, 'x') }) }]),
  );
  opened.store.blobFiles.write('ab'.repeat(32), Buffer.from('left over'));
  expect(sweepBlobFiles(opened.store.read, opened.store.blobFiles)).toBe(1);
  expect(sweepBlobFiles(opened.store.read, opened.store.blobFiles)).toBe(0);
});

test('a body row exists only with content; gone and missing ones have none', () => {
  const [a, b] = observe(opened.store, account.inbox, { insert: [one('a', 1), one('b', 2)] }).added as [
    MessageId,
    MessageId,
  ];
  opened.store.writeTx('server', (tx) => markBodyGone(tx, a));
  expect(opened.store.read.prepare('SELECT count(*) FROM bodies').pluck().get()).toBe(0);
  expect(
    missingBodies(opened.store.read, account.accountId, 'none', { after: null, limit: 10, nowMs: 0 })
      .messages,
  ).toMatchObject([{ messageId: b, uid: 2, uidValidity: '1' }]);
});

test('an account is removed in chunks and leaves nothing behind', () => {
  observe(opened.store, account.inbox, {
    insert: Array.from({ length: 25 }, (_, at) => one(`${at}`, at + 1)),
  });
  let chunks = 0;
  while (!opened.store.writeTx('user', (tx) => removeAccountChunk(tx, account.accountId, 10))) chunks++;
  expect(chunks).toBeGreaterThan(3);
  for (const table of [
    'accounts',
    'mailboxes',
    'messages',
    'placements',
    'memberships',
    'threads',
    'thread_ids',
    'list_rows',
  ])
    expect([table, opened.store.read.prepare(`SELECT count(*) FROM ${table}`).pluck().get()]).toEqual([
      table,
      0,
    ]);
});

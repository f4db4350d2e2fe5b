import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, observe, observed, type TestAccount } from '../../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../../test/fakes/open-test-store';
import type { HeaderFacts } from '../../../shared/observation';
import { parseHeaderBlock } from '../../mime/parse-header-block';
import { recount } from '../recount';

let opened: TestStore;
let account: TestAccount;
let uid = 0;
beforeEach(() => {
  opened = openTestStore();
  account = addAccount(opened.store);
  uid = 0;
});
afterEach(() => {
  expect(recount(opened.store.read)).toEqual([]);
  opened.remove();
});

/** Stores messages in one batch; answers their local ids. */
function arrive(headers: readonly Partial<HeaderFacts>[], mailboxId = account.inbox): number[] {
  const insert = headers.map((facts) => {
    uid += 1;
    return observed(uid, { identity: `m${uid}`, size: 100 + uid, headers: { subject: 'Plans', ...facts } });
  });
  return observe(opened.store, mailboxId, { insert }).added;
}
const threadOf = (id: number | undefined): unknown =>
  opened.store.read.prepare('SELECT thread_id FROM messages WHERE id = ?').pluck().get(id);
const together = (...ids: (number | undefined)[]): boolean => new Set(ids.map(threadOf)).size === 1;

test('SYNC-323 a message joins what In-Reply-To, References from the end, or its own ghost names; the first and the last 99 count', () => {
  const [root, middle, near] = arrive([
    { messageId: 'r1@x' },
    { messageId: 'r50@x', subject: 'Middle' },
    { messageId: 'r150@x', subject: 'Near' },
  ]);
  const parsed = (lines: string): Partial<HeaderFacts> => parseHeaderBlock(Buffer.from(`${lines}\r\n\r\n`));
  const references = Array.from({ length: 150 }, (_, at) => `<r${at + 1}@x>`).join('\r\n\t');
  const reply = (subject: string): number | undefined =>
    arrive([
      parsed(`Subject: Re: ${subject}\r\nMessage-ID: <to-${subject}@x>\r\nReferences: ${references}`),
    ])[0];
  expect(together(reply('Plans'), root)).toBe(true);
  expect(together(reply('Near'), near)).toBe(true);
  // Number 50 of 150 is neither the first nor one of the last 99.
  expect(together(reply('Middle'), middle)).toBe(false);

  const [answered] = arrive([parsed('Subject: Re: Near\r\nMessage-ID: <n1@x>\r\nIn-Reply-To: <r150@x>')]);
  expect(together(answered, near)).toBe(true);

  // Its own id was named before it came: it was a ghost.
  const [early] = arrive([{ messageId: 'late-child@x', subject: 'Ghost', inReplyTo: ['ghost@x'] }]);
  const [ghost] = arrive([{ messageId: 'ghost@x', subject: 'Ghost' }]);
  expect(together(early, ghost)).toBe(true);

  // Of any length and shape, without folding and comments.
  const long = `${'x'.repeat(1_200)}@example.org`;
  const odd = [
    ['<no at sign>', 'noatsign'],
    [`<${long}>`, long],
    [`(a comment)\r\n <fold\r\n ed@x> (another)`, 'folded@x'],
  ];
  for (const [at, [written, id]] of odd.entries()) {
    const subject = `Odd ${at}`;
    const [parent] = arrive([{ messageId: id ?? '', subject }]);
    const [child] = arrive([
      parsed(`Subject: ${subject}\r\nMessage-ID: <odd${at}@x>\r\nIn-Reply-To: ${written}`),
    ]);
    expect([written?.slice(0, 20), together(parent, child)]).toEqual([written?.slice(0, 20), true]);
  }
});

test('SYNC-327 a merge of threads is a change of each message and nothing else for devices', () => {
  const [first] = arrive([{ messageId: 'a@x', references: ['r@x'] }]);
  const [second, third] = arrive([
    { messageId: 'b@x', references: ['s@x'] },
    { messageId: 'c@x', references: ['s@x'] },
  ]);
  const [filed] = arrive([{ messageId: 'd@x', references: ['s@x'] }], account.work);
  const seq = opened.store.read.prepare('SELECT max(seq) FROM change_log').pluck().get();
  const [last] = arrive([{ messageId: 'e@x', references: ['r@x', 's@x'] }]);
  expect(together(first, second, third, filed, last)).toBe(true);
  const told = opened.store.read
    .prepare(
      'SELECT collection, item, op FROM change_log WHERE seq > ? AND collection IN (?, ?) ORDER BY collection, item',
    )
    .raw()
    .all(seq, account.inbox, account.work);
  expect(told).toEqual([
    [account.inbox, second, 'change'],
    [account.inbox, third, 'change'],
    [account.inbox, last, 'add'],
    [account.work, filed, 'change'],
  ]);
});

test('SYNC-328 a thread ends at 2,000 messages, knots do no harm, and the id of a robot links nothing', () => {
  const chain = Array.from({ length: 2_100 }, (_, at) => ({ messageId: `l${at}@x`, references: ['l0@x'] }));
  arrive(chain);
  const sizes = opened.store.read
    .prepare('SELECT count(*) FROM messages GROUP BY thread_id ORDER BY thread_id')
    .pluck()
    .all();
  expect(sizes).toEqual([2_000, 100]);

  const knot = arrive([
    { messageId: 'self@x', subject: 'Knot', references: ['self@x'], inReplyTo: ['self@x'] },
    { messageId: 'one@x', subject: 'Knot', references: ['two@x'] },
    { messageId: 'two@x', subject: 'Knot', references: ['one@x', 'self@x'] },
    { messageId: 'two@x', subject: 'Knot' },
  ]);
  expect(together(...knot)).toBe(true);

  const robots = arrive(
    Array.from({ length: 8 }, () => ({ messageId: 'robot@x', subject: 'Your daily report' })),
  );
  const threads = new Set(robots.map(threadOf));
  // From the fourth copy on the id is known to be a robot's.
  expect(threads.size).toBeGreaterThanOrEqual(6);
});

test('SYNC-382 unread conversations are counted by the rule of JMAP, trash apart, and equal what opening shows', () => {
  const thread = { references: ['r@x'] };
  arrive([{ messageId: 'read in inbox', ...thread }]);
  observe(opened.store, account.inbox, { flags: [{ uid: 1, keywords: ['$seen'], modseq: null }] });
  arrive([{ messageId: 'unread in work', ...thread }], account.work);
  arrive([{ messageId: 'unread alone', subject: 'Other' }]);
  // Unread only in the trash: not unread anywhere else.
  const half = { references: ['h@x'], subject: 'Half' };
  arrive([{ messageId: 'half read', ...half }]);
  observe(opened.store, account.inbox, { flags: [{ uid: 4, keywords: ['$seen'], modseq: null }] });
  arrive([{ messageId: 'half thrown away', ...half }], account.trash);
  // Unread only outside of the trash: not unread in it.
  const other = { references: ['o@x'], subject: 'Kept' };
  arrive([{ messageId: 'kept, unread', ...other }]);
  arrive([{ messageId: 'thrown away, read', ...other }], account.trash);
  observe(opened.store, account.trash, { flags: [{ uid: 7, keywords: ['$seen'], modseq: null }] });

  const unread = (listId: number): unknown =>
    opened.store.read.prepare('SELECT unread_rows FROM lists WHERE list_id = ?').pluck().get(listId);
  const shown = (listId: number): unknown =>
    opened.store.read.prepare('SELECT sum(unread) FROM list_rows WHERE list_id = ?').pluck().get(listId);
  // Inbox: the thread with unread mail in Work, the lone one, the kept one; not the half one.
  expect(unread(account.inbox)).toBe(3);
  expect(unread(account.work)).toBe(1);
  expect(unread(account.trash)).toBe(1);
  for (const listId of [account.inbox, account.work, account.trash])
    expect(shown(listId)).toBe(unread(listId));
});

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addAccount, observe, observed, type TestAccount } from '../../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../../test/fakes/open-test-store';
import type { HeaderFacts, ObservedMessage } from '../../../shared/observation';
import { recount } from '../recount';
import { baseSubject } from './base-subject';

let opened: TestStore;
let account: TestAccount;
beforeEach(() => {
  opened = openTestStore();
  account = addAccount(opened.store);
});
afterEach(() => opened.remove());

let uid = 0;
function message(
  id: string,
  facts: Partial<HeaderFacts> = {},
  more: Partial<ObservedMessage> = {},
): ObservedMessage {
  uid += 1;
  return observed(uid, {
    identity: `${id}#${uid}`,
    ...more,
    headers: { messageId: id, subject: 'Plans', ...facts },
  });
}

/** Stores messages of the current account one by one and answers which of them share a thread, by message id. */
function partition(messages: readonly ObservedMessage[]): string[] {
  for (const one of messages) observe(opened.store, account.inbox, { insert: [one] });
  const rows = opened.store.read
    .prepare<[number], { thread_id: number; id: string }>(
      "SELECT thread_id, headers_json ->> 'messageId' AS id FROM messages WHERE account_id = ? ORDER BY id",
    )
    .all(account.accountId);
  const groups = Map.groupBy(rows, (row) => row.thread_id);
  return [...groups.values()]
    .map((group) =>
      group
        .map(({ id }) => id)
        .sort()
        .join(' '),
    )
    .sort();
}

test('SYNC-322 messages meet through the id of one we do not have', () => {
  expect(
    partition([message('b@x', { references: ['a@x'] }), message('c@x', { references: ['a@x'] })]),
  ).toEqual(['b@x c@x']);
});

test('SYNC-324 another subject starts a new thread; bounces and answers without a subject follow what they answer', () => {
  expect(
    partition([
      message('a@x'),
      message('b@x', { subject: 'Re: Plans', references: ['a@x'] }),
      message('c@x', { subject: 'Something else', references: ['a@x'] }),
      message('d@x', { subject: 'Re:', inReplyTo: ['b@x'], references: ['a@x', 'b@x'] }),
      message('e@x', {
        subject: 'Undelivered',
        inReplyTo: ['c@x'],
        contentType: 'multipart/report; report-type=x',
      }),
    ]),
  ).toEqual(['a@x b@x d@x', 'c@x e@x']);
});

test('SYNC-325 an answer without references joins by subject, with a shared participant, within 14 days', () => {
  const day = 86_400_000;
  const start = 1_600_000_000_000;
  const stranger = {
    from: [{ name: '', address: 's@other.org' }],
    to: [{ name: '', address: 't@other.org' }],
  };
  expect(
    partition([
      message('a@x', {}, { receivedAt: start }),
      message('b@x', { subject: 'Re: Plans' }, { receivedAt: start + 13 * day }),
      message('c@x', { subject: 'Plans' }, { receivedAt: start - 20 * day }),
      message('d@x', { subject: 'Re: Plans', ...stranger }, { receivedAt: start + day }),
    ]),
  ).toEqual(['a@x b@x', 'c@x', 'd@x']);
});

test('SYNC-326 a late parent merges threads; the older one survives and everything is rewritten in one transaction', () => {
  partition([message('b@x', { references: ['r@x'] }), message('c@x', { references: ['s@x'] })]);
  const before = opened.store.read.prepare('SELECT min(thread_id) FROM messages').pluck().get();
  const seq = opened.store.read.prepare('SELECT max(seq) FROM change_log').pluck().get();
  expect(partition([message('d@x', { references: ['r@x', 's@x'] })])).toEqual(['b@x c@x d@x']);
  expect(opened.store.read.prepare('SELECT DISTINCT thread_id FROM messages').pluck().all()).toEqual([
    before,
  ]);
  const ops = opened.store.read
    .prepare('SELECT op FROM change_log WHERE seq > ? AND collection = ? ORDER BY item')
    .pluck()
    .all(seq, account.inbox);
  expect(ops).toContain('change');
  expect(ops).not.toContain('remove');
  expect(recount(opened.store.read)).toEqual([]);
});

test('any order of arrival gives the same threads', () => {
  const ids = ['a@x', 'b@x', 'c@x', 'd@x', 'e@x', 'f@x'];
  const one = fc.record({
    parents: fc.subarray(ids, { maxLength: 3 }),
    direct: fc.boolean(),
    subject: fc.constantFrom('Plans', 'Re: Plans', 'Other', 'Re: Other', 'Re:', ''),
    at: fc.nat({ max: 30 }),
  });
  fc.assert(
    fc.property(
      fc.array(one, { minLength: 3, maxLength: 6 }),
      fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
      (facts, keys) => {
        const messages = facts.map(({ parents, direct, subject, at }, index) => {
          const references = parents.filter((id) => id !== ids[index]);
          const inReplyTo = direct ? references.slice(-1) : [];
          return message(
            ids[index] as string,
            { subject, references, inReplyTo },
            { receivedAt: 1_600_000_000_000 + at * 86_400_000 },
          );
        });
        const first = inNewAccount(messages);
        const shuffled = messages
          .map((m, index) => ({ m, key: keys[index] as number }))
          .sort((a, b) => a.key - b.key);
        expect(inNewAccount(shuffled.map(({ m }) => m))).toEqual(first);
        expect(inNewAccount(messages, 'at once')).toEqual(first);
      },
    ),
    { numRuns: 120 },
  );
  expect(recount(opened.store.read)).toEqual([]);
}, 60_000);

function inNewAccount(
  messages: readonly ObservedMessage[],
  how: 'one by one' | 'at once' = 'one by one',
): string[] {
  account = addAccount(opened.store);
  if (how === 'at once') observe(opened.store, account.inbox, { insert: messages });
  return partition(how === 'at once' ? [] : messages);
}

test('cycles, self references and repeated ids do no harm; a robot that reuses its id links nothing', () => {
  expect(
    partition([message('a@x', { references: ['a@x', 'b@x'] }), message('b@x', { references: ['a@x'] })]),
  ).toEqual(['a@x b@x']);
  const robots = Array.from({ length: 6 }, (_, at) => message('robot@x', { subject: `Report ${at}` }));
  const groups = partition(robots).filter((group) => group.includes('robot@x'));
  expect(groups).toHaveLength(6);
});

test('SYNC-321 the server’s own thread ids decide where it has them', () => {
  const alike = { references: ['r@x'] };
  expect(
    partition([
      message('a@x', alike, { remoteThreadId: 't1' }),
      message('b@x', alike, { remoteThreadId: 't2' }),
      message('c@x', { subject: 'Other' }, { remoteThreadId: 't1' }),
    ]),
  ).toEqual(['a@x c@x', 'b@x']);
});

describe('base subject', () => {
  test.each([
    ['Re: Plans', 'plans', true],
    ['RE[2]: Aw: Plans', 'plans', true],
    ['Fwd: [list] Re: Plans', 'plans', true],
    ['Fwd: Plans', 'plans', false],
    ['[list] Plans', 'plans', false],
    ['[important]', '[important]', false],
    ['回复：计划', '计划', true],
    ['Plans (fwd)', 'plans', false],
    ['Regarding: plans', 'regarding: plans', false],
    ['Re:', '', true],
  ])('%s', (subject, base, reply) => {
    expect(baseSubject(subject)).toEqual({ base, reply });
  });
});

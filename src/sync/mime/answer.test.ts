import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Person } from '../../shared/domain';
import { type AnsweredHeaders, type AnswerInput, prepareAnswer } from './answer';
import { answerSubject } from './answer-subject';

const p = (address: string): Person => ({ name: '', address });
const ME = { id: 1, address: 'me@example.org' };
const WORK = { id: 2, address: 'me@work.example' };
const [ann, bob, cid, list] = ['ann', 'bob', 'cid', 'list'].map((name) => p(`${name}@example.net`)) as [
  Person,
  Person,
  Person,
  Person,
];
const me = p(ME.address);

function answer(
  kind: AnswerInput<typeof ME>['kind'],
  headers: Partial<AnsweredHeaders>,
  more: Partial<AnswerInput<typeof ME>> = {},
) {
  const original = {
    subject: 'Plans',
    from: [ann],
    sender: [],
    replyTo: [],
    to: [me],
    cc: [],
    bcc: [],
    messageId: 'm@x',
    inReplyTo: [],
    references: [],
    ...headers,
  };
  return prepareAnswer({ kind, original, identities: [ME, WORK], deliveredTo: [], listPost: null, ...more });
}
const addresses = ({ to, cc }: { to: readonly Person[]; cc: readonly Person[] }) => [
  to.map(({ address }) => address.split('@')[0]),
  cc.map(({ address }) => address.split('@')[0]),
];

describe('recipients', () => {
  test.each<[string, AnswerInput<typeof ME>['kind'], Partial<AnsweredHeaders>, string[], string[]]>([
    ['to who wrote', 'reply', { to: [me, bob], cc: [cid] }, ['ann'], []],
    ['to where answers are wanted', 'reply', { replyTo: [bob, cid] }, ['bob', 'cid'], []],
    ['to all but oneself', 'reply-all', { to: [me, bob], cc: [cid, me] }, ['ann', 'bob'], ['cid']],
    ['oneself with a tag, too', 'reply-all', { to: [p('Me+shop@Example.org'), bob] }, ['ann', 'bob'], []],
    ['another identity, too', 'reply-all', { to: [p('me@work.example')], cc: [cid] }, ['ann'], ['cid']],
    [
      'nobody twice',
      'reply-all',
      { to: [ann, bob, p('BOB@example.net')], cc: [bob, cid] },
      ['ann', 'bob'],
      ['cid'],
    ],
    [
      'own mail: on to the same people',
      'reply',
      { from: [me], to: [bob, cid], cc: [ann] },
      ['bob', 'cid'],
      [],
    ],
    ['own mail: all of them', 'reply-all', { from: [me], to: [bob], cc: [ann] }, ['bob'], ['ann']],
    ['own mail with only a copy', 'reply', { from: [me], to: [], cc: [ann] }, ['ann'], []],
    ['a note to oneself', 'reply', { from: [me], to: [me] }, ['me'], []],
    ['a note to oneself, all', 'reply-all', { from: [me], to: [me] }, ['me'], []],
    ['no author but a sender', 'reply', { from: [], sender: [cid] }, ['cid'], []],
    ['answers wanted at oneself', 'reply', { replyTo: [me] }, ['me'], []],
    ['a list that wants answers', 'reply-all', { replyTo: [list], to: [list], cc: [bob] }, ['list'], ['bob']],
    ['forward: nobody yet', 'forward', { to: [me, bob] }, [], []],
    ['edit as new: the same', 'edit-as-new', { from: [me], to: [bob], cc: [cid] }, ['bob'], ['cid']],
  ])('%s', (_, kind, headers, to, cc) => {
    expect(addresses(answer(kind, headers))).toEqual([to, cc]);
  });

  test('where the list is written to', () => {
    expect(answer('reply', {}, { listPost: '<mailto:list%40example.net?subject=x> (posts)' }).list).toEqual(
      list,
    );
    expect(answer('reply', {}, { listPost: 'NO (closed)' }).list).toBeNull();
    expect(answer('reply', {}, { listPost: '<mailto:%ff>' }).list).toBeNull();
  });

  test('a redirected message is answered to who wrote it', () => {
    expect(answer('redirect', {})).toMatchObject({ to: [], replyTo: [ann], subject: 'Plans' });
  });

  test('somebody gets an answer, nobody twice, and oneself only alone', () => {
    const person = fc.constantFrom(ann, bob, cid, me, p('me+x@example.org'), p('me@work.example'), p(''));
    const people = fc.array(person, { maxLength: 4 });
    fc.assert(
      fc.property(
        people,
        people,
        people,
        people,
        fc.constantFrom('reply', 'reply-all'),
        (from, replyTo, to, cc, kind) => {
          const result = answer(kind as 'reply', { from, replyTo, to, cc });
          const got = [...result.to, ...result.cc].map(({ address }) => address.toLowerCase());
          expect(new Set(got).size).toBe(got.length);
          const known = [...from, ...replyTo, ...to].some(({ address }) => address !== '');
          if (known) expect(result.to.length).toBeGreaterThan(0);
          const own = got.filter((address) => address.startsWith('me'));
          if (own.length > 0) expect(own).toEqual(got);
        },
      ),
    );
  });
});

describe('as whom', () => {
  test.each<[string, Partial<AnsweredHeaders>, string[], number]>([
    ['whom it was sent to', { to: [p('me@work.example')] }, [], 2],
    ['whom a copy was sent to', { to: [bob], cc: [p('ME@work.example')] }, [], 2],
    ['by a tag', { to: [p('me+news@work.example')] }, [], 2],
    ['an exact address before one with a tag', { to: [p('me+a@example.org'), p('me@work.example')] }, [], 2],
    ['whom the server gave it to', { to: [list] }, ['me@work.example'], 2],
    ['who sent it', { from: [p('me@work.example')], to: [me] }, [], 2],
    ['the usual one', { to: [list] }, [], 1],
  ])('%s', (_, headers, deliveredTo, id) => {
    expect(answer('reply', headers, { deliveredTo }).identity?.id).toBe(id);
  });

  test('nobody where there is no identity', () => {
    expect(answer('reply', {}, { identities: [] }).identity).toBeNull();
  });
});

describe('what it continues', () => {
  test('the parent and its references', () => {
    expect(answer('reply', { references: ['a@x', 'b@x'] })).toMatchObject({
      inReplyTo: '<m@x>',
      references: ['<a@x>', '<b@x>', '<m@x>'],
    });
    expect(answer('reply', { inReplyTo: ['a@x'] }).references).toEqual(['<a@x>', '<m@x>']);
    expect(answer('reply', { inReplyTo: ['a@x', 'b@x'] }).references).toEqual(['<m@x>']);
    expect(answer('reply', { messageId: null, references: ['a@x'] })).toMatchObject({
      inReplyTo: null,
      references: ['<a@x>'],
    });
    expect(answer('forward', { references: ['a@x'] })).toMatchObject({ inReplyTo: null, references: [] });
  });

  test('at most 100, the root and the nearest', () => {
    const references = Array.from({ length: 150 }, (_, at) => `${at}@x`);
    const kept = answer('reply', { references }).references;
    expect(kept).toHaveLength(100);
    expect([kept[0], kept.at(-2), kept.at(-1)]).toEqual(['<0@x>', '<149@x>', '<m@x>']);
  });
});

test.each([
  ['reply', 'Plans', 'Re: Plans'],
  ['reply', 'Re: Plans', 'Re: Plans'],
  ['reply', 'AW: Re: SV:  Plans', 'Re: Plans'],
  ['reply', 'Re[2]: Plans', 'Re: Plans'],
  ['reply', '回复：计划', 'Re: 计划'],
  ['reply', 'Fwd: Plans', 'Re: Fwd: Plans'],
  ['reply', '[list] Re: Plans', 'Re: [list] Plans'],
  ['reply', '[list] Plans', 'Re: [list] Plans'],
  ['reply', 'Ref: 4711', 'Re: Ref: 4711'],
  ['reply', '', 'Re:'],
  ['reply', 'Result: good', 'Re: Result: good'],
  ['forward', 'Plans', 'Fwd: Plans'],
  ['forward', 'WG: Fwd: Plans', 'Fwd: Plans'],
  ['forward', 'Re: Plans', 'Fwd: Re: Plans'],
] as const)('%s of %j is %j', (kind, subject, result) => {
  expect(answerSubject(kind, subject)).toBe(result);
  expect(answerSubject(kind, result)).toBe(result);
});

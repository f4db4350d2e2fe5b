import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFakeRandom } from '../../../test/fakes/fake-random';
import { addAccount, observe, observed, type TestAccount } from '../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../test/fakes/open-test-store';
import { METHODS, type MethodParsedInput } from '../../shared/contract/methods';
import { type ListId, type MessageId, SMART_LISTS, type ThreadId } from '../../shared/domain';
import type { BodyFacts } from '../../shared/observation';
import { createGestures } from '../mutations/gestures';
import { openReader } from '../store/open-store';
import { recount } from '../store/recount';
import { firstIdentity, insertIdentity } from '../store/write/identities';
import { setListMode } from '../store/write/list-mode';
import { allowRemoteSender } from '../store/write/remote-senders';
import { storeBodies } from '../store/write/store-bodies';
import { createQueryHandlers, type QueryHandlers } from './query-handlers';
import { createContentReader } from './read-content';

let opened: TestStore;
let account: TestAccount;
let handlers: QueryHandlers;
let reader: ReturnType<typeof openReader>;
beforeEach(() => {
  opened = openTestStore();
  account = addAccount(opened.store);
  reader = openReader(opened.store.path);
  handlers = createQueryHandlers(reader, opened.clock);
});
afterEach(() => {
  reader.close();
  opened.remove();
});

const inbox = (): ListId => account.inbox as number as ListId;

/** The answer, checked against the contract as a host would. */
async function ask<M extends keyof QueryHandlers>(method: M, input: MethodParsedInput<M>) {
  const answer = await (handlers[method] as (given: unknown) => Promise<{ ok: boolean; value?: unknown }>)(
    input,
  );
  if (!answer.ok) throw new Error(`${method} failed`);
  return METHODS[method].output.parse(answer.value) as Extract<
    Awaited<ReturnType<QueryHandlers[M]>>,
    { ok: true }
  >['value'];
}

function arrive(count: number) {
  return observe(opened.store, account.inbox, {
    insert: Array.from({ length: count }, (_, at) =>
      observed(at + 1, {
        identity: `i${at}`,
        size: 1_000 + ((at * 7) % 50),
        keywords: [...(at % 3 === 0 ? ['$seen'] : []), ...(at % 4 === 0 ? ['$flagged'] : [])].sort(),
        headers: {
          subject: `Subject ${(at * 13) % 40}`,
          from: [{ name: `P${(at * 5) % 9}`, address: `p${at % 9}@x.org` }],
          messageId: `m${at}@x`,
        },
      }),
    ),
  }).added;
}

test.each(['date', 'sender', 'subject', 'size', 'unread', 'starred'] as const)(
  'a list sorted by %s pages the same by offset, by row and around a row, in both directions',
  async (sort) => {
    arrive(60);
    for (const descending of [true, false]) {
      const page = (at: MethodParsedInput<'lists.page'>['at'], limit: number) =>
        ask('lists.page', { listId: inbox(), sort, descending, at, limit });
      const all = (await page({ kind: 'offset', offset: 0 }, 100)).rows.map(({ itemId }) => itemId);
      expect(all).toHaveLength(60);
      expect(new Set(all).size).toBe(60);
      for (const offset of [0, 7, 31, 45, 58]) {
        const { rows, firstIndex, total } = await page({ kind: 'offset', offset }, 10);
        expect({ ids: rows.map(({ itemId }) => itemId), firstIndex, total }).toEqual({
          ids: all.slice(offset, offset + 10),
          firstIndex: offset,
          total: 60,
        });
      }
      const after = await page({ kind: 'after', itemId: all[20] as number, index: 20 }, 10);
      expect({ ids: after.rows.map(({ itemId }) => itemId), firstIndex: after.firstIndex }).toEqual({
        ids: all.slice(21, 31),
        firstIndex: 21,
      });
      const before = await page({ kind: 'before', itemId: all[31] as number, index: 31 }, 10);
      expect({ ids: before.rows.map(({ itemId }) => itemId), firstIndex: before.firstIndex }).toEqual({
        ids: all.slice(21, 31),
        firstIndex: 21,
      });
      const start = await page({ kind: 'before', itemId: all[4] as number, index: 9 }, 10);
      expect([start.firstIndex, ...start.rows.map(({ itemId }) => itemId)]).toEqual([0, ...all.slice(0, 4)]);
      const around = await page({ kind: 'around', itemId: all[40] as number }, 11);
      expect(around.rows.map(({ itemId }) => itemId)).toEqual(
        all.slice(around.firstIndex, around.firstIndex + 11),
      );
      expect(around.rows.map(({ itemId }) => itemId)).toContain(all[40]);
    }
  },
);

test('UI-026 a conversation names its first two senders and its newest, the account’s own address as me', async () => {
  const from = (address: string) => ({
    from: [{ name: '', address }],
    references: ['root@x'],
    subject: 'Re: Plans',
  });
  const written = ['a@x.org', 'me@example.org', 'b@x.org', 'c@x.org'].map((address, at) =>
    observed(at + 1, { identity: `${at}`, headers: { messageId: `${at}@x`, ...from(address) } }),
  );
  const sent = written.splice(1, 1);
  observe(opened.store, account.inbox, { insert: written });
  observe(opened.store, account.sent, { insert: sent });
  const { rows } = await ask('lists.page', {
    listId: inbox(),
    sort: 'date',
    descending: true,
    at: { kind: 'offset', offset: 0 },
    limit: 10,
  });
  expect(rows).toMatchObject([
    {
      messageCount: 4,
      unreadCount: 4,
      participants: [
        { address: 'a@x.org', me: false },
        { address: 'me@example.org', me: true },
        { address: 'c@x.org', me: false },
      ],
    },
  ]);
});

test('what the user sent as another identity is called "me", in a list and in the reader', async () => {
  const from = [{ name: 'Mia at Work', address: 'Mia@Work.example' }];
  const sent = { identity: 's', headers: { messageId: 's@x', subject: 'Plans', from } };
  const answer = {
    subject: 'Re: Plans',
    references: ['s@x'],
    from: [{ name: 'Anna', address: 'anna@x.org' }],
  };
  const { added } = observe(opened.store, account.sent, { insert: [observed(1, sent)] });
  observe(opened.store, account.inbox, {
    insert: [observed(1, { identity: 'a', headers: { messageId: 'a@x', ...answer } })],
  });
  const isMe = async () => {
    const ordered = { listId: inbox(), sort: 'date', descending: true } as const;
    const { rows } = await ask('lists.page', { ...ordered, at: { kind: 'offset', offset: 0 }, limit: 10 });
    const message = await ask('messages.get', { messageId: added[0] as MessageId });
    return [rows[0]?.participants.map(({ me }) => me), message?.mine];
  };
  expect(await isMe()).toEqual([[false, false], false]);
  opened.store.writeTx('user', (tx) =>
    insertIdentity(tx, firstIdentity(account.accountId, 'Mia', 'mia@work.example')),
  );
  expect(await isMe()).toEqual([[true, false], true]);
});

test('mail that only bears the user’s address is not called "me", alone or in a conversation with the user', async () => {
  const me = [{ name: 'Mia Example', address: 'Me@Example.org' }];
  const letter = (uid: number, identity: string, more: object) =>
    observed(uid, { identity, headers: { messageId: `${identity}@x`, from: me, ...more } });
  observe(opened.store, account.sent, {
    insert: [letter(1, 'alone', { subject: 'Mine' }), letter(2, 'talk', { subject: 'Talk' })],
  });
  const answer = { subject: 'Re: Talk', references: ['talk@x'] };
  const { added } = observe(opened.store, account.inbox, {
    insert: [
      letter(1, 'forged', { subject: 'Pay this' }),
      letter(2, 'answer', { ...answer, from: [{ name: 'Anna', address: 'anna@x.org' }] }),
    ],
  });
  const people = async (listId: ListId) =>
    Object.fromEntries(
      (
        await ask('lists.page', {
          listId,
          sort: 'date',
          descending: true,
          at: { kind: 'offset', offset: 0 },
          limit: 10,
        })
      ).rows.map(({ subject, participants }) => [
        subject.replace('Re: ', ''),
        participants.map((one) => one.me),
      ]),
    );
  expect(added).toHaveLength(2);
  expect(await people(inbox())).toEqual({ 'Pay this': [false], Talk: [true, false] });
  expect(await people(SMART_LISTS.all as ListId)).toEqual({
    'Pay this': [false],
    Mine: [true],
    Talk: [true, false],
  });
  expect(await people(SMART_LISTS.sent as ListId)).toEqual({ Mine: [true], Talk: [true, false] });
  // One that joins in with the user's address: from then on the names say who.
  observe(opened.store, account.inbox, { insert: [letter(3, 'joins', answer)] });
  expect(await people(inbox())).toEqual({ 'Pay this': [false], Talk: [false, false] });
  // The reader says it of the same messages.
  const [forged] = added;
  expect(await ask('messages.get', { messageId: forged as MessageId })).toMatchObject({ mine: false });
  const written = (
    await ask('messages.list', { accountId: null, mailboxId: account.sent, limit: 10, before: null })
  ).rows;
  expect(written.map(({ mine }) => mine)).toEqual([true, true]);
});

test('a row waits while its change is on the way', async () => {
  const [id] = arrive(2) as [MessageId];
  const { store, clock } = opened;
  await createGestures({ store, clock, random: createFakeRandom(1), report: () => undefined }).apply({
    target: { kind: 'messages', messageIds: [id] },
    mutation: { kind: 'keywords', add: ['$answered'], remove: [] },
    origin: 'user',
  });
  const { rows } = await ask('lists.page', {
    listId: inbox(),
    sort: 'date',
    descending: false,
    at: { kind: 'offset', offset: 0 },
    limit: 10,
  });
  expect(rows.map(({ mark, answered }) => [mark, answered])).toEqual([
    ['waiting', true],
    ['none', false],
  ]);
  expect(await ask('pending.list', { state: 'all', limit: 10 })).toMatchObject([
    { state: 'waiting', targetCount: 1, messages: [{ id }] },
  ]);
  const [first] = await ask('pending.list', { state: 'all', limit: 1 });
  expect(await ask('pending.list', { state: 'all', limit: 10, afterId: first?.id })).toEqual([]);
});

test('smart lists: inbox, unread, starred and all; trash and junk only where one looks', async () => {
  arrive(12);
  observe(opened.store, account.junk, { insert: [observed(1, { identity: 'junk' })] });
  const lists = new Map((await ask('lists.list', {})).map((list) => [list.id as number, list]));
  expect(lists.get(SMART_LISTS.inbox)?.rows).toBe(12);
  expect(lists.get(SMART_LISTS.all)?.rows).toBe(12);
  expect(lists.get(SMART_LISTS.unread)?.rows).toBe(8);
  expect(lists.get(SMART_LISTS.starred)?.rows).toBe(3);
  expect(lists.get(SMART_LISTS.drafts)?.rows).toBe(0);
  expect(lists.get(account.junk)?.rows).toBe(1);
});

test('a list can show single messages instead of conversations, and back', async () => {
  observe(opened.store, account.inbox, {
    insert: [1, 2, 3].map((uid) =>
      observed(uid, { identity: `${uid}`, headers: { messageId: `${uid}@x`, references: ['r@x'] } }),
    ),
  });
  const rows = async () => (await ask('lists.list', {})).find(({ id }) => id === inbox());
  expect(await rows()).toMatchObject({ mode: 'threads', rows: 1 });
  const instant = { ...opened.clock, sleep: async () => {} };
  await setListMode(opened.store, instant, inbox(), 'messages');
  expect(await rows()).toMatchObject({ mode: 'messages', rows: 3, unreadRows: 3 });
  await setListMode(opened.store, instant, inbox(), 'threads');
  expect(await rows()).toMatchObject({ mode: 'threads', rows: 1 });
});

test('a change of mode over many conversations, whose numbers are also numbers of messages', async () => {
  const conversations = 450;
  observe(opened.store, account.inbox, {
    insert: Array.from({ length: conversations * 2 }, (_, index) =>
      observed(index + 1, {
        identity: `${index}`,
        receivedAt: 1_000 * index,
        headers: { subject: 'talk', messageId: `${index}@x`, references: [`r${index % conversations}@x`] },
      }),
    ),
  });
  let seen: number[] = [];
  const page = () =>
    ask('lists.page', {
      listId: inbox(),
      sort: 'date',
      descending: true,
      at: { kind: 'offset', offset: 0 },
      limit: 500,
    });
  const looking = {
    ...opened.clock,
    sleep: async () => {
      seen = [...seen, (await page()).rows.length];
    },
  };
  await setListMode(opened.store, looking, inbox(), 'messages');
  // Between the modes nothing is shown that could be taken for something else.
  expect(new Set(seen)).toEqual(new Set([0]));
  const messages = await page();
  expect(messages.total).toBe(conversations * 2);
  expect(messages.rows.every(({ itemId, messageId }) => (itemId as number) === (messageId as number))).toBe(
    true,
  );
  await setListMode(opened.store, looking, inbox(), 'threads');
  const threads = await page();
  expect(threads.total).toBe(conversations);
  expect(threads.rows.every(({ itemId, threadId }) => (itemId as number) === (threadId as number))).toBe(
    true,
  );
  expect(recount(opened.store.read)).toEqual([]);
});

test('messages by themselves: newest first with a cursor, and a thread oldest first', async () => {
  const ids = arrive(5);
  const first = await ask('messages.list', {
    accountId: null,
    mailboxId: account.inbox,
    limit: 2,
    before: null,
  });
  const second = await ask('messages.list', {
    accountId: account.accountId,
    mailboxId: null,
    limit: 10,
    before: first.next,
  });
  expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual(ids.toReversed());
  expect(second.next).toBeNull();
  const message = await ask('messages.get', { messageId: ids[0] as MessageId });
  expect(message).toMatchObject({ mailboxIds: [account.inbox], body: 'not-downloaded', mark: 'none' });
  const thread = await ask('threads.get', { threadId: message?.threadId as ThreadId, listId: inbox() });
  expect(thread?.messages.map(({ id }) => id)).toEqual([ids[0]]);
  expect(await ask('threads.get', { threadId: 9_999 as ThreadId, listId: null })).toBeNull();
});

test('a message is found by its Message-ID, in whatever account, thread or copy it is, and only while it is somewhere', async () => {
  const other = addAccount(opened.store);
  const [first] = observe(opened.store, account.inbox, {
    insert: [observed(1, { headers: { messageId: 'first@x', subject: 'A' } })],
  }).added;
  const [, answer] = observe(opened.store, other.inbox, {
    insert: [
      observed(1, { identity: '1', headers: { messageId: 'second@x', subject: 'B' } }),
      observed(2, {
        identity: '2',
        headers: { messageId: 'answer@x', subject: 'Re: B', inReplyTo: ['second@x'] },
      }),
    ],
  }).added;
  expect(await ask('messages.named', { name: 'first@x' })).toBe(first);
  expect(await ask('messages.named', { name: 'answer@x' })).toBe(answer);
  expect(await ask('messages.named', { name: 'nobody@x' })).toBeNull();
  observe(opened.store, account.inbox, { remove: [[1, 1]] });
  expect(await ask('messages.named', { name: 'first@x' })).toBeNull();
});

test('a body with its attachments, sender’s verdict, unsubscribe links and bytes', async () => {
  const source = Buffer.from('Subject: Hi\r\nX-A: b\r\n\r\nHello\r\n> quoted\r\n');
  const part = {
    section: '2',
    filename: 'a.exe',
    mediaType: 'application/x-msdownload',
    size: 3,
    contentId: '<c1>',
    inline: false,
  };
  const body: BodyFacts = {
    text: 'Hello\n> quoted',
    html: null,
    snippet: 'Hello',
    truncated: false,
    protection: 'none',
    charset: 'utf-8',
    attachments: [{ ...part, content: Buffer.from('abc') }],
    source,
  };
  const [id] = observe(opened.store, account.inbox, {
    insert: [
      observed(1, {
        headers: {
          authenticationResults: [
            'mx.example.org; dmarc=pass header.from=example.org; dkim=pass header.d=example.org',
          ],
          listUnsubscribe: '<mailto:leave@example.org>, <https://example.org/leave>',
          listUnsubscribePost: 'List-Unsubscribe=One-Click',
        },
      }),
    ],
  }).added as [MessageId];
  expect(await ask('messages.body', { messageId: id, charset: null })).toBeNull();
  opened.store.writeTx('server', (tx) => {
    storeBodies(tx, [{ messageId: id, body }]);
    allowRemoteSender(tx, 'Ada@Example.org');
  });
  expect(await ask('messages.body', { messageId: id, charset: null })).toMatchObject({
    segments: [{ kind: 'text' }, { kind: 'quote' }],
    attachments: [{ index: 0, filename: 'a.exe', state: 'here', danger: 'executable' }],
    authentication: { verdict: 'verified', domain: 'example.org' },
    remoteAllowed: true,
    unsubscribe: { http: 'https://example.org/leave', mailto: 'mailto:leave@example.org', oneClick: true },
  });
  expect(await ask('messages.headers', { messageId: id })).toEqual({ raw: 'Subject: Hi\r\nX-A: b' });
  const readContent = createContentReader(reader);
  const bytes = readContent(id, { kind: 'cid', contentId: 'c1' });
  expect(bytes).toMatchObject({ ok: true, value: { filename: 'a.exe' } });
  const whole = readContent(id, { kind: 'source' });
  expect(whole.ok && Buffer.from(whole.value.bytes).equals(source)).toBe(true);
  expect(readContent(id, { kind: 'attachment', index: 4 })).toMatchObject({
    ok: false,
    failure: { kind: 'not-found' },
  });
});

test('accounts, mailboxes, log and settings come as the contract wants them', async () => {
  arrive(3);
  expect(await ask('accounts.list', {})).toMatchObject([{ id: account.accountId, server: null }]);
  const mailboxes = await ask('mailboxes.list', {});
  expect(mailboxes.find(({ id }) => id === account.inbox)).toMatchObject({
    role: 'inbox',
    total: 3,
    unread: 2,
    stored: 3,
    bodies: 0,
    complete: true,
  });
  expect(await ask('syncLog.list', { accountId: null, afterId: 0, limit: 5 })).toEqual([]);
  expect((await ask('settings.get', {})).density).toBe('normal');
  expect(await ask('remoteContent.list', {})).toEqual([]);
});

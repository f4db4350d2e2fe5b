import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFakeRandom } from '../../../test/fakes/fake-random';
import { addAccount, observe, observed, type TestAccount } from '../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../test/fakes/open-test-store';
import type { Mutation, MutationTarget } from '../../shared/contract/mutation';
import { type ListId, type MessageId, SMART_LISTS, SNOOZE_UNTIL } from '../../shared/domain';
import { MARKS } from '../store/keywords';
import { openStore } from '../store/open-store';
import { indexOfRow, listCounters, rowsAtOffset } from '../store/read/list-page';
import { mailboxesOf, messagesInMailbox, NEWEST_FIRST } from '../store/read/messages';
import { dueChanges } from '../store/read/pending';
import { readSnooze } from '../store/read/snoozes';
import { rebuildScreen } from '../store/rebuild-screen';
import { recount } from '../store/recount';
import { setAccountState } from '../store/write/accounts';
import { createGestures, type Gestures } from './gestures';
import { createWaker, type Waker } from './wake-snoozed';

const HOUR = 3_600_000;
const random = createFakeRandom(3);
const QUIET = { debug() {}, info() {}, warn() {}, error() {} };

let opened: TestStore;
let account: TestAccount;
let gestures: Gestures;
let waker: Waker;
let told: { from: string; subject: string }[];

beforeEach(() => {
  opened = openTestStore();
  account = addAccount(opened.store);
  told = [];
  begin();
});
afterEach(async () => {
  await waker.stop();
  expect(recount(opened.store.read)).toEqual([]);
  opened.remove();
});

function begin(): void {
  const { store, clock } = opened;
  gestures = createGestures({ store, clock, random, report: () => undefined });
  waker = createWaker({
    store,
    gestures,
    clock,
    logger: QUIET,
    announce: (_accountId, messages) => told.push(...messages),
  });
  waker.start();
}

/** A conversation of `count` read messages, one a minute, the newest an hour ago. */
function arrive(count: number, box = account.inbox, name = 'plans'): MessageId[] {
  const insert = Array.from({ length: count }, (_, at) =>
    observed(at + 1, {
      identity: `${name}-${at}`,
      keywords: ['$seen'],
      receivedAt: opened.clock.now() - HOUR - (count - at) * 60_000,
      headers: {
        subject: at === 0 ? name : `Re: ${name}`,
        messageId: `${name}-${at}@example.org`,
        references: at === 0 ? [] : [`${name}-0@example.org`],
      },
    }),
  );
  return observe(opened.store, box, { insert }).added;
}

async function apply(mutation: Mutation, target: MutationTarget) {
  const result = await gestures.apply({ target, mutation, origin: 'user' });
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

const threadOf = (id: MessageId) =>
  opened.store.read.prepare<[number], number>('SELECT thread_id FROM messages WHERE id = ?').pluck().get(id);
const rowOf = (id: MessageId, listId: number): MutationTarget => ({
  kind: 'rows',
  listId: listId as ListId,
  itemIds: [threadOf(id) as number],
});
const seen = (id: MessageId) => keywordsOf(id).includes('$seen');
const keywordsOf = (id: MessageId): string[] =>
  (
    opened.store.read
      .prepare<[number], string>('SELECT keywords FROM messages WHERE id = ?')
      .pluck()
      .get(id) as string
  ).split(' ');
const inList = (id: MessageId, listId: number): boolean =>
  indexOfRow(
    opened.store.read,
    listId,
    { sort: 'date', descending: true, filter: null },
    threadOf(id) as number,
  ) !== null;
const snooze = (until: number): Mutation => ({ kind: 'snooze', until });
/** Lets time go by, and what it sets off. */
async function pass(ms: number): Promise<void> {
  opened.clock.advance(ms);
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

test('a conversation leaves the inbox and shows among the snoozed, without any move', async () => {
  const ids = arrive(3);
  const [first] = ids as [MessageId];
  const until = opened.clock.now() + 2 * HOUR;
  const result = await apply(snooze(until), rowOf(first, SMART_LISTS.inbox));
  expect(result.affected).toBe(3);
  for (const list of [account.inbox, SMART_LISTS.inbox, SMART_LISTS.unread])
    expect(inList(first, list)).toBe(false);
  for (const list of [SMART_LISTS.snoozed, SMART_LISTS.all]) expect(inList(first, list)).toBe(true);
  expect(listCounters(opened.store.read, SMART_LISTS.snoozed)?.rows).toBe(1);
  expect(listCounters(opened.store.read, account.inbox)?.rows).toBe(0);
  expect(messagesInMailbox(opened.store.read, account.inbox, NEWEST_FIRST, 10)).toEqual([]);
  expect(mailboxesOf(opened.store.read, first)).toEqual([account.inbox]);
  const [row] = rowsAtOffset(
    opened.store.read,
    SMART_LISTS.snoozed,
    { sort: 'date', descending: false, filter: null },
    {
      offset: 0,
      limit: 1,
      total: 1,
    },
  );
  expect(row?.latest_at).toBe(until);
  // The server hears of a label and of nothing else.
  expect(dueChanges(opened.store.read, account.accountId, opened.clock.now(), 10)).toMatchObject([
    { kind: 'keywords', args: { add: ['$snoozed'], remove: [] } },
  ]);
});

test('its time brings it back to the top of the inbox as unread, with a note, and tells once', async () => {
  const ids = arrive(2);
  const [first, newest] = ids as [MessageId, MessageId];
  const until = opened.clock.now() + 2 * HOUR;
  await apply(snooze(until), rowOf(first, account.inbox));
  observe(opened.store, account.inbox, {
    insert: [observed(50, { identity: 'later', receivedAt: until - 60_000 })],
  });
  await pass(2 * HOUR - 1);
  expect(inList(first, SMART_LISTS.inbox)).toBe(false);
  expect(told).toEqual([]);
  await pass(1);
  expect(inList(first, SMART_LISTS.snoozed)).toBe(false);
  const rows = rowsAtOffset(
    opened.store.read,
    SMART_LISTS.inbox,
    { sort: 'date', descending: true, filter: null },
    {
      offset: 0,
      limit: 2,
      total: 2,
    },
  );
  expect(rows[0]).toMatchObject({ thread_id: threadOf(newest), latest_at: until, unread: 1 });
  expect((rows[0]?.marks ?? 0) & MARKS.back).toBe(MARKS.back);
  expect(ids.map(seen)).toEqual([false, false]);
  expect(keywordsOf(newest)).not.toContain('$snoozed');
  expect(told.map(({ subject }) => subject)).toEqual(['Re: plans']);
  await pass(24 * HOUR);
  expect(told).toHaveLength(1);
});

test('undo and redo put it back and away again, offline without a trace in the queue', async () => {
  const [id] = arrive(1) as [MessageId];
  const until = opened.clock.now() + HOUR;
  const { gestureId } = await apply(snooze(until), rowOf(id, SMART_LISTS.inbox));
  await gestures.undo(gestureId);
  expect(inList(id, SMART_LISTS.inbox)).toBe(true);
  expect(readSnooze(opened.store.read, id)).toBeNull();
  expect(dueChanges(opened.store.read, account.accountId, opened.clock.now(), 10)).toEqual([]);
  await gestures.redo(gestureId);
  expect(inList(id, SMART_LISTS.inbox)).toBe(false);
  await pass(HOUR);
  // What has happened meanwhile is left alone.
  expect(await gestures.undo(gestureId)).toMatchObject({ value: { restored: 0, skipped: 2 } });
  expect(inList(id, SMART_LISTS.inbox)).toBe(true);
});

test('a new time replaces the old one; brought back by hand it is where and as it was', async () => {
  const [id] = arrive(1) as [MessageId];
  await apply(snooze(opened.clock.now() + HOUR), rowOf(id, SMART_LISTS.inbox));
  await apply(snooze(opened.clock.now() + 5 * HOUR), rowOf(id, SMART_LISTS.snoozed));
  await pass(2 * HOUR);
  expect(inList(id, SMART_LISTS.snoozed)).toBe(true);
  await apply({ kind: 'unsnooze' }, rowOf(id, SMART_LISTS.snoozed));
  expect(inList(id, SMART_LISTS.inbox)).toBe(true);
  expect(seen(id)).toBe(true);
  expect(keywordsOf(id)).toEqual(['$seen']);
  await pass(10 * HOUR);
  expect(told).toEqual([]);
});

test('an answer brings the conversation back at once, old mail that is found later does not', async () => {
  const [id] = arrive(1) as [MessageId];
  await apply(snooze(opened.clock.now() + HOUR), rowOf(id, SMART_LISTS.inbox));
  const answer = (uid: number, receivedAt: number) =>
    observed(uid, {
      identity: `answer-${uid}`,
      receivedAt,
      headers: {
        messageId: `a${uid}@example.org`,
        references: ['plans-0@example.org'],
        subject: 'Re: plans',
      },
    });
  observe(opened.store, account.work, { insert: [answer(1, opened.clock.now() - 50 * HOUR)] });
  observe(opened.store, account.sent, { insert: [answer(2, opened.clock.now())] });
  expect(inList(id, SMART_LISTS.snoozed)).toBe(true);
  observe(opened.store, account.inbox, { insert: [answer(30, opened.clock.now())] });
  // In the very transaction that stored the answer.
  expect(inList(id, SMART_LISTS.snoozed)).toBe(false);
  expect(inList(id, SMART_LISTS.inbox)).toBe(true);
  await pass(0);
  expect(readSnooze(opened.store.read, id)).toBeNull();
  expect(keywordsOf(id)).toEqual(['$seen']);
  expect(told).toEqual([]);
});

test('what was due while nothing ran comes back at the next start; it survives a restart and a clock set back', async () => {
  const [early, late] = [...arrive(1, account.inbox, 'early'), ...arrive(1, account.work, 'late')] as [
    MessageId,
    MessageId,
  ];
  const now = opened.clock.now();
  await apply(snooze(now + HOUR), rowOf(early, SMART_LISTS.inbox));
  await apply(snooze(now + 48 * HOUR), rowOf(late, account.work));
  await waker.stop();
  opened.store.close();
  opened.clock.advance(3 * HOUR);
  const store = openStore(opened.store.path, { clock: opened.clock, logger: QUIET });
  const { remove } = opened;
  opened = {
    ...opened,
    store,
    remove: () => {
      store.close();
      remove();
    },
  };
  begin();
  await pass(0);
  expect(inList(early, SMART_LISTS.inbox)).toBe(true);
  expect(told.map(({ subject }) => subject)).toEqual(['early']);
  expect(inList(late, SMART_LISTS.snoozed)).toBe(true);
  expect(inList(late, account.work)).toBe(false);
  await pass(48 * HOUR);
  // Put off in a folder, it comes back to the inbox all the same.
  expect(mailboxesOf(opened.store.read, late)).toEqual([account.inbox]);
  expect(inList(late, SMART_LISTS.inbox)).toBe(true);
});

test('SYNC-082 a new UIDVALIDITY and a re-link keep what was put off; rebuilding the screen too', async () => {
  const [id] = arrive(1) as [MessageId];
  await apply(snooze(opened.clock.now() + HOUR), rowOf(id, SMART_LISTS.inbox));
  observe(opened.store, account.inbox, { uidValidity: '2', newValidity: '2' });
  expect(inList(id, SMART_LISTS.snoozed)).toBe(true);
  observe(opened.store, account.inbox, {
    uidValidity: '2',
    insert: [observed(700, { identity: 'plans-0', keywords: ['$seen'] })],
    dropUnverified: true,
  });
  expect(readSnooze(opened.store.read, id)).toMatchObject({ state: 'asleep' });
  rebuildScreen(opened.store);
  expect(inList(id, SMART_LISTS.snoozed)).toBe(true);
  expect(inList(id, SMART_LISTS.inbox)).toBe(false);
});

test('what is archived or thrown away elsewhere meanwhile shows there at once and never comes back', async () => {
  const [id] = arrive(1) as [MessageId];
  await apply(snooze(opened.clock.now() + HOUR), rowOf(id, SMART_LISTS.inbox));
  const twin = { identity: 'plans-0', keywords: ['$seen'] };
  observe(opened.store, account.archive, { insert: [observed(1, twin)] });
  observe(opened.store, account.inbox, { remove: [[1, 1]] });
  expect(inList(id, SMART_LISTS.snoozed)).toBe(false);
  expect(inList(id, account.archive)).toBe(true);
  await pass(2 * HOUR);
  expect(mailboxesOf(opened.store.read, id)).toEqual([account.archive]);
  expect(seen(id)).toBe(true);
  expect(told).toEqual([]);
  expect(readSnooze(opened.store.read, id)).toBeNull();
});

test('gestures on the inbox do not reach what is put off there', async () => {
  const [asleep] = arrive(1, account.inbox, 'asleep') as [MessageId];
  await apply(snooze(opened.clock.now() + HOUR), rowOf(asleep, SMART_LISTS.inbox));
  observe(opened.store, account.inbox, { insert: [observed(20, { identity: 'awake' })] });
  for (const listId of [account.inbox as number, SMART_LISTS.inbox]) {
    const target: MutationTarget = { kind: 'list', listId: listId as ListId, exceptItemIds: [] };
    await apply({ kind: 'archive' }, target);
  }
  expect(mailboxesOf(opened.store.read, asleep)).toEqual([account.inbox]);
  // Among the snoozed it can be archived, and then it is no longer put off.
  await apply({ kind: 'archive' }, rowOf(asleep, SMART_LISTS.snoozed));
  expect(inList(asleep, SMART_LISTS.snoozed)).toBe(false);
  expect(inList(asleep, account.archive)).toBe(true);
});

test('of a conversation only what waits in the inbox is put off; sent mail, trash and junk never', async () => {
  const [inInbox] = arrive(1) as [MessageId];
  const reply = (uid: number, box: typeof account.inbox): MessageId =>
    observe(opened.store, box, {
      insert: [
        observed(uid, {
          identity: `r${uid}-${box}`,
          headers: { references: ['plans-0@example.org'], subject: 'Re: plans' },
        }),
      ],
    }).added[0] as MessageId;
  const [filed, sent] = [reply(5, account.work), reply(6, account.sent)];
  expect(threadOf(sent)).toBe(threadOf(inInbox));
  await apply(snooze(opened.clock.now() + HOUR), rowOf(inInbox, SMART_LISTS.all));
  expect([inInbox, filed, sent].map((id) => readSnooze(opened.store.read, id)?.mailboxId)).toEqual([
    account.inbox,
    undefined,
    undefined,
  ]);
  const [junk] = arrive(1, account.junk, 'junk') as [MessageId];
  const target: MutationTarget = { kind: 'messages', messageIds: [junk, sent] };
  expect((await apply(snooze(opened.clock.now() + HOUR), target)).affected).toBe(0);
});

test('a whole selection wakes in turns, each conversation told by its newest message; nothing is left running', async () => {
  const insert = Array.from({ length: 320 }, (_, at) =>
    observed(at + 1, { identity: `many-${at}`, headers: { subject: `Many ${at}` } }),
  );
  observe(opened.store, account.inbox, { insert });
  const target: MutationTarget = { kind: 'list', listId: SMART_LISTS.inbox as ListId, exceptItemIds: [] };
  const applied = apply(snooze(opened.clock.now() + HOUR), target);
  for (let turn = 0; turn < 50; turn++) await pass(0);
  expect((await applied).affected).toBe(320);
  expect(listCounters(opened.store.read, SMART_LISTS.snoozed)?.rows).toBe(320);
  await pass(HOUR);
  for (let turn = 0; turn < 50; turn++) await pass(0);
  expect(listCounters(opened.store.read, SMART_LISTS.inbox)?.rows).toBe(320);
  expect(listCounters(opened.store.read, SMART_LISTS.snoozed)?.rows).toBe(0);
  expect(told).toHaveLength(320);
  expect(opened.clock.pending()).toBe(0);
});

test('there is one timer, none without anything put off, and none shorter than the rules of idleness allow', async () => {
  await pass(0);
  expect(opened.clock.pending()).toBe(0);
  const [id] = arrive(1) as [MessageId];
  await apply(snooze(opened.clock.now() + 30 * 24 * HOUR), rowOf(id, SMART_LISTS.inbox));
  await pass(0);
  expect(opened.clock.pending()).toBe(1);
  await pass(60_000);
  expect(opened.clock.pending()).toBe(1);
  await apply({ kind: 'unsnooze' }, rowOf(id, SMART_LISTS.snoozed));
  await pass(0);
  expect(opened.clock.pending()).toBe(0);
});

test('put off until online it comes back with the first round that goes through; until an answer with nothing else', async () => {
  const [online] = arrive(1, account.inbox, 'online') as [MessageId];
  const [answered] = arrive(1, account.work, 'answered') as [MessageId];
  const state = (value: 'offline' | 'ok') =>
    opened.store.writeTx('server', (tx) => setAccountState(tx, account.accountId, { state: value }));
  state('offline');
  await apply(snooze(SNOOZE_UNTIL.online), rowOf(online, SMART_LISTS.inbox));
  await apply(snooze(SNOOZE_UNTIL.answered), rowOf(answered, account.work));
  await pass(1000 * 24 * HOUR);
  expect(opened.clock.pending()).toBe(0);
  expect([online, answered].map((id) => inList(id, SMART_LISTS.snoozed))).toEqual([true, true]);
  state('ok');
  await pass(0);
  expect([online, answered].map((id) => inList(id, SMART_LISTS.snoozed))).toEqual([false, true]);
  expect(inList(online, SMART_LISTS.inbox)).toBe(true);
  expect(seen(online)).toBe(false);
  expect(readSnooze(opened.store.read, online)).toMatchObject({
    state: 'returned',
    until: opened.clock.now(),
  });
  expect(told.map(({ subject }) => subject)).toEqual(['online']);
  const answer = observed(9, {
    identity: 'answer',
    receivedAt: opened.clock.now(),
    headers: { references: ['answered-0@example.org'], subject: 'Re: answered' },
  });
  observe(opened.store, account.inbox, { insert: [answer] });
  expect(inList(answered, SMART_LISTS.snoozed)).toBe(false);
  expect(inList(answered, account.work)).toBe(true);
});

test('a local account keeps its mail put off as well', async () => {
  const local = addAccount(opened.store, 'local');
  const id = observe(opened.store, local.inbox, {
    insert: [observed(1, { keywords: ['$seen'] })],
  }).added[0] as MessageId;
  await apply(snooze(opened.clock.now() + HOUR), { kind: 'messages', messageIds: [id] });
  expect(inList(id, local.inbox)).toBe(false);
  await pass(HOUR);
  expect(inList(id, local.inbox)).toBe(true);
  expect(seen(id)).toBe(false);
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFakeClock } from '../../../test/fakes/fake-clock';
import { createFakeRandom } from '../../../test/fakes/fake-random';
import { addAccount, mailbox, observe, observed, type TestAccount } from '../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../test/fakes/open-test-store';
import type { MessageId } from '../../shared/domain';
import { SMART_LISTS } from '../../shared/domain';
import { createGestures } from '../mutations/gestures';
import { readPreferences } from '../store/read/settings';
import { rebuildScreen } from '../store/rebuild-screen';
import { recount } from '../store/recount';
import { applyMailboxListing } from '../store/write/apply-listing';
import { setListMode } from '../store/write/list-mode';
import { writePreferences } from '../store/write/settings';
import { accountViews, listViews, mailboxViews } from './account-views';

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

const counters = (id = account.accountId) =>
  accountViews(opened.store.read).find((view) => view.id === id)?.counters;
const box = (id: number) => {
  const view = mailboxViews(opened.store.read).find((one) => one.id === id);
  return [view?.total, view?.unread, view?.threads, view?.unreadThreads];
};

/** Two conversations: one of three messages, one of them read; one of a single message. */
function fill(to: TestAccount): MessageId[] {
  const reply = { inReplyTo: ['a'], references: ['a'] };
  return observe(opened.store, to.inbox, {
    insert: [
      observed(1, { identity: '1', headers: { subject: 'Plans', messageId: 'a' } }),
      observed(2, { identity: '2', headers: { subject: 'Re: Plans', messageId: 'b', ...reply } }),
      observed(3, {
        identity: '3',
        keywords: ['$seen'],
        headers: { subject: 'Re: Plans', messageId: 'c', ...reply },
      }),
      observed(4, { identity: '4', headers: { subject: 'Other', messageId: 'd' } }),
    ],
  }).added;
}

test('SYNC-380 messages and conversations, all and unread, are counted per mailbox and per account with what still waits, however a list is shown', async () => {
  const ids = fill(account);
  expect(box(account.inbox)).toEqual([4, 3, 2, 2]);
  expect(counters()).toEqual({
    total: 4,
    unread: 3,
    threads: 2,
    unreadThreads: 2,
    drafts: 0,
    outbox: 0,
    snoozed: 0,
  });

  const gestures = createGestures({
    store: opened.store,
    clock: createFakeClock(),
    random: createFakeRandom(),
    report: () => undefined,
  });
  const change = (
    messageId: MessageId | undefined,
    mutation: Parameters<typeof gestures.apply>[0]['mutation'],
  ) =>
    gestures.apply({
      target: { kind: 'messages', messageIds: [messageId as MessageId] },
      mutation,
      origin: 'user',
    });
  await change(ids[3], { kind: 'archive' });
  await change(ids[0], { kind: 'keywords', add: ['$seen'], remove: [] });
  expect(box(account.inbox)).toEqual([3, 1, 1, 1]);
  expect(box(account.archive)).toEqual([1, 1, 1, 1]);
  expect(counters()).toEqual({
    total: 4,
    unread: 2,
    threads: 2,
    unreadThreads: 2,
    drafts: 0,
    outbox: 0,
    snoozed: 0,
  });
  await change(ids[3], { kind: 'trash' });
  expect(counters()).toEqual({
    total: 3,
    unread: 1,
    threads: 1,
    unreadThreads: 1,
    drafts: 0,
    outbox: 0,
    snoozed: 0,
  });

  for (const listId of [account.inbox, SMART_LISTS.all]) {
    const switched = setListMode(opened.store, opened.clock, listId as never, 'messages');
    for (let turn = 0; turn < 5; turn++) {
      opened.clock.advance(1);
      await Promise.resolve();
    }
    await switched;
  }
  expect(listViews(opened.store.read).find(({ id }) => id === (account.inbox as number))).toMatchObject({
    rows: 3,
  });
  expect(box(account.inbox)).toEqual([3, 1, 1, 1]);
  await change(ids[1], { kind: 'trash' });
  expect(box(account.inbox)).toEqual([2, 0, 1, 0]);
  expect(counters()).toEqual({
    total: 2,
    unread: 0,
    threads: 1,
    unreadThreads: 0,
    drafts: 0,
    outbox: 0,
    snoozed: 0,
  });
  const before = [counters(), box(account.inbox)];
  rebuildScreen(opened.store);
  expect([counters(), box(account.inbox)]).toEqual(before);
});

test('the unified inbox counts what the inboxes of all accounts count, the same message in two of them twice', () => {
  const second = addAccount(opened.store);
  fill(account);
  fill(second);
  const inbox = listViews(opened.store.read).find(({ id }) => id === SMART_LISTS.inbox);
  expect(inbox).toMatchObject({ rows: 4, unreadRows: 4, unreadMessages: 6 });
  expect(counters(second.accountId)).toMatchObject({ total: 4, unread: 3 });
});

test('what the server counts stands beside what we count and never in its place', () => {
  fill(account);
  const status = { messages: 900, unseen: 77, uidNext: 5, uidValidity: '1', highestModseq: null };
  opened.store.writeTx('server', (tx) =>
    applyMailboxListing(
      tx,
      account.accountId,
      { complete: false, mailboxes: [{ ...mailbox('INBOX', 'inbox'), status }] },
      tx.nowMs,
    ),
  );
  const inbox = mailboxViews(opened.store.read).find(({ id }) => id === account.inbox);
  expect(inbox).toMatchObject({ total: 4, unread: 3, complete: true, serverTotal: 900, serverUnread: 77 });
});

test('SYNC-384 the inbox of all accounts counts the sum of the inboxes, and the same letter in two accounts once only if one asked for it', () => {
  const other = addAccount(opened.store);
  const third = addAccount(opened.store);
  fill(account);
  fill(other);
  observe(opened.store, third.inbox, {
    insert: [
      observed(1, { identity: 'x', headers: { subject: 'Plans', messageId: 'a' } }),
      observed(2, { identity: 'y', headers: { subject: 'No id', messageId: null } }),
      observed(3, { identity: 'z', headers: { subject: 'No id', messageId: null } }),
    ],
  });
  // Copies that were read, or lie elsewhere, are not counted anyway.
  observe(opened.store, third.archive, {
    insert: [observed(1, { identity: 'w', headers: { subject: 'Other', messageId: 'd' } })],
  });
  const unified = () => {
    const view = listViews(opened.store.read).find(({ id }) => (id as number) === SMART_LISTS.inbox);
    return [view?.unreadMessages, view?.unreadRows];
  };
  const rows = unified()[1];
  const sum = [account, other, third].reduce((all, { inbox }) => all + Number(box(inbox)[1]), 0);
  expect(sum).toBe(9);
  expect(unified()).toEqual([sum, rows]);
  const ask = (countDuplicatesOnce: boolean) =>
    opened.store.writeTx('user', (tx) =>
      writePreferences(tx, { ...readPreferences(tx.db), countDuplicatesOnce }),
    );
  ask(true);
  // a in three accounts; b and d in two.
  expect(unified()).toEqual([sum - 4, rows]);
  expect(box(account.inbox)[1]).toBe(3);
  observe(opened.store, other.inbox, { flags: [{ uid: 4, keywords: ['$seen'], modseq: null }] });
  expect(unified()[0]).toBe(sum - 1 - 3);
  ask(false);
  expect(unified()[0]).toBe(sum - 1);
});

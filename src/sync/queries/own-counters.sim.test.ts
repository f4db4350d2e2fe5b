import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFakeRandom } from '../../../test/fakes/fake-random';
import { addAccount, mailbox, observe, observed, type TestAccount } from '../../../test/fakes/observed-facts';
import { openTestCompose } from '../../../test/fakes/open-test-compose';
import { addEngineAccount } from '../../../test/fakes/open-test-engine';
import { openTestStore, type TestStore } from '../../../test/fakes/open-test-store';
import type { MessageId } from '../../shared/domain';
import { createGestures } from '../mutations/gestures';
import { recount } from '../store/recount';
import { applyMailboxListing } from '../store/write/apply-listing';
import { accountViews, mailboxViews } from './account-views';

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
const box = (id: number) => [mailboxViews(opened.store.read).find((one) => one.id === id)?.total];

test('SYNC-380 drafts, what is to be sent and what is put off are counted with the change that makes them, and taken back with it', async () => {
  const { store, clock } = opened;
  const accountId = addEngineAccount(store, clock);
  const compose = openTestCompose(store, clock);
  const own = () => {
    const { drafts, outbox } = counters(accountId) ?? {};
    return [drafts, outbox];
  };
  store.writeTx('server', (tx) =>
    applyMailboxListing(
      tx,
      accountId,
      {
        complete: true,
        mailboxes: [mailbox('INBOX', 'inbox'), mailbox('Drafts', 'drafts'), mailbox('Sent', 'sent')],
      },
      tx.nowMs,
    ),
  );
  expect(own()).toEqual([0, 0]);
  const draft = await compose.write(await compose.begin(accountId), {
    subject: 'To be sent',
    to: [{ name: '', address: 'bob@example.org' }],
  });
  expect(own()).toEqual([1, 0]);
  const drafts = mailboxViews(store.read).find((one) => one.accountId === accountId && one.role === 'drafts');
  expect(drafts?.total).toBe(1);
  await compose.send(draft, 10);
  expect(own()).toEqual([0, 1]);

  const [first] = observe(store, account.inbox, {
    insert: [1, 2, 3, 4].map((uid) => observed(uid, { headers: { messageId: `m${uid}` } })),
  }).added;
  const gestures = createGestures({ store, clock, random: createFakeRandom(), report: () => undefined });
  const target = { kind: 'messages' as const, messageIds: [first as MessageId] };
  expect([counters()?.snoozed, box(account.inbox)[0]]).toEqual([0, 4]);
  await gestures.apply({
    target,
    mutation: { kind: 'snooze', until: clock.now() + 86_400_000 },
    origin: 'user',
  });
  // Put off, it is not in the mailbox it lies in.
  expect([counters()?.snoozed, box(account.inbox)[0]]).toEqual([1, 3]);
  await gestures.apply({ target, mutation: { kind: 'unsnooze' }, origin: 'user' });
  expect([counters()?.snoozed, box(account.inbox)[0]]).toEqual([0, 4]);
  expect(counters(accountId)).toMatchObject({ snoozed: 0, outbox: 1 });
});

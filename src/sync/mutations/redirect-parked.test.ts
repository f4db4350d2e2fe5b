import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFakeRandom } from '../../../test/fakes/fake-random';
import { addAccount, mailbox, observe, observed, type TestAccount } from '../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../test/fakes/open-test-store';
import type { ChangeId, GestureId, MailboxId, MessageId } from '../../shared/domain';
import { pendingViews } from '../queries/panel-views';
import { getMailbox, listMailboxes } from '../store/read/mailboxes';
import { mailboxesOf } from '../store/read/messages';
import { dueChanges } from '../store/read/pending';
import { recount } from '../store/recount';
import { applyMailboxListing } from '../store/write/apply-listing';
import { insertChange } from '../store/write/insert-change';
import { parkChange } from '../store/write/park-change';
import { settleTargets } from '../store/write/settle-targets';
import { discardChanges } from './parked-changes';
import { redirectParked } from './redirect-parked';

const random = createFakeRandom(5);
let opened: TestStore;
let account: TestAccount;
let message: MessageId;
beforeEach(() => {
  opened = openTestStore();
  account = addAccount(opened.store);
  message = observe(opened.store, account.inbox, { insert: [observed(1, { identity: 'one' })] })
    .added[0] as MessageId;
});
afterEach(() => {
  expect(recount(opened.store.read)).toEqual([]);
  opened.remove();
});

/** A move into `to` that the server refused. */
function parkedMove(to: MailboxId): ChangeId {
  return opened.store.writeTx('user', (tx) => {
    const [id] = insertChange(tx, {
      accountId: account.accountId,
      gestureId: 'first' as GestureId,
      args: { kind: 'move', toMailboxId: to, aim: 'mailbox' },
      source: account.inbox,
      messageIds: [message],
      token: () => random.token(16),
    });
    return parkChange(tx, id as ChangeId, { kind: 'conflict', message: 'The folder is gone.' }, tx.nowMs);
  });
}

/** Another device deletes the folder. */
function removeFolder(path: string): void {
  const left = listMailboxes(opened.store.read, account.accountId).filter((box) => box.path !== path);
  opened.store.writeTx('server', (tx) =>
    applyMailboxListing(
      tx,
      account.accountId,
      { complete: true, mailboxes: left.map((box) => mailbox(box.path, box.role)) },
      tx.nowMs,
    ),
  );
}

const view = (id: ChangeId) =>
  pendingViews(opened.store.read, { state: 'all', limit: 10 }).find((change) => change.id === id);
const due = () => dueChanges(opened.store.read, account.accountId, opened.clock.now(), 10);
const pathOf = (id: MailboxId) => getMailbox(opened.store.read, id)?.path;

test('a refused move can go to another folder, at once on screen and in the queue', () => {
  const id = parkedMove(account.work);
  expect(view(id)).toMatchObject({ serverMailboxIds: [account.inbox], alternatives: ['choose-folder'] });
  const result = redirectParked(
    opened.store,
    { random },
    {
      id,
      to: { kind: 'mailbox', mailboxId: account.archive },
    },
  );
  expect(result).toMatchObject({ ok: true, value: { changeIds: [id], affected: 1 } });
  expect(mailboxesOf(opened.store.read, message)).toEqual([account.archive]);
  expect(due()).toMatchObject([
    { id, args: { toMailboxId: account.archive }, targets: [{ mailboxId: account.inbox }] },
  ]);
  expect(view(id)).toMatchObject({ state: 'waiting', failure: null, alternatives: [] });
});

test('a folder that is gone is created again before the message goes there', () => {
  removeFolder('Work');
  const id = parkedMove(account.work);
  expect(view(id)?.alternatives).toEqual(['create-folder', 'choose-folder']);
  redirectParked(opened.store, { random }, { id, to: { kind: 'same-again' } });
  const [place] = mailboxesOf(opened.store.read, message);
  expect(place).not.toBe(account.work);
  expect(pathOf(place as MailboxId)).toBe('Work');
  const [creation, ...rest] = due();
  expect([creation?.kind, rest]).toEqual(['create-mailbox', []]);
  opened.store.writeTx('server', (tx) =>
    settleTargets(tx, creation?.id as ChangeId, [], { createdRemoteKey: 'Work', now: 0 }),
  );
  expect(due()).toMatchObject([{ id, kind: 'move', args: { toMailboxId: place } }]);
});

test('two moves whose folder is gone make one folder', () => {
  removeFolder('Work');
  const first = parkedMove(account.work);
  const [second] = observe(opened.store, account.inbox, { insert: [observed(2, { identity: 'two' })] }).added;
  message = second as MessageId;
  const other = parkedMove(account.work);
  for (const id of [first, other])
    redirectParked(opened.store, { random }, { id, to: { kind: 'same-again' } });
  expect(due().map(({ kind }) => kind)).toEqual(['create-mailbox']);
  const living = listMailboxes(opened.store.read, account.accountId).filter(
    ({ path, tombstonedAt }) => path === 'Work' && tombstonedAt === null,
  );
  expect(living).toHaveLength(1);
});

test('what is not parked, not a folder of the account or gone is refused', async () => {
  const id = parkedMove(account.work);
  const other = addAccount(opened.store);
  const to = (mailboxId: MailboxId) =>
    redirectParked(opened.store, { random }, { id, to: { kind: 'mailbox', mailboxId } });
  expect(to(other.inbox)).toMatchObject({ ok: false, failure: { kind: 'invalid' } });
  expect(to(999 as MailboxId)).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
  await discardChanges(opened.store, opened.clock, [id]);
  expect(to(account.archive)).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
});

test('a move whose message was deleted elsewhere leaves only discarding', () => {
  const id = parkedMove(account.work);
  observe(opened.store, account.inbox, { remove: [[1, 1]] });
  expect(view(id)).toMatchObject({ serverMailboxIds: [], alternatives: [] });
});

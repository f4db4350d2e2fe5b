import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, observe, observed, type TestAccount } from '../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../test/fakes/open-test-store';
import type { ChangeId, GestureId, MailboxId, MessageId } from '../../shared/domain';
import type { MailboxArgs } from '../store/pending-args';
import { dueChanges, isMailboxChange } from '../store/read/pending';
import { createLocalMailbox } from '../store/write/created-mailbox';
import { insertChange } from '../store/write/insert-change';
import { parkChange } from '../store/write/park-change';
import { planMailboxPush } from './plan-mailbox-push';

let opened: TestStore;
let account: TestAccount;
beforeEach(() => {
  opened = openTestStore();
  account = addAccount(opened.store);
});
afterEach(() => opened.remove());

const gesture = { gestureId: 'g' as GestureId };
let tokens = 0;
function insert(args: Parameters<typeof insertChange>[1]['args'], source = 0, messageIds: MessageId[] = []) {
  const token = (): string => `t${++tokens}`;
  const change = { ...gesture, accountId: account.accountId, args, source, messageIds, token };
  return opened.store.writeTx('user', (tx) => insertChange(tx, change))[0] as ChangeId;
}

/** What the facts mean for a change that has just been asked for. */
function plan(args: MailboxArgs) {
  const id = insert(args);
  const change = dueChanges(opened.store.read, account.accountId, opened.clock.now(), 100).find(
    (one) => one.id === id,
  );
  if (!change || !isMailboxChange(change)) throw new Error('not due');
  return planMailboxPush(opened.store.read, change);
}
const sql = (text: string, ...values: number[]) => opened.store.write.prepare(text).run(...values);
const rename = (parentId: MailboxId | null, name = 'Job'): MailboxArgs => ({
  kind: 'rename-mailbox',
  mailboxId: account.work,
  parentId,
  name,
});
const deletion = (): MailboxArgs => ({ kind: 'delete-mailbox', mailboxId: account.work });

test('a rename says what the server calls the folder and its parent now, with the subscriptions below', () => {
  sql("UPDATE mailboxes SET parent_id = ?, remote_key = 'Work/In' WHERE id = ?", account.work, account.sent);
  expect(plan(rename(account.archive))).toEqual({
    do: 'push',
    action: {
      kind: 'rename-mailbox',
      remoteKey: 'Work',
      parent: expect.objectContaining({ remoteKey: 'Archive', delimiter: '/' }),
      name: 'Job',
      subscribed: expect.arrayContaining(['Work', 'Work/In']),
    },
  });
});

test('what the server has so already is settled', () => {
  expect(plan(rename(null, 'Work'))).toEqual({ do: 'settle' });
  expect(plan({ kind: 'subscribe-mailbox', mailboxId: account.work, subscribed: true })).toEqual({
    do: 'settle',
  });
  sql('UPDATE mailboxes SET tombstoned_at = 1 WHERE id = ?', account.work);
  expect(plan(deletion())).toEqual({ do: 'settle' });
});

test('a folder or a place that is gone, and one inside itself, are set aside in words', () => {
  sql('UPDATE mailboxes SET parent_id = ? WHERE id = ?', account.work, account.archive);
  expect(plan(rename(account.archive))).toMatchObject({ do: 'park', failure: { kind: 'conflict' } });
  sql('UPDATE mailboxes SET tombstoned_at = 1 WHERE id = ?', account.junk);
  expect(plan(rename(account.junk))).toMatchObject({ do: 'park' });
  sql('UPDATE mailboxes SET tombstoned_at = 1 WHERE id = ?', account.work);
  expect(plan(rename(null))).toMatchObject({
    do: 'park',
    failure: { message: expect.stringContaining('no longer') },
  });
});

test('a place that is still to be created is waited for', () => {
  const parentId = opened.store.writeTx('user', (tx) =>
    createLocalMailbox(tx, {
      accountId: account.accountId,
      parentId: null,
      path: 'New',
      name: 'New',
      delimiter: '/',
      role: null,
    }),
  );
  expect(plan(rename(parentId))).toEqual({ do: 'wait' });
});

test('a folder is not deleted while mail is on its way out, and shown again when some could not leave', () => {
  const [message] = observe(opened.store, account.work, { insert: [observed(1, { identity: 'a' })] }).added;
  const move = insert({ kind: 'move', toMailboxId: account.trash, aim: 'mailbox' }, account.work, [
    message as MessageId,
  ]);
  expect(plan(deletion())).toEqual({ do: 'wait' });
  opened.store.writeTx('server', (tx) => parkChange(tx, move, { kind: 'rejected', message: 'Full.' }, 0));
  expect(plan(deletion())).toMatchObject({ do: 'park', failure: { kind: 'conflict' } });
});

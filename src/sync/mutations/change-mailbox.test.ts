import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFakeRandom } from '../../../test/fakes/fake-random';
import { addAccount, mailbox, observe, observed, type TestAccount } from '../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../test/fakes/open-test-store';
import type { MailboxChange } from '../../shared/contract/mailbox-change';
import type { ChangeId, GestureId, MailboxId, MailboxRole, MessageId } from '../../shared/domain';
import { createSystemClock } from '../ports/system-clock';
import { screenMailbox, screenMailboxes } from '../store/read/mailbox-screen';
import { mailboxByRole } from '../store/read/mailboxes';
import { mailboxesOf } from '../store/read/messages';
import { dueChanges } from '../store/read/pending';
import { recount } from '../store/recount';
import { insertAccount } from '../store/write/accounts';
import { applyMailboxListing } from '../store/write/apply-listing';
import { parkChange } from '../store/write/park-change';
import { claimChange } from '../store/write/pending-queue';
import { settleTargets } from '../store/write/settle-targets';
import { createGestures, type Gestures } from './gestures';

const random = createFakeRandom(3);
let opened: TestStore;
let account: TestAccount;
let gestures: Gestures;
beforeEach(() => {
  opened = openTestStore();
  account = addAccount(opened.store);
  gestures = createGestures({
    store: opened.store,
    clock: createSystemClock(),
    random,
    report: () => undefined,
  });
});
afterEach(() => {
  expect(recount(opened.store.read)).toEqual([]);
  opened.remove();
});

async function change(wanted: MailboxChange) {
  const done = await gestures.changeMailbox({ change: wanted, origin: 'user' });
  if (!done.ok) throw new Error(done.failure.message);
  return done.value;
}
const refusal = async (wanted: MailboxChange) => {
  const done = await gestures.changeMailbox({ change: wanted, origin: 'user' });
  return done.ok ? null : done.failure;
};
const create = (name: string, parentId: MailboxId | null = null) =>
  change({ kind: 'create', accountId: account.accountId, parentId, name });
const rename = (mailboxId: MailboxId, name: string) => change({ kind: 'rename', mailboxId, name });
const move = (mailboxId: MailboxId, parentId: MailboxId | null) =>
  change({ kind: 'move', mailboxId, parentId });
const remove = (mailboxId: MailboxId) => change({ kind: 'delete', mailboxId });
const undo = (gestureId: GestureId) => gestures.undo(gestureId);
const paths = () =>
  screenMailboxes(opened.store.read, account.accountId)
    .map(({ path }) => path)
    .filter((path) => !['INBOX', 'Archive', 'Trash', 'Junk', 'Sent'].includes(path))
    .sort();
const due = (later = 0) =>
  dueChanges(opened.store.read, account.accountId, opened.clock.now() + later, 1_000);
const settle = (id: ChangeId, createdRemoteKey: string) =>
  opened.store.writeTx('server', (tx) =>
    settleTargets(tx, id, [], { createdRemoteKey, now: opened.clock.now() }),
  );
const arrive = (count: number, box: MailboxId): MessageId[] =>
  observe(opened.store, box, {
    insert: Array.from({ length: count }, (_, at) => observed(at + 1, { identity: `${box}-${at}` })),
  }).added;
const LATER = 10_000;

test('a folder is there at once and its creation waits; what goes into it waits for that', async () => {
  const [message] = arrive(1, account.inbox) as [MessageId];
  const { mailboxId, changeIds } = await create('Travel', account.work);
  const inside = await create('2026', mailboxId);
  expect(paths()).toEqual(['Work', 'Work/Travel', 'Work/Travel/2026']);
  await gestures.apply({
    target: { kind: 'messages', messageIds: [message] },
    mutation: { kind: 'move', toMailboxId: mailboxId, fromMailboxId: null },
    origin: 'user',
  });
  expect(due()).toMatchObject([{ kind: 'create-mailbox', id: changeIds[0] }]);
  settle(changeIds[0] as ChangeId, 'Work/Travel');
  expect(due()).toMatchObject([{ kind: 'create-mailbox', id: inside.changeIds[0] }, { kind: 'move' }]);
});

test('a folder that was never created upstream is renamed, moved and taken back without a word to the server', async () => {
  const made = await create('Draft name');
  const renamed = await rename(made.mailboxId, 'Plans');
  await move(made.mailboxId, account.work);
  expect(due()).toMatchObject([{ id: made.changeIds[0], args: { path: ['Work', 'Plans'] } }]);
  expect(paths()).toEqual(['Work', 'Work/Plans']);
  expect(await undo(renamed.gestureId)).toMatchObject({ ok: false, failure: { kind: 'conflict' } });
  expect(await undo(made.gestureId)).toMatchObject({ ok: true });
  expect(paths()).toEqual(['Work']);
  expect(due()).toEqual([]);
});

test('names merge while they wait, a name given back leaves nothing, and undo knows the one before', async () => {
  const first = await rename(account.work, 'Job');
  const second = await rename(account.work, 'Office');
  expect(due()).toMatchObject([{ kind: 'rename-mailbox', args: { name: 'Office' } }]);
  expect(await undo(second.gestureId)).toMatchObject({ ok: true, value: { restored: 1 } });
  expect(paths()).toEqual(['Job']);
  await undo(first.gestureId);
  expect(paths()).toEqual(['Work']);
  expect(due()).toEqual([]);
  expect((await gestures.redo(first.gestureId)).ok).toBe(true);
  expect(paths()).toEqual(['Job']);
});

test('a listing from before the push does not move a folder back, and one that knows it changes nothing on screen', async () => {
  const { changeIds } = await rename(account.work, 'Office');
  const listing = (path: string) =>
    opened.store.writeTx('server', (tx) =>
      applyMailboxListing(
        tx,
        account.accountId,
        {
          complete: true,
          mailboxes: [
            mailbox('INBOX', 'inbox'),
            mailbox('Archive', 'archive'),
            mailbox('Trash', 'trash'),
            mailbox('Junk', 'junk'),
            mailbox('Sent', 'sent'),
            mailbox(path),
          ],
        },
        tx.nowMs,
      ),
    );
  for (let pull = 0; pull < 20; pull++) {
    listing('Work');
    expect(paths()).toEqual(['Office']);
  }
  settle(changeIds[0] as ChangeId, 'Office');
  expect(paths()).toEqual(['Office']);
  listing('Office');
  expect(paths()).toEqual(['Office']);
  expect(screenMailbox(opened.store.read, account.work)).toMatchObject({ remoteKey: 'Office' });
});

test('what a name has to do with another waits for it, and nothing else does', async () => {
  const job = await rename(account.work, 'Job');
  const again = await create('Work');
  const other = await create('Elsewhere');
  expect(due().map(({ id }) => id)).toEqual([job.changeIds[0], other.changeIds[0]]);
  settle(job.changeIds[0] as ChangeId, 'Job');
  expect(due().map(({ id }) => id)).toEqual([again.changeIds[0], other.changeIds[0]]);
  opened.store.writeTx('server', (tx) =>
    parkChange(tx, other.changeIds[0] as ChangeId, { kind: 'rejected', message: 'No.' }, 0),
  );
  expect(paths()).toEqual(['Job', 'Work']);
  expect(due().map(({ id }) => id)).toEqual([again.changeIds[0]]);
});

test('a folder and what lies in it are deleted innermost first, when their mail is in the trash', async () => {
  const inside = await create('Deep', account.work);
  settle(inside.changeIds[0] as ChangeId, 'Work/Deep');
  const outer = arrive(3, account.work);
  const inner = arrive(2, inside.mailboxId);
  const deleted = await remove(account.work);
  expect(deleted.affected).toBe(5);
  expect(paths()).toEqual([]);
  for (const id of [...outer, ...inner]) expect(mailboxesOf(opened.store.read, id)).toEqual([account.trash]);
  expect(due(LATER).map(({ kind }) => kind)).toEqual(['move', 'move']);

  expect(await undo(deleted.gestureId)).toMatchObject({ ok: true, value: { restored: 5, skipped: 0 } });
  expect(paths()).toEqual(['Work', 'Work/Deep']);
  expect(mailboxesOf(opened.store.read, inner[0] as MessageId)).toEqual([inside.mailboxId]);
  expect(due(LATER)).toEqual([]);
});

test('an empty folder waits ten seconds; a deletion the server has done cannot be undone and says so', async () => {
  const deleted = await remove(account.work);
  expect(due()).toEqual([]);
  const [deletion] = due(LATER);
  expect(deletion).toMatchObject({ kind: 'delete-mailbox', title: 'Delete the folder Work' });
  opened.store.writeTx('server', (tx) => claimChange(tx, deletion?.id as ChangeId, 'run', {}));
  expect(await undo(deleted.gestureId)).toMatchObject({ ok: false, failure: { kind: 'conflict' } });
  settle(deletion?.id as ChangeId, 'Work');
  expect(await undo(deleted.gestureId)).toMatchObject({
    ok: false,
    failure: { hint: 'Its messages are in Trash.' },
  });
  expect(paths()).toEqual([]);
});

test('a refused deletion shows the folder again, and a discarded one leaves it', async () => {
  const { changeIds } = await remove(account.work);
  opened.store.writeTx('server', (tx) =>
    parkChange(tx, changeIds[0] as ChangeId, { kind: 'rejected', message: 'No.' }, 0),
  );
  expect(paths()).toEqual(['Work']);
});

test.each<[string, () => MailboxChange, string]>([
  ['renaming the inbox', () => ({ kind: 'rename', mailboxId: account.inbox, name: 'Mine' }), 'invalid'],
  ['moving the inbox', () => ({ kind: 'move', mailboxId: account.inbox, parentId: account.work }), 'invalid'],
  ['deleting the inbox', () => ({ kind: 'delete', mailboxId: account.inbox }), 'invalid'],
  ['another role for the inbox', () => ({ kind: 'role', mailboxId: account.inbox, role: 'junk' }), 'invalid'],
  ['a delimiter in a name', () => ({ kind: 'rename', mailboxId: account.work, name: 'a/b' }), 'invalid'],
  ['no name', () => ({ kind: 'rename', mailboxId: account.work, name: '  ' }), 'invalid'],
  ['a name that is taken', () => ({ kind: 'rename', mailboxId: account.work, name: 'Archive' }), 'conflict'],
  [
    'a second inbox',
    () => ({ kind: 'create', accountId: account.accountId, parentId: null, name: 'inbox' }),
    'conflict',
  ],
  ['into itself', () => ({ kind: 'move', mailboxId: account.work, parentId: account.work }), 'invalid'],
  ['a folder that is not there', () => ({ kind: 'delete', mailboxId: 999 as MailboxId }), 'not-found'],
])('%s is refused', async (_what, wanted, kind) => {
  expect(await refusal(wanted())).toMatchObject({ kind });
  expect(paths()).toEqual(['Work']);
});

test('a trash with mail is not deleted, an empty one is', async () => {
  arrive(1, account.trash);
  expect(await refusal({ kind: 'delete', mailboxId: account.trash })).toMatchObject({ kind: 'invalid' });
});

test('SYNC-037 a role that a person gives belongs to one folder, survives listings and is undone whole', async () => {
  const roleOf = (id: MailboxId): MailboxRole | null => screenMailbox(opened.store.read, id)?.role ?? null;
  arrive(2, account.work);
  const given = await change({ kind: 'role', mailboxId: account.work, role: 'archive' });
  const listed = () =>
    opened.store.writeTx('server', (tx) =>
      applyMailboxListing(
        tx,
        account.accountId,
        {
          complete: false,
          mailboxes: [mailbox('Archive', 'archive'), mailbox('Work'), mailbox('Old', 'archive')],
        },
        tx.nowMs,
      ),
    );
  listed();
  expect([roleOf(account.work), roleOf(account.archive)]).toEqual(['archive', null]);
  expect(mailboxByRole(opened.store.read, account.accountId, 'archive')?.id).toBe(account.work);
  expect(await undo(given.gestureId)).toMatchObject({ ok: true });
  expect([roleOf(account.work), roleOf(account.archive)]).toEqual([null, 'archive']);
  await change({ kind: 'role', mailboxId: account.archive, role: null });
  expect(roleOf(account.archive)).toBeNull();
});

test('a local account does all of it at once and undoes it without a server', async () => {
  const local = addAccount(opened.store, 'local');
  account = local;
  const made = await create('Letters', local.work);
  const [message] = arrive(1, made.mailboxId) as [MessageId];
  const renamed = await rename(local.work, 'Home');
  expect(paths()).toEqual(['Home', 'Home/Letters']);
  const deleted = await remove(local.work);
  expect(deleted).toMatchObject({ affected: 1, changeIds: [] });
  expect(paths()).toEqual([]);
  expect(mailboxesOf(opened.store.read, message)).toEqual([local.trash]);
  expect(await undo(deleted.gestureId)).toMatchObject({ ok: true });
  expect(mailboxesOf(opened.store.read, message)).toEqual([made.mailboxId]);
  await undo(renamed.gestureId);
  expect(paths()).toEqual(['Work', 'Work/Letters']);
  expect(due(LATER)).toEqual([]);
});

test.each<[string, string, string, string | null]>([
  ['below the inbox where the server keeps everything there', '.', 'INBOX.Work', 'INBOX.Travel'],
  ['beside the inbox where it does not', '.', 'Work', 'Travel'],
  ['with any delimiter', '\\', 'Work', 'Travel'],
])('a new folder at the top goes %s', async (_where, delimiter, other, expected) => {
  const accountId = opened.store.writeTx('user', (tx) => {
    const facts = { protocol: 'imap', name: 'B', email: '', hue: 1, settings: null, now: 0 } as const;
    const id = insertAccount(tx, facts);
    const mailboxes = [mailbox('INBOX', 'inbox'), mailbox(other)].map((box) => ({ ...box, delimiter }));
    applyMailboxListing(tx, id, { mailboxes, complete: true }, tx.nowMs);
    return id;
  });
  const made = await change({ kind: 'create', accountId, parentId: null, name: 'Travel' });
  expect(screenMailbox(opened.store.read, made.mailboxId)).toMatchObject({ path: expected, delimiter });
  const inside = await change({ kind: 'create', accountId, parentId: made.mailboxId, name: 'Deep' });
  expect(screenMailbox(opened.store.read, inside.mailboxId)?.path).toBe(`${expected}${delimiter}Deep`);
  expect(
    await refusal({ kind: 'rename', mailboxId: inside.mailboxId, name: `a${delimiter}b` }),
  ).toMatchObject({
    kind: 'invalid',
  });
});

test('an account without levels has folders at the top only', async () => {
  const accountId = opened.store.writeTx('user', (tx) => {
    const facts = { protocol: 'imap', name: 'B', email: '', hue: 1, settings: null, now: 0 } as const;
    const id = insertAccount(tx, facts);
    const mailboxes = [mailbox('INBOX', 'inbox'), mailbox('Work')].map((box) => ({
      ...box,
      delimiter: null,
    }));
    applyMailboxListing(tx, id, { mailboxes, complete: true }, tx.nowMs);
    return id;
  });
  const made = await change({ kind: 'create', accountId, parentId: null, name: 'a/b' });
  expect(screenMailbox(opened.store.read, made.mailboxId)?.path).toBe('a/b');
  const inside = await refusal({ kind: 'create', accountId, parentId: made.mailboxId, name: 'c' });
  expect(inside).toMatchObject({ kind: 'invalid' });
});

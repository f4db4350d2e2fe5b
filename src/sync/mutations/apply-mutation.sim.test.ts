import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFakeRandom } from '../../../test/fakes/fake-random';
import { addAccount, observe, observed, type TestAccount } from '../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../test/fakes/open-test-store';
import type { Mutation, MutationResult } from '../../shared/contract/mutation';
import type { ChangeId, ListId, MailboxId, MessageId, Origin } from '../../shared/domain';
import { createSystemClock } from '../ports/system-clock';
import { mailboxByRole } from '../store/read/mailboxes';
import { mailboxesOf } from '../store/read/messages';
import { dueChanges, probingChanges } from '../store/read/pending';
import { placementsOf } from '../store/read/placements';
import { recount } from '../store/recount';
import { parkChange } from '../store/write/park-change';
import { claimChange, releaseOldClaims } from '../store/write/pending-queue';
import { settleTargets } from '../store/write/settle-targets';
import { createGestures, type Gestures } from './gestures';
import { discardChanges, retryChanges } from './parked-changes';

const random = createFakeRandom(3);
let opened: TestStore;
let account: TestAccount;
let gestures: Gestures;
beforeEach(() => {
  opened = openTestStore();
  account = addAccount(opened.store);
  gestures = gesturesOf(opened);
});
afterEach(() => {
  expect(recount(opened.store.read)).toEqual([]);
  opened.remove();
});

function gesturesOf({ store }: TestStore): Gestures {
  return createGestures({ store, clock: createSystemClock(), random, report: () => undefined });
}

function arrive(count: number, keywords: string[] = [], box = account.inbox): MessageId[] {
  const insert = Array.from({ length: count }, (_, at) =>
    observed(at + 1, { identity: `${box}-${at}`, keywords, headers: { subject: `Number ${at}` } }),
  );
  return observe(opened.store, box, { insert }).added;
}

function apply(messageIds: MessageId[], mutation: Mutation, origin: Origin = 'user') {
  return gestures.apply({ target: { kind: 'messages', messageIds }, mutation, origin });
}

async function gesture(messageIds: MessageId[], mutation: Mutation) {
  const result = await apply(messageIds, mutation);
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

const due = () => dueChanges(opened.store.read, account.accountId, opened.clock.now(), 1_000);
const read: Mutation = { kind: 'keywords', add: ['$seen'], remove: [] };
const unread: Mutation = { kind: 'keywords', add: [], remove: ['$seen'] };
const move = (to: MailboxId): Mutation => ({ kind: 'move', toMailboxId: to, fromMailboxId: null });
const keywordsOf = (id: MessageId) =>
  opened.store.read.prepare<[number], string>('SELECT keywords FROM messages WHERE id = ?').pluck().get(id);
const outcomes = (ids: MessageId[], from: MailboxId) =>
  ids.map((messageId) => ({
    messageId,
    mailboxId: from,
    uid: 1,
    result: 'done' as const,
    newUid: null,
    newUidValidity: null,
  }));

test('a gesture changes the screen and the queue together', async () => {
  const [id] = arrive(1) as [MessageId];
  const result = await gesture([id], { kind: 'archive' });
  expect(result).toMatchObject({ affected: 1, changeIds: [expect.any(Number)] });
  expect(mailboxesOf(opened.store.read, id)).toEqual([account.archive]);
  expect(placementsOf(opened.store.read, id).map(({ mailboxId }) => mailboxId)).toEqual([account.inbox]);
  expect(due()).toMatchObject([
    {
      kind: 'move',
      args: { toMailboxId: account.archive, aim: 'role' },
      targets: [{ messageId: id, mailboxId: account.inbox }],
      title: 'Move to Archive',
    },
  ]);
});

test('SYNC-234 waiting changes on the same message and field are merged', async () => {
  const [id] = arrive(1, ['$seen']) as [MessageId];
  await gesture([id], unread);
  await gesture([id], read);
  expect(due()).toEqual([]);

  await gesture([id], move(account.work));
  await gesture([id], move(account.archive));
  expect(due()).toMatchObject([
    { kind: 'move', args: { toMailboxId: account.archive }, targets: [{ mailboxId: account.inbox }] },
  ]);
  await gesture([id], move(account.inbox));
  expect(due()).toEqual([]);

  await gesture([id], unread);
  await gesture([id], { kind: 'trash' });
  await gesture([id], { kind: 'delete' });
  expect(due()).toMatchObject([{ kind: 'delete', targets: [{ messageId: id, mailboxId: account.inbox }] }]);
});

test('what is on the wire is never merged; the next wish waits behind it', async () => {
  const [id] = arrive(1) as [MessageId];
  const [first] = (await gesture([id], move(account.work))).changeIds as [ChangeId];
  opened.store.writeTx('server', (tx) => claimChange(tx, first, 'run', {}));
  const [second] = (await gesture([id], move(account.archive))).changeIds as [ChangeId];
  expect(second).not.toBe(first);
  expect(due()).toEqual([]);
  opened.store.writeTx('server', (tx) =>
    settleTargets(tx, first, outcomes([id], account.inbox), { createdRemoteKey: null, now: 0 }),
  );
  expect(due()).toMatchObject([{ id: second, targets: [{ mailboxId: account.work }] }]);
});

test('SYNC-233 one change that fails does not delay changes on other messages', async () => {
  const [a, b] = arrive(2) as [MessageId, MessageId];
  const [first] = (await gesture([a], read)).changeIds as [ChangeId];
  opened.store.write
    .prepare('UPDATE pending_changes SET not_before = ? WHERE id = ?')
    .run(opened.clock.now() + 3_600_000, first);
  const [other] = (await gesture([b], read)).changeIds as [ChangeId];
  const [moved] = (await gesture([a], move(account.work))).changeIds as [ChangeId];
  expect(due().map(({ id }) => id)).toEqual([other, moved]);
});

test('SYNC-230 a gesture on 2,500 messages becomes three rows of at most 1,000 targets', async () => {
  const ids = arrive(2_500);
  const { changeIds, affected } = await gesture(ids, { kind: 'archive' });
  expect(affected).toBe(2_500);
  expect(changeIds).toHaveLength(3);
  expect(due().map(({ targets }) => targets.length)).toEqual([1_000, 1_000, 500]);
});

test('SYNC-038 SYNC-237 a missing archive is created first and everything that needs it waits and parks with it', async () => {
  const other = addAccount(opened.store, 'imap', ['archive']);
  const id = observe(opened.store, other.inbox, { insert: [observed(1)] }).added[0] as MessageId;
  await gesture([id], { kind: 'archive' });
  const created = mailboxByRole(opened.store.read, other.accountId, 'archive');
  expect(mailboxesOf(opened.store.read, id)).toEqual([created?.id]);
  const [creation, ...rest] = dueChanges(opened.store.read, other.accountId, opened.clock.now(), 10);
  expect(creation).toMatchObject({ kind: 'create-mailbox', args: { role: 'archive', path: ['Archive'] } });
  expect(rest).toEqual([]);

  opened.store.writeTx('server', (tx) =>
    parkChange(tx, creation?.id as ChangeId, { kind: 'rejected', message: 'No.' }, tx.nowMs),
  );
  expect(mailboxesOf(opened.store.read, id)).toEqual([other.inbox]);
  await retryChanges(opened.store, opened.clock, [creation?.id as ChangeId]);
  expect(mailboxesOf(opened.store.read, id)).toEqual([created?.id]);
  opened.store.writeTx('server', (tx) =>
    settleTargets(tx, creation?.id as ChangeId, [], { createdRemoteKey: 'INBOX.Archive', now: 0 }),
  );
  expect(dueChanges(opened.store.read, other.accountId, opened.clock.now(), 10)).toMatchObject([
    { kind: 'move' },
  ]);
});

test('SYNC-242 SYNC-243 a refused change shows the facts again, and retry starts from where the message is now', async () => {
  const [id] = arrive(1) as [MessageId];
  const [change] = (await gesture([id], move(account.work))).changeIds as [ChangeId];
  opened.store.writeTx('server', (tx) =>
    parkChange(tx, change, { kind: 'rejected', message: 'No.' }, tx.nowMs),
  );
  expect(mailboxesOf(opened.store.read, id)).toEqual([account.inbox]);
  observe(opened.store, account.junk, { insert: [observed(1, { identity: `${account.inbox}-0` })] });
  observe(opened.store, account.inbox, { remove: [[1, 1]] });
  await retryChanges(opened.store, opened.clock, [change]);
  expect(mailboxesOf(opened.store.read, id)).toEqual([account.work]);
  expect(due()).toMatchObject([{ targets: [{ mailboxId: account.junk }] }]);
});

test('a refused mark gives way to a new wish about the same mark only, and holds up no other', async () => {
  const [id] = arrive(1) as [MessageId];
  const [refused] = (await gesture([id], read)).changeIds as [ChangeId];
  opened.store.writeTx('server', (tx) =>
    parkChange(tx, refused, { kind: 'rejected', message: 'No.' }, tx.nowMs),
  );
  const [other] = (await gesture([id], { kind: 'keywords', add: ['$flagged'], remove: [] })).changeIds as [
    ChangeId,
  ];
  expect(due().map((change) => change.id)).toEqual([other]);
  const parked = () =>
    opened.store.read.prepare("SELECT id FROM pending_changes WHERE state = 'parked'").pluck().all();
  expect(parked()).toEqual([refused]);
  await gesture([id], read);
  expect(parked()).toEqual([]);
  expect(keywordsOf(id)).toBe('$flagged $seen');
});

test('windows hear that a row no longer waits, although nothing else of it changed', async () => {
  const [id] = arrive(1) as [MessageId];
  const [change] = (await gesture([id], read)).changeIds as [ChangeId];
  const topics: string[] = [];
  opened.store.feed.subscribe((notice) => topics.push(...notice.topics));
  opened.store.writeTx('server', (tx) =>
    settleTargets(tx, change, outcomes([id], account.inbox), { createdRemoteKey: null, now: 0 }),
  );
  expect(topics).toEqual(expect.arrayContaining(['pending', `list:${account.inbox}`]));
});

test('SYNC-244 a discarded change can be taken back for ten seconds', async () => {
  const [id] = arrive(1) as [MessageId];
  const { changeIds, gestureId } = await gesture([id], move(account.work));
  opened.store.writeTx('server', (tx) =>
    parkChange(tx, changeIds[0] as ChangeId, { kind: 'rejected', message: 'No.' }, tx.nowMs),
  );
  expect(await discardChanges(opened.store, opened.clock, changeIds)).toEqual({
    ok: true,
    value: { count: 1 },
  });
  opened.clock.advance(9_000);
  expect(await gestures.undo(gestureId)).toMatchObject({ value: { restored: 1 } });
  const parked = opened.store.read.prepare("SELECT id FROM pending_changes WHERE state = 'parked'").all();
  expect(parked).toHaveLength(1);
});

test('SYNC-245 undo: waiting is taken out, claimed and settled get their inverse, changed elsewhere is skipped', async () => {
  const ids = arrive(5) as MessageId[];
  const waiting = await gesture([ids[0] as MessageId], { kind: 'archive' });
  await gestures.undo(waiting.gestureId);
  expect(due()).toEqual([]);

  const settled = await gesture(ids, { kind: 'archive' });
  const [change] = settled.changeIds as [ChangeId];
  opened.store.writeTx('server', (tx) => claimChange(tx, change, 'run', {}));
  opened.store.writeTx('server', (tx) =>
    settleTargets(tx, change, outcomes(ids, account.inbox), { createdRemoteKey: null, now: 0 }),
  );
  const stranger = ids[4] as MessageId;
  observe(opened.store, account.junk, { insert: [observed(9, { identity: `${account.inbox}-4` })] });
  opened.store.write
    .prepare('DELETE FROM placements WHERE message_id = ? AND mailbox_id = ?')
    .run(stranger, account.archive);
  opened.store.writeTx('server', (tx) => {
    tx.dirty.messages.add(stranger);
    tx.log(account.archive, stranger, 'change');
  });
  expect(await gestures.undo(settled.gestureId)).toEqual({
    ok: true,
    value: { gestureId: settled.gestureId, restored: 4, skipped: 1 },
  });
  expect(due()).toMatchObject([{ kind: 'move', args: { toMailboxId: account.inbox }, origin: 'undo' }]);
  expect(mailboxesOf(opened.store.read, ids[0] as MessageId)).toEqual([account.inbox]);
});

test('SYNC-235 each gesture restores what it saw, although the queue merged them', async () => {
  const [id] = arrive(1, ['$seen']) as [MessageId];
  const first = await gesture([id], { kind: 'keywords', add: ['$flagged'], remove: ['$seen'] });
  const second = await gesture([id], read);
  expect(keywordsOf(id)).toBe('$flagged $seen');
  await gestures.undo(second.gestureId);
  expect(keywordsOf(id)).toBe('$flagged');
  await gestures.undo(first.gestureId);
  expect(keywordsOf(id)).toBe('$seen');
  expect(due()).toEqual([]);
  await gestures.redo(first.gestureId);
  expect(keywordsOf(id)).toBe('$flagged');
});

test('SYNC-249 a claim of an older run becomes probing before anything is claimed', async () => {
  const [id] = arrive(1) as [MessageId];
  const [change] = (await gesture([id], read)).changeIds as [ChangeId];
  opened.store.writeTx('server', (tx) => claimChange(tx, change, 'old-run', { groups: [] }));
  opened.store.writeTx('server', (tx) => releaseOldClaims(tx, 'new-run'));
  expect(probingChanges(opened.store.read, account.accountId)).toMatchObject([{ id: change }]);
  expect(due()).toEqual([]);
});

test('SYNC-250 a row that nobody understands is parked and kept', async () => {
  const [id] = arrive(1) as [MessageId];
  const [change] = (await gesture([id], read)).changeIds as [ChangeId];
  opened.store.write.prepare('UPDATE pending_changes SET args_json = \'{"v":99}\' WHERE id = ?').run(change);
  expect(due()).toEqual([]);
  opened.store.writeTx('server', (tx) => releaseOldClaims(tx, 'run'));
  const row = opened.store.read
    .prepare<[], { id: number; state: string }>('SELECT id, state FROM pending_changes')
    .get();
  expect(row).toEqual({ id: change, state: 'parked' });
  expect(keywordsOf(id)).toBe('');
});

test('SYNC-252 a gesture on a whole list touches what was in it at that instant', async () => {
  const ids = arrive(30);
  const kept = opened.store.read
    .prepare<[number, number], { item_id: number }>(
      'SELECT item_id FROM list_rows WHERE list_id = ? AND message_id = ?',
    )
    .get(account.inbox, ids[0] as number);
  const result = await gestures.apply({
    target: {
      kind: 'list',
      listId: account.inbox as number as ListId,
      exceptItemIds: [kept?.item_id as number],
    },
    mutation: { kind: 'archive' },
    origin: 'user',
  });
  expect(result).toMatchObject({ value: { affected: 29 } });
  observe(opened.store, account.inbox, { insert: [observed(99)] });
  const inbox = opened.store.read
    .prepare<[number], { rows: number }>('SELECT rows FROM lists WHERE list_id = ?')
    .get(account.inbox);
  expect(inbox?.rows).toBe(2);
});

test('only trash and junk are deleted for good, unless a command says so', async () => {
  const [id] = arrive(1) as [MessageId];
  expect(await apply([id], { kind: 'delete' })).toMatchObject({ ok: false, failure: { kind: 'invalid' } });
  expect(await apply([id], { kind: 'delete' }, 'cli')).toMatchObject({ ok: true, value: { affected: 1 } });
});

test('messages are moved within their account only, and into mailboxes that exist', async () => {
  const [id] = arrive(1) as [MessageId];
  const other = addAccount(opened.store);
  expect(await apply([id], move(other.work))).toMatchObject({ ok: false, failure: { kind: 'invalid' } });
  expect(await apply([id], move(9_999 as MailboxId))).toMatchObject({
    ok: false,
    failure: { kind: 'not-found' },
  });
});

test('APP-161 twenty random actions and all undone leave the state as it was', async () => {
  const ids = arrive(6, ['blue']);
  const state = () => JSON.stringify(ids.map((id) => [keywordsOf(id), mailboxesOf(opened.store.read, id)]));
  const before = state();
  const actions: Mutation[] = [
    read,
    unread,
    { kind: 'archive' },
    { kind: 'trash' },
    { kind: 'junk' },
    { kind: 'not-junk' },
    move(account.work),
    { kind: 'keywords', add: ['$flagged'], remove: ['blue'] },
    { kind: 'snooze', until: opened.clock.now() + 3_600_000 },
    { kind: 'unsnooze' },
  ];
  const done: MutationResult[] = [];
  for (let n = 0; n < 20; n++) {
    const some = ids.filter(() => random.fraction() < 0.5);
    const action = actions[Math.floor(random.fraction() * actions.length)] as Mutation;
    done.push(await gesture(some.length > 0 ? some : ids, action));
  }
  for (const { gestureId, affected } of done.reverse())
    if (affected > 0) expect(await gestures.undo(gestureId)).toMatchObject({ value: { skipped: 0 } });
  expect(state()).toBe(before);
  expect(due()).toEqual([]);
});

test('a local account changes its facts at once, queues nothing and can still undo', async () => {
  const local = addAccount(opened.store, 'local');
  const id = observe(opened.store, local.inbox, { insert: [observed(1)] }).added[0] as MessageId;
  const trashed = await gesture([id], { kind: 'trash' });
  expect(trashed.changeIds).toEqual([]);
  expect(placementsOf(opened.store.read, id).map(({ mailboxId }) => mailboxId)).toEqual([local.trash]);
  const gone = await gesture([id], { kind: 'delete' });
  expect(mailboxesOf(opened.store.read, id)).toEqual([]);
  await gestures.undo(gone.gestureId);
  await gestures.undo(trashed.gestureId);
  expect(mailboxesOf(opened.store.read, id)).toEqual([local.inbox]);
});

test('a trash is emptied ten seconds later and comes back whole until then; other folders are not', async () => {
  const ids = arrive(3, [], account.trash);
  const listId = account.trash as number as ListId;
  const target = { kind: 'list' as const, listId, exceptItemIds: [] };
  const emptied = await gestures.apply({ target, mutation: { kind: 'empty' }, origin: 'user' });
  expect(emptied).toMatchObject({ ok: true, value: { affected: 3 } });
  expect(mailboxesOf(opened.store.read, ids[0] as MessageId)).toEqual([]);
  expect(due()).toEqual([]);
  const later = dueChanges(opened.store.read, account.accountId, opened.clock.now() + 10_000, 10);
  expect(later).toMatchObject([{ kind: 'delete', targets: [{}, {}, {}] }]);
  const gestureId = emptied.ok ? emptied.value.gestureId : ('' as never);
  expect(await gestures.undo(gestureId)).toMatchObject({ ok: true, value: { restored: 3 } });
  expect(mailboxesOf(opened.store.read, ids[0] as MessageId)).toEqual([account.trash]);
  expect(due()).toEqual([]);
  await gestures.redo(gestureId);
  expect(due()).toEqual([]);

  const inbox = arrive(1);
  const refused = await apply(inbox, { kind: 'empty' });
  expect(refused).toMatchObject({ ok: false, failure: { kind: 'invalid' } });
});

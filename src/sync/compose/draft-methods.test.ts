import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, type TestAccount } from '../../../test/fakes/observed-facts';
import { openTestCompose } from '../../../test/fakes/open-test-compose';
import { openTestStore, type TestStore } from '../../../test/fakes/open-test-store';
import type { IdentityId, MessageId } from '../../shared/domain';
import { draftView, listRevisions } from '../store/read/drafts';
import { identitiesOf } from '../store/read/identities';
import { messageAccount } from '../store/read/messages';
import { recount } from '../store/recount';
import { insertAccount } from '../store/write/accounts';

let opened: TestStore;
let account: TestAccount;
let compose: ReturnType<typeof openTestCompose>;
beforeEach(() => {
  opened = openTestStore();
  account = addAccount(opened.store);
  compose = openTestCompose(opened.store, opened.clock);
});
afterEach(() => {
  expect(recount(opened.store.read)).toEqual([]);
  opened.remove();
});

test('a draft is in the Drafts mailbox with its first save, read, and follows what is written', async () => {
  const begun = await compose.begin(account.accountId);
  expect(compose.inMailbox('Drafts')).toEqual([]);
  const once = await compose.write(begun, { subject: 'Plans', body: '<p>Hello</p>' });
  await compose.write(once, { subject: 'Better plans' });
  expect(compose.inMailbox('Drafts')).toMatchObject([{ subject: 'Better plans', keywords: '$draft $seen' }]);
  expect(draftView(opened.store.read, begun.id)).toMatchObject({ revision: 2, saved: 'computer' });
  expect(listRevisions(opened.store.read, begun.id).map(({ firstLine }) => firstLine)).toEqual([
    'Hello',
    'Hello',
    '',
  ]);
});

test('a save on an older revision is a conflict, and the text that was there stays', async () => {
  const begun = await compose.begin(account.accountId);
  await compose.write(begun, { body: 'mine' });
  const late = compose.methods['drafts.save']({
    draftId: begun.id,
    baseRevision: begun.revision,
    content: { ...begun.content, body: 'theirs' },
  });
  expect(await late).toMatchObject({ ok: false, failure: { kind: 'conflict' } });
  expect(draftView(opened.store.read, begun.id)?.content.body).toBe('mine');
});

test('a version is restored as a new one', async () => {
  const begun = await compose.begin(account.accountId);
  const first = await compose.write(begun, { body: 'first' });
  await compose.write(first, { body: 'second' });
  const back = await compose.must(compose.methods['drafts.restore']({ draftId: begun.id, revision: 1 }));
  expect(back).toMatchObject({ revision: 3, content: { body: 'first' } });
});

test('closing a draft nobody wrote in leaves nothing', async () => {
  const begun = await compose.begin(account.accountId);
  await compose.must(compose.methods['drafts.close']({ draftId: begun.id }));
  expect(draftView(opened.store.read, begun.id)).toBeNull();
});

test('a discarded draft is gone from the list, can be kept for 10 s, and ends then', async () => {
  const draft = await compose.write(await compose.begin(account.accountId), { subject: 'Never mind' });
  await compose.must(compose.methods['drafts.discard']({ draftId: draft.id }));
  expect(compose.inMailbox('Drafts')).toEqual([]);
  opened.clock.advance(9_000);
  await compose.must(compose.methods['drafts.keep']({ draftId: draft.id }));
  expect(compose.inMailbox('Drafts')).toMatchObject([{ subject: 'Never mind' }]);
  await compose.must(compose.methods['drafts.discard']({ draftId: draft.id }));
  opened.clock.advance(10_000);
  expect(await compose.methods['drafts.keep']({ draftId: draft.id })).toMatchObject({ ok: false });
});

test('a file arrives in pieces and is part of the draft with its last byte', async () => {
  const draft = await compose.write(await compose.begin(account.accountId), { subject: 'File' });
  const file = { draftId: draft.id, filename: 'a.txt', mediaType: 'text/plain', size: 6, inline: false };
  const { id } = await compose.must(compose.methods['drafts.attach'](file));
  const put = (offset: number, text: string) =>
    compose.methods['drafts.putBytes']({
      attachmentId: id,
      offset,
      base64: Buffer.from(text).toString('base64'),
    });
  expect(await compose.must(put(0, 'abc'))).toMatchObject({ state: 'loading' });
  expect(await put(1, 'xyz')).toMatchObject({ ok: false, failure: { kind: 'conflict' } });
  expect(await compose.must(put(3, 'def'))).toMatchObject({ state: 'here', size: 6 });
  expect(draftView(opened.store.read, draft.id)?.attachments).toMatchObject([{ filename: 'a.txt' }]);
});

test('with a sender of another account the draft moves there', async () => {
  const other = opened.store.writeTx('user', (tx) =>
    insertAccount(tx, {
      protocol: 'local',
      name: 'B',
      email: 'b@example.net',
      hue: 1,
      settings: null,
      now: 1,
    }),
  );
  const identity = identitiesOf(opened.store.read, other)[0];
  const draft = await compose.write(await compose.begin(account.accountId), { subject: 'Moves' });
  expect(compose.inMailbox('Drafts')).toHaveLength(1);
  const moved = await compose.write(draft, { identityId: identity?.id as IdentityId });
  const shown = compose.inMailbox('Drafts');
  expect(shown).toHaveLength(1);
  expect(messageAccount(opened.store.read, shown[0]?.id as MessageId)).toBe(other);
  expect(draftView(opened.store.read, moved.id)?.accountId).toBe(other);
});

test('a local account refuses to send before anything is frozen', async () => {
  const local = addAccount(opened.store, 'local');
  const draft = await compose.write(await compose.begin(local.accountId), {
    to: [{ name: '', address: 'a@example.org' }],
  });
  const check = await compose.must(compose.methods['drafts.check']({ draftId: draft.id }));
  expect(check.problems.map(({ kind }) => kind)).toEqual(['no-submission-server']);
  const sent = compose.methods['drafts.send']({
    draftId: draft.id,
    revision: 1,
    undoSeconds: 0,
    later: null,
  });
  expect(await sent).toMatchObject({
    ok: false,
    failure: { kind: 'invalid', hint: expect.stringContaining('where it sends') },
  });
  expect(compose.outbox()).toEqual([]);
});

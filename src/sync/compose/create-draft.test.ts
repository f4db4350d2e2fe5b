import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestCompose } from '../../../test/fakes/open-test-compose';
import { openTestStore, type TestStore } from '../../../test/fakes/open-test-store';
import type { DraftKind } from '../../shared/contract/compose-views';
import type { AccountId, MessageId } from '../../shared/domain';
import { ok } from '../../shared/outcome';
import { observeSource } from '../mime/observe-source';
import { COLLECTIONS } from '../store/collections';
import { draftView } from '../store/read/drafts';
import { insertAccount } from '../store/write/accounts';
import { insertIdentity } from '../store/write/identities';
import { importMessages } from '../store/write/import-messages';
import { insertLocalMailbox } from '../store/write/mailboxes';

let opened: TestStore;
let compose: ReturnType<typeof openTestCompose>;
let accountId: AccountId;
let messageId: MessageId;

const SOURCE = [
  'From: Ada <ada@example.org>',
  'To: me@example.org, Bea <bea@example.org>',
  'Cc: work@example.org',
  'Subject: Plans',
  'Message-ID: <1@example.org>',
  'References: <0@example.org>',
  'Date: Tue, 14 Nov 2023 22:13:20 +0000',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  'Content-Type: text/plain',
  '',
  'Shall we meet?',
  '--b',
  'Content-Type: application/pdf; name=plan.pdf',
  'Content-Disposition: attachment; filename=plan.pdf',
  '',
  'pdf',
  '--b--',
  '',
].join('\r\n');

beforeEach(() => {
  opened = openTestStore();
  compose = openTestCompose(opened.store, opened.clock);
  [accountId, messageId] = opened.store.writeTx('user', (tx) => {
    const account = insertAccount(tx, {
      protocol: 'local',
      name: 'Me',
      email: 'me@example.org',
      hue: 0,
      settings: null,
      now: 1,
    });
    const inbox = insertLocalMailbox(tx, account, { path: 'Inbox', role: 'inbox' });
    const { message, body } = observeSource(Buffer.from(SOURCE), { uid: 1, keywords: [], receivedAt: 1 });
    const [id] = importMessages(tx, inbox, [{ observed: message, body }]);
    return [account, id as MessageId];
  });
});
afterEach(() => opened.remove());

const create = (kind: DraftKind, quick = false) =>
  compose.must(
    compose.methods['drafts.create']({
      kind,
      messageId: kind === 'new' ? null : messageId,
      accountId,
      selection: null,
      quick,
      mailto: null,
    }),
  );

test('a reply goes to the author, about the same, and quotes the message', async () => {
  const draft = await create('reply');
  expect(draft.content).toMatchObject({
    to: [{ name: 'Ada', address: 'ada@example.org' }],
    cc: [],
    subject: 'Re: Plans',
    quote: { messageId, kind: 'reply', included: true },
  });
  expect(draft.attachments).toEqual([]);
});

test('a reply to all leaves oneself out, and is in the conversation from its first save', async () => {
  const draft = await create('reply-all');
  expect(draft.content.to.map(({ address }) => address)).toEqual(['ada@example.org', 'bea@example.org']);
  expect(draft.content.cc.map(({ address }) => address)).toEqual(['work@example.org']);
  await compose.write(draft, { body: 'Yes' });
  const threads = opened.store.read.prepare('SELECT count(DISTINCT thread_id) FROM messages').pluck().get();
  expect(threads).toBe(1);
});

test('a forward takes the attachments along; as an attachment it takes the whole message', async () => {
  expect((await create('forward')).attachments).toMatchObject([
    { filename: 'plan.pdf', mediaType: 'application/pdf', state: 'here' },
  ]);
  const whole = await create('forward-attached');
  expect(whole.content.subject).toBe('Fwd: Plans');
  expect(whole.attachments).toMatchObject([
    { filename: 'Plans.eml', mediaType: 'message/rfc822', size: SOURCE.length, state: 'here' },
  ]);
});

test('edit as new has the text, the recipients and the files', async () => {
  const draft = await create('edit-as-new');
  expect(draft.content).toMatchObject({ subject: 'Plans', quote: null });
  expect(draft.content.body).toContain('Shall we meet?');
  expect(draft.attachments).toHaveLength(1);
});

test('a quick reply that was begun is found again', async () => {
  const begun = await create('reply', true);
  await compose.write(begun, { body: 'On my way' });
  expect(await create('reply', true)).toMatchObject({ id: begun.id, content: { body: 'On my way' } });
});

test('the sender is the one the mail was sent to', async () => {
  opened.store.writeTx('user', (tx) =>
    insertIdentity(tx, {
      accountId,
      name: 'Work',
      address: 'work@example.org',
      replyTo: null,
      bccSelf: false,
      signatureHtml: '',
      signaturePlace: 'above-quote',
      signatureInReplies: true,
      sentMailboxId: null,
    }),
  );
  const addresses = await compose.must(
    compose.methods['drafts.create']({
      kind: 'reply',
      messageId,
      accountId: null,
      selection: null,
      quick: false,
      mailto: null,
    }),
  );
  const address = opened.store.read
    .prepare('SELECT address FROM identities WHERE id = ?')
    .pluck()
    .get(addresses.content.identityId);
  expect(address).toBe('me@example.org');
});

test('files that are not on this computer are named, asked for before sending, and stop it when they are gone', async () => {
  const asked: unknown[] = [];
  opened.store.writeTx('user', (tx) => {
    tx.db.prepare('UPDATE bodies SET source_hash = NULL').run();
    tx.log(COLLECTIONS.bodies, messageId, 'change');
  });
  compose = openTestCompose(opened.store, opened.clock, {
    load: async (...what) => {
      asked.push(what);
      return ok('gone');
    },
  });
  const draft = await create('forward');
  expect(draft.attachments).toMatchObject([{ filename: 'plan.pdf', state: 'missing' }]);
  const request = { draftId: draft.id, revision: 0, undoSeconds: 0, later: null } as const;
  expect(await compose.methods['drafts.send'](request)).toMatchObject({
    ok: false,
    failure: { kind: 'not-found' },
  });
  expect(asked).toEqual([[accountId, messageId, 0]]);
  expect(draftView(opened.store.read, draft.id)).not.toBeNull();
});

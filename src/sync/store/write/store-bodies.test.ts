import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, observe, observed, type TestAccount } from '../../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../../test/fakes/open-test-store';
import type { MessageId } from '../../../shared/domain';
import { observeSource } from '../../mime/observe-source';
import { packBlob } from '../pack-body';
import { getBody, listAttachments, readSource } from '../read/bodies';
import { storeBodies, storeSource } from './store-bodies';

let opened: TestStore;
let account: TestAccount;
beforeEach(() => {
  opened = openTestStore();
  account = addAccount(opened.store);
});
afterEach(() => opened.remove());

const SOURCE = Buffer.from(
  [
    'Subject: Plans',
    'Content-Type: multipart/mixed; boundary=m',
    '',
    '--m',
    'Content-Type: multipart/related; boundary=r',
    '',
    '--r',
    'Content-Type: text/html; charset=utf-8',
    '',
    `<p>Dear Bob,</p><p>The <b>point</b> is here. ${'And it goes on. '.repeat(30)}</p><img src="cid:pic@x"><blockquote>old words</blockquote>`,
    '--r',
    'Content-Type: image/png',
    'Content-ID: <pic@x>',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from('picture').toString('base64'),
    '--r--',
    '--m',
    'Content-Type: application/pdf; name=plan.pdf',
    'Content-Disposition: attachment; filename=plan.pdf',
    '',
    'pdf',
    '--m--',
    '',
  ].join('\r\n'),
);

test('of a message its parts, snippet and inline pictures are stored, its source by policy or on demand', () => {
  const insert = [1, 2].map((uid) => observed(uid, { identity: `m${uid}` }));
  const [whole, large] = observe(opened.store, account.inbox, { insert }).added as [MessageId, MessageId];
  const { body } = observeSource(SOURCE, { uid: 1, keywords: [], receivedAt: 0 });
  opened.store.writeTx('server', (tx) => storeBodies(tx, [{ messageId: whole, body }]));
  const { read, blobFiles } = opened.store;

  const stored = getBody(read, whole);
  expect(stored?.html).toContain('<b>point</b>');
  const snippet = read.prepare('SELECT snippet FROM messages WHERE id = ?').pluck().get(whole) as string;
  expect(snippet).toMatch(/^The point is here\./);
  expect(snippet).not.toContain('old words');
  expect(snippet.length).toBeLessThanOrEqual(200);
  const parts = listAttachments(read, whole);
  expect(parts).toMatchObject([
    { section: '1.2', media_type: 'image/png', content_id: 'pic@x', inline: 1 },
    { section: '2', filename: 'plan.pdf', media_type: 'application/pdf', inline: 0 },
  ]);
  expect(Buffer.from(readSource(read, blobFiles, whole) ?? []).equals(SOURCE)).toBe(true);

  // A large message gives its parts first; the source comes when somebody asks for it.
  const partly = {
    ...body,
    source: null,
    attachments: body.attachments.map((part) => ({ ...part, content: null })),
  };
  opened.store.writeTx('server', (tx) => storeBodies(tx, [{ messageId: large, body: partly }]));
  expect(readSource(read, blobFiles, large)).toBeNull();
  expect(listAttachments(read, large)).toMatchObject([{ content_id: 'pic@x' }, { filename: 'plan.pdf' }]);
  opened.store.writeTx('server', (tx) => storeSource(tx, large, packBlob(SOURCE)));
  expect(Buffer.from(readSource(read, blobFiles, large) ?? []).equals(SOURCE)).toBe(true);
});

import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, type TestAccount } from '../../../test/fakes/observed-facts';
import { openTestCompose } from '../../../test/fakes/open-test-compose';
import { openTestStore, type TestStore } from '../../../test/fakes/open-test-store';
import { writeCompact } from '../store/compact/write-compact';
import { openStore } from '../store/open-store';
import { draftView, listRevisions } from '../store/read/drafts';
import { finishRescue, rescueDatabase } from '../store/repair';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

let opened: TestStore;
let account: TestAccount;
beforeEach(() => {
  opened = openTestStore();
  account = addAccount(opened.store);
  opened.store.writeTx('user', (tx) => {
    const server = { host: 'mail.example.org', port: 465, security: 'tls', user: 'me' };
    tx.db
      .prepare('UPDATE accounts SET settings_json = ?')
      .run(JSON.stringify({ email: 'me@example.org', imap: server, submission: server }));
    tx.log(-1, account.accountId, 'change');
  });
});
afterEach(() => opened.remove());

test('drafts, their files, senders and the outbox come back from the hourly copy when the store is damaged', async () => {
  const { store, clock, profileDir } = opened;
  const folder = join(profileDir, 'backups');
  mkdirSync(folder, { recursive: true });
  store.write.pragma('wal_checkpoint(FULL)');
  copyFileSync(store.path, join(folder, '1-daily.sqlite'));

  const compose = openTestCompose(store, clock);
  const begun = await compose.begin(account.accountId);
  const draft = await compose.write(begun, { subject: 'Still writing', body: '<p>Half a letter</p>' });
  const file = { draftId: draft.id, filename: 'a.txt', mediaType: 'text/plain', size: 3, inline: false };
  const { id } = await compose.must(compose.methods['drafts.attach'](file));
  const base64 = Buffer.from('abc').toString('base64');
  await compose.must(compose.methods['drafts.putBytes']({ attachmentId: id, offset: 0, base64 }));
  const sent = await compose.write(await compose.begin(account.accountId), {
    to: [{ name: '', address: 'bea@example.org' }],
    subject: 'On its way',
    body: 'Text',
    format: 'text',
  });
  await compose.send(sent);
  for (const steps = writeCompact(store.path, 5); !steps.next().done; );
  store.close();
  writeFileSync(store.path, 'this is no database any more');

  rescueDatabase(store.path, 10);
  const again = openStore(store.path, { clock, logger: quiet });
  try {
    expect(finishRescue(again)).not.toBeNull();
    const after = openTestCompose(again, clock);
    expect(after.outbox()).toMatchObject([{ subject: 'On its way', state: 'queued' }]);
    expect(after.inMailbox('Sent')).toMatchObject([{ subject: 'On its way' }]);
    expect(after.inMailbox('Drafts')).toMatchObject([{ subject: 'Still writing' }]);
    expect(draftView(again.read, draft.id)).toMatchObject({
      content: { body: '<p>Half a letter</p>' },
      attachments: [{ filename: 'a.txt', state: 'here' }],
    });
    expect(listRevisions(again.read, draft.id)).toHaveLength(2);
  } finally {
    again.close();
  }
});

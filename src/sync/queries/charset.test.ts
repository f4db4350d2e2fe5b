import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, observe, observed, type TestAccount } from '../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../test/fakes/open-test-store';
import type { MessageId } from '../../shared/domain';
import { observeSource } from '../mime/observe-source';
import { storeBodies } from '../store/write/store-bodies';
import { bodyView } from './body-view';

let opened: TestStore;
let account: TestAccount;
beforeEach(() => {
  opened = openTestStore();
  account = addAccount(opened.store);
});
afterEach(() => opened.remove());

let uid = 0;
/** Stores a message with these bytes as its text; answers what the reader shows under a character set, or by itself. */
function shown(hex: string, declared: string | null, chosen: string | null = null): string | undefined {
  uid += 1;
  const type = declared === null ? '' : `Content-Type: text/plain; charset="${declared}"\r\n`;
  const head = `Subject: Text\r\n${type}Content-Transfer-Encoding: 8bit\r\n\r\n`;
  const source = Buffer.concat([Buffer.from(head), Buffer.from(hex, 'hex')]);
  const { body } = observeSource(source, { uid, keywords: [], receivedAt: 0 });
  const [messageId] = observe(opened.store, account.inbox, { insert: [observed(uid)] }).added as [MessageId];
  opened.store.writeTx('server', (tx) => storeBodies(tx, [{ messageId, body }]));
  const view = bodyView(opened.store.read, opened.store.blobFiles, messageId, chosen);
  return view?.segments.map(({ text }) => text).join('\n');
}

test.each<[string, string, string | null, string]>([
  ['the declared one before everything', 'e9e8', 'iso-8859-5', 'щш'],
  ['the declared one before the byte order mark', 'efbbbf41', 'windows-1252', 'ï»¿A'],
  ['the byte order mark before a guess', 'fffe4100e900', null, 'Aé'],
  ['strict UTF-8', 'c3a9e282ac', null, 'é€'],
  ['UTF-8 under a label nobody knows', 'c3a9', 'x-nonsense', 'é'],
  ['windows-1252 when it is no UTF-8', '636166e92080', null, 'café €'],
  ['GB18030 by score', 'c4e3bac3cac0bde7', null, '你好世界'],
  ['Shift_JIS by score', '82a882cd82e682a482b282b482a282dc82b7', null, 'おはようございます'],
  ['EUC-KR by score', 'bec8b3e7c7cfbcbcbfe4', null, '안녕하세요'],
])(
  'SYNC-349 charset: %s, and the kept bytes read as another when the user picks it',
  (_name, hex, declared, text) => {
    expect(shown(hex, declared)).toBe(text);
    const latin = new TextDecoder('iso-8859-2').decode(Buffer.from(hex, 'hex'));
    expect(shown(hex, declared, 'iso-8859-2')).toBe(latin);
  },
);

import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, observe, type TestAccount } from '../../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../../test/fakes/open-test-store';
import type { MessageId } from '../../../shared/domain';
import { mailboxesOf } from '../../store/read/messages';
import { readFetchRow } from './fetch-row';
import { observeMessage } from './observe-message';
import { readResponseLine } from './response-line';

let opened: TestStore;
let account: TestAccount;
beforeEach(() => {
  opened = openTestStore();
  account = addAccount(opened.store);
});
afterEach(() => opened.remove());

interface Said {
  readonly uid: number;
  readonly size?: number;
  readonly header?: string;
  readonly more?: string;
}
const HEADER = 'Message-ID: <a@example.org>\r\nDate: Fri, 20 Nov 2026 10:00:00 +0100\r\n\r\n';

/** What a FETCH row with these facts is to us. */
function said({ uid, size = 100, header = HEADER, more = '' }: Said) {
  const text = `* ${uid} FETCH (UID ${uid} FLAGS () RFC822.SIZE ${size}${more} BODY[HEADER.FIELDS (X)] {${header.length}}`;
  const line = readResponseLine(Buffer.from(`${text}\r\n)`), [Buffer.from(header)]);
  const row = line && readFetchRow(line);
  if (!row) throw new Error('no row');
  return observeMessage(row);
}

test.each<[string, Omit<Said, 'uid'>, Omit<Said, 'uid'>, boolean]>([
  // EMAILID decides alone …
  [
    'equal EMAILID, else different',
    { more: ' EMAILID (M1)' },
    { more: ' EMAILID (M1)', size: 7, header: '\r\n' },
    true,
  ],
  ['another EMAILID, else equal', { more: ' EMAILID (M1)' }, { more: ' EMAILID (M2)' }, false],
  // … then X-GM-MSGID …
  ['equal X-GM-MSGID, else different', { more: ' X-GM-MSGID 77' }, { more: ' X-GM-MSGID 77', size: 7 }, true],
  ['another X-GM-MSGID, else equal', { more: ' X-GM-MSGID 77' }, { more: ' X-GM-MSGID 78' }, false],
  [
    'EMAILID beside X-GM-MSGID',
    { more: ' EMAILID (M1) X-GM-MSGID 1' },
    { more: ' X-GM-MSGID 2 EMAILID (M1)' },
    true,
  ],
  // … then Message-ID, size and date together.
  ['equal Message-ID, size and date', {}, {}, true],
  ['another size', {}, { size: 101 }, false],
  ['another date', {}, { header: HEADER.replace('10:00', '10:01') }, false],
  ['another Message-ID', {}, { header: HEADER.replace('<a@', '<b@') }, false],
])('SYNC-100 one message or two: %s', (_name, first, second, isOne) => {
  const [id] = observe(opened.store, account.inbox, { insert: [said({ uid: 1, ...first })] }).added;
  const { added } = observe(opened.store, account.work, { insert: [said({ uid: 9, ...second })] });
  expect(added).toHaveLength(isOne ? 0 : 1);
  const places = isOne ? [account.inbox, account.work] : [account.inbox];
  expect(mailboxesOf(opened.store.read, id as MessageId)).toEqual(places);
});

test('SYNC-101 one Message-ID on different messages, or none at all, makes nothing the same', () => {
  const alike = [
    said({ uid: 1 }),
    said({ uid: 2, size: 101 }),
    said({ uid: 3, header: HEADER.replace('20 Nov', '21 Nov') }),
  ];
  expect(observe(opened.store, account.inbox, { insert: alike }).added).toHaveLength(3);
  const withoutId = HEADER.replace(/^Message-ID.*\r\n/, '');
  const nameless = [4, 5].map((uid) => said({ uid, header: withoutId }));
  expect(observe(opened.store, account.inbox, { insert: nameless }).added).toHaveLength(2);
  expect(
    observe(opened.store, account.work, { insert: [said({ uid: 1, header: withoutId })] }).added,
  ).toHaveLength(1);
});

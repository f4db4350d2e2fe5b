import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '../../../test/fakes/open-test-store';
import { DraftContent } from '../../shared/contract/compose-views';
import { observeSource } from '../mime/observe-source';
import { insertAccount } from '../store/write/accounts';
import { importMessages } from '../store/write/import-messages';
import { insertLocalMailbox } from '../store/write/mailboxes';
import { writeBody } from './write-body';

let opened: TestStore;
let content: DraftContent;
beforeEach(() => {
  opened = openTestStore();
  const messageId = opened.store.writeTx('user', (tx) => {
    const settings = {
      protocol: 'local',
      name: 'Me',
      email: 'me@example.org',
      hue: 0,
      settings: null,
      now: 1,
    };
    const inbox = insertLocalMailbox(tx, insertAccount(tx, { ...settings, protocol: 'local' }), {
      path: 'Inbox',
      role: 'inbox',
    });
    const source = 'From: ada@example.org\r\nSubject: Plans\r\n\r\nShall we meet?\r\n';
    const { message, body } = observeSource(Buffer.from(source), { uid: 1, keywords: [], receivedAt: 1 });
    return importMessages(tx, inbox, [{ observed: message, body }])[0];
  });
  content = DraftContent.parse({
    identityId: 1,
    to: [],
    cc: [],
    bcc: [],
    replyTo: [],
    subject: '',
    format: 'html',
    body: '<p>Gladly.</p><div data-signature=""><p>Me, <strong>Harbour</strong></p></div><p>PS</p>',
    quote: { messageId, kind: 'reply', included: true, selection: null },
    cursor: null,
    options: { readReceipt: false, deliveryReceipt: false, priority: 'normal' },
  });
});
afterEach(() => opened.remove());

const written = (signaturePlace: 'above-quote' | 'below-quote', change: Partial<DraftContent> = {}) =>
  writeBody(opened.store, { ...content, ...change }, { zone: 'UTC', signaturePlace });
const order = (text: string | null, ...words: readonly string[]) => {
  const places = words.map((word) => text?.indexOf(word) ?? -1);
  return places.every((at) => at >= 0) && places.join() === places.toSorted((a, b) => a - b).join();
};

test('the signature stays where it was written, or ends everything below the quote', () => {
  const above = written('above-quote');
  for (const body of [above.html, above.text])
    expect(order(body, 'Gladly', 'Harbour', 'PS', 'Shall we meet')).toBe(true);
  const below = written('below-quote');
  for (const body of [below.html, below.text])
    expect(order(body, 'Gladly', 'PS', 'Shall we meet', 'Harbour')).toBe(true);
  expect(below.html).toContain('<div><p>Me, <strong>Harbour</strong></p></div></body>');
  expect(below.html?.match(/Harbour/g)).toHaveLength(1);
});

test('an answer below the quote follows it with its signature, wherever the sender has that', () => {
  const quote = content.quote && { ...content.quote, answerBelow: true };
  for (const place of ['above-quote', 'below-quote'] as const) {
    const { html, text } = written(place, { quote });
    for (const body of [html, text])
      expect(order(body, 'Shall we meet', 'Gladly', 'Harbour', 'PS')).toBe(true);
    const plain = { quote, format: 'text' as const, body: 'Gladly.\n\n-- \nMe, Harbour' };
    expect(written(place, plain).text).toMatch(/> Shall we meet\?\n\nGladly\.\n\n-- \nMe, Harbour$/);
  }
});

test('without a quote, or with the quote left out, the signature is where it was written', () => {
  const quote = content.quote && { ...content.quote, included: false };
  for (const change of [{ quote: null }, { quote }])
    expect(order(written('below-quote', change).html, 'Gladly', 'Harbour', 'PS')).toBe(true);
});

test('a plain text keeps the line that marks a signature, below the quote too', () => {
  const body = 'Gladly.\n\n-- \nMe, Harbour';
  const text = { format: 'text' as const, body };
  expect(written('above-quote', text).text).toMatch(
    /^Gladly\.\n\n-- \nMe, Harbour\n\n.*\n> Shall we meet\?$/s,
  );
  expect(written('below-quote', text).text).toMatch(
    /^Gladly\.\n\n.*\n> Shall we meet\?\n\n-- \nMe, Harbour$/s,
  );
  expect(written('below-quote', { ...text, body: '\n\n-- \nMe' }).text).toMatch(
    /^\n\n.*\n> Shall we meet\?\n\n-- \nMe$/s,
  );
});

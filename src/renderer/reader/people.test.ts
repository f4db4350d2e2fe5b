import { expect, test } from 'vitest';
import { nameOf, recipientLine } from './people';
import { senderNotes } from './sender-notes';

const person = (address: string, name = '') => ({ address, name });
const own = new Set(['me@example.org']);
const me = person('me@example.org', 'My Name');
const anna = person('anna@example.net', 'Anna Maier');
const bob = person('bob@example.net');

test.each([
  [[], 'to undisclosed recipients'],
  [[me], 'to me'],
  [[person('ME@example.org')], 'to me'],
  [[anna, me], 'to Anna and me'],
  [[me, anna, bob], 'to me, Anna and bob'],
  [[me, anna, bob, person('c@example.net')], 'to me, Anna and 2 others'],
])('recipientLine %#', (people, line) => {
  expect(recipientLine(people, own)).toBe(line);
});

test.each([
  [anna, 'Anna Maier'],
  [bob, 'bob@example.net'],
  [person('mallory@evil.example', 'support@bank.example'), 'mallory@evil.example'],
  [person('anna@example.net', 'Anna <anna@example.net>'), 'Anna <anna@example.net>'],
  [person('', ''), 'Unknown sender'],
])('nameOf %#', (who, name) => {
  expect(nameOf(who)).toBe(name);
});

test('a display name that contains another address is pointed out', () => {
  expect(
    senderNotes({ from: [person('m@evil.example', 'Bank <service@bank.example>')], replyTo: [] }),
  ).toEqual([{ kind: 'name-shows-other', shown: 'service@bank.example', real: 'm@evil.example' }]);
  expect(senderNotes({ from: [person('a@b.example', 'A@B.example')], replyTo: [] })).toEqual([]);
  // Full-width characters spell an address too.
  expect(senderNotes({ from: [person('m@evil.example', 'ｓ＠bank.example')], replyTo: [] })).toHaveLength(1);
});

test('replies that leave the sender’s domain are pointed out', () => {
  const from = [person('news@shop.example.com')];
  expect(senderNotes({ from, replyTo: [person('help@example.com')] })).toEqual([]);
  expect(senderNotes({ from, replyTo: [person('x@other.net')] })).toEqual([
    { kind: 'reply-elsewhere', domain: 'other.net' },
  ]);
});

import { expect, test } from 'vitest';
import { cannotBeVouchedFor, looksLikeAnother, senderNotes } from './sender-notes';

const person = (address: string, name = '') => ({ address, name });
const facts = { replyTo: [], namesake: null };

test('a display name that contains another address is pointed out', () => {
  const from = [person('m@evil.example', 'Bank <service@bank.example>')];
  const notes = senderNotes({ ...facts, from });
  expect(notes).toEqual([
    { kind: 'name-shows-other', shown: 'service@bank.example', real: 'm@evil.example' },
  ]);
  expect(looksLikeAnother(notes)).toBe(true);
  expect(senderNotes({ ...facts, from: [person('a@b.example', 'A@B.example')] })).toEqual([]);
});

test('replies that leave the sender’s domain are pointed out', () => {
  const from = [person('news@shop.example.com')];
  expect(senderNotes({ ...facts, from, replyTo: [person('help@example.com')] })).toEqual([]);
  const notes = senderNotes({ ...facts, from, replyTo: [person('x@other.net')] });
  expect(notes).toEqual([{ kind: 'reply-elsewhere', domain: 'other.net' }]);
  expect(looksLikeAnother(notes)).toBe(false);
});

test.each([
  // real address, known addresses, through a list, which is named, from where
  ['anna@evil.com', ['anna@example.net'], false, 'anna@example.net', 'outside'],
  ['anna@exarnple.net', ['anna@example.net'], false, 'anna@example.net', 'outside'],
  [
    'a.maier@mail.example.net',
    ['x@other.org', 'anna@example.net'],
    false,
    'anna@example.net',
    'organisation',
  ],
  ['anna.maier77@gmail.com', ['anna@gmail.com'], false, 'anna@gmail.com', 'outside'],
  ['mallory@evil.co.uk', ['anna@example.co.uk'], false, 'anna@example.co.uk', 'outside'],
  ['dev@lists.example.org', ['anna@example.net'], true, 'anna@example.net', 'list'],
  ['root@localhost', ['anna@localhost'], false, 'anna@localhost', 'outside'],
] as const)('%s bears a name known at %j', (real, addresses, throughList, known, where) => {
  const namesake = { name: 'Anna Maier', addresses: [...addresses], throughList };
  const notes = senderNotes({ ...facts, from: [person(real, 'Anna Maier')], namesake });
  expect(notes).toEqual([{ kind: 'namesake', name: 'Anna Maier', known, real, from: where }]);
  expect(looksLikeAnother(notes)).toBe(where === 'outside');
  expect(cannotBeVouchedFor(notes)).toBe(where !== 'organisation');
});

test('an address in letters that look like others is pointed out', () => {
  const notes = senderNotes({ ...facts, from: [person('service@раураl.com', 'PayPal')] });
  expect(notes).toEqual([{ kind: 'mixed-alphabets', domain: 'раураl.com', plain: 'xn--l-7sba6dbr.com' }]);
  expect(looksLikeAnother(notes)).toBe(true);
});

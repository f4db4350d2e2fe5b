import { expect, test } from 'vitest';
import { participantLine, participantsText } from './participants';

const words = { me: 'me', unknown: 'Unknown sender' };
const anna = { name: 'Anna Maier', address: 'anna@example.org', me: false };
const bob = { name: 'Bob Stone', address: 'bob@example.org', me: false };
const me = { name: 'Carl', address: 'carl@example.org', me: true };
const bare = { name: '', address: 'shop@example.net', me: false };

test.each([
  [[anna], 1, 'Anna Maier'],
  [[me], 1, 'me'],
  [[anna, me], 2, 'Anna Maier, me'],
  [[anna, bob, me], 3, 'Anna Maier, Bob Stone, me'],
  [[anna, bob, me], 9, 'Anna Maier, Bob Stone … me'],
  [[bare], 1, 'shop@example.net'],
  [[bare, me], 2, 'shop@example.net, me'],
  [[], 1, 'Unknown sender'],
])('participants %#', (people, count, expected) => {
  expect(participantsText(participantLine(people, count, words))).toBe(expected);
});

test('the newest person stands apart, so that the first ones can be cut before', () => {
  expect(participantLine([anna, bob, me], 9, words)).toEqual({
    first: 'Anna Maier, Bob Stone …',
    newest: 'me',
  });
});

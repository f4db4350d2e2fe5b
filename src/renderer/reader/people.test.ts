import { expect, test } from 'vitest';
import { nameOf, recipientLine } from './people';

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

import { expect, test } from 'vitest';
import { addPeople, isAddress, parsePeople } from './parse-people';

const short = (text: string) =>
  parsePeople(text).map(({ name, address }) => (name === '' ? address : `${name}|${address}`));

test.each([
  ['', []],
  ['anna@x.example', ['anna@x.example']],
  ['Anna Maier <anna@x.example>', ['Anna Maier|anna@x.example']],
  ['"Maier, Anna" <anna@x.example>', ['Maier, Anna|anna@x.example']],
  ['a@x.example, b@x.example', ['a@x.example', 'b@x.example']],
  ['a@x.example; B Lind <b@x.example>;', ['a@x.example', 'B Lind|b@x.example']],
  ['a@x.example\nb@x.example\r\nc@x.example', ['a@x.example', 'b@x.example', 'c@x.example']],
  ['a@x.example b@x.example', ['a@x.example', 'b@x.example']],
  ['Team: a@x.example, b@x.example;', ['a@x.example', 'b@x.example']],
  ['mailto:a@x.example', ['a@x.example']],
  ['anna+list@x.example', ['anna+list@x.example']],
  ['jürgen@bücher.example', ['jürgen@bücher.example']],
  ['nobody', ['nobody']],
])('people in %j', (text, expected) => {
  expect(short(text)).toEqual(expected);
});

test.each([
  ['anna@x.example', true],
  ['anna@localhost', true],
  ['nobody', false],
  ['a@b@c', false],
  ['a b@c.example', false],
  ['@x.example', false],
])('%j can be sent to: %s', (address, expected) => {
  expect(isAddress(address)).toBe(expected);
});

test('nobody is listed twice', () => {
  const list = [{ name: '', address: 'A@x.example' }];
  expect(
    addPeople(list, [
      { name: 'a', address: 'a@X.example' },
      { name: '', address: 'b@x.example' },
    ]),
  ).toHaveLength(2);
});

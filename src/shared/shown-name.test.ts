import { expect, test } from 'vitest';
import { otherAddressIn, shownName, spelledOut } from './shown-name';

const REAL = 'mallory@evil.example';

test.each([
  // display name, what is shown, the other address in it
  ['Anna Maier', 'Anna Maier', null],
  ['', REAL, null],
  ['   ', REAL, null],
  ['service@bank.example', REAL, 'service@bank.example'],
  ['Bank <service@bank.example>', REAL, 'service@bank.example'],
  ['"service@bank.example"', REAL, 'service@bank.example'],
  [`service@bank.example (${REAL})`, REAL, 'service@bank.example'],
  ['Bank (service @ bank.example)', REAL, 'service@bank.example'],
  ['service＠bank．example', REAL, 'service@bank.example'],
  ['service@bank.exam\u200bple.', REAL, 'service@bank.example'],
  ['\u202eelpmaxe.knab@ecivres', REAL, 'elpmaxe.knab@ecivres'],
  ['service@bank', REAL, 'service@bank'],
  [`Mallory <${REAL.toUpperCase()}>`, `Mallory <${REAL.toUpperCase()}>`, null],
  ['@mallory', '@mallory', null],
  ['Bob @ Work', 'Bob @ Work', null],
  ['Anna\u202e Maier\r\nBcc: x', 'Anna MaierBcc: x', null],
] as const)('shownName of %j', (name, shown, other) => {
  expect(shownName(name, REAL)).toBe(shown);
  expect(otherAddressIn(name, REAL)).toBe(other);
});

test('who has no address is called by name', () => {
  expect(shownName('a@b.example', '')).toBe('a@b.example');
  expect(shownName('', '')).toBe('');
});

test('APP-325 characters that turn or hide text are spelled out in addresses and names of files', () => {
  expect(shownName('', 'ali\u200bce@example.org')).toBe('ali⟨U+200B⟩ce@example.org');
  expect(spelledOut('photo\u202egnp.exe')).toBe('photo⟨U+202E⟩gnp.exe');
  expect(spelledOut('Größe 👩‍🚀 فاتورة.pdf')).toBe('Größe 👩‍🚀 فاتورة.pdf');
});

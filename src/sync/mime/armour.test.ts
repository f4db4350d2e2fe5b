import { expect, test } from 'vitest';
import { withoutArmour } from './armour';
import { makeSnippet } from './make-snippet';

const SECRET = '-----BEGIN PGP MESSAGE-----\nVersion: 1\n\nhQEMAabc\n=abcd\n-----END PGP MESSAGE-----\n';
const SIGNED =
  '-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nThe signed words.\n- - a list\n-----BEGIN PGP SIGNATURE-----\n\niQEz\n=abcd\n-----END PGP SIGNATURE-----\n';

test.each([
  ['no armour at all', 'no armour at all'],
  [`Hello\n\n${SECRET}Bye`, 'Hello\n\nBye'],
  [SECRET.replaceAll('\n', '\r\n'), ''],
  ['Hello\n-----BEGIN PGP MESSAGE-----\n\ncut off', 'Hello'],
  [SIGNED, 'The signed words.\n- a list\n'],
  [`Before\n${SIGNED}List footer`, 'Before\nThe signed words.\n- a list\nList footer'],
  [
    '-----BEGIN PGP SIGNED MESSAGE-----\n\nnever signed',
    '-----BEGIN PGP SIGNED MESSAGE-----\n\nnever signed',
  ],
  ['> -----BEGIN PGP MESSAGE-----\n> quoted', '> -----BEGIN PGP MESSAGE-----\n> quoted'],
])('words of %j', (text, words) => {
  expect(withoutArmour(text)).toBe(words);
});

test('a row shows words and no armour', () => {
  expect(makeSnippet(`Hello there\n\n${SECRET}`, null)).toBe('Hello there');
  expect(makeSnippet(SIGNED, null)).toBe('The signed words. - a list');
});

test('hostile armour costs no more than its length', () => {
  const text = '-----BEGIN PGP SIGNED MESSAGE-----\nA: b\n'.repeat(20_000);
  const before = performance.now();
  withoutArmour(text);
  expect(performance.now() - before).toBeLessThan(2_000);
});

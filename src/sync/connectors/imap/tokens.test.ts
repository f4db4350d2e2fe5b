import { expect, test } from 'vitest';
import { MAX_NESTING } from './limits';
import { readTokens, tokenDigits, tokenNumber, tokenText, WireSyntaxError } from './tokens';

const bytes = (text: string) => Buffer.from(text, 'latin1');

test.each([
  ['1 (UID 7 FLAGS (\\Seen $Work)) NIL', ['1', ['UID', '7', 'FLAGS', ['\\Seen', '$Work']], null]],
  ['"a \\"b\\" \\\\ c" "" "NIL"', ['a "b" \\ c', '', 'NIL']],
  ['BODY[HEADER.FIELDS (FROM TO)]<0> x', ['BODY[HEADER.FIELDS (FROM TO)]<0>', 'x']],
  ['((("x") 2)) nil', [[[['x'], '2']], null]],
  ['  a   b ', ['a', 'b']],
])('reads %s', (text, expected) => {
  expect(readTokens(text, [])).toEqual(expected);
});

test('literals take their bytes in order, also inside lists', () => {
  const tokens = readTokens('({3}\r\n {2}\r\n) {0}\r\n', [bytes('ab)'), bytes('\xff('), bytes('')]);
  expect(tokens).toEqual([[bytes('ab)'), bytes('\xff(')], bytes('')]);
});

test.each(['(a', 'a)', '"open', '{3}', 'BODY[x'])('a broken line is an error: %s', (text) => {
  expect(() => readTokens(text, [])).toThrow(WireSyntaxError);
});

test('an absurdly nested list becomes NIL and what follows it is still read', () => {
  const deep = `${'('.repeat(10_000)}"quoted )" {2}\r\n${')'.repeat(10_000)}`;
  const tokens = readTokens(`(${deep} UID 9)`, [bytes('))')]);
  expect((tokens[0] as unknown[]).slice(1)).toEqual(['UID', '9']);
  expect(MAX_NESTING).toBe(50);
});

test('numbers and texts of the wrong kind are null', () => {
  expect([
    tokenNumber('12'),
    tokenNumber('-1'),
    tokenNumber('9223372036854775808'),
    tokenNumber(['1']),
  ]).toEqual([12, null, null, null]);
  expect([
    tokenDigits('18446744073709551615'),
    tokenDigits('1e5'),
    tokenText(bytes('é')),
    tokenText([]),
  ]).toEqual(['18446744073709551615', null, 'é', null]);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseQuery } from './parse-query';
import type { QueryNode, QueryToken } from './query';

const parse = (query: string, typing = false) => parseQuery(query, { typing });

/** The tree in one line: words as they are, phrases in quotes, a star behind what may go on. */
function shown(node: QueryNode | null): string {
  if (node === null) return '';
  switch (node.kind) {
    case 'and':
      return `(${node.nodes.map(shown).join(' & ')})`;
    case 'or':
      return `(${node.nodes.map(shown).join(' | ')})`;
    case 'not':
      return `!${shown(node.node)}`;
    case 'filter':
      return `${node.operator}=${node.value}`;
    case 'text':
      return `${node.field === null ? '' : `${node.field}=`}${node.match === 'part' ? '~' : ''}${node.text}${node.match === 'prefix' ? '*' : ''}`;
  }
}

test.each([
  // words, AND, OR, NOT
  ['hello', 'hello'],
  ['hello world', '(hello & world)'],
  ['hello AND world', '(hello & world)'],
  ['a OR b', '(a | b)'],
  ['a b OR c d', '((a & b) | (c & d))'],
  ['a OR b OR c', '(a | b | c)'],
  ['-spam', '!spam'],
  ['NOT spam', '!spam'],
  ['a -b', '(a & !b)'],
  ['a NOT b', '(a & !b)'],
  ['--b', '--b'],
  ['- b', '(- & b)'],
  ['e-mail', 'e-mail'],
  ['trick or treat', '(trick & or & treat)'],
  // groups
  ['(a OR b) c', '((a | b) & c)'],
  ['-(a b)', '!(a & b)'],
  ['((a))', 'a'],
  // phrases
  ['"annual report"', 'annual report'],
  ['“annual report” x', '(annual report & x)'],
  ['a"b c"d', '(a & b c & d)'],
  // prefixes and parts
  ['rep*', 'rep*'],
  ['"rep*"', 'rep*'],
  ['"~abc~"', '~abc'],
  ['body:"~abc d~"', 'body=~abc d'],
  // operators
  ['from:anna', 'from=anna'],
  ['FROM:Anna', 'from=Anna'],
  ['from:"Anna K"', 'from=Anna K'],
  ['-from:anna', '!from=anna'],
  ['from:(anna OR bob)', '(from=anna | from=bob)'],
  ['is:(unread OR starred)', '(is=unread | is=starred)'],
  ['subject:budget body:x', '(subject=budget & body=x)'],
  ['filename:a.pdf', 'filename=a.pdf'],
  ['larger:10m smaller:1.5MB', '(larger=10m & smaller=1.5MB)'],
  ['before:2026-03-01 after:"last week"', '(before=2026-03-01 & after=last week)'],
  ['on:yesterday older_than:3d newer_than:2w', '(on=yesterday & older_than=3d & newer_than=2w)'],
  ['in:Archive/2025 label:todo', '(in=Archive/2025 & label=todo)'],
  ['has:attachments has:pdf', '(has=attachments & has=pdf)'],
  ['thread:12 msgid:<a@b>', '(thread=12 & msgid=<a@b>)'],
  ['header:List-Id=x', 'header=List-Id=x'],
  // what is no operator is words
  ['foo:bar', 'foo:bar'],
  ['is:purple', 'is purple'],
  ['larger:huge', 'larger huge'],
  ['before:32', 'before 32'],
  ['from:', 'from'],
  ['http://example.org', 'http://example.org'],
  // what is not balanced
  ['"never ends', '(never & ends)'],
  ['from:"anna k', '(from=anna & k)'],
  ['(a b', '(a & b)'],
  ['a) b', '(a & b)'],
  ['a OR', '(a & OR)'],
  ['OR a', '(OR & a)'],
  ['NOT', 'NOT'],
  ['()', ''],
  ['', ''],
  ['   ', ''],
])('SYNC-360 reads %s', (query, expected) => {
  expect(shown(parse(query).root)).toBe(expected);
});

const token = (facts: Partial<QueryToken> & Pick<QueryToken, 'kind' | 'text'>): QueryToken => ({
  operator: null,
  negated: false,
  understood: true,
  ...facts,
});

test.each<[string, QueryToken[]]>([
  ['budget', [token({ kind: 'word', text: 'budget' })]],
  [
    '-"annual report" OR from:anna',
    [
      token({ kind: 'not', text: '-' }),
      token({ kind: 'phrase', text: 'annual report', negated: true }),
      token({ kind: 'or', text: 'OR' }),
      token({ kind: 'operator', text: 'anna', operator: 'from' }),
    ],
  ],
  [
    '(a)',
    [
      token({ kind: 'group', text: '(' }),
      token({ kind: 'word', text: 'a' }),
      token({ kind: 'group', text: ')' }),
    ],
  ],
  ['colour:red', [token({ kind: 'word', text: 'colour:red', understood: false })]],
  ['is:purple', [token({ kind: 'word', text: 'is:purple', understood: false })]],
  ['"open', [token({ kind: 'word', text: 'open', understood: false })]],
  ['(a', [token({ kind: 'group', text: '(', understood: false }), token({ kind: 'word', text: 'a' })]],
  ['a)', [token({ kind: 'word', text: 'a' }), token({ kind: 'group', text: ')', understood: false })]],
])('SYNC-360 says how %s was understood', (query, expected) => {
  expect(parse(query).tokens).toEqual(expected);
});

test('while typing, the last word may go on, and only it', () => {
  expect(shown(parse('ann rep', true).root)).toBe('(ann & rep*)');
  expect(shown(parse('from:ann', true).root)).toBe('from=ann*');
  expect(shown(parse('ann ', true).root)).toBe('ann');
  expect(shown(parse('"ann"', true).root)).toBe('ann');
  expect(shown(parse('(ann)', true).root)).toBe('ann');
});

test('brackets that nobody could count are no danger', () => {
  expect(shown(parse(`${'('.repeat(900)}a`).root)).toBe('a');
  expect(shown(parse('-('.repeat(400)).root)).toBe('');
});

test('every word that is written with letters alone is searched for', () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(words, (some) => {
      const { root } = parse(some.join(' '));
      expect(shown(root)).toBe(some.length === 1 ? some[0] : `(${some.join(' & ')})`);
    }),
  );
});

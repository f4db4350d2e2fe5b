import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseQuery } from '../../shared/search/parse-query';
import type { QueryNode } from '../../shared/search/query';
import { FIELD_OPERATORS, type FormValues, formOf, textOf } from './form-text';

const word = fc.constantFrom(
  'ann',
  'harbour',
  'Grüße',
  '東京',
  'a-b',
  '--x',
  'old*',
  'und',
  'NOT',
  'AND',
  'colour:red',
  '-',
);
const phrase = fc.constantFrom('"old mail"', '"x"', '"- y"', '"OR"');
const value = fc.constantFrom(
  'ann',
  '"Anna Maier"',
  'a@b.example',
  '2026-03-01',
  '10m',
  '3d',
  '""',
  'pre*',
  '"pre*"',
  '-x',
);
const operator = fc
  .tuple(fc.constantFrom(...FIELD_OPERATORS, 'is', 'has', 'IS', 'colour'), value)
  .map(([name, said]) => `${name}:${said}`);
const flag = fc.constantFrom('is:unread', 'is:read', 'has:pdf', 'has:pdfs', 'is:Starred', 'is:nothing');
const term = fc.oneof(word, phrase, operator, flag);
const group = fc
  .array(term, { minLength: 1, maxLength: 3 })
  .chain((inside) =>
    fc.constantFrom(`(${inside.join(' OR ')})`, `from:(${inside.join(' ')})`, `(${inside.join(' ')}`),
  );
const query = fc
  .array(
    fc.tuple(fc.constantFrom('', '', '', '-', 'NOT '), fc.oneof({ weight: 4, arbitrary: term }, group)),
    { maxLength: 6 },
  )
  .chain((terms) =>
    fc.constantFrom(' ', ' ', ' OR ').map((by) => terms.map(([not, each]) => not + each).join(by)),
  );

/** What a query means, whatever the order of what has to be true. */
function meaning(text: string): unknown {
  const sorted = (node: QueryNode | null): unknown => {
    if (node === null || node.kind === 'text' || node.kind === 'filter') return node;
    if (node.kind === 'not') return { not: sorted(node.node) };
    const parts = node.nodes.flatMap((each) => (each.kind === node.kind ? each.nodes : [each])).map(sorted);
    const different = [...new Set(parts.map((part) => JSON.stringify(part)))].sort();
    return different.length === 1 ? JSON.parse(different[0] ?? '') : { [node.kind]: different };
  };
  return sorted(parseQuery(text, { typing: false }).root);
}

test('a text read into the form and written again means the same', () => {
  fc.assert(
    fc.property(query, (text) => {
      expect(meaning(textOf(formOf(text)))).toEqual(meaning(text));
    }),
    {
      numRuns: 3000,
    },
  );
});

test('what the form has written it reads again as it was', () => {
  fc.assert(
    fc.property(query, (text) => {
      const written = textOf(formOf(text));
      expect(textOf(formOf(written))).toBe(written);
    }),
    { numRuns: 3000 },
  );
});

test('any text at all is read and written without an end to words', () => {
  fc.assert(fc.property(fc.string({ maxLength: 60 }), (text) => void textOf(formOf(text))));
});

const EMPTY: FormValues = { fields: {}, is: [], has: [], words: '', not: '' };

test.each(FIELD_OPERATORS)('the field for %s is in step with the text in both directions', (name) => {
  const said = { before: '2026-03-01', after: '2026-03-01', on: 'last week', larger: '10m', smaller: '500k' };
  const dated = { older_than: '2w', newer_than: '1y', thread: '12', header: 'X-Spam' };
  const value = { ...said, ...dated }[name as string] ?? 'Anna Maier';
  const text = textOf({ ...EMPTY, fields: { [name]: value }, words: 'harbour' });
  expect(formOf(text)).toEqual({ ...EMPTY, fields: { [name]: value }, words: 'harbour' });
  const tokens = parseQuery(text, { typing: false }).tokens;
  expect(tokens).toContainEqual(
    expect.objectContaining({ kind: 'operator', operator: name, understood: true }),
  );
});

test('a change of one field leaves the rest of the text as it was meant', () => {
  const form = formOf('invoice OR bill');
  expect(textOf({ ...form, fields: { from: 'ann' } })).toBe('from:ann (invoice OR bill)');
  const other = formOf('from:ann is:unread -draft invoice');
  expect(other).toEqual({ fields: { from: 'ann' }, is: ['unread'], has: [], words: 'invoice', not: 'draft' });
  expect(textOf({ ...other, fields: {} })).toBe('is:unread -draft invoice');
});

import { expect, test } from 'vitest';
import { parseDate, parsePersons } from './header-values';
import { parseHeaderBlock } from './parse-header-block';
import { parseThreadIds } from './thread-ids';

test.each([
  ['Anna <a@example.org>', [{ name: 'Anna', address: 'a@example.org' }]],
  [
    '"Nowak, Anna" <a@example.org>, b@example.org',
    [
      { name: 'Nowak, Anna', address: 'a@example.org' },
      { name: '', address: 'b@example.org' },
    ],
  ],
  ['=?iso-8859-1?Q?Ren=E9?= <r@example.org>', [{ name: 'René', address: 'r@example.org' }]],
  [
    'Team: a@example.org, B <b@example.org>;',
    [
      { name: '', address: 'a@example.org' },
      { name: 'B', address: 'b@example.org' },
    ],
  ],
  [
    'A <a@example.org>, =?UTF-8?B?5bGx55Sw5aSq6YOO?= <taro@example.jp>',
    [
      { name: 'A', address: 'a@example.org' },
      { name: '山田太郎', address: 'taro@example.jp' },
    ],
  ],
  ['undisclosed-recipients:;', []],
  ['Ren\xe9 <r@example.org>', [{ name: 'René', address: 'r@example.org' }]],
])('persons of %s', (raw, persons) => {
  expect(parsePersons(raw)).toEqual(persons);
});

test.each([
  ['Sat, 21 Nov 2026 10:00:00 +0100', '2026-11-21T09:00:00.000Z'],
  ['21 Nov 26 10:00 EST', '2026-11-21T15:00:00.000Z'],
  ['Sat, 21 Nov 2026 10:00:00 -0030 (comment)', '2026-11-21T10:30:00.000Z'],
  ['2026-11-21T10:00:00', '2026-11-21T10:00:00.000Z'],
])('date %s', (raw, iso) => {
  expect(new Date(parseDate(raw) ?? 0).toISOString()).toBe(iso);
});

test('what is no date is null', () => {
  expect(['', 'soon', '99 Foo 2026 10:00', '1 Jan 9999 00:00:00 +0000'].map(parseDate)).toEqual([
    null,
    null,
    null,
    null,
  ]);
});

test('ids lose folding and comments, and odd ones are kept as text', () => {
  expect(parseThreadIds('<a@b>\r\n (Bob (x)) <c\r\n @d>')).toEqual(['a@b', 'c@d']);
  expect(parseThreadIds('odd-id (said Bob)')).toEqual(['odd-id']);
  expect(parseThreadIds(`<${'x'.repeat(2000)}>`)).toEqual(['x'.repeat(2000)]);
});

test('of many references the first and the last 99 are kept', () => {
  const ids = Array.from({ length: 150 }, (_, index) => `<r${index}@x>`).join('\r\n ');
  const { references } = parseHeaderBlock(Buffer.from(`References: ${ids}\r\n\r\n`));
  expect([references.length, references[0], references[1], references[99]]).toEqual([
    100,
    'r0@x',
    'r51@x',
    'r149@x',
  ]);
});

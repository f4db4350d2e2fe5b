import { expect, test } from 'vitest';
import { MAX_CELL_CHARS, MAX_COLUMNS, MAX_ROWS, readTable } from './read-table';

const rows = (text: string) => readTable(text)?.rows;

test.each([
  [
    'a,b\r\n1,2\r\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a;b\n1,5;2\n3,5;4',
    [
      ['a', 'b'],
      ['1,5', '2'],
      ['3,5', '4'],
    ],
  ],
  [
    'a\tb\n1\t2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    '\ufeffa|b\n1|2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'sep=|\r\na|b,c\r\n1|2',
    [
      ['a', 'b,c'],
      ['1', '2'],
    ],
  ],
  [
    'a,b\n"x, ""y""\nz",2',
    [
      ['a', 'b'],
      ['x, "y"\nz', '2'],
    ],
  ],
  [
    'a,b,c\n1\n\n2,3',
    [
      ['a', 'b', 'c'],
      ['1', '', ''],
      ['2', '3', ''],
    ],
  ],
  ['only', [['only']]],
])('%j is read as a table', (text, expected) => {
  expect(rows(text)).toEqual(expected);
});

test('what is no table, broken or huge is bounded', () => {
  expect(readTable('')).toBeNull();
  expect(readTable('\0\0\n\n')).toBeNull();
  expect(rows('a,"never closed\n1,2')).toEqual([['a', 'never closed\n1,2']]);
  expect(readTable('a,b\n'.repeat(5000))).toMatchObject({ rows: { length: MAX_ROWS }, truncated: true });
  expect(readTable(','.repeat(100_000))).toBeNull();
  const wide = readTable(`a${',b'.repeat(100_000)}`);
  expect([wide?.rows[0]?.length, wide?.truncated]).toEqual([MAX_COLUMNS, true]);
  expect(rows(`${'x'.repeat(1_000_000)},b`)?.[0]?.[0]).toHaveLength(MAX_CELL_CHARS + 1);
  expect(readTable('"'.repeat(200_000))?.rows.length).toBeLessThanOrEqual(MAX_ROWS);
  const full = readTable(`${'y'.repeat(299)},`.repeat(50).concat('\n').repeat(100));
  expect(full?.truncated).toBe(true);
});

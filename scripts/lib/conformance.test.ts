import { expect, test } from 'vitest';
import { claimedIds, deriveRows, formatTable, unknownIds } from './conformance.mjs';

const ran = (title: string, result: 'passed' | 'failed' | 'skipped', file = 'a.test.ts') => ({
  file,
  titles: ['a group', title],
  result,
});

test.each([
  [['SYNC-060 a message still gets a row'], ['SYNC-060']],
  [['SYNC-060 SYNC-061 both'], ['SYNC-060', 'SYNC-061']],
  [['SYNC-060, APP-001: both'], ['SYNC-060', 'APP-001']],
  [['CLI-010 the group', 'its test'], ['CLI-010']],
  [['UI-001'], ['UI-001']],
  [['part of SYNC-060'], []],
  [['SYNC-0601 is no id'], []],
])('a name claims the ids it begins with: %j', (titles, ids) => {
  expect(claimedIds(titles)).toEqual(ids);
});

test('a requirement passes only when every test that claims it passed', () => {
  const rows = deriveRows(
    ['SYNC-001', 'SYNC-002', 'SYNC-003', 'SYNC-004'],
    [
      ran('SYNC-001 one', 'passed'),
      ran('SYNC-001 SYNC-002 two', 'passed'),
      ran('SYNC-002 three', 'failed'),
      ran('SYNC-003 four', 'passed'),
      ran('SYNC-003 five', 'skipped'),
    ],
  );
  expect(rows.map(({ id, result }) => [id, result])).toEqual([
    ['SYNC-001', 'pass'],
    ['SYNC-002', 'fail'],
    ['SYNC-003', 'skipped'],
    ['SYNC-004', 'not-built'],
  ]);
  expect(rows[0]?.test).toBe('a.test.ts: a group › SYNC-001 one; a.test.ts: a group › SYNC-001 SYNC-002 two');
  expect(rows[3]?.test).toBeNull();
});

test('one spec run in two hosts is one test: a failure in either counts, a skip in one does not', () => {
  const both = (first: 'passed' | 'failed' | 'skipped', second: 'passed' | 'failed' | 'skipped') =>
    deriveRows(['APP-001'], [ran('APP-001 x', first), ran('APP-001 x', second)])[0];
  expect(both('skipped', 'passed')).toEqual({
    id: 'APP-001',
    result: 'pass',
    test: 'a.test.ts: a group › APP-001 x',
  });
  expect(both('passed', 'failed')?.result).toBe('fail');
  expect(both('skipped', 'skipped')?.result).toBe('skipped');
});

test('an id that no specification has is reported', () => {
  expect(unknownIds(['SYNC-001'], [ran('SYNC-001 x', 'passed'), ran('SYNC-999 y', 'passed')])).toEqual([
    'SYNC-999',
  ]);
});

test('the table ends with its counts', () => {
  const rows = deriveRows(['APP-001', 'APP-002'], [ran('APP-001 x', 'passed')]);
  expect(formatTable(rows).split('\n').at(-2)).toBe('1 pass, 0 fail, 0 skipped, 1 not-built');
});

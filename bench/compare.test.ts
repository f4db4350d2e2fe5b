import { expect, test } from 'vitest';
import { compareResults, type Results, regressions } from './compare';
import { against, atLeast, atMost, type Row } from './row';

const results = (...rows: Row[]): Results => ({ rows, machine: { processors: 2, node: 'v24' } });
const ms = (value: number, limit = 100) => atMost({ name: 'page', value, unit: 'ms' }, limit);
const rate = (value: number) => atLeast({ name: 'rate', value, unit: 'rows/s' }, 1_000);
const peer = (value: number, anchorValue: number) =>
  against({ name: 'sync', value, unit: 'messages/s' }, { anchor: 'mbsync', anchorValue }, '>=', 1);

test.each<[string, Row, Row, string]>([
  ['a duration that grew by 19 %', ms(50), ms(59.5), 'same'],
  ['a duration that grew by 21 %', ms(50), ms(60.5), 'worse'],
  ['a duration that shrank', ms(50), ms(20), 'better'],
  ['a rate that fell by a fifth', rate(10_000), rate(8_000), 'worse'],
  ['a rate that fell by a tenth', rate(10_000), rate(9_000), 'same'],
  ['a rate that rose', rate(10_000), rate(20_000), 'better'],
  ['a slow machine that slows the peer too', peer(4_000, 2_000), peer(2_000, 1_000), 'same'],
  ['a peer that stayed while we fell', peer(4_000, 2_000), peer(3_000, 2_000), 'worse'],
  ['a hair of a millisecond far below the limit', ms(0.1), ms(0.4), 'same'],
  ['from far below the limit to over it', ms(0.1), ms(101), 'worse'],
  ['less than the measurement can tell', { ...ms(11), grain: 30 }, { ...ms(29), grain: 30 }, 'same'],
  ['another unit under the same name', ms(50), { ...ms(50), unit: 's' }, 'new'],
  ['a count that was nothing and is something', ms(0, 0), ms(3, 0), 'worse'],
])('SYNC-410 %s is %s', (_what, before, now, verdict) => {
  const compared = compareResults(results(before), results(now));
  expect(compared.map((row) => row.verdict)).toEqual([verdict]);
  expect(regressions(compared)).toHaveLength(verdict === 'worse' ? 1 : 0);
});

test('a row that went away fails the run as a worse one does; a new one has nothing to be worse than', () => {
  const compared = compareResults(results(ms(50)), results(rate(10_000)));
  expect(compared.map(({ name, verdict }) => [name, verdict])).toEqual([
    ['rate', 'new'],
    ['page', 'missing'],
  ]);
  expect(regressions(compared).map(({ name }) => name)).toEqual(['page']);
});

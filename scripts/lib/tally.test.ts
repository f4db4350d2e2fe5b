import { expect, test } from 'vitest';
import { tally, tallyLine, troubleLines } from './tally.mjs';

const one = (result: 'passed' | 'failed' | 'skipped') => ({ file: 'a.test.ts', titles: ['a'], result });

test('sums over all suites; skipped is named only when there is one', () => {
  const clean = { name: 'unit', code: 0, tests: [one('passed'), one('passed')] };
  expect(tallyLine(tally([clean, clean]))).toBe('4 passed, 0 failed');
  const mixed = { name: 'e2e', code: 1, tests: [one('passed'), one('failed'), one('skipped')] };
  expect(tallyLine(tally([clean, mixed]))).toBe('3 passed, 1 failed, 1 skipped');
});

test('a suite that ran nothing, or ended badly without a failed test, is a failure', () => {
  expect(tally([{ name: 'unit', code: 0, tests: [] }]).failed).toBe(1);
  expect(tally([{ name: 'unit', code: 0, tests: [one('skipped')] }]).failed).toBe(1);
  expect(tally([{ name: 'unit', code: 1, tests: [one('passed')] }])).toEqual({
    passed: 1,
    failed: 1,
    skipped: 0,
  });
});

test('what failed and what needed another try is named with its reason; what passed at once is not', () => {
  const tests = [
    one('passed'),
    { ...one('passed'), reason: 'Error: late' },
    { ...one('failed'), titles: ['g', 'b'] },
  ];
  expect(troubleLines([{ name: 'integration', code: 1, tests }])).toEqual([
    'another try: integration a.test.ts: a: Error: late',
    'failed: integration a.test.ts: g › b',
  ]);
});

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './paths.mjs';
import { fromPlaywright, fromVitest } from './reports.mjs';

test('a vitest file that could not be loaded is a failed test', () => {
  const name = join(root, 'src/shared/a.test.ts');
  expect(fromVitest({ testResults: [{ name, status: 'failed', assertionResults: [] }] })).toEqual([
    { file: 'src/shared/a.test.ts', titles: ['the file itself'], result: 'failed' },
  ]);
});

test('vitest tests keep their groups; a pending or todo test counts as skipped', () => {
  const assertionResults = [
    { ancestorTitles: ['group'], title: 'one', status: 'passed' },
    { ancestorTitles: [], title: 'two', status: 'pending' },
    { ancestorTitles: [], title: 'three', status: 'todo' },
  ];
  const tests = fromVitest({
    testResults: [{ name: join(root, 'a.test.ts'), status: 'passed', assertionResults }],
  });
  expect(tests.map(({ titles, result }) => [titles.join('/'), result])).toEqual([
    ['group/one', 'passed'],
    ['two', 'skipped'],
    ['three', 'skipped'],
  ]);
});

test('Playwright specs are found in nested groups; flaky counts as passed, an error outside a test as failed', () => {
  const spec = (title: string, status: string) => ({ title, file: 'read.spec.ts', tests: [{ status }] });
  const inner = {
    title: 'group',
    file: 'read.spec.ts',
    specs: [spec('two', 'flaky'), spec('three', 'unexpected')],
  };
  const outer = {
    title: 'read.spec.ts',
    file: 'read.spec.ts',
    specs: [spec('one', 'skipped')],
    suites: [inner],
  };
  expect(fromPlaywright({ suites: [outer], errors: [{}] })).toEqual([
    { file: 'e2e', titles: ['the run itself'], result: 'failed' },
    { file: 'e2e/read.spec.ts', titles: ['one'], result: 'skipped' },
    { file: 'e2e/read.spec.ts', titles: ['group', 'two'], result: 'passed' },
    { file: 'e2e/read.spec.ts', titles: ['group', 'three'], result: 'failed' },
  ]);
});

test('the first line of the first failing try is kept, without colours, also where a later try passed', () => {
  const failed = {
    ancestorTitles: [],
    title: 'one',
    status: 'passed',
    failureMessages: ['Error: late\n    at x'],
  };
  const name = join(root, 'a.test.ts');
  const vitest = { testResults: [{ name, status: 'passed', assertionResults: [failed] }] };
  expect(fromVitest(vitest)[0]).toMatchObject({ result: 'passed', reason: 'Error: late' });

  const results = [{ error: { message: '\u001b[31mError: late\u001b[39m\nmore' } }, {}];
  const specs = [{ title: 'one', file: 'a.spec.ts', tests: [{ status: 'flaky', results }] }];
  expect(fromPlaywright({ suites: [{ title: 'a.spec.ts', file: 'a.spec.ts', specs }] })[0]).toMatchObject({
    result: 'passed',
    reason: 'Error: late',
  });
});

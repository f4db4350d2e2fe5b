/**
 * @typedef {{ name: string, code: number, tests: import('./reports.mjs').TestResult[] }} SuiteRun
 * @typedef {{ passed: number, failed: number, skipped: number }} Tally
 */

/**
 * Adds up what the suites did. A suite that ran no test, and one that ended badly although no test of it failed, count
 * as one failure each: silence is not success.
 * @param {readonly SuiteRun[]} runs
 * @returns {Tally}
 */
export function tally(runs) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { code, tests } of runs) {
    const failed = tests.filter((test) => test.result === 'failed').length;
    const passed = tests.filter((test) => test.result === 'passed').length;
    sum.passed += passed;
    sum.skipped += tests.length - passed - failed;
    sum.failed += failed === 0 && (code !== 0 || passed === 0) ? 1 : failed;
  }
  return sum;
}

/**
 * A line for every test that failed and for every one that needed another try: who reads only the end of a run must see
 * which, and a test that passes at times is a bug of the test or of the product.
 * @param {readonly SuiteRun[]} runs
 */
export function troubleLines(runs) {
  return runs.flatMap(({ name, tests }) =>
    tests
      .filter(({ result, reason }) => result === 'failed' || (result === 'passed' && reason !== undefined))
      .map(({ file, titles, result, reason }) =>
        [result === 'failed' ? 'failed' : 'another try', `${name} ${file}`, titles.join(' › '), reason]
          .filter((part) => part !== undefined)
          .join(': '),
      ),
  );
}

/**
 * The line a test run ends with, such as `412 passed, 0 failed`.
 * @param {Tally} sum
 */
export function tallyLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}

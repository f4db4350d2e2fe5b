import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './paths.mjs';

/**
 * @typedef {object} TestResult one test of one suite
 * @property {string} file relative to the project
 * @property {readonly string[]} titles from the outermost `describe` to the test's own name
 * @property {'passed' | 'failed' | 'skipped'} result
 * @property {string} [reason] the first line of what its first failing try said, also where a later try passed
 */

/**
 * The tests in a JSON report of vitest or Playwright; none when there is no report.
 * @param {string} file
 * @returns {TestResult[]}
 */
export function readReport(file) {
  if (!existsSync(file)) return [];
  const report = JSON.parse(readFileSync(file, 'utf8'));
  return 'testResults' in report ? fromVitest(report) : fromPlaywright(report);
}

/**
 * @param {{ testResults: { name: string, status: string, assertionResults: { ancestorTitles: string[], title: string, status: string, failureMessages?: string[] }[] }[] }} report
 * @returns {TestResult[]}
 */
export function fromVitest(report) {
  return report.testResults.flatMap(({ name, status, assertionResults }) => {
    const file = relative(root, name);
    /** @type {TestResult[]} */
    const tests = assertionResults.map((test) => ({
      file,
      titles: [...test.ancestorTitles, test.title],
      result: vitestResult(test.status),
      ...because(test.failureMessages?.[0]),
    }));
    // A file that cannot be loaded, or whose hook failed, has no failed test of its own, yet it failed.
    if (status === 'failed' && !tests.some((test) => test.result === 'failed')) {
      tests.push({ file, titles: ['the file itself'], result: 'failed' });
    }
    return tests;
  });
}

/**
 * @typedef {{ title: string, file: string, specs?: { title: string, file: string, tests: { status: string, results?: { error?: { message?: string } }[] }[] }[], suites?: PlaywrightSuite[] }} PlaywrightSuite
 */

/**
 * @param {{ suites: PlaywrightSuite[], errors?: unknown[] }} report
 * @returns {TestResult[]}
 */
export function fromPlaywright(report) {
  /** @type {TestResult[]} */
  const tests = (report.errors ?? []).map(() => ({
    file: 'e2e',
    titles: ['the run itself'],
    result: 'failed',
  }));
  /** @param {PlaywrightSuite} suite @param {string[]} titles */
  const visit = (suite, titles) => {
    for (const spec of suite.specs ?? []) {
      for (const { status, results = [] } of spec.tests) {
        const result = status === 'skipped' ? 'skipped' : status === 'unexpected' ? 'failed' : 'passed';
        tests.push({
          file: `e2e/${spec.file}`,
          titles: [...titles, spec.title],
          result,
          ...because(results[0]?.error?.message),
        });
      }
    }
    for (const inner of suite.suites ?? []) visit(inner, [...titles, inner.title]);
  };
  // The outermost suite of a file is the file itself: its title is no part of a test's name.
  for (const suite of report.suites) visit(suite, []);
  return tests;
}

/** @param {string | undefined} message */
function because(message) {
  return message === undefined
    ? {}
    : { reason: stripVTControlCharacters(message).split('\n')[0]?.trim() ?? '' };
}

/**
 * @param {string} status
 * @returns {TestResult['result']}
 */
function vitestResult(status) {
  if (status === 'passed' || status === 'failed') return status;
  return 'skipped';
}

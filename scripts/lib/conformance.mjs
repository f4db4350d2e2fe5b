/**
 * @typedef {'pass' | 'fail' | 'skipped' | 'not-built'} Verdict
 * @typedef {{ id: string, result: Verdict, test: string | null }} Row
 * @typedef {import('./reports.mjs').TestResult} TestResult
 */

const LINE_LENGTH = 200;
const LEADING_IDS = /^(?:(?:SYNC|APP|UI|CLI|EAS|DAV)-\d{3}(?:[\s,:]+|$))+/;

/**
 * The requirement ids a test claims: those its name, or the name of a group around it, begins with.
 * @param {readonly string[]} titles
 * @returns {string[]}
 */
export function claimedIds(titles) {
  return titles.flatMap((title) => LEADING_IDS.exec(title)?.[0].match(/[A-Z]+-\d{3}/g) ?? []);
}

/**
 * The conformance table: one row per requirement id, derived from the tests that claim it and from nothing else. A
 * requirement passes only when every test that claims it passed. A test that several suites ran (one spec in both
 * hosts) is one test: a failure anywhere is its result, and being skipped in one host does not matter when it passed in
 * the other.
 * @param {readonly string[]} ids
 * @param {readonly TestResult[]} tests
 * @returns {Row[]}
 */
export function deriveRows(ids, tests) {
  /** @type {Map<string, Map<string, Set<TestResult['result']>>>} */
  const claims = new Map(ids.map((id) => [id, new Map()]));
  for (const { file, titles, result } of tests) {
    const test = `${file}: ${titles.join(' › ')}`;
    for (const id of claimedIds(titles)) {
      const results = claims.get(id)?.get(test) ?? new Set();
      claims.get(id)?.set(test, results.add(result));
    }
  }
  return [...claims].map(([id, byTest]) => ({
    id,
    result: verdict([...byTest.values()]),
    test: byTest.size === 0 ? null : [...byTest.keys()].join('; '),
  }));
}

/**
 * Ids that tests claim and no specification has: usually a typing error.
 * @param {readonly string[]} ids
 * @param {readonly TestResult[]} tests
 */
export function unknownIds(ids, tests) {
  const known = new Set(ids);
  return [...new Set(tests.flatMap(({ titles }) => claimedIds(titles)))].filter((id) => !known.has(id));
}

/**
 * @param {readonly Row[]} rows
 * @returns {string} the table for people: one line per id and a last line with the counts
 */
export function formatTable(rows) {
  const lines = rows.map(({ id, result, test }) =>
    `${id.padEnd(9)} ${result.padEnd(10)} ${oneLine(test ?? '')}`.trimEnd(),
  );
  const count = (/** @type {Verdict} */ verdict) => rows.filter((row) => row.result === verdict).length;
  const counts = `${count('pass')} pass, ${count('fail')} fail, ${count('skipped')} skipped, ${count('not-built')} not-built`;
  return `${[...lines, '', counts].join('\n')}\n`;
}

/** A table of tests has tests by the dozen: in a line for people the first one or two are enough. @param {string} text */
function oneLine(text) {
  const flat = text.replace(/\s+/g, ' ');
  return flat.length <= LINE_LENGTH ? flat : `${flat.slice(0, LINE_LENGTH - 1)}…`;
}

/**
 * @param {readonly ReadonlySet<TestResult['result']>[]} tests the results of each test that claims one id
 * @returns {Verdict}
 */
function verdict(tests) {
  if (tests.length === 0) return 'not-built';
  if (tests.some((results) => results.has('failed'))) return 'fail';
  return tests.every((results) => results.has('passed')) ? 'pass' : 'skipped';
}

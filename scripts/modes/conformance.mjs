import { statSync } from 'node:fs';
import { build } from '../lib/build.mjs';
import { formatTable } from '../lib/conformance.mjs';
import { readReport } from '../lib/reports.mjs';
import { requirementRows } from '../lib/requirements.mjs';
import { newestTestInputMs } from '../lib/sources.mjs';
import { runStreaming } from '../lib/spawn.mjs';
import { heavySuites, reportFile, runSuite, unitSuite } from '../lib/suites.mjs';
import { setUpMachine } from '../lib/system-packages.mjs';

/**
 * `npm run conformance [-- --json]`: the table of requirements, from the reports of the last test run. A suite whose
 * report is missing or older than the sources is run first, with its output on stderr.
 * @param {string[]} args
 */
export async function run(args) {
  if (args.some((arg) => arg !== '--json')) {
    console.error('usage: npm run conformance [-- --json]');
    return 2;
  }
  const suites = [unitSuite(), ...heavySuites(await setUpMachine()).suites];
  const newestMs = newestTestInputMs();
  const tests = [];
  for (const suite of suites) {
    const reportedMs = statSync(reportFile(suite.name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (reportedMs >= newestMs) {
      tests.push(...readReport(reportFile(suite.name)));
      continue;
    }
    if (suite.needsBuild && (await build()) !== 0) return 1;
    const done = await runSuite(suite, ({ command, args, env }) =>
      runStreaming(command, args, { env, quietStdout: true }),
    );
    tests.push(...done.tests);
  }
  const rows = requirementRows(tests);
  process.stdout.write(args.includes('--json') ? `${JSON.stringify({ rows })}\n` : formatTable(rows));
  return 0;
}

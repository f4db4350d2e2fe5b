import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askAudit } from '../lib/audit/ask-audit.mjs';
import { build } from '../lib/build.mjs';
import { formatTable } from '../lib/conformance.mjs';
import { outDir } from '../lib/paths.mjs';
import { requirementRows } from '../lib/requirements.mjs';
import { runStreaming } from '../lib/spawn.mjs';
import { heavySuites, runSuite } from '../lib/suites.mjs';
import { setUpMachine } from '../lib/system-packages.mjs';
import { tally, tallyLine, troubleLines } from '../lib/tally.mjs';
import { check } from './check.mjs';

/** `npm test`: set-up, check, build, integration, simulation, e2e in every host and in the package, audit; ends with `N passed, N failed`. */
export async function run() {
  const available = await setUpMachine();
  heading('check');
  const { failures, unit } = await check({ fresh: true });
  const runs = [unit];
  // The unit suite's failures are counted test by test; the other steps count as one each.
  const failedSteps = failures.filter((name) => name !== 'unit');

  // Runs beside the build: it waits for the network only.
  const audit = askAudit();
  heading('build');
  const built = (await build()) === 0;
  if (!built) failedSteps.push('build');

  const { suites, absent } = heavySuites(available);
  for (const suite of suites) {
    heading(suite.name);
    if (suite.needsBuild && !built) {
      console.log('not run: the build failed');
      continue;
    }
    runs.push(await runSuite(suite, ({ command, args, env }) => runStreaming(command, args, { env })));
  }

  heading('audit');
  const { state, lines } = await audit;
  console.log(lines.length === 0 ? state : lines.join('\n'));
  if (state === 'findings') failedSteps.push('audit');

  heading('result');
  const rows = requirementRows(runs.flatMap(({ tests }) => tests));
  writeFileSync(join(outDir, 'conformance.json'), `${JSON.stringify({ rows })}\n`);
  const table = formatTable(rows);
  writeFileSync(join(outDir, 'conformance.txt'), table);
  console.log(`conformance: ${table.trimEnd().split('\n').at(-1)} (out/conformance.txt)`);
  for (const { name, code, tests } of runs) {
    const sum = tally([{ name, code, tests }]);
    console.log(`${name}: ${tallyLine(sum)}${tests.length === 0 ? ' (ran no test)' : ''}`);
  }
  for (const { name, lacks } of absent) console.log(`${name}: not run (this machine has no ${lacks})`);
  if (state === 'not-asked') console.log('audit: not asked, so nothing is known about holes in dependencies');
  for (const name of failedSteps) console.log(`${name}: failed`);
  for (const line of troubleLines(runs)) console.log(line);

  const sum = tally(runs);
  sum.failed += failedSteps.length;
  console.log(tallyLine(sum));
  return sum.failed === 0 ? 0 : 1;
}

/** @param {string} name */
function heading(name) {
  console.log(`\n── ${name} ──`);
}

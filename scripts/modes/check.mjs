import { tools } from '../lib/paths.mjs';
import { runCaptured } from '../lib/spawn.mjs';
import { runSuite, unitSuite } from '../lib/suites.mjs';

/** `npm run check`: format, lint, types, layers, dead code, unit and tidy tests. */
export async function run() {
  const { failures } = await check();
  return failures.length === 0 ? 0 : 1;
}

/**
 * Runs all steps side by side; prints each step's output in one piece as it ends.
 * @returns {Promise<{ failures: string[], unit: import('../lib/tally.mjs').SuiteRun }>} names of the failed steps other
 *   than the unit tests' own failures, and the unit suite's results
 */
export async function check() {
  /** @type {string[]} */
  const failures = [];
  /** @param {string} name @param {string} command @param {string[]} args */
  const step = async (name, command, args) => {
    const startedMs = performance.now();
    const { code, output } = await runCaptured(command, args);
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    process.stdout.write(
      `${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)\n${code === 0 ? '' : `${output}\n`}`,
    );
    if (code !== 0) failures.push(name);
    return code;
  };
  /** @param {string} name @param {string[]} args */
  const tool = (name, args) => step(name, process.execPath, args);
  const [unit] = await Promise.all([
    runSuite(unitSuite(), ({ command, args }) => step('unit', command, args)),
    // From scratch: the incremental check of TypeScript 7.0 misses changes of a configuration that others extend.
    tool('types', [tools.tsc, '-b', '--force']),
    tool('layers', [tools.layers]),
    tool('dead code', [tools.knip]),
    tool('format and lint', [tools.biome, 'ci', '--colors=off']),
  ]);
  return { failures, unit };
}

import { deadCodeArgs, typesCheck } from '../lib/check-steps.mjs';
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
 * @param {{ fresh?: boolean }} [options] `fresh` uses nothing that earlier runs noted
 * @returns {Promise<{ failures: string[], unit: import('../lib/tally.mjs').SuiteRun }>} names of the failed steps other
 *   than the unit tests' own failures, and the unit suite's results
 */
export async function check({ fresh = false } = {}) {
  /** @type {string[]} */
  const failures = [];
  /** @param {string} name @param {string} command @param {string[]} args @param {NodeJS.ProcessEnv} [env] */
  const step = async (name, command, args, env) => {
    const startedMs = performance.now();
    const { code, output } = await runCaptured(command, args, env);
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    process.stdout.write(
      `${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)\n${code === 0 ? '' : `${output}\n`}`,
    );
    if (code !== 0) failures.push(name);
    return code;
  };
  /** @param {string} name @param {string[]} args */
  const tool = (name, args) => step(name, process.execPath, args);
  // What knip noted goes stale when a file gets another extension: it is believed only where it finds nothing.
  const deadCode = async () => {
    const noted = fresh ? null : await runCaptured(process.execPath, deadCodeArgs(false));
    if (noted?.code === 0) process.stdout.write('✓ dead code\n');
    else await tool('dead code', deadCodeArgs(true));
  };
  const types = typesCheck(fresh);
  const [unit] = await Promise.all([
    runSuite(unitSuite(), ({ command, args, env }) => step('unit', command, args, env)),
    tool('types', types.args).then(types.finished),
    tool('layers', [tools.layers, ...(fresh ? [] : ['--cache'])]),
    deadCode(),
    tool('format and lint', [tools.biome, 'ci', '--colors=off']),
  ]);
  return { failures, unit };
}

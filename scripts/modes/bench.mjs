import { join } from 'node:path';
import { ensureBuilt } from '../lib/build.mjs';
import { outDir, tools } from '../lib/paths.mjs';
import { runForwarding, runStreaming } from '../lib/spawn.mjs';

/**
 * `npm run bench -- ARGS`: bench/run.ts, bundled, over the built app.
 * @param {string[]} args
 */
export async function run(args) {
  const bundleArgs = [tools.vite, 'build', '--config', 'scripts/vite/bench.config.ts'];
  const code =
    (await ensureBuilt()) || (await runStreaming(process.execPath, bundleArgs, { quietStdout: true }));
  return code === 0 ? runForwarding(process.execPath, [join(outDir, 'bench/run.js'), ...args]) : code;
}

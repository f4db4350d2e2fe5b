import { join } from 'node:path';
import { ensureBuilt } from '../lib/build.mjs';
import { outDir, tools } from '../lib/paths.mjs';
import { runForwarding, runStreaming } from '../lib/spawn.mjs';

/** The core runs in the bench's own process, with the young space its worker has (src/main/engine-host/worker-memory.ts). */
const AS_IN_ITS_WORKER = '--max-semi-space-size=8';

/**
 * `npm run bench -- ARGS`: bench/run.ts, bundled, over the built app.
 * @param {string[]} args
 */
export async function run(args) {
  const bundleArgs = [tools.vite, 'build', '--config', 'scripts/vite/bench.config.ts'];
  const code =
    (await ensureBuilt()) || (await runStreaming(process.execPath, bundleArgs, { quietStdout: true }));
  const bench = [AS_IN_ITS_WORKER, join(outDir, 'bench/run.js'), ...args];
  return code === 0 ? runForwarding(process.execPath, bench) : code;
}

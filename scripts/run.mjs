/**
 * The one entry point behind every npm script: `node scripts/run.mjs MODE [ARGS]`.
 *
 * It must parse on Node 18, because a fresh clone is started with whatever Node the system has. Before a mode is
 * loaded the dependencies are those of the lock file and the process runs on a Node on which SQLite can be loaded.
 */
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './lib/install.mjs';
import { ensureRuntime } from './lib/node-runtime.mjs';

const MODES = ['app', 'build', 'check', 'test', 'bench', 'conformance', 'homeport', 'package', 'audit'];

const [mode = '', ...args] = process.argv.slice(2);
if (!MODES.includes(mode)) {
  console.error(`usage: node scripts/run.mjs ${MODES.join('|')} [ARGS]`);
  process.exit(2);
}

ensureInstalled();
const handedOver = await ensureRuntime(fileURLToPath(import.meta.url), [mode, ...args]);
if (handedOver === undefined) {
  const { run } = await import(`./modes/${mode}.mjs`);
  process.exitCode = await run(args);
} else {
  process.exitCode = handedOver;
}

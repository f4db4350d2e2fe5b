import { ensureBuilt } from '../lib/build.mjs';
import { headlessEntry } from '../lib/paths.mjs';
import { runForwarding } from '../lib/spawn.mjs';

/**
 * `npm run homeport -- ARGS`: the command line from a checkout. Only the program itself writes to stdout.
 * @param {string[]} args
 */
export async function run(args) {
  const code = await ensureBuilt();
  return code === 0 ? runForwarding(process.execPath, [headlessEntry, ...args]) : code;
}

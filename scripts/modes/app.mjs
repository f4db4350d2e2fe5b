import { ensureBuilt } from '../lib/build.mjs';
import { ensureElectron, hasDisplay, sandboxArgs } from '../lib/electron.mjs';
import { headlessEntry, root } from '../lib/paths.mjs';
import { runForwarding } from '../lib/spawn.mjs';

/**
 * `npm start`: the Electron window where there is a display and an Electron, else the headless host in the browser.
 * @param {string[]} args handed to the app
 */
export async function run(args) {
  const code = await ensureBuilt();
  if (code !== 0) return code;
  const electron = hasDisplay() ? await ensureElectron() : undefined;
  if (electron === undefined) {
    console.error(
      'No Electron window here: starting the headless host; open the address below in a browser.',
    );
    return runForwarding(process.execPath, [headlessEntry, 'serve', '--open', ...args]);
  }
  // The engine may have to run outside an Electron whose Node is too old for our SQLite: this is the Node for it.
  const env = { ...process.env, HOMEPORT_NODE: process.execPath };
  return runForwarding(electron, [...sandboxArgs(), root, ...args], env);
}

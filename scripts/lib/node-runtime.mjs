import { createRequire } from 'node:module';
import { delimiter, dirname, join, resolve } from 'node:path';
import { root } from './paths.mjs';
import { runForwarding } from './spawn.mjs';

/** SQLite's binding crashes without a word on Node 20 and older; the test tools need 22.12. */
const OLDEST = [22, 12];
const GUARD = 'HOMEPORT_NODE_REEXEC';

/** @param {string} version such as `20.20.0` */
export function isOldNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST;
  return major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
}

/**
 * On an old Node, runs the same command again on the Node that tools/node-runtime brought along and returns its exit
 * code; on a good one returns undefined and the caller carries on. Ends the process when there is no good Node.
 * @param {string} script the file to run again
 * @param {readonly string[]} args
 * @returns {Promise<number | undefined>}
 */
export async function ensureRuntime(script, args) {
  if (!isOldNode(process.versions.node)) {
    prependToPath(dirname(process.execPath));
    return undefined;
  }
  const bundled = bundledNode();
  if (bundled === undefined || process.env[GUARD] !== undefined) {
    console.error(
      `Homeport needs Node ${OLDEST.join('.')} or newer (this is ${process.versions.node}), and there is no bundled one for ` +
        `${process.platform}-${process.arch}. Install Node 24 from https://nodejs.org and run the command again.`,
    );
    process.exit(1);
  }
  process.env[GUARD] = '1';
  prependToPath(dirname(bundled));
  return runForwarding(bundled, [script, ...args]);
}

/** The Node of the platform package, where there is one. */
function bundledNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const runtimeRequire = createRequire(join(root, 'tools/node-runtime/package.json'));
  const rootRequire = createRequire(join(root, 'package.json'));
  for (const require of [runtimeRequire, rootRequire]) {
    try {
      const manifest = require.resolve(`node-${platform}-${process.arch}/package.json`);
      const { bin } = require(manifest);
      return resolve(dirname(manifest), typeof bin === 'string' ? bin : bin.node);
    } catch {
      // Not there: try the next place.
    }
  }
  return undefined;
}

/** Everything we start finds the same Node. @param {string} folder */
function prependToPath(folder) {
  const path = process.env.PATH ?? '';
  if (path.split(delimiter)[0] !== folder) process.env.PATH = `${folder}${delimiter}${path}`;
}

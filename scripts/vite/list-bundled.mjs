import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';

/**
 * Writes which packages a build took code from: `out/bundled/NAME.json`, their paths in the lock file. Packages that are
 * bundled stand in no node_modules folder of the packaged app, yet they ship, and their licences with them.
 * @param {string} root the project's folder; said by the configuration, because this file may be bundled into it
 * @param {string} name of the build
 * @returns {import('vite').Plugin}
 */
export function listBundled(root, name) {
  return {
    name: 'list-bundled',
    generateBundle(_options, bundle) {
      /** @type {Set<string>} */
      const paths = new Set();
      for (const part of Object.values(bundle)) {
        for (const id of part.type === 'chunk' ? part.moduleIds : []) {
          const path = packagePath(relative(root, id.replace(/^\0/, '').replace(/\?.*$/, '')));
          if (path !== null) paths.add(path);
        }
      }
      const file = resolve(root, `out/bundled/${name}.json`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${JSON.stringify([...paths].sort(), null, 2)}\n`);
    },
  };
}

/**
 * `node_modules/a/node_modules/@b/c` of a file in it; null for our own files.
 * @param {string} file
 */
function packagePath(file) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file.replaceAll('\\', '/'))?.[0] ?? null;
}

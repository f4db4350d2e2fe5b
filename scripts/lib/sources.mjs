import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

const BUILD_INPUTS = ['package-lock.json', 'package.json', 'electron.vite.config.ts', 'tsconfig.base.json'];
const BUILD_FOLDERS = ['src', 'resources', 'scripts/vite'];
const TEST_FOLDERS = ['src', 'resources', 'test', 'e2e', 'scripts'];

/** One hash over everything the build reads: names and contents. */
export function buildInputHash() {
  const hash = createHash('sha256');
  const files = BUILD_FOLDERS.flatMap(listFiles).filter((file) => !/\.test\.tsx?$/.test(file));
  for (const file of [...BUILD_INPUTS, ...files]) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** When a file that a test result depends on was last changed, in ms since 1970. */
export function newestTestInputMs() {
  const files = [...BUILD_INPUTS, ...TEST_FOLDERS.flatMap(listFiles)];
  return Math.max(...files.map((file) => statSync(join(root, file)).mtimeMs));
}

/**
 * Every file below a folder of the project, relative to its root, in a stable order; not the READMEs.
 * @param {string} folder
 * @returns {string[]}
 */
function listFiles(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.md'))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's own folder; every path below is absolute. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

export const outDir = join(root, 'out');
/** What `npm run package` makes. */
export const distDir = join(root, 'dist');
/** Licences and bill of materials, on their way into the package. */
export const noticesDir = join(outDir, 'notices');
export const reportsDir = join(outDir, 'reports');

/** The headless host and command line, as built. */
export const headlessEntry = join(outDir, 'main/headless.js');

/** The JavaScript files of the tools, started with our own Node: no shell in between, the same on every system. */
export const tools = {
  biome: join(root, 'node_modules/@biomejs/biome/bin/biome'),
  tsc: join(root, 'node_modules/typescript/bin/tsc'),
  knip: join(root, 'node_modules/knip/bin/knip.js'),
  vite: join(root, 'node_modules/vite/bin/vite.js'),
  electronVite: join(root, 'node_modules/electron-vite/bin/electron-vite.js'),
  electronBuilder: join(root, 'node_modules/electron-builder/cli.js'),
  vitest: join(root, 'node_modules/vitest/vitest.mjs'),
  playwright: join(root, 'node_modules/@playwright/test/cli.js'),
  layers: join(root, 'scripts/check-layers.mjs'),
};

import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { listBundled } from './scripts/vite/list-bundled.mjs';

const root = import.meta.dirname;

/**
 * Three builds: main (plain Node and Electron, ES modules), preload (CommonJS, because a sandboxed preload must be)
 * and renderer. Everything written in JavaScript is bundled: hundreds of small files left external make the start
 * several times slower. Only the native module and electron stay outside. The message viewer's script has a
 * configuration of its own: `viewer.vite.config.ts`.
 */
export default defineConfig({
  main: {
    plugins: [listBundled(root, 'main')],
    build: {
      outDir: 'out/main',
      sourcemap: true,
      rolldownOptions: {
        // Entry names are part of the contract: hosts start `engine.js` and `reader.js` as thread or process by name.
        input: {
          index: resolve(root, 'src/main/index.ts'),
          headless: resolve(root, 'src/main/headless.ts'),
          engine: resolve(root, 'src/main/workers/engine-entry.ts'),
          reader: resolve(root, 'src/main/workers/reader-entry.ts'),
        },
        external: ['electron', 'better-sqlite3'],
        // Shared code lies beside the entries, so that `import.meta.dirname` is out/main wherever a module ends up.
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    plugins: [listBundled(root, 'preload')],
    build: {
      outDir: 'out/preload',
      rolldownOptions: {
        input: { index: resolve(root, 'src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react(), listBundled(root, 'renderer')],
    build: {
      outDir: 'out/renderer',
      minify: true,
      // Both would need an inline script or a data: URL that the content security policy forbids.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rolldownOptions: { input: { index: resolve(root, 'src/renderer/index.html') } },
    },
  },
});

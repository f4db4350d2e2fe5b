import { cpSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import { listBundled } from './scripts/vite/list-bundled.mjs';
import { ownLanguage } from './scripts/vite/own-language.mjs';

const root = import.meta.dirname;

/** What PDFs may leave out and pdf.js asks for by name: character maps, standard fonts, decoders of rare pictures. */
const PDF_DATA = {
  cmaps: /\.bcmap$|LICENSE/,
  // The rest of them are the system's own; these two are drawn alike nowhere.
  standard_fonts: /Foxit(Symbol|Dingbats)\.pfb$|LICENSE_FOXIT/,
  decoders: /_nowasm_fallback\.js$|LICENSE_.*(JBIG2|OPENJPEG)/,
};

/** Copies them beside the window's files; nothing is loaded before a PDF is looked at. */
const pdfData: Plugin = {
  name: 'pdf-data',
  writeBundle({ dir = '' }) {
    for (const [folder, wanted] of Object.entries(PDF_DATA)) {
      const source = resolve(root, 'node_modules/pdfjs-dist', folder === 'decoders' ? 'wasm' : folder);
      cpSync(source, resolve(dir, 'pdf', folder), {
        recursive: true,
        filter: (path) => path === source || wanted.test(basename(path)),
      });
    }
  },
};

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
        // Entry names are part of the contract: hosts start `engine.js` and `reader.js` as thread or process by name,
        // and the engine starts `workbench.js` as a thread.
        input: {
          index: resolve(root, 'src/main/index.ts'),
          headless: resolve(root, 'src/main/headless.ts'),
          engine: resolve(root, 'src/main/workers/engine-entry.ts'),
          reader: resolve(root, 'src/main/workers/reader-entry.ts'),
          workbench: resolve(root, 'src/main/workers/workbench-entry.ts'),
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
    plugins: [react(), pdfData, ownLanguage(), listBundled(root, 'renderer')],
    build: {
      outDir: 'out/renderer',
      minify: true,
      // Both would need an inline script or a data: URL that the content security policy forbids.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: { index: resolve(root, 'src/renderer/index.html') },
        output: {
          // Every chunk with a schema imports this one first: the setting is made before any of them is.
          codeSplitting: {
            groups: [{ name: 'schemas', test: /node_modules[\\/]zod[\\/]|zod-without-eval/ }],
          },
        },
      },
    },
  },
});

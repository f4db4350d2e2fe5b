import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { listBundled } from './list-bundled.mjs';

const root = resolve(import.meta.dirname, '../..');

/**
 * The message viewer: one classic script without imports, because it runs under a nonce in a frame of opaque origin
 * that can load nothing else. Written beside the renderer's files, so it must not empty their folder.
 */
export default defineConfig({
  plugins: [listBundled(root, 'viewer')],
  publicDir: false,
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: resolve(root, 'out/renderer'),
    emptyOutDir: false,
    minify: true,
    sourcemap: false,
    lib: {
      entry: resolve(root, 'src/renderer/viewer/viewer.ts'),
      formats: ['iife'],
      name: 'homeportViewer',
      fileName: () => 'viewer.js',
    },
  },
});

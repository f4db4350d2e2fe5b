import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const root = resolve(import.meta.dirname, '../..');

/** The benchmarks as one file for plain Node, which does not resolve our imports without extension. */
export default defineConfig({
  publicDir: false,
  logLevel: 'warn',
  build: {
    ssr: resolve(root, 'bench/run.ts'),
    target: 'node24',
    outDir: resolve(root, 'out/bench'),
    sourcemap: true,
  },
});

import { defineConfig } from 'vitest/config';

/**
 * One project per suite; a test's suite follows from its name (`.int.test.ts`, `.sim.test.ts`), so that none is
 * forgotten. `scripts/run.mjs` runs them one after the other and adds a JSON report per suite, from which the result
 * line and the conformance table are derived.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{src,test,scripts,bench}/**/*.test.{ts,tsx}'],
          exclude: ['test/tidy/**', '**/*.{int,sim}.test.ts'],
          // No module-level state in unit tests: sharing the module graph makes the suite several times faster.
          isolate: false,
        },
      },
      { test: { name: 'tidy', include: ['test/tidy/**/*.test.ts'], testTimeout: 20_000 } },
      {
        test: {
          name: 'integration',
          include: ['{src,test}/**/*.int.test.ts'],
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'simulation',
          include: ['{src,test}/**/*.sim.test.ts'],
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 120_000,
        },
      },
    ],
  },
});

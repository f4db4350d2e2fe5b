import { defineConfig } from 'vitest/config';

/**
 * One project per suite. `scripts/run.mjs` runs them one after the other and adds a JSON report per suite, from
 * which the result line and the conformance table are derived.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'src/**/*.test.ts',
            'src/**/*.test.tsx',
            'scripts/**/*.test.ts',
            'test/{conformance,fakes}/**/*.test.ts',
          ],
          // No module-level state in unit tests: sharing the module graph makes the suite several times faster.
          isolate: false,
        },
      },
      { test: { name: 'tidy', include: ['test/tidy/**/*.test.ts'], testTimeout: 20_000 } },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.int.test.ts'],
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'simulation',
          include: ['test/simulation/**/*.sim.test.ts'],
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 120_000,
        },
      },
    ],
  },
});

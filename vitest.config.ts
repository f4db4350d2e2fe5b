import { defineConfig } from 'vitest/config';

/** Half of the tests wait for files, timers and processes: with one worker on two cores the other half waits too. */
const WORKERS = 2;
/** What takes this long hangs; a test that is merely slow because the machine is busy must not fail. */
const HUNG_AFTER_MS = 20_000;

/** As for the flows: real servers share a loaded machine there. What needed another try is named at the end of a run. */
const RETRIES = process.env.CI ? 1 : 0;

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
          maxWorkers: WORKERS,
          testTimeout: HUNG_AFTER_MS,
        },
      },
      {
        test: {
          name: 'tidy',
          include: ['test/tidy/**/*.test.ts'],
          isolate: false,
          maxWorkers: WORKERS,
          testTimeout: HUNG_AFTER_MS,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['{src,test}/**/*.int.test.ts'],
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 30_000,
          hookTimeout: 30_000,
          retry: RETRIES,
        },
      },
      {
        test: {
          name: 'simulation',
          include: ['{src,test}/**/*.sim.test.ts'],
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 120_000,
          retry: RETRIES,
        },
      },
    ],
  },
});

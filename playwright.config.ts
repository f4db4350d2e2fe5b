import { defineConfig } from '@playwright/test';
import { chromiumBinary } from './scripts/lib/browser.mjs';
import { electronBinary, sandboxArgs } from './scripts/lib/electron.mjs';

const chromium = chromiumBinary();
const electron = electronBinary();

/** What needs a browser: the headless host's own rules, and parts of the window shown in a plain page without a host. */
const BROWSER_ONLY = '**/*.chromium.spec.ts';
/** What only the desktop host has. */
const ELECTRON_ONLY = '**/*.electron.spec.ts';
/** What is about the package: it is made first, from the Electron that is here. */
const PACKAGED_ONLY = '**/*.packaged.spec.ts';

/**
 * One set of specs for both hosts: project `chromium` over the headless host, project `electron` over the Electron
 * host where its binary is present. Specs learn which one they run in from the project's name. Project `packaged` starts
 * the app as users get it.
 */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'out/e2e',
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  timeout: 90_000,
  // Real windows and servers share a loaded machine with each other there; what needed a second try is reported as flaky.
  retries: process.env.CI ? 2 : 0,
  reporter: [['line'], ['json', { outputFile: 'out/e2e-report.json' }]],
  use: {
    screenshot: 'only-on-failure',
    // A trace takes a picture of every step: a seventh of a run's time, which a second try alone has to pay where there is one.
    trace: process.env.CI ? 'on-first-retry' : 'retain-on-failure',
  },
  projects: [
    {
      name: 'chromium',
      testIgnore: [ELECTRON_ONLY, PACKAGED_ONLY],
      use: { launchOptions: { ...(chromium && { executablePath: chromium }), args: sandboxArgs() } },
    },
    ...(electron === undefined
      ? []
      : [
          {
            name: 'electron',
            testIgnore: [BROWSER_ONLY, PACKAGED_ONLY],
            use: { launchOptions: { executablePath: electron, args: sandboxArgs() } },
          },
          // Presses real keys: one keyboard, one test at a time, on a display of its own.
          {
            name: 'packaged',
            testMatch: PACKAGED_ONLY,
            workers: 1,
            use: { trace: 'off' as const, screenshot: 'off' as const },
          },
        ]),
  ],
});

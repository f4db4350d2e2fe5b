import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { unitEnvironment } from './check-steps.mjs';
import { electronBinary } from './electron.mjs';
import { reportsDir, root, tools } from './paths.mjs';
import { readReport } from './reports.mjs';

/**
 * @typedef {object} Suite one run of one test tool; its JSON report is out/reports/NAME.json
 * @property {string} name
 * @property {boolean} needsBuild whether its tests start the built app
 * @property {string} command
 * @property {string[]} args
 * @property {NodeJS.ProcessEnv} env
 */

/** Unit and tidy tests: what `npm run check` runs. @returns {Suite} */
export function unitSuite() {
  return { ...vitestSuite('unit', ['unit', 'tidy'], false), env: unitEnvironment() };
}

/**
 * Every suite after `unit`, in order: those this machine can run, and of the others what they lack.
 * @param {import('./system-packages.mjs').Available} available
 * @returns {{ suites: Suite[], absent: { name: string, lacks: string }[] }}
 */
export function heavySuites({ servers, chromium, xvfb, xdotool }) {
  const electron = electronBinary() !== undefined;
  const linux = process.platform === 'linux';
  const display = xvfb || Boolean(process.env.DISPLAY) || !linux;
  const wrapper = xvfb ? 'xvfb-run' : undefined;
  /** @type {[suite: Suite, needs: Record<string, boolean>][]} */
  const wanted = [
    [vitestSuite('integration', ['integration'], true), { Dovecot: servers }],
    [vitestSuite('simulation', ['simulation'], false), { tests: existsSync(join(root, 'test/simulation')) }],
    [playwrightSuite('chromium', undefined), { Chromium: chromium }],
    [playwrightSuite('electron', wrapper), { Electron: electron, display: display }],
    // It presses keys: never on somebody's own display.
    [playwrightSuite('packaged', wrapper), { Electron: electron, Linux: linux, 'xvfb-run': xvfb, xdotool }],
  ];
  const lacking = wanted.map(([suite, needs]) => ({
    suite,
    lacks: Object.keys(needs).filter((need) => needs[need] !== true),
  }));
  return {
    suites: lacking.filter(({ lacks }) => lacks.length === 0).map(({ suite }) => suite),
    absent: lacking
      .filter(({ lacks }) => lacks.length > 0)
      .map(({ suite, lacks }) => ({ name: suite.name, lacks: lacks.join(', ') })),
  };
}

/** @param {string} name */
export function reportFile(name) {
  return join(reportsDir, `${name}.json`);
}

/**
 * Runs a suite and returns its tests and its exit code. The report of an earlier run is removed first, so that a suite
 * that dies early cannot show old results.
 * @param {Suite} suite
 * @param {(suite: Suite) => Promise<number>} execute starts it and returns the exit code
 */
export async function runSuite(suite, execute) {
  mkdirSync(reportsDir, { recursive: true });
  rmSync(reportFile(suite.name), { force: true });
  const code = await execute(suite);
  return { name: suite.name, code, tests: readReport(reportFile(suite.name)) };
}

/**
 * @param {string} name
 * @param {string[]} projects
 * @param {boolean} needsBuild
 * @returns {Suite}
 */
function vitestSuite(name, projects, needsBuild) {
  const select = projects.flatMap((project) => ['--project', project]);
  const report = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile(name)}`];
  return {
    name,
    needsBuild,
    command: process.execPath,
    args: [tools.vitest, 'run', ...select, ...report],
    env: process.env,
  };
}

/**
 * @param {'chromium' | 'electron' | 'packaged'} project
 * @param {string | undefined} wrapper a program that gives it a display
 * @returns {Suite}
 */
function playwrightSuite(project, wrapper) {
  const name = `e2e-${project}`;
  const args = [tools.playwright, 'test', '--project', project];
  return {
    name,
    needsBuild: true,
    command: wrapper ?? process.execPath,
    args: wrapper === undefined ? args : ['-a', process.execPath, ...args],
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile(name) },
  };
}

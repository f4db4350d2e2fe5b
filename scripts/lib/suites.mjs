import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
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
  return vitestSuite('unit', ['unit', 'tidy'], false);
}

/**
 * Every suite after `unit` that this machine can run, in order.
 * @param {{ servers: boolean, chromium: boolean, xvfb: boolean }} available
 * @returns {Suite[]}
 */
export function heavySuites({ servers, chromium, xvfb }) {
  const suites = [];
  if (servers) suites.push(vitestSuite('integration', ['integration'], true));
  if (existsSync(join(root, 'test/simulation')))
    suites.push(vitestSuite('simulation', ['simulation'], false));
  if (chromium) suites.push(playwrightSuite('chromium', undefined));
  const display = Boolean(process.env.DISPLAY) || process.platform !== 'linux';
  if (electronBinary() !== undefined && (xvfb || display)) {
    suites.push(playwrightSuite('electron', xvfb ? 'xvfb-run' : undefined));
  }
  return suites;
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
 * @param {'chromium' | 'electron'} project
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

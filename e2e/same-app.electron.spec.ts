import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { JSONReport, JSONReportSuite } from '@playwright/test/reporter';
import { METHODS, type MethodName } from '../src/shared/contract/methods';
import { homeportJson, serve } from '../test/integration/homeport-process';
import { newProfile, removeProfile, startElectronApp } from './support/app-host';
import { type HostAsSeen, seenByBrowser, seenByWindow, sha256 } from './support/both-hosts';

const root = join(import.meta.dirname, '..');
const built = join(root, 'out/renderer');

/** Why a spec runs in one host only: what the requirement lets differ, and what knows no host at all. */
const REASONS = {
  desktop: 'the window itself, its system and its printing exist in the desktop host only',
  browser: 'several windows, links, sessions and sockets exist in the headless host only',
  beside:
    'frames are measured beside a plain page of the same browser, which the desktop host refuses to open',
  network: 'options of Node lead the wide world to this computer, and the desktop’s engine takes none',
  touch: 'fingers are laid on a browser that has a touch screen; the desktop’s display has none',
  'opened-pages': 'pages that open beside the window can be seen in a browser only',
  hostless: 'a part of the window in a plain page, without any host',
} as const;
const ONE_HOST: Readonly<Record<string, keyof typeof REASONS>> = {
  'browser-access.chromium.spec.ts': 'browser',
  'desktop-life.electron.spec.ts': 'desktop',
  'desktop-window.electron.spec.ts': 'desktop',
  'discovery.chromium.spec.ts': 'network',
  'large-list.chromium.spec.ts': 'beside',
  'list-states.chromium.spec.ts': 'browser',
  'message-frame.electron.spec.ts': 'desktop',
  'new-mail.electron.spec.ts': 'desktop',
  'oauth.chromium.spec.ts': 'opened-pages',
  'popouts.electron.spec.ts': 'desktop',
  'printing.electron.spec.ts': 'desktop',
  'reader.chromium.spec.ts': 'hostless',
  'reconnect.chromium.spec.ts': 'browser',
  'same-app.electron.spec.ts': 'desktop',
  'saved-files.electron.spec.ts': 'desktop',
  'setup-errors.chromium.spec.ts': 'browser',
  'standing-still.chromium.spec.ts': 'browser',
  'stories.chromium.spec.ts': 'hostless',
  'swipes.chromium.spec.ts': 'touch',
  'title-bar.electron.spec.ts': 'desktop',
  'viewer-behaviour.chromium.spec.ts': 'hostless',
  'viewer-dark.chromium.spec.ts': 'hostless',
  'viewer-isolation.chromium.spec.ts': 'hostless',
  'viewer-sanitise.chromium.spec.ts': 'hostless',
  'windows.chromium.spec.ts': 'browser',
};

/** Methods whose answer is the host's own: its kind, its vault, what it counted, and what only a host of browsers has. */
const OWN_ANSWER: readonly MethodName[] = [
  'host.info',
  'stats.get',
  'session.link',
  'session.signOutEverywhere',
];

test('APP-394 both hosts serve the same window over the same contract, and every flow runs in both but those with a reason', async ({}, info) => {
  const profiles = [newProfile(), newProfile()] as const;
  const sample = ['account', 'add', 'local', '--name', 'Sample', '--sample', '20', '--seed', '1'];
  for (const profile of profiles) await homeportJson(profile, sample);
  const electron = await startElectronApp(info.project.use.launchOptions, profiles[0], () => undefined);
  const headless = await serve(profiles[1]);
  const desktop = seenByWindow(electron);
  const browser = await seenByBrowser(headless.ready.ui);
  try {
    await compareFiles(desktop, browser);
    await compareContract(desktop, browser);
  } finally {
    browser.close();
    await Promise.all([electron.quit(), headless.stop()]);
    for (const profile of profiles) removeProfile(profile);
  }
  await compareFlows();
});

/** Every file of the built window comes from both hosts as it was built, with the same type. */
async function compareFiles(desktop: HostAsSeen, browser: HostAsSeen): Promise<void> {
  const files = readdirSync(built, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(built.length + 1));
  expect(files).toEqual(expect.arrayContaining(['index.html', 'viewer.js']));
  for (const file of files) {
    const path = file === 'index.html' ? '' : file;
    const [inWindow, inBrowser] = await Promise.all([desktop.file(path), browser.file(path)]);
    expect(inWindow, file).toEqual(inBrowser);
    // Words of licences lie beside what they are about; no window asks for them.
    if (/(^|\/)LICENSE/.test(file)) continue;
    expect(inWindow, file).toMatchObject({ status: 200, hash: sha256(readFileSync(join(built, file))) });
  }
}

/** Every method of the contract is there in both, refuses the same, and answers the same where it needs no input. */
async function compareContract(desktop: HostAsSeen, browser: HostAsSeen): Promise<void> {
  const both = (method: string, input: unknown) =>
    Promise.all([desktop.call(method, input), browser.call(method, input)]);
  const [unknown, unknownToo] = await both('no.such.method', {});
  expect([unknown, unknownToo]).toEqual(Array(2).fill(failure('not-found')));
  for (const method of Object.keys(METHODS) as MethodName[]) {
    const [inWindow, inBrowser] = await both(method, { noSuchField: 1 });
    expect(inWindow, method).toEqual(failure('invalid'));
    expect(inBrowser, method).toEqual(inWindow);
    if (!METHODS[method].input.safeParse({}).success || OWN_ANSWER.includes(method)) continue;
    const [answer, answerToo] = await both(method, {});
    expect(withoutTimes(answerToo), method).toEqual(withoutTimes(answer));
  }
  const [info, infoToo] = await both('host.info', {});
  expect(info).toMatchObject({ ok: true, value: { hostKind: 'electron' } });
  expect(infoToo).toMatchObject({ ok: true, value: { hostKind: 'headless' } });
  expect(withoutKind(infoToo)).toEqual(withoutKind(info));
}

function failure(kind: string) {
  return { ok: false, failure: expect.objectContaining({ kind }) };
}

/** The hosts were filled one after the other: moments differ, and nothing else may. */
function withoutTimes(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, each) =>
      key.endsWith('At') && typeof each === 'number' ? 'a moment' : each,
    ),
  );
}

function withoutKind(reply: Awaited<ReturnType<HostAsSeen['call']>>): unknown {
  if (!reply.ok) return reply;
  const { hostKind: _kind, vault: _vault, ...rest } = reply.value as Record<string, unknown>;
  return rest;
}

/** As Playwright itself lists them: what only one project has must stand in the table, and the table nothing else. */
async function compareFlows(): Promise<void> {
  const [inBrowser, inWindow] = await Promise.all([listFlows('chromium'), listFlows('electron')]);
  const onlyOne = [...inBrowser.symmetricDifference(inWindow)].map((flow) => flow.split(':', 1)[0] ?? '');
  expect([...new Set(onlyOne)].sort()).toEqual(Object.keys(ONE_HOST).sort());
  const inBoth = inBrowser.intersection(inWindow);
  expect(inBoth.size).toBeGreaterThan(inBrowser.size / 2);
  for (const [file, reason] of Object.entries(ONE_HOST)) {
    const usesHost = /from '\.\/fixtures'|app-host'/.test(readFileSync(join(root, 'e2e', file), 'utf8'));
    if (reason === 'hostless') expect(usesHost, `${file} has a host and could run in both`).toBe(false);
  }
  for (const file of new Set([...inBoth].map((flow) => flow.split(':', 1)[0] ?? ''))) {
    const source = readFileSync(join(root, 'e2e', file), 'utf8');
    expect(source, `${file} leaves flows out by itself`).not.toMatch(/\.skip\(|\.fixme\(|hostKind/);
  }
}

/** `FILE: TITLES` of every test of a project. */
async function listFlows(project: string): Promise<Set<string>> {
  const cli = join(root, 'node_modules/@playwright/test/cli.js');
  // Pictures for people are no flows, and are made only when they are asked for.
  const { PLAYWRIGHT_JSON_OUTPUT_FILE: _file, HOMEPORT_SCREENSHOTS: _pictures, ...env } = process.env;
  const stdout = await new Promise<string>((resolve, reject) => {
    const args = [cli, 'test', '--list', '--project', project, '--reporter=json'];
    const options = { cwd: root, env, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, args, options, (error, out) => (error ? reject(error) : resolve(out)));
  });
  const flows = new Set<string>();
  const visit = (suite: JSONReportSuite, titles: readonly string[]): void => {
    for (const spec of suite.specs) flows.add(`${spec.file}: ${[...titles, spec.title].join(' › ')}`);
    for (const inner of suite.suites ?? []) visit(inner, [...titles, inner.title]);
  };
  for (const suite of (JSON.parse(stdout) as JSONReport).suites) visit(suite, []);
  return flows;
}

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { electronBinary, sandboxArgs } from '../scripts/lib/electron.mjs';
import { readFuses, WANTED_FUSES } from '../scripts/lib/package/fuses.mjs';
import { packApp } from '../scripts/lib/package/pack-app.mjs';
import { newProfile, removeProfile } from './support/app-host';
import { type PackagedApp, startPackagedApp } from './support/packaged-app';

// One after the other, packed once: there is one keyboard.
test.describe.configure({ mode: 'default' });

/** Where a refused app ends by itself or sits behind an error: long enough for its own code to have run. */
const REFUSED_WITHIN_MS = 5000;

let output = '';
let folder = '';
let binary = '';
let profileDir = '';
let app: PackagedApp | undefined;

/** Starts it for one test; what a test leaves running ends after it. */
async function start(options: Omit<Parameters<typeof startPackagedApp>[1], 'profileDir'> = {}) {
  app = await startPackagedApp(binary, { profileDir, ...options });
  return app;
}

test.beforeAll(async () => {
  output = mkdtempSync(join(tmpdir(), 'homeport-packed-'));
  const packed = await packApp(output);
  if (!packed.ok) throw new Error(packed.problem);
  ({ folder, binary } = packed);
});
test.afterAll(() => rmSync(output, { recursive: true, force: true }));
test.beforeEach(() => {
  profileDir = newProfile();
});
test.afterEach(async () => {
  await app?.stop();
  app = undefined;
  removeProfile(profileDir);
});

test('APP-371 the fuses in the packaged binary are as they must be, and those that Linux knows hold', async () => {
  expect(readFuses(binary)).toMatchObject(WANTED_FUSES);

  const loaded = join(output, 'loaded');
  const intruder = join(output, 'intruder.cjs');
  const write = `require('node:fs').writeFileSync(${JSON.stringify(loaded)}, '')`;
  writeFileSync(intruder, `if (process.versions.electron) ${write};`);
  const env = { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: `--require ${intruder}` };
  // An Electron with its fuses as they come does all this: the intruder is one that works.
  const open = spawnSync(electronBinary() ?? '', ['-p', '"as Node"'], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  expect([open.stdout.trim(), existsSync(loaded)]).toEqual(['as Node', true]);
  rmSync(loaded);

  const closed = await start({ args: ['--inspect=0'], env });
  await expect(closed.page.getByRole('textbox')).toBeVisible();
  expect(closed.stderr()).not.toContain('Debugger listening');
  await closed.stop();
  expect(existsSync(loaded)).toBe(false);

  // Only the archive is an app: another one beside it is not started, not even when the archive is gone.
  const resources = join(folder, 'resources');
  const other = join(resources, 'app');
  mkdirSync(other);
  writeFileSync(join(other, 'package.json'), '{ "name": "other", "main": "main.js" }');
  writeFileSync(join(other, 'main.js'), `${write}; require('electron').app.quit();`);
  renameSync(join(resources, 'app.asar'), join(output, 'away.asar'));
  const refused = spawn(binary, sandboxArgs(), {
    stdio: 'ignore',
    env: { ...process.env, HOMEPORT_PROFILE: profileDir },
  });
  const ended = new Promise((resolve) => refused.once('exit', resolve));
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, REFUSED_WITHIN_MS))]);
  refused.kill('SIGKILL');
  await ended;
  renameSync(join(output, 'away.asar'), join(resources, 'app.asar'));
  rmSync(other, { recursive: true });
  expect(existsSync(loaded)).toBe(false);
});

/** By keys alone: the menu bar, right to View, up to its last item, which opens the tools where there are any. */
const LAST_OF_VIEW = ['Alt_L', 'Right', 'Right', 'Down', 'Up', 'Return'];
/** Everything that reloads or opens tools in one browser or another. */
const RELOADS = ['ctrl+r', 'ctrl+shift+r', 'F5', 'ctrl+F5'];
const OPENS_TOOLS = ['ctrl+shift+i', 'F12', 'ctrl+shift+j', 'ctrl+shift+c'];
/** Long enough for what a key does; with the start flag the same keys are seen to act sooner. */
const SETTLE_MS = 700;

test('APP-375 without the start flag no key and no menu reloads the packaged app or opens developer tools; with it they do', async () => {
  const plain = await start();
  const field = plain.page.getByRole('textbox');
  await expect(field).toBeVisible();
  await mark(plain);
  plain.press(...RELOADS, ...OPENS_TOOLS);
  await plain.page.waitForTimeout(SETTLE_MS);
  plain.press(...LAST_OF_VIEW);
  await plain.page.waitForTimeout(SETTLE_MS);
  expect([await isMarked(plain), tools(plain)]).toEqual([true, 0]);
  // Keys do arrive: what is typed is there.
  await field.focus();
  plain.press('a', 'n', 'n');
  await expect(field).toHaveValue('ann');
  await plain.stop();

  const keys = await start({ args: ['--devtools'] });
  await expect(keys.page.getByRole('textbox')).toBeVisible();
  await mark(keys);
  keys.press('ctrl+r');
  await expect.poll(() => isMarked(keys)).toBe(false);
  await expect(keys.page.getByRole('textbox')).toBeVisible();
  keys.press('ctrl+shift+i');
  await expect.poll(() => tools(keys)).toBe(1);
  await keys.stop();

  const menu = await start({ args: ['--devtools'] });
  await expect(menu.page.getByRole('textbox')).toBeVisible();
  menu.press(...LAST_OF_VIEW);
  await expect.poll(() => tools(menu)).toBe(1);
});

function tools({ addresses }: PackagedApp): number {
  return addresses().filter((address) => address.startsWith('devtools:')).length;
}

/** A mark that is gone when the page was loaded again. */
async function mark({ page }: PackagedApp): Promise<void> {
  await page.evaluate(() => Object.assign(window, { sameAsBefore: true }));
}

/** Null while a page is being loaded. */
function isMarked({ page }: PackagedApp): Promise<boolean | null> {
  return page.evaluate(() => 'sameAsBefore' in window).catch(() => null);
}

test('the packaged app brings its engine, its licences and its bill of materials', async () => {
  const { page } = await start();
  await page.getByRole('button', { name: 'Try with a sample mailbox' }).click();
  await expect(page.getByRole('treeitem', { name: /^Inbox, \d+ unread$/ }).first()).toBeVisible();

  const licences = readFileSync(join(folder, 'LICENSES.packages.txt'), 'utf8');
  const { components } = JSON.parse(readFileSync(join(folder, 'bill-of-materials.cdx.json'), 'utf8')) as {
    components: { name: string; version: string; scope: string }[];
  };
  const shipped = components.filter(({ scope }) => scope === 'required');
  expect(shipped.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['better-sqlite3', 'electron', 'imapflow', 'react', 'dompurify']),
  );
  for (const { name, version } of shipped) expect(licences).toContain(`\n${name} ${version}: `);
});

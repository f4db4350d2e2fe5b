import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { recolour, titleBar } from './title-bar';
import { createWindowLook, readLook } from './window-look';

const dir = mkdtempSync(join(tmpdir(), 'homeport-title-bar-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test.each([
  ['darwin', true, { titleBarStyle: 'hidden', trafficLightPosition: { x: 16, y: 16 } }],
  ['darwin', false, { titleBarStyle: 'hidden' }],
  ['win32', true, { titleBarStyle: 'hidden', titleBarOverlay: { height: 47 } }],
  ['win32', false, { titleBarStyle: 'hidden', titleBarOverlay: { height: 47 } }],
  ['linux', false, { titleBarStyle: 'hidden', titleBarOverlay: { height: 47 } }],
] as const)(
  'UI-004 on %s, with the wish for the system’s own title bar %s, the top bar is the title bar',
  (platform, wish, frame) => {
    expect(titleBar(platform, wish, false)).toMatchObject(frame);
  },
);

test('UI-004 on Linux the title bar is the system’s own where that is wanted, as it is until somebody says otherwise', async () => {
  expect(titleBar('linux', true, false)).toEqual({});
  const path = join(dir, 'window-look.json');
  const native = { themeSource: 'light' as 'system' | 'light' | 'dark', shouldUseDarkColors: false };
  const look = createWindowLook(path, await readLook(path), native);
  expect(look.systemTitleBar).toBe(true);
  look.settingsChanged({ theme: 'system', density: 'normal', systemTitleBar: false });
  // The window of this run keeps its frame.
  expect(look.systemTitleBar).toBe(true);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(await readLook(path)).toMatchObject({ systemTitleBar: false });
  writeFileSync(path, 'damaged');
  expect(await readLook(path)).toMatchObject({ systemTitleBar: true });
});

test('the system’s buttons follow the theme, where they have colours to be given', () => {
  const given: unknown[] = [];
  const window = { setTitleBarOverlay: (options: unknown) => void given.push(options) };
  for (const platform of ['win32', 'darwin'] as const) recolour(window, titleBar(platform, true, true));
  recolour(window, titleBar('linux', true, true));
  expect(given).toEqual([{ color: '#12161b', symbolColor: '#b0bac6', height: 47 }]);
  const tokens = readFileSync(join(import.meta.dirname, '../../renderer/styles/tokens.css'), 'utf8');
  for (const [at, theme] of (['light', 'dark'] as const).entries()) {
    const [, block = ''] = tokens.split(`:root[data-theme="${theme}"] {`);
    const { titleBarOverlay } = titleBar('win32', true, at === 1);
    expect(titleBarOverlay).toMatchObject({
      color: /--bg-app: (#\w+)/.exec(block)?.[1],
      symbolColor: /--text-secondary: (#\w+)/.exec(block)?.[1],
    });
  }
});

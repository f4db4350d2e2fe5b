import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createWindowLook, GROUNDS, readLook } from './window-look';

const dir = mkdtempSync(join(tmpdir(), 'homeport-look-'));
afterAll(() => rmSync(dir, { recursive: true }));

test('the look of the last run is there before the settings are, and what the system draws follows it', async () => {
  const path = join(dir, 'window-look.json');
  const native = { themeSource: 'light' as 'system' | 'light' | 'dark', shouldUseDarkColors: false };
  const look = createWindowLook(path, await readLook(path), native);
  expect([native.themeSource, look.search(), look.background()]).toEqual(['system', '', GROUNDS.light]);
  look.settingsChanged({ theme: 'dark', density: 'compact', systemTitleBar: true });
  native.shouldUseDarkColors = true;
  expect([native.themeSource, look.background()]).toEqual(['dark', GROUNDS.dark]);

  const next = createWindowLook(path, await readLook(path), native);
  expect(next.search()).toBe('?theme=dark&density=compact');
  writeFileSync(path, '{"theme":"purple"');
  expect(await readLook(path)).toEqual({ theme: 'system', density: 'normal', systemTitleBar: true });
});

test('what is there before the page has the colour of the page', () => {
  const css = readFileSync(join(import.meta.dirname, '../../renderer/styles/tokens.css'), 'utf8');
  for (const theme of ['light', 'dark'] as const)
    expect(css.split(`:root[data-theme="${theme}"] {`)[1]).toMatch(
      new RegExp(`^[^}]*--bg-app: ${GROUNDS[theme]};`),
    );
});

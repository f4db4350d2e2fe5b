import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applyLoginStart, type LoginStart } from './login-start';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'homeport-login-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function start(platform: NodeJS.Platform, profileDir = '/home/me/mail'): LoginStart & { items: unknown[] } {
  const items: unknown[] = [];
  return {
    platform,
    command: ['/opt/My "$APP/homeport', '/a 100%'],
    profileDir,
    configDir: dir,
    setLoginItem: (item) => items.push(item),
    items,
  };
}

test('on Linux an entry starts this profile hidden, is written once, and goes without touching that of another', () => {
  const mine = start('linux');
  const other = start('linux', '/home/me/work');
  applyLoginStart(other, true);
  applyLoginStart(mine, true);
  const folder = join(dir, 'autostart');
  const file = readdirSync(folder).find((name) => readFileSync(join(folder, name), 'utf8').includes('/mail'));
  const path = join(folder, file ?? '');
  expect(readFileSync(path, 'utf8')).toContain(
    'Exec="/opt/My \\\\"\\\\$APP/homeport" "/a 100%%" "--profile=/home/me/mail" "--hidden"\n',
  );
  const written = statSync(path).mtimeMs;
  applyLoginStart(mine, true);
  expect(statSync(path).mtimeMs).toBe(written);
  writeFileSync(path, 'of an older version');
  applyLoginStart(mine, true);
  expect(readFileSync(path, 'utf8')).toContain('--hidden');
  applyLoginStart(mine, false);
  applyLoginStart(mine, false);
  expect(readdirSync(folder)).toHaveLength(1);
});

test.each(['darwin', 'win32'] as const)('on %s the system’s own list is used', (platform) => {
  const mine = start(platform);
  applyLoginStart(mine, true);
  applyLoginStart(mine, false);
  const item = { path: '/opt/My "$APP/homeport', args: ['/a 100%', '--profile=/home/me/mail', '--hidden'] };
  expect(mine.items).toEqual([
    { openAtLogin: true, ...item },
    { openAtLogin: false, ...item },
  ]);
});

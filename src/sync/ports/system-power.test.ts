import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSystemPower } from './system-power';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeport-power-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function supply(name: string, facts: Record<string, string>): void {
  mkdirSync(join(folder, name), { recursive: true });
  for (const [file, value] of Object.entries(facts)) writeFileSync(join(folder, name, file), `${value}\n`);
}

test.each([
  ['nothing known', {}, false],
  ['a desktop', { AC: { type: 'Mains', online: '1' } }, false],
  [
    'a laptop at its plug',
    { AC: { type: 'Mains', online: '1' }, BAT0: { type: 'Battery', status: 'Charging' } },
    false,
  ],
  [
    'a full laptop at its plug',
    { AC: { type: 'Mains', online: '1' }, BAT0: { type: 'Battery', status: 'Discharging' } },
    false,
  ],
  [
    'a laptop on the train',
    { AC: { type: 'Mains', online: '0' }, BAT0: { type: 'Battery', status: 'Discharging' } },
    true,
  ],
  [
    'two batteries',
    { A: { type: 'Battery', status: 'Full' }, B: { type: 'Battery', status: 'Discharging' } },
    true,
  ],
  ['a mouse', { mouse: { type: 'Battery', scope: 'Device', status: 'Discharging' } }, false],
  ['broken files', { BAT0: { status: 'Discharging' } }, false],
] as const)('%s', (_what, supplies, onBattery) => {
  for (const [name, facts] of Object.entries(supplies)) supply(name, facts);
  expect(createSystemPower(folder).onBattery()).toBe(onBattery);
});

test('what the host reports goes before the files, and no folder means no battery', () => {
  supply('BAT0', { type: 'Battery', status: 'Discharging' });
  const power = createSystemPower(folder);
  power.report(false);
  expect(power.onBattery()).toBe(false);
  power.report(true);
  expect(power.onBattery()).toBe(true);
  expect(createSystemPower(join(folder, 'none')).onBattery()).toBe(false);
});

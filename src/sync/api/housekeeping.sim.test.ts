import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createFakeClock } from '../../../test/fakes/fake-clock';
import { createFakeRandom } from '../../../test/fakes/fake-random';
import type { Ports } from '../ports/ports';
import { createSystemDns } from '../ports/system-dns';
import { createSystemGreeter } from '../ports/system-greeter';
import { createSystemHttp } from '../ports/system-http';
import { createReportedNetwork } from '../ports/system-network';
import { createSystemRedirectListener } from '../ports/system-redirect-listener';
import { createReaderRuntime, createSyncRuntime, type EngineRuntime } from '../runtime';

function openPorts() {
  const profileDir = mkdtempSync(join(tmpdir(), 'homeport-house-'));
  const errors: string[] = [];
  const quiet = (): void => undefined;
  const clock = createFakeClock();
  const ports: Ports = {
    profileDir,
    clock,
    random: createFakeRandom(),
    network: createReportedNetwork(),
    power: { onBattery: () => false },
    http: createSystemHttp(),
    dns: createSystemDns(),
    greeter: createSystemGreeter(),
    redirects: createSystemRedirectListener(),
    loop: { look: () => ({ busyShare: 0, meanTurnMs: 0, delay: null }) },
    client: { name: 'Homeport', version: '0', contact: 'The authors' },
    vault: { get: async () => null, put: async () => 'ref', delete: async () => undefined },
    logger: { debug: quiet, info: quiet, warn: quiet, error: (event) => errors.push(event) },
  };
  return { ports, clock, profileDir, errors };
}

async function until(
  met: () => boolean,
  clock: ReturnType<typeof createFakeClock>,
  most = 400,
): Promise<void> {
  for (let tries = 0; tries < most && !met(); tries++) {
    await delay(5);
    clock.advance(1);
  }
}

/** As the daily round leaves one. */
async function keepBackup(runtime: EngineRuntime, profileDir: string): Promise<void> {
  const copy = join(profileDir, 'copy');
  await runtime.call('backup.create', { directory: copy });
  mkdirSync(join(profileDir, 'backups'));
  renameSync(join(copy, 'homeport.sqlite'), join(profileDir, 'backups', '1-daily.sqlite'));
}

test('a day after the start there is a consistent backup, and at most three are kept', async () => {
  const { ports, clock, profileDir, errors } = openPorts();
  const runtime = await createSyncRuntime(ports);
  await runtime.start();
  const backups = (): string[] => {
    try {
      return readdirSync(join(profileDir, 'backups')).filter((name) => name.endsWith('.sqlite'));
    } catch {
      return [];
    }
  };
  for (let day = 1; day <= 5; day++) {
    await delay(5);
    clock.advance(25 * 3_600_000);
    await until(() => backups().length >= Math.min(day, 3), clock);
  }
  await runtime.stop();
  expect(backups().length).toBe(3);
  expect(errors).toEqual([]);
  rmSync(profileDir, { recursive: true });
});

test('a database that is none any more is set aside and the last good backup is used', async () => {
  const { ports, profileDir, errors } = openPorts();
  const first = await createSyncRuntime(ports);
  await first.call('accounts.addLocal', { name: 'Kept', sample: 0, seed: 1 });
  await keepBackup(first, profileDir);
  await first.stop();
  const path = join(profileDir, 'homeport.sqlite');
  const garbage = Buffer.alloc(40_960, 'x');
  writeFileSync(path, garbage);
  const second = await createSyncRuntime(ports);
  const status = await second.call('status.get', {});
  await second.stop();
  expect(status.ok).toBe(true);
  expect(errors).toEqual(['store.rescued']);
  const aside = readdirSync(profileDir).find((name) => name.startsWith('homeport.sqlite.broken-'));
  expect(aside && readFileSync(join(profileDir, aside)).equals(garbage)).toBe(true);
  expect(readFileSync(path).includes('Kept')).toBe(true);
  rmSync(profileDir, { recursive: true });
});

test('a store found damaged while in use is replaced at the next start, one with wrong counters is mended at once', async () => {
  const { ports, profileDir, errors } = openPorts();
  const first = await createSyncRuntime(ports);
  await first.call('accounts.addLocal', { name: 'Kept', sample: 0, seed: 1 });
  await keepBackup(first, profileDir);
  const reader = await createReaderRuntime({ profileDir, clock: ports.clock });
  const checked = await reader.call('integrity.check', { full: true });
  expect(
    checked.ok && (checked.value as { problems: string[] }[]).flatMap(({ problems }) => problems),
  ).toEqual([]);
  expect(await first.call('integrity.mend', { brokenFile: false })).toMatchObject({ ok: true });
  await first.call('integrity.mend', { brokenFile: true });
  reader.close();
  await first.stop();
  const second = await createSyncRuntime(ports);
  await second.stop();
  expect(errors).toEqual(['store.rescued']);
  const third = await createSyncRuntime(ports);
  await third.stop();
  expect(errors).toHaveLength(1);
  rmSync(profileDir, { recursive: true });
});

test('SYNC-393 what no server can give back is copied every hour and on quit, when there is something new', async () => {
  const { ports, clock, profileDir, errors } = openPorts();
  const copies = (): number => {
    try {
      return readdirSync(join(profileDir, 'backups', 'compact')).filter((name) => name.endsWith('.sqlite'))
        .length;
    } catch {
      return 0;
    }
  };
  const runtime = await createSyncRuntime(ports);
  await runtime.start();
  const allow = (sender: string) => runtime.call('remoteContent.allow', { sender });
  const hour = async (): Promise<void> => {
    await delay(5);
    clock.advance(3_600_000);
    await until(() => false, clock, 20);
  };
  await allow('a@example.org');
  await hour();
  expect(copies()).toBe(1);
  await hour();
  expect(copies()).toBe(1);
  await allow('b@example.org');
  await hour();
  expect(copies()).toBe(2);
  await allow('c@example.org');
  await runtime.stop();
  expect(copies()).toBe(3);
  expect(errors).toEqual([]);

  // A command that only looks something up leaves nothing behind.
  const looking = await createSyncRuntime(ports);
  await looking.call('status.get', {});
  await looking.stop();
  expect(readdirSync(join(profileDir, 'backups', 'compact'))).toHaveLength(3);
  rmSync(profileDir, { recursive: true });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test, vi } from 'vitest';
import { createFakeClock } from '../../../test/fakes/fake-clock';
import { createFakeRandom } from '../../../test/fakes/fake-random';
import type { HostEvent } from '../../shared/contract/events';
import { createReportedNetwork } from '../../sync/ports/system-network';
import { createReaderRuntime, createSyncRuntime } from '../../sync/runtime';
import type { EngineHost } from '../engine-host/engine-host';
import type { FromWorker } from '../workers/worker-messages';
import { keepStoreSound } from './keep-store-sound';

const vault = { get: async () => null, put: async () => 'ref', delete: async () => undefined };
const client = { name: 'Homeport', version: '0', contact: 'The authors' };
const DAY = 24 * 60 * 60_000;

test('SYNC-381 every night and on demand everything is counted again; a difference is logged, corrected, and not found twice', async () => {
  const profileDir = mkdtempSync(join(tmpdir(), 'homeport-sound-'));
  const clock = createFakeClock();
  const errors: string[] = [];
  const logger = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: (event: string, fields?: object) => errors.push(`${event} ${JSON.stringify(fields)}`),
  };
  const ports = {
    profileDir,
    clock,
    logger,
    vault,
    client,
    random: createFakeRandom(),
    network: createReportedNetwork(),
    power: { onBattery: () => false },
    // Nothing here asks the web.
    http: undefined as never,
    dns: undefined as never,
    greeter: undefined as never,
    redirects: undefined as never,
    loop: undefined as never,
  };
  const runtime = await createSyncRuntime(ports);
  /** Readers in this thread, over the real database. */
  const host: EngineHost = {
    kind: 'thread',
    start: () => {
      let tell: (message: FromWorker) => void = () => undefined;
      let gone: (reason: string) => void = () => undefined;
      const reader = createReaderRuntime({ profileDir, clock });
      return {
        onMessage: (listener) => {
          tell = listener;
        },
        onExit: (listener) => {
          gone = listener;
        },
        kill: () => undefined,
        post: (message) => {
          void reader.then(async (running) => {
            if (message.kind === 'init') tell({ kind: 'ready' });
            else if (message.kind === 'call')
              tell({
                kind: 'outcome',
                id: message.id,
                outcome: await running.call(message.method, message.input as never),
              });
            else if (message.kind === 'stop') {
              running.close();
              tell({ kind: 'stopped' });
              gone('stopped');
            }
          });
        },
      };
    },
  };
  const published: HostEvent[] = [];
  const stopping = new AbortController();
  const init = {
    profileDir,
    client,
    logLevel: 'error',
    network: 'online',
    autonomous: true,
    trace: false,
  } as const;
  const keeping = keepStoreSound(
    { host, init, vault, clock, logger },
    { call: (method, input) => runtime.call(method, input as never) },
    (event) => published.push(event),
    stopping.signal,
  );
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 200; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
      clock.advance(0);
    }
  };
  const counters = async (): Promise<unknown> => {
    const outcome = await runtime.call('doctor.run', { repair: false });
    const checks = outcome.ok ? (outcome.value as { name: string; ok: boolean }[]) : [];
    return checks.find(({ name }) => name === 'counters')?.ok;
  };
  const night = async (): Promise<void> => {
    await settle();
    clock.advance(DAY);
    await settle();
  };

  const adding = runtime.call('accounts.addLocal', { name: 'Sample', sample: 40, seed: 1 });
  await settle();
  expect(await adding).toMatchObject({ ok: true });
  await night();
  expect(errors).toEqual([]);
  expect(await counters()).toBe(true);

  const damage = new Database(join(profileDir, 'homeport.sqlite'));
  damage.exec('UPDATE lists SET unread_messages = unread_messages + 7');
  damage.close();
  expect(await counters()).toBe(false);
  await night();
  expect(errors).toEqual(['integrity.problems {"parts":"counters"}']);
  expect(await counters()).toBe(true);
  await night();
  expect(errors).toHaveLength(1);
  expect(published).toEqual([]);

  stopping.abort();
  await keeping;
  await runtime.stop();
  rmSync(profileDir, { recursive: true, force: true });
});

test('SYNC-393 after an unclean start the file is looked at at once and quickly, once a week in full, also by a program that runs for an hour a day', async () => {
  const looks: string[] = [];
  let noted: number | null = null;
  const clock = createFakeClock();
  const day = async (clean: boolean, hours: number): Promise<string[]> => {
    looks.length = 0;
    const stopping = new AbortController();
    const engine = {
      call: async (method: string) => {
        if (method === 'integrity.noteFullCheck') noted = clock.now();
        return {
          ok: true as const,
          value: method === 'integrity.state' ? { clean, fullCheckAt: noted } : null,
        };
      },
    };
    const host: EngineHost = {
      kind: 'thread',
      start: () => {
        let tell: (message: FromWorker) => void = () => undefined;
        let gone: (reason: string) => void = () => undefined;
        return {
          onMessage: (listener) => {
            tell = listener;
          },
          onExit: (listener) => {
            gone = listener;
          },
          kill: () => undefined,
          post: (message) => {
            if (message.kind === 'init') queueMicrotask(() => tell({ kind: 'ready' }));
            if (message.kind === 'call') {
              looks.push((message.input as { full: boolean }).full ? 'full' : 'quick');
              queueMicrotask(() =>
                tell({ kind: 'outcome', id: message.id, outcome: { ok: true, value: [] } }),
              );
            }
            if (message.kind === 'stop') queueMicrotask(() => gone('stopped'));
          },
        };
      },
    };
    const logger = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
    const init = {
      profileDir: '/p',
      client,
      logLevel: 'error',
      network: 'online',
      autonomous: true,
      trace: false,
    } as const;
    const keeping = keepStoreSound(
      { host, init, vault, clock, logger },
      engine,
      () => undefined,
      stopping.signal,
    );
    for (let minutes = 0; minutes < hours * 60; minutes += 10) {
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
      clock.advance(10 * 60_000);
    }
    stopping.abort();
    await keeping;
    clock.advance((24 - hours) * 3_600_000);
    return [...looks];
  };
  expect(await day(true, 1)).toEqual(['full']);
  expect(await day(true, 1)).toEqual([]);
  expect(await day(false, 1)).toEqual(['quick']);
  for (let at = 3; at < 8; at++) expect(await day(true, 1)).toEqual([]);
  expect(await day(false, 1)).toEqual(['quick', 'full']);
  expect(await day(true, 12)).toEqual([]);
});

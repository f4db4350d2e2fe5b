import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createSystemClock } from '../../sync/ports/system-clock';
import type { EngineHost } from './engine-host';
import { createProcessHost } from './process-host';
import { superviseWorker } from './supervise-worker';
import { createThreadHost } from './thread-host';

const folder = join(import.meta.dirname, 'testing');
const silent = { debug() {}, info() {}, warn() {}, error() {} };

function supervise(host: EngineHost) {
  return superviseWorker({
    host,
    name: 'engine',
    init: {
      profileDir: '/p',
      client: { name: 'Homeport', version: '1', contact: 'The authors' },
      logLevel: 'error',
      network: 'online',
      autonomous: true,
      trace: false,
    },
    vault: { get: async () => null, put: async () => '', delete: async () => undefined },
    clock: createSystemClock(),
    logger: silent,
    onEvent: () => undefined,
    onState: () => undefined,
  });
}

test.each([
  ['thread', () => createThreadHost(folder)],
  ['process', () => createProcessHost(folder, process.execPath)],
] as const)('a worker as %s answers, comes back after a crash, and stops', async (kind, create) => {
  const worker = supervise(create());
  expect(await worker.started).toEqual({ ok: true, value: null });
  const bytes = new Uint8Array([0, 255]);
  const answer = await worker.call('status.get', { bytes, nothing: undefined });
  expect(answer).toMatchObject({ ok: true, value: { input: { bytes } } });
  const { pid } = (answer as { value: { pid: number } }).value;
  expect(pid === process.pid).toBe(kind === 'thread');

  expect(await worker.call('status.get', 'crash')).toMatchObject({
    ok: false,
    failure: { kind: 'internal' },
  });
  await expect.poll(async () => (await worker.call('status.get', 1)).ok, { timeout: 5000 }).toBe(true);
  await worker.stop();
  expect((await worker.call('status.get', 1)).ok).toBe(false);
});

test('a child process does not outlive a parent that was killed', async () => {
  const script = `
    import { spawn } from 'node:child_process';
    const child = spawn(process.execPath, [${JSON.stringify(join(folder, 'engine.js'))}], { stdio: ['ignore', 2, 2, 'ipc'] });
    child.once('spawn', () => console.log(child.pid));
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const childPid = Number(line.toString());
  parent.kill('SIGKILL');
  const isThere = () => {
    try {
      process.kill(childPid, 0);
      return true;
    } catch {
      return false;
    }
  };
  for (let waited = 0; isThere() && waited < 5000; waited += 50) await sleep(50);
  expect(isThere()).toBe(false);
});

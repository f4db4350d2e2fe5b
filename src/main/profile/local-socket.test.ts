import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Reply } from '../../shared/contract/bridge';
import type { HostEvent } from '../../shared/contract/events';
import { defaultProfileDir } from './default-location';
import { connectLocal } from './local-client';
import { startLocalServer } from './local-server';
import { socketPath } from './socket-path';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'homeport-socket-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function serve(call: (method: string, input: unknown) => Promise<Reply>) {
  const listeners = new Set<(event: HostEvent) => void>();
  const server = await startLocalServer({
    autonomous: true,
    path: socketPath(dir),
    call,
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  return { server, tell: (event: HostEvent) => [...listeners].forEach((listener) => void listener(event)) };
}
const echo = async (method: string, input: unknown): Promise<Reply> => ({
  ok: true,
  value: { method, input },
});

test('calls are answered, events arrive, and only the user may connect', async () => {
  const { server, tell } = await serve(echo);
  expect(statSync(socketPath(dir)).mode & 0o777).toBe(0o600);
  const client = (await connectLocal(socketPath(dir)))!;
  const events: HostEvent[] = [];
  client.onEvent((event) => events.push(event));
  const answers = await Promise.all([
    client.call('a', { n: 1 }),
    client.call('b', { text: 'x'.repeat(300_000) }),
  ]);
  expect(answers[0]).toEqual({ ok: true, value: { method: 'a', input: { n: 1 } } });
  expect(answers[1].ok).toBe(true);
  tell({ kind: 'engine', state: 'running' });
  await expect.poll(() => events).toEqual([{ kind: 'engine', state: 'running' }]);
  client.close();
  await server.close();
});

test('nobody listening is no error; a dead socket file is replaced', async () => {
  expect(await connectLocal(socketPath(dir))).toBeNull();
  const first = await serve(echo);
  await first.server.close();
  const second = await serve(echo);
  expect(await connectLocal(socketPath(dir))).not.toBeNull();
  await second.server.close();
});

test('closing answers what was asked before it hangs up', async () => {
  const { server } = await serve(async () => {
    await sleep(100);
    return { ok: true, value: 'late' };
  });
  const client = (await connectLocal(socketPath(dir)))!;
  const answer = client.call('slow', {});
  await sleep(20);
  await server.close();
  expect(await answer).toEqual({ ok: true, value: 'late' });
  await client.closed;
  expect(await client.call('more', {})).toMatchObject({ ok: false, failure: { kind: 'offline' } });
});

test('draining waits for a visitor that has just come and has not asked yet', async () => {
  const { server } = await serve(echo);
  const client = (await connectLocal(socketPath(dir)))!;
  const drained = server.drain();
  await sleep(300);
  expect(await client.call('late', {})).toMatchObject({ ok: true });
  client.close();
  await drained;
  await server.close();
  expect(await connectLocal(socketPath(dir))).toBeNull();
});

test('draining lets a visitor ask its next question', async () => {
  const { server } = await serve(echo);
  const client = (await connectLocal(socketPath(dir)))!;
  await client.call('first', {});
  const drained = server.drain();
  await sleep(50);
  expect(await client.call('second', {})).toMatchObject({ ok: true });
  await drained;
  await server.close();
});

test.each(['no json\n', '{"id":0,"method":"a","input":1}\n', `${'x'.repeat(1_100_000)}`])(
  'whoever does not speak the contract is hung up on',
  async (words) => {
    const { server } = await serve(echo);
    const socket = connect(socketPath(dir)).resume();
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    socket.write(words);
    await closed;
    await server.close();
  },
);

test('a path too long for a socket moves to a private folder of the user', () => {
  const long = socketPath(join(dir, 'x'.repeat(120)), 'linux');
  expect(Buffer.byteLength(long)).toBeLessThan(104);
  expect(statSync(join(long, '..')).mode & 0o777).toBe(0o700);
  expect(socketPath(dir, 'win32')).toMatch(/^\\\\\.\\pipe\\homeport-[0-9a-f]{32}$/);
});

test.each([
  ['linux', {}, '/home/me/.local/share/homeport'],
  ['linux', { XDG_DATA_HOME: '/data' }, '/data/homeport'],
  ['darwin', {}, '/home/me/Library/Application Support/Homeport'],
  ['win32', { APPDATA: '/roaming' }, '/roaming/Homeport'],
] as const)('on %s with %o the profile is %s', (platform, env, path) => {
  expect(defaultProfileDir(env, platform, '/home/me')).toBe(path);
});

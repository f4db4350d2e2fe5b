import { expect, test, vi } from 'vitest';
import type { HostEvent } from '../../shared/contract/events';
import type { Ports } from '../../sync/ports/ports';
import type { EngineRuntime, ReaderRuntime } from '../../sync/runtime';
import type { ParentChannel } from './parent-channel';
import { serveEngine } from './serve-engine';
import { serveReader } from './serve-reader';
import type { FromWorker, ToWorker, WorkerInit } from './worker-messages';

const init: WorkerInit = {
  profileDir: '/p',
  client: { name: 'Homeport', version: '1', contact: 'The authors' },
  logLevel: 'error',
  network: 'metered',
  autonomous: true,
  trace: false,
};

function fakeChannel() {
  const posted: FromWorker[] = [];
  let tell: (message: ToWorker) => void = () => undefined;
  const channel: ParentChannel = {
    post: (message) => posted.push(message),
    listen: (listener) => {
      tell = listener;
    },
    onOrphaned: () => undefined,
  };
  return { channel, posted, say: (message: ToWorker) => tell(message) };
}

function fakeEngine(over: Partial<EngineRuntime> = {}) {
  let tell: (event: HostEvent) => void = () => undefined;
  let ports: Ports | undefined;
  const runtime: EngineRuntime = {
    call: async (method, input) => ({ ok: true, value: [method, input] }),
    onEvent: (listener) => {
      tell = listener;
      return () => undefined;
    },
    layOut: vi.fn(),
    start: vi.fn(async () => undefined),
    stop: vi.fn(async () => undefined),
    ...over,
  };
  const create = async (given: Ports) => {
    ports = given;
    return runtime;
  };
  return { runtime, create, tell: (event: HostEvent) => tell(event), ports: () => ports! };
}

test('the engine gets its ports, answers, tells events and stops', async () => {
  const { channel, posted, say } = fakeChannel();
  const engine = fakeEngine();
  serveEngine(channel, engine.create);
  say({ kind: 'init', init });
  await expect.poll(() => posted).toEqual([{ kind: 'ready' }]);
  expect(engine.runtime.start).toHaveBeenCalledOnce();
  expect([engine.ports().profileDir, engine.ports().network.state()]).toEqual(['/p', 'metered']);
  say({ kind: 'network', state: 'offline' });
  expect(engine.ports().network.state()).toBe('offline');
  say({ kind: 'lay-out', order: { listId: 4, sort: 'sender', filter: null } });
  expect(engine.runtime.layOut).toHaveBeenCalledWith({ listId: 4, sort: 'sender', filter: null });
  say({ kind: 'call', id: 7, method: 'status.get', input: {} });
  engine.tell({ kind: 'engine', state: 'running' });
  await expect
    .poll(() => posted.slice(1))
    .toEqual([
      { kind: 'event', event: { kind: 'engine', state: 'running' } },
      { kind: 'outcome', id: 7, outcome: { ok: true, value: ['status.get', {}] } },
    ]);
  say({ kind: 'stop' });
  await expect.poll(() => posted.at(-1)).toEqual({ kind: 'stopped' });
  expect(engine.runtime.stop).toHaveBeenCalledOnce();
});

test('an engine that only looks something up goes nowhere by itself', async () => {
  const { channel, posted, say } = fakeChannel();
  const engine = fakeEngine();
  serveEngine(channel, engine.create);
  say({ kind: 'init', init: { ...init, autonomous: false } });
  await expect.poll(() => posted).toEqual([{ kind: 'ready' }]);
  expect(engine.runtime.start).not.toHaveBeenCalled();
});

test('secrets are asked of the main thread, and a vault that fails is an error and not a wait', async () => {
  const { channel, posted, say } = fakeChannel();
  const engine = fakeEngine();
  serveEngine(channel, engine.create);
  say({ kind: 'init', init });
  await expect.poll(() => posted).toHaveLength(1);
  const { vault } = engine.ports();
  const secret = vault.get('ref');
  expect(posted.at(-1)).toEqual({ kind: 'vault', id: 1, request: { op: 'get', secretRef: 'ref' } });
  say({ kind: 'vault-answer', id: 1, ok: true, value: 'open' });
  expect(await secret).toBe('open');
  const stored = vault.put('new');
  say({ kind: 'vault-answer', id: 2, ok: false, value: null });
  await expect(stored).rejects.toThrow();
});

test('what breaks inside is a failure of that call, without its words', async () => {
  const { channel, posted, say } = fakeChannel();
  const engine = fakeEngine({
    call: async () => {
      throw new Error('subject: private');
    },
  });
  serveEngine(channel, engine.create);
  say({ kind: 'call', id: 1, method: 'status.get', input: {} });
  await expect
    .poll(() => posted)
    .toMatchObject([{ id: 1, outcome: { ok: false, failure: { kind: 'internal' } } }]);
  say({ kind: 'init', init });
  await expect.poll(() => posted).toHaveLength(2);
  say({ kind: 'call', id: 2, method: 'status.get', input: {} });
  await expect
    .poll(() => posted.at(-1))
    .toMatchObject({ id: 2, outcome: { ok: false, failure: { kind: 'internal' } } });
  expect(JSON.stringify(posted)).not.toContain('private');
});

test.each([
  ['a full disk', Object.assign(new Error('x'), { code: 'SQLITE_FULL' }), 'limit'],
  ['anything else', new Error('x'), 'internal'],
])('a start that fails for %s says so', async (_what, error, kind) => {
  const { channel, posted, say } = fakeChannel();
  serveEngine(channel, async () => {
    throw error;
  });
  say({ kind: 'init', init });
  await expect.poll(() => posted).toMatchObject([{ kind: 'failed', failure: { kind } }]);
});

test('the reader answers queries and bytes, and closes', async () => {
  const { channel, posted, say } = fakeChannel();
  const close = vi.fn();
  const reader: ReaderRuntime = {
    call: async (method) => ({ ok: true, value: method }),
    content: async () => ({
      ok: true,
      value: { bytes: new Uint8Array([1]), mediaType: 'a/b', filename: 'c' },
    }),
    close,
  };
  const order = { listId: 4, sort: 'size', filter: 'unread' } as const;
  serveReader(channel, async ({ wantOrder }) => {
    wantOrder?.(order);
    return reader;
  });
  say({ kind: 'init', init });
  // What only the engine may write is passed on, without an answer.
  await expect.poll(() => posted.splice(0)).toEqual([{ kind: 'order-wanted', order }, { kind: 'ready' }]);
  say({ kind: 'call', id: 1, method: 'accounts.list', input: {} });
  say({ kind: 'content', id: 2, request: { messageId: 1 as never, part: { kind: 'source' } } });
  say({ kind: 'stop' });
  await expect.poll(() => posted).toHaveLength(3);
  expect(posted.map((message) => message.kind)).toEqual(['stopped', 'outcome', 'outcome']);
  expect(close).toHaveBeenCalledOnce();
});

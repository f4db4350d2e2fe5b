import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSystemClock } from '../../sync/ports/system-clock';
import type { FromWorker, ToWorker } from '../workers/worker-messages';
import type { WorkerLink } from './engine-host';
import { superviseWorker } from './supervise-worker';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const silent = { debug() {}, info() {}, warn() {}, error() {} };

class FakeLink implements WorkerLink {
  readonly sent: ToWorker[] = [];
  killed = false;
  #tell: (message: FromWorker) => void = () => undefined;
  #gone: (reason: string) => void = () => undefined;
  post(message: ToWorker) {
    this.sent.push(message);
  }
  onMessage(listener: (message: FromWorker) => void) {
    this.#tell = listener;
  }
  onExit(listener: (reason: string) => void) {
    this.#gone = listener;
  }
  kill() {
    this.killed = true;
    this.exit('killed');
  }
  say(message: FromWorker) {
    this.#tell(message);
  }
  exit(reason = 'crash') {
    this.#gone(reason);
  }
  last<K extends ToWorker['kind']>(kind: K) {
    return this.sent.findLast((message): message is Extract<ToWorker, { kind: K }> => message.kind === kind);
  }
}

function setUp(name: 'engine' | 'reader' = 'engine') {
  const links: FakeLink[] = [];
  const states: string[] = [];
  const worker = superviseWorker({
    host: {
      kind: 'thread',
      start: () => {
        const link = new FakeLink();
        links.push(link);
        return link;
      },
    },
    name,
    init: {
      profileDir: '/p',
      client: { name: 'Homeport', version: '1', contact: 'The authors' },
      logLevel: 'error',
      network: 'online',
      autonomous: true,
      trace: false,
    },
    vault: { get: async (ref) => `secret of ${ref}`, put: async () => 'ref', delete: async () => undefined },
    clock: createSystemClock(),
    logger: silent,
    onEvent: () => undefined,
    onState: (state) => states.push(state),
  });
  return { worker, links, states, link: () => links.at(-1)! };
}

test('a call is answered by the worker', async () => {
  const { worker, link } = setUp();
  link().say({ kind: 'ready' });
  expect(await worker.started).toEqual({ ok: true, value: null });
  const answer = worker.call('status.get', {});
  const { id } = link().last('call')!;
  link().say({ kind: 'outcome', id, outcome: { ok: true, value: 42 } });
  expect(await answer).toEqual({ ok: true, value: 42 });
});

test('a crash fails the calls in flight, says so, and starts the worker again with what it needs', async () => {
  const { worker, links, states, link } = setUp();
  link().say({ kind: 'ready' });
  worker.reportNetwork('offline');
  const answer = worker.call('mutations.apply', {});
  link().exit();
  expect(await answer).toMatchObject({ ok: false, failure: { kind: 'internal' } });
  expect(states).toEqual(['restarting']);
  expect(await worker.call('status.get', {})).toMatchObject({ ok: false, failure: { kind: 'offline' } });
  await vi.advanceTimersByTimeAsync(250);
  expect(links).toHaveLength(2);
  expect(link().last('init')?.init.network).toBe('offline');
  link().say({ kind: 'ready' });
  expect(states).toEqual(['restarting', 'running']);
});

test('a question to the reader that was lost may simply be asked again', async () => {
  const { worker, link } = setUp('reader');
  link().say({ kind: 'ready' });
  const answer = worker.call('accounts.list', {});
  link().exit();
  expect(await answer).toMatchObject({ ok: false, failure: { kind: 'offline' } });
});

test('crash after crash waits longer, is called failed, and is tried on', async () => {
  const { links, states, link } = setUp();
  link().say({ kind: 'ready' });
  for (let crash = 0; crash < 6; crash += 1) {
    link().exit();
    await vi.advanceTimersByTimeAsync(250 * 2 ** crash - 1);
    expect(links).toHaveLength(crash + 1);
    await vi.advanceTimersByTimeAsync(1);
    expect(links).toHaveLength(crash + 2);
  }
  expect(states.slice(-2)).toEqual(['failed', 'failed']);
  link().say({ kind: 'ready' });
  await vi.advanceTimersByTimeAsync(61_000);
  link().exit();
  expect(states.at(-1)).toBe('restarting');
});

test('a first start that fails answers its reason and is not repeated', async () => {
  const { worker, links, link } = setUp();
  link().say({ kind: 'failed', failure: { kind: 'limit', message: 'The disk is full.' } });
  expect(await worker.started).toMatchObject({ ok: false, failure: { kind: 'limit' } });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(links).toHaveLength(1);
});

test('a worker that dies while starting is a failure, not a wait', async () => {
  const { worker, link } = setUp();
  link().exit();
  expect(await worker.started).toMatchObject({ ok: false, failure: { kind: 'internal' } });
});

test('secrets are fetched for the worker', async () => {
  const { link } = setUp();
  link().say({ kind: 'vault', id: 7, request: { op: 'get', secretRef: 'r' } });
  await vi.advanceTimersByTimeAsync(0);
  expect(link().last('vault-answer')).toEqual({
    kind: 'vault-answer',
    id: 7,
    ok: true,
    value: 'secret of r',
  });
});

test('a stop that is not answered ends the worker within 2.5 s and starts no other', async () => {
  const { worker, links, link } = setUp();
  link().say({ kind: 'ready' });
  const stopped = worker.stop();
  await vi.advanceTimersByTimeAsync(2500);
  await stopped;
  expect(link().killed).toBe(true);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(links).toHaveLength(1);
});

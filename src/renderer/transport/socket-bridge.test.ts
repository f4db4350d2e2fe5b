import { expect, test } from 'vitest';
import type { HostEvent } from '../../shared/contract/events';
import { createSocketBridge, type Socket } from './socket-bridge';

interface FakeSocket extends Socket {
  readonly frames: { id: number; method: string; input: unknown }[];
}

/** A bridge over sockets and a timer that the test moves by hand. */
function setUp({ signedIn = true } = {}) {
  const sockets: FakeSocket[] = [];
  const waits: { run: () => void; ms: number }[] = [];
  const bridge = createSocketBridge({
    platform: 'web',
    signedIn: () => Promise.resolve(signedIn),
    later: (run, ms) => waits.push({ run, ms }),
    open: () => {
      const frames: FakeSocket['frames'] = [];
      const socket: FakeSocket = {
        frames,
        onopen: null,
        onmessage: null,
        onclose: null,
        send: (data) => frames.push(JSON.parse(data)),
      };
      sockets.push(socket);
      return socket;
    },
  });
  const last = () => sockets.at(-1)!;
  const reply = (id: number, value: unknown) =>
    last().onmessage?.({ data: JSON.stringify({ id, reply: { ok: true, value } }) });
  return { bridge, sockets, waits, last, reply };
}

test('a call made before the socket is open is sent once it is, and gets its own answer', async () => {
  const { bridge, last, reply } = setUp();
  const first = bridge.call('a', 1);
  const second = bridge.call('b', 2);
  expect(last().frames).toEqual([]);
  last().onopen?.();
  expect(last().frames.map(({ method }) => method)).toEqual(['a', 'b']);
  reply(2, 'B');
  reply(1, 'A');
  expect(await first).toEqual({ ok: true, value: 'A' });
  expect(await second).toEqual({ ok: true, value: 'B' });
});

test('a lost answer is an unknown outcome and is not sent again on the next socket', async () => {
  const { bridge, last, waits } = setUp();
  last().onopen?.();
  const call = bridge.call('mutations.apply', {});
  last().onclose?.();
  expect(await call).toMatchObject({ ok: false, failure: { kind: 'unknown-outcome' } });
  waits.at(-1)?.run();
  last().onopen?.();
  expect(last().frames).toEqual([]);
});

test('the socket is opened again with growing pauses, which start over after a success', () => {
  const { bridge, last, waits } = setUp();
  const states: string[] = [];
  bridge.onConnection((state) => states.push(state));
  for (let i = 0; i < 8; i += 1) {
    last().onclose?.();
    waits.at(-1)?.run();
  }
  expect(waits.map(({ ms }) => ms)).toEqual([250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
  last().onopen?.();
  last().onclose?.();
  expect(waits.at(-1)?.ms).toBe(250);
  expect(states).toEqual(['open', 'connecting']);
});

test('an ended session is final: no new socket, waiting and later calls fail with auth', async () => {
  const { bridge, sockets, last, waits } = setUp({ signedIn: false });
  const waiting = bridge.call('a', 1);
  last().onclose?.();
  expect(await waiting).toMatchObject({ ok: false, failure: { kind: 'auth' } });
  expect(await bridge.call('b', 1)).toMatchObject({ ok: false, failure: { kind: 'auth' } });
  waits.at(-1)?.run();
  expect(sockets).toHaveLength(1);
  expect(bridge.connection()).toBe('ended');
});

test('events reach every subscriber; frames that are not in the contract are ignored', () => {
  const { bridge, last } = setUp();
  const seen: HostEvent[] = [];
  const stop = bridge.subscribe((event) => seen.push(event));
  const event = { kind: 'notice', seq: 7, topics: ['lists'] };
  last().onopen?.();
  last().onmessage?.({ data: JSON.stringify({ event }) });
  last().onmessage?.({ data: JSON.stringify({ event: { kind: 'notice', seq: 8, topics: ['secrets'] } }) });
  last().onmessage?.({ data: '{' });
  stop();
  last().onmessage?.({ data: JSON.stringify({ event }) });
  expect(seen).toEqual([event]);
});

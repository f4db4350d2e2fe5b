import { expect, test } from 'vitest';
import type { HostEvent } from '../shared/contract/events';
import { createBridge } from './bridge';

function setUp() {
  const invoked: unknown[][] = [];
  const heard = new Map<string, (event: unknown, payload: unknown) => void>();
  const bridge = createBridge(
    {
      invoke: async (...args) => {
        invoked.push(args);
        return { ok: true, value: null };
      },
      on: (channel, listener) => heard.set(channel, listener),
    },
    'linux',
  );
  return { bridge, invoked, heard };
}

test('APP-361 the page gets three members, frozen, and nothing of Electron', () => {
  const { bridge } = setUp();
  expect(Object.getOwnPropertyNames(bridge).sort()).toEqual(['call', 'platform', 'subscribe']);
  expect(Object.isFrozen(bridge)).toBe(true);
  expect(bridge.platform).toBe('linux');
});

test('a call uses the one channel, whatever else is passed', async () => {
  const { bridge, invoked } = setUp();
  await (bridge.call as (...args: unknown[]) => unknown)('status.get', {}, 'other-channel');
  expect(invoked).toEqual([['homeport:call', 'status.get', {}]]);
});

test('APP-361 listeners get the event without its sender, until they leave', () => {
  const { bridge, heard } = setUp();
  const received: unknown[][] = [];
  const leave = bridge.subscribe((...args: [HostEvent]) => received.push(args));
  const tell = heard.get('homeport:event');
  tell?.({ sender: 'ipcRenderer' }, { kind: 'engine', state: 'running' });
  expect(leave()).toBeUndefined();
  tell?.({ sender: 'ipcRenderer' }, { kind: 'engine', state: 'failed' });
  expect(received).toEqual([[{ kind: 'engine', state: 'running' }]]);
});

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { createRpcSockets } from './rpc-sockets';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start() {
  const told: unknown[] = [];
  const sockets = createRpcSockets(
    async (_method, input) => {
      told.push(input);
      return { ok: true, value: null };
    },
    () => () => undefined,
  );
  const server = createServer();
  server.on('upgrade', sockets.accept);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(
    () => server.close(),
    () => sockets.close(),
  );
  const open = async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await once(socket, 'open');
    let id = 0;
    const looks = async (listId: number, visible: boolean) => {
      const input = { listId, messageIds: [], visible };
      socket.send(JSON.stringify({ id: ++id, method: 'sync.looking', input }));
      await once(socket, 'message');
    };
    return { socket, looks };
  };
  return { open, last: () => told.at(-1) };
}

test('SYNC-119 of several browser windows any visible one counts; one whose socket closes or breaks is gone', async () => {
  const { open, last } = await start();
  const [one, two, three] = [await open(), await open(), await open()];
  await one.looks(1, true);
  await two.looks(2, true);
  await three.looks(3, false);
  expect(last()).toEqual({ listId: 2, messageIds: [], visible: true });
  // Broken off, as by a browser that crashed.
  two.socket.terminate();
  await vi.waitFor(() => expect(last()).toEqual({ listId: 1, messageIds: [], visible: true }));
  one.socket.close();
  await vi.waitFor(() => expect(last()).toEqual({ listId: 3, messageIds: [], visible: false }));
  three.socket.close();
  await vi.waitFor(() => expect(last()).toEqual({ listId: null, messageIds: [], visible: false }));
});

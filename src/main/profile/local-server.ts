import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HostEvent } from '../../shared/contract/events';
import { MAX_MESSAGE_BYTES } from '../../shared/contract/methods';
import { ClientFrame, type Welcome } from '../../shared/contract/wire';
import type { Router } from '../router';
import { onJsonLines, writeJsonLine } from './json-lines';
import { PRIVATE_FILE } from './private-files';

/** A frame may carry MAX_MESSAGE_BYTES of input and its own few words. */
const MAX_FRAME_BYTES = MAX_MESSAGE_BYTES + 1000;

/** A visitor that asked something this long ago is between two questions; later it is only listening. */
const BETWEEN_QUESTIONS_MS = 1000;
const DRAIN_WITHIN_MS = 5000;

export interface LocalServer {
  /** Lets nobody else in and waits until the visitors have what they came for. */
  drain(): Promise<void>;
  /** Waits until what was asked is answered, and hangs up. */
  close(): Promise<void>;
}

export interface LocalServerOptions {
  readonly path: string;
  readonly call: Router;
  /** Whether the engine goes to the servers by itself. */
  readonly autonomous: boolean;
  onEvent(listener: (event: HostEvent) => void): () => void;
}

/**
 * The contract for commands of the same user on the same computer (CLI-001). Who may connect is decided by the file's
 * permissions and those of its folder. Only the owner of the profile's lock may call this: a socket file that is
 * already there is a dead one.
 */
export async function startLocalServer({
  path,
  call,
  autonomous,
  onEvent,
}: LocalServerOptions): Promise<LocalServer> {
  const sockets = new Map<Socket, { lastAsked: number }>();
  let working = 0;
  let tellIdle: () => void = () => undefined;
  let closed: Promise<void> | undefined;
  const server = createServer((socket) => {
    // One that has just come counts as asking: it came to ask something.
    const visitor = { lastAsked: performance.now() };
    sockets.set(socket, visitor);
    // One that hears nothing came too late and looks for the next owner.
    writeJsonLine(socket, { welcome: { autonomous } } satisfies Welcome);
    const unsubscribe = onEvent((event) => writeJsonLine(socket, { event }));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      unsubscribe();
      sockets.delete(socket);
    });
    onJsonLines(socket, MAX_FRAME_BYTES, (value) => {
      const { id, method, input } = ClientFrame.parse(value);
      visitor.lastAsked = performance.now();
      working += 1;
      void call(method, input).then((reply) => {
        writeJsonLine(socket, { id, reply });
        visitor.lastAsked = performance.now();
        working -= 1;
        if (working === 0) tellIdle();
      });
    });
  });
  await listen(server, path);
  const stopListening = (): Promise<void> => {
    closed ??= new Promise((resolve) => server.close(() => resolve()));
    return closed;
  };
  return {
    drain: async () => {
      void stopListening();
      const until = performance.now() + DRAIN_WITHIN_MS;
      const busy = () =>
        working > 0 ||
        [...sockets.values()].some(({ lastAsked }) => performance.now() - lastAsked < BETWEEN_QUESTIONS_MS);
      while (busy() && performance.now() < until) await sleep(20);
    },
    close: async () => {
      const ended = stopListening();
      if (working > 0) {
        await new Promise<void>((resolve) => {
          tellIdle = resolve;
        });
      }
      for (const socket of sockets.keys()) socket.destroySoon();
      await ended;
    },
  };
}

async function listen(server: Server, path: string): Promise<void> {
  const isPipe = path.startsWith('\\\\');
  if (!isPipe) rmSync(path, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });
  if (!isPipe) chmodSync(path, PRIVATE_FILE);
}

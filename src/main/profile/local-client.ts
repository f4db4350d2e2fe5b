import { connect, type Socket } from 'node:net';
import { Reply } from '../../shared/contract/bridge';
import type { HostEvent } from '../../shared/contract/events';
import { MAX_MESSAGE_BYTES } from '../../shared/contract/methods';
import { ServerFrame } from '../../shared/contract/wire';
import { onJsonLines, writeJsonLine } from './json-lines';

const MAX_FRAME_BYTES = MAX_MESSAGE_BYTES + 1000;

/** A line to the process that owns the profile. */
export interface LocalClient {
  call(method: string, input: unknown): Promise<Reply>;
  onEvent(listener: (event: HostEvent) => void): () => void;
  /** Settles when the line is gone, for whatever reason. */
  readonly closed: Promise<void>;
  close(): void;
}

/** Connects, or answers null when nobody listens or lets us in. */
export async function connectLocal(path: string): Promise<LocalClient | null> {
  const client = createClient(connect(path));
  let leave = (): void => undefined;
  const greeted = await Promise.race([
    new Promise<boolean>((resolve) => {
      leave = client.onEvent(() => resolve(true));
    }),
    client.closed.then(() => false),
  ]);
  leave();
  return greeted ? client : null;
}

function createClient(socket: Socket): LocalClient {
  const waiting = new Map<number, (reply: Reply) => void>();
  const listeners = new Set<(event: HostEvent) => void>();
  let lastId = 0;
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      for (const settle of waiting.values()) settle(HUNG_UP);
      waiting.clear();
      resolve();
    });
  });
  socket.on('error', () => socket.destroy());
  onJsonLines(socket, MAX_FRAME_BYTES, (value) => {
    const frame = ServerFrame.parse(value);
    if ('event' in frame) {
      for (const listener of listeners) listener(frame.event);
      return;
    }
    const settle = waiting.get(frame.id);
    waiting.delete(frame.id);
    settle?.(Reply.parse(frame.reply));
  });
  return {
    call: (method, input) =>
      new Promise((resolve) => {
        if (socket.destroyed) return resolve(HUNG_UP);
        lastId += 1;
        waiting.set(lastId, resolve);
        writeJsonLine(socket, { id: lastId, method, input });
      }),
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    closed,
    close: () => socket.destroy(),
  };
}

const HUNG_UP: Reply = {
  ok: false,
  failure: { kind: 'offline', message: 'The running Homeport stopped.', hint: 'Run the command again.' },
};

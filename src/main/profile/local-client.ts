import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Reply } from '../../shared/contract/bridge';
import type { HostEvent } from '../../shared/contract/events';
import { MAX_MESSAGE_BYTES } from '../../shared/contract/methods';
import { ServerFrame, Welcome } from '../../shared/contract/wire';
import { onJsonLines, writeJsonLine } from './json-lines';

const MAX_FRAME_BYTES = MAX_MESSAGE_BYTES + 1000;
/** The system takes a connection also for a process that stands still. */
const WELCOME_WITHIN_MS = 5000;

/** A line to the process that owns the profile. */
export interface LocalClient {
  call(method: string, input: unknown): Promise<Reply>;
  onEvent(listener: (event: HostEvent) => void): () => void;
  /** Settles when the line is gone, for whatever reason. */
  readonly closed: Promise<void>;
  close(): void;
}

/** Connects, or answers null when nobody listens or lets us in. */
export async function connectLocal(
  path: string,
): Promise<(LocalClient & { readonly autonomous: boolean }) | null> {
  const client = createClient(connect(path));
  const late = new AbortController();
  const welcome = await Promise.race([
    client.welcome,
    client.closed.then(() => null),
    sleep(WELCOME_WITHIN_MS, null, { signal: late.signal }).catch(() => null),
  ]);
  late.abort();
  if (welcome === null) client.close();
  return welcome === null ? null : { ...client, ...welcome };
}

function createClient(socket: Socket): LocalClient & { readonly welcome: Promise<Welcome['welcome']> } {
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
  let tellWelcome: (welcome: Welcome['welcome']) => void = () => undefined;
  const welcome = new Promise<Welcome['welcome']>((resolve) => {
    tellWelcome = resolve;
  });
  onJsonLines(socket, MAX_FRAME_BYTES, (value) => {
    const first = Welcome.safeParse(value);
    if (first.success) return tellWelcome(first.data.welcome);
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
    welcome,
    close: () => socket.destroy(),
  };
}

const HUNG_UP: Reply = {
  ok: false,
  failure: { kind: 'offline', message: 'The running Homeport stopped.', hint: 'Run the command again.' },
};

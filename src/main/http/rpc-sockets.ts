import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { HostEvent } from '../../shared/contract/events';
import { MAX_MESSAGE_BYTES } from '../../shared/contract/methods';
import { ClientFrame, type ServerFrame } from '../../shared/contract/wire';
import { createWindowsInView } from '../core/windows-in-view';
import type { Router } from '../router';

const MAX_FRAME_BYTES = MAX_MESSAGE_BYTES + 1000;
/** A window that takes nothing for so long is gone; it reconnects and asks anew. */
const PING_EVERY_MS = 30_000;
const MOST_UNSENT_BYTES = 16 * MAX_MESSAGE_BYTES;

export interface RpcSockets {
  /** Takes over an upgrade whose session has been checked. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** "Sign out everywhere": the windows come back, ask for their session, and learn that it is gone. */
  endSessions(): void;
  close(): void;
}

/** The contract over WebSockets: any number of windows, each told every event (APP-396). */
export function createRpcSockets(
  call: Router,
  onEvent: (listener: (event: HostEvent) => void) => () => void,
): RpcSockets {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
  });
  const silent = new WeakSet<WebSocket>();
  const windows = createWindowsInView(call);
  const unsubscribe = onEvent((event) => {
    const text = JSON.stringify({ event } satisfies ServerFrame);
    for (const socket of server.clients) send(socket, text);
  });
  const pings = setInterval(() => {
    for (const socket of server.clients) {
      if (silent.has(socket)) {
        socket.terminate();
        continue;
      }
      silent.add(socket);
      socket.ping();
    }
  }, PING_EVERY_MS);
  pings.unref();

  const serve = (socket: WebSocket): void => {
    const window = windows.connect();
    socket.on('pong', () => silent.delete(socket));
    socket.on('error', () => socket.terminate());
    socket.on('close', window.end);
    socket.on('message', (data, isBinary) => {
      const frame = isBinary ? null : parseFrame(data);
      if (frame === null) return socket.close(1008, 'not a frame of the contract');
      void window
        .call(frame.method, frame.input)
        .then((reply) => send(socket, JSON.stringify({ id: frame.id, reply } satisfies ServerFrame)));
    });
  };
  return {
    accept: (request, socket, head) => server.handleUpgrade(request, socket, head, serve),
    endSessions: () => {
      for (const socket of server.clients) socket.close(1008, 'session ended');
    },
    close: () => {
      clearInterval(pings);
      unsubscribe();
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

function send(socket: WebSocket, text: string): void {
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > MOST_UNSENT_BYTES) socket.terminate();
  else socket.send(text);
}

function parseFrame(data: RawData): ClientFrame | null {
  try {
    return ClientFrame.parse(JSON.parse(data.toString()));
  } catch {
    return null;
  }
}

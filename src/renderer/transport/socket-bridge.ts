import type { Reply } from '../../shared/contract/bridge';
import type { HostEvent } from '../../shared/contract/events';
import { type ClientFrame, ServerFrame } from '../../shared/contract/wire';
import type { ConnectedBridge, ConnectionState } from './connected-bridge';

const RETRY_FIRST_MS = 250;
const RETRY_MAX_MS = 10_000;

/** The part of WebSocket that is used, so that tests can hand in their own. */
export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onclose: (() => void) | null;
  send(data: string): void;
}

export interface SocketBridgeOptions {
  readonly open: () => Socket;
  readonly platform: string;
  readonly later: (run: () => void, ms: number) => void;
  /** Whether the session still counts; asked when a socket could not be opened. Unknown counts as yes. */
  readonly signedIn: () => Promise<boolean>;
}

/**
 * The contract over one WebSocket that is opened again whenever it drops (APP-395), first after 250 ms, then after
 * twice as long up to 10 s. A call made while it is down waits for it; a call whose answer was lost with the socket
 * fails as 'unknown-outcome' and is never sent again on a guess.
 */
export function createSocketBridge({
  open,
  platform,
  later,
  signedIn,
}: SocketBridgeOptions): ConnectedBridge {
  const eventListeners = new Set<(event: HostEvent) => void>();
  const stateListeners = new Set<(state: ConnectionState) => void>();
  const sent = new Map<number, (reply: Reply) => void>();
  const queue: { readonly frame: ClientFrame; readonly resolve: (reply: Reply) => void }[] = [];
  let socket: Socket | null = null;
  let state: ConnectionState = 'connecting';
  let lastId = 0;
  let retryMs = RETRY_FIRST_MS;

  function setState(next: ConnectionState): void {
    if (state === next) return;
    state = next;
    for (const listener of [...stateListeners]) listener(next);
  }

  function transmit(frame: ClientFrame, resolve: (reply: Reply) => void): void {
    if (state === 'ended') resolve(SESSION_OVER);
    else if (!socket || state !== 'open') queue.push({ frame, resolve });
    else {
      sent.set(frame.id, resolve);
      socket.send(JSON.stringify(frame));
    }
  }

  function receive(data: unknown): void {
    const frame = ServerFrame.safeParse(typeof data === 'string' ? parseJson(data) : null);
    if (!frame.success) return;
    if ('event' in frame.data) {
      for (const listener of [...eventListeners]) listener(frame.data.event);
      return;
    }
    sent.get(frame.data.id)?.(frame.data.reply);
    sent.delete(frame.data.id);
  }

  function lost(wasOpen: boolean): void {
    socket = null;
    for (const resolve of sent.values()) resolve(ANSWER_LOST);
    sent.clear();
    setState('connecting');
    if (!wasOpen) void signedIn().then((alive) => (alive ? undefined : end()));
    later(connect, retryMs);
    retryMs = Math.min(retryMs * 2, RETRY_MAX_MS);
  }

  function end(): void {
    setState('ended');
    for (const { resolve } of queue.splice(0)) resolve(SESSION_OVER);
  }

  function connect(): void {
    if (state === 'ended') return;
    const current = open();
    let wasOpen = false;
    current.onopen = () => {
      wasOpen = true;
      socket = current;
      retryMs = RETRY_FIRST_MS;
      setState('open');
      for (const { frame, resolve } of queue.splice(0)) transmit(frame, resolve);
    };
    current.onmessage = ({ data }) => receive(data);
    current.onclose = () => lost(wasOpen);
  }

  connect();
  return {
    platform,
    call(method, input) {
      lastId += 1;
      const frame: ClientFrame = { id: lastId, method, input };
      return new Promise((resolve) => transmit(frame, resolve));
    },
    subscribe(listener) {
      eventListeners.add(listener);
      return () => eventListeners.delete(listener);
    },
    connection: () => state,
    onConnection(listener) {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
  };
}

const ANSWER_LOST: Reply = {
  ok: false,
  failure: {
    kind: 'unknown-outcome',
    message: 'The connection to Homeport was lost before the answer came.',
    hint: 'Look whether it was done before you do it again.',
  },
};

const SESSION_OVER: Reply = {
  ok: false,
  failure: {
    kind: 'auth',
    message: 'This window is no longer signed in to Homeport.',
    hint: 'Open the link that Homeport printed when it started.',
  },
};

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

import { connect, createServer, type Socket } from 'node:net';

export interface FlakyProxy {
  readonly port: number;
  /** Ends every connection now, the way a pulled cable does after its time-out. */
  cut(): void;
  /** While refusing, new connections are closed at once and the old ones are cut. */
  refuse(refusing: boolean): void;
  /** A black hole: bytes are swallowed in both directions, nothing closes (silent death). */
  pause(): void;
  resume(): void;
  /** The connections of this moment die in silence; new ones work, as after a change of the network. */
  silence(): void;
  /** Milliseconds every piece waits before it goes on. */
  delayMs: number;
  /** Called with every piece before it is passed on; return false to cut the connection instead. */
  inspect: ((direction: 'client' | 'server', data: Buffer) => boolean) | null;
  /** Asked before a piece of the client is passed on: what it answers is sent back in the server's place; null passes. */
  answer: ((command: string) => string | null) | null;
  /** Everything said so far, one entry per line, with the direction. */
  readonly lines: { readonly from: 'client' | 'server'; readonly line: string }[];
  /** Connections that are open now. */
  connections(): number;
  readonly bytes: { client: number; server: number };
  close(): Promise<void>;
}

/** A TCP proxy on loopback that can lose its link in every way a test needs and writes down what passed. */
export function startFlakyProxy(targetPort: number): Promise<FlakyProxy> {
  const sockets = new Set<Socket>();
  let refusing = false;
  let paused = false;
  let silenced = new WeakSet<Socket>();
  const bytes = { client: 0, server: 0 };
  const lines: FlakyProxy['lines'] = [];

  function noteOf(from: 'client' | 'server'): (data: Buffer) => void {
    let rest = '';
    return (data) => {
      bytes[from] += data.length;
      const parts = (rest + data.toString('latin1')).split('\r\n');
      rest = parts.pop() ?? '';
      for (const line of parts) lines.push({ from, line });
    };
  }

  const server = createServer((client) => {
    if (refusing) {
      client.destroy();
      return;
    }
    const upstream = connect(targetPort, '127.0.0.1');
    for (const socket of [client, upstream]) {
      socket.setNoDelay(true);
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        if (!paused && !silenced.has(socket)) for (const other of [client, upstream]) other.destroy();
      });
    }
    const pipe = (from: 'client' | 'server', source: Socket, target: Socket): void => {
      const note = noteOf(from);
      source.on('data', (data) => {
        if (paused || silenced.has(source)) return;
        if (proxy.inspect && !proxy.inspect(from, data)) {
          client.destroy();
          upstream.destroy();
          return;
        }
        note(data);
        const said = from === 'client' ? (proxy.answer?.(data.toString('latin1')) ?? null) : null;
        if (said !== null) {
          source.write(said);
          return;
        }
        if (proxy.delayMs > 0) setTimeout(() => target.writable && target.write(data), proxy.delayMs);
        else target.write(data);
      });
    };
    pipe('client', client, upstream);
    pipe('server', upstream, client);
  });

  const proxy: FlakyProxy = {
    port: 0,
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    refuse: (next) => {
      refusing = next;
      if (next) proxy.cut();
    },
    pause: () => {
      paused = true;
    },
    resume: () => {
      paused = false;
      proxy.cut();
    },
    silence: () => {
      silenced = new WeakSet(sockets);
    },
    delayMs: 0,
    inspect: null,
    answer: null,
    lines,
    bytes,
    connections: () => sockets.size / 2,
    close: () =>
      new Promise((resolve) => {
        proxy.cut();
        server.close(() => resolve());
      }),
  };
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object' && address) Object.assign(proxy, { port: address.port });
      resolve(proxy);
    });
  });
}

import { createHash } from 'node:crypto';
import { WebSocket } from 'ws';
import type { HostBridge, Reply } from '../../src/shared/contract/bridge';
import { type ClientFrame, RPC_PATH, SESSION_PATH, ServerFrame } from '../../src/shared/contract/wire';
import type { AppHost } from './app-host';

interface SeenFile {
  readonly status: number;
  readonly type: string;
  /** SHA-256 of what came, in hexadecimal. */
  readonly hash: string;
}

/** A host as its own window meets it: files of the window, and calls of the contract. */
export interface HostAsSeen {
  /** @param path such as `assets/index.js`, '' for the page itself */
  file(path: string): Promise<SeenFile>;
  call(method: string, input: unknown): Promise<Reply>;
  close(): void;
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The desktop host, through its window. */
export function seenByWindow({ page }: AppHost): HostAsSeen {
  return {
    file: (path) =>
      page.evaluate(async (wanted) => {
        const answer = await fetch(`/${wanted}`);
        const type = answer.headers.get('content-type') ?? '';
        const digest = await crypto.subtle.digest('SHA-256', await answer.arrayBuffer());
        const hash = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
        return { status: answer.status, type, hash };
      }, path),
    call: (method, input) =>
      page.evaluate(
        (call) =>
          (window as unknown as { readonly homeport: HostBridge }).homeport.call(call.method, call.input),
        { method, input },
      ),
    close: () => undefined,
  };
}

/** The headless host, as a browser would after following its link. */
export async function seenByBrowser(link: string): Promise<HostAsSeen> {
  const { origin, hash } = new URL(link);
  const signIn = await fetch(`${origin}${SESSION_PATH}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ token: hash.replace('#token=', '') }),
  });
  const cookie = signIn.headers
    .getSetCookie()
    .map((each) => each.split(';', 1)[0])
    .join('; ');
  const socket = new WebSocket(origin.replace('http', 'ws') + RPC_PATH, { headers: { cookie, origin } });
  const waiting = new Map<number, (reply: Reply) => void>();
  socket.on('message', (data) => {
    const frame = ServerFrame.parse(JSON.parse(String(data)));
    if ('id' in frame) waiting.get(frame.id)?.(frame.reply);
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  let lastId = 0;
  return {
    file: async (path) => {
      const answer = await fetch(`${origin}/${path}`, { headers: { cookie } });
      const type = answer.headers.get('content-type') ?? '';
      return { status: answer.status, type, hash: sha256(Buffer.from(await answer.arrayBuffer())) };
    },
    call: (method, input) => {
      lastId += 1;
      const frame: ClientFrame = { id: lastId, method, input };
      return new Promise((resolve) => {
        waiting.set(frame.id, resolve);
        socket.send(JSON.stringify(frame));
      });
    },
    close: () => socket.close(),
  };
}

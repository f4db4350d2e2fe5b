import { WebSocket } from 'ws';
import type { MethodInput, MethodName, MethodOutput } from '../../src/shared/contract/methods';
import { RPC_PATH, SESSION_PATH, type ServerFrame } from '../../src/shared/contract/wire';

/** A window of the headless host without a browser: signed in by its link, calling over its socket. */
export interface Window {
  call<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>>;
  close(): void;
}

export async function openWindow(link: string): Promise<Window> {
  const url = new URL(link);
  const token = url.hash.replace(/^#(token=)?/, '');
  const session = await fetch(new URL(SESSION_PATH, url.origin), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: url.origin },
    body: JSON.stringify({ token }),
  });
  const cookie = session.headers.get('set-cookie')?.split(';')[0];
  if (!cookie) throw new Error(`the link was refused: ${session.status}`);
  const socket = new WebSocket(`${url.origin.replace('http', 'ws')}${RPC_PATH}`, {
    headers: { Cookie: cookie, Origin: url.origin },
  });
  const waiting = new Map<number, (frame: ServerFrame) => void>();
  let lastId = 0;
  socket.on('message', (data) => {
    const frame = JSON.parse(data.toString()) as ServerFrame;
    if ('id' in frame) waiting.get(frame.id)?.(frame);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  return {
    call: (method, input) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        const id = lastId;
        waiting.set(id, (frame) => {
          waiting.delete(id);
          if (!('reply' in frame)) return;
          if (frame.reply.ok) resolve(frame.reply.value as never);
          else reject(new Error(`${method}: ${frame.reply.failure.message}`));
        });
        socket.send(JSON.stringify({ id, method, input }));
      }),
    close: () => socket.terminate(),
  };
}

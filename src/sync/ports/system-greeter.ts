import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Greeter } from './greeter';

/** RFC 5321 4.5.3.1.5: a reply line; an IMAP greeting with its capabilities is longer. */
const MAX_LINE_BYTES = 4_096;

export function createSystemGreeter(): Greeter {
  return {
    greet: ({ host, port, tls }, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve(null);
        const socket: Socket = tls
          ? connectTls({ host, port, servername: host, minVersion: 'TLSv1.2' })
          : connectPlain({ host, port });
        let heard = '';
        const finish = (line: string | null) => {
          signal.removeEventListener('abort', giveUp);
          socket.destroy();
          resolve(line);
        };
        const giveUp = () => finish(null);
        signal.addEventListener('abort', giveUp);
        socket.on('error', giveUp);
        socket.on('close', giveUp);
        socket.on('data', (chunk: Buffer) => {
          heard += chunk.toString('latin1');
          const end = heard.search(/\r?\n/);
          if (end >= 0) finish(heard.slice(0, end));
          else if (heard.length > MAX_LINE_BYTES) finish(null);
        });
      }),
  };
}

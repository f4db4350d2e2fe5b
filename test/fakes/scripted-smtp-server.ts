/** A submission server that says exactly what a test wants: for answers no real server gives on purpose. */
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** The answer to one line of the client, CRLF included; undefined takes the ordinary answer, null keeps silent. */
export type SmtpScript = (line: string) => string | null | undefined;

export interface ScriptedSmtpServer {
  readonly port: number;
  /** Lines of all connections, messages included. */
  readonly lines: string[];
  close(): void;
}

const ORDINARY: readonly (readonly [RegExp, string])[] = [
  [/^(MAIL|RCPT|RSET|\.$)/, '250 2.0.0 done\r\n'],
  [/^DATA/, '354 go\r\n'],
  [/^QUIT/, '221 bye\r\n'],
];

/** @param hello lines of the answer to EHLO after the server's name, without codes */
export async function startScriptedSmtp(
  script: SmtpScript,
  hello: readonly string[] = [],
  greeting = '220 test\r\n',
): Promise<ScriptedSmtpServer> {
  const sockets = new Set<Socket>();
  const lines: string[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.write(greeting);
    let rest = '';
    let inData = false;
    socket.on('data', (data) => {
      const parts = (rest + data.toString('latin1')).split('\r\n');
      rest = parts.pop() ?? '';
      for (const line of parts) {
        lines.push(line);
        const scripted = script(line);
        if (scripted === null) continue;
        const words = ['test', ...hello];
        const ordinary = /^EHLO/.test(line)
          ? words.map((word, at) => `250${at === words.length - 1 ? ' ' : '-'}${word}\r\n`).join('')
          : ORDINARY.find(([pattern]) => pattern.test(line))?.[1];
        const text = inData && line !== '.' ? (scripted ?? '') : (scripted ?? ordinary ?? '500 unknown\r\n');
        if (text.startsWith('354')) inData = true;
        if (line === '.') inData = false;
        if (text !== '' && socket.writable) socket.write(text);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    lines,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

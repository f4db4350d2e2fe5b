/** An IMAP server that says exactly what a test wants: for answers no real server gives on purpose. */
import { type AddressInfo, createServer, type Socket } from 'node:net';

/**
 * The answer to one command (without its tag): lines to send, '%T' is the tag. Undefined takes the ordinary answer,
 * null keeps silent.
 */
export type ImapScript = (command: string) => string | null | undefined;

export interface ScriptedImapServer {
  readonly port: number;
  /** Commands and continuation lines of all connections, without tags. */
  readonly commands: string[];
  /** Of the command that was heard last: a script that kept silent answers it later. */
  lastTag(): string;
  /** To every open connection. */
  send(text: string): void;
  close(): void;
}

const ORDINARY: readonly (readonly [RegExp, string])[] = [
  [/^(LOGIN|ID|ENABLE|NOOP|UNSELECT|SUBSCRIBE|UID STORE|UID EXPUNGE)\b/, '%T OK done\r\n'],
  [/^NAMESPACE/, '* NAMESPACE (("" "/")) NIL NIL\r\n%T OK done\r\n'],
  [
    /^(SELECT|EXAMINE)/,
    '* 0 EXISTS\r\n* OK [UIDVALIDITY 1] v\r\n* OK [UIDNEXT 1] n\r\n%T OK [READ-WRITE] done\r\n',
  ],
  [/^LOGOUT/, '* BYE bye\r\n%T OK done\r\n'],
  [/^IDLE/, '+ idling\r\n'],
];

export async function startScriptedImap(
  script: ImapScript,
  options: { readonly capabilities?: string; readonly greeting?: string } = {},
): Promise<ScriptedImapServer> {
  const capabilities = options.capabilities ?? 'IMAP4rev1 UIDPLUS ESEARCH IDLE';
  const sockets = new Set<Socket>();
  const commands: string[] = [];
  /** Of each connection: another one may have spoken in between. */
  const tags = new WeakMap<Socket, string>();
  let lastTag = '';
  const answer = (socket: Socket, line: string): void => {
    const tagged = /^(P?[0-9A-F]+) (.*)$/.exec(line);
    const command = tagged?.[2] ?? line;
    if (tagged) {
      lastTag = tagged[1] ?? '';
      tags.set(socket, lastTag);
    }
    commands.push(command);
    const scripted = script(command);
    if (scripted === null) return;
    const ordinary = /^CAPABILITY/.test(command)
      ? `* CAPABILITY ${capabilities}\r\n%T OK done\r\n`
      : ORDINARY.find(([pattern]) => pattern.test(command))?.[1];
    const text = scripted ?? (command === 'DONE' ? '%T OK done\r\n' : (ordinary ?? '%T BAD unknown\r\n'));
    socket.write(Buffer.from(text.replaceAll('%T', tags.get(socket) ?? lastTag), 'latin1'));
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    let rest = '';
    socket.on('data', (data) => {
      const lines = (rest + data.toString('latin1')).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) answer(socket, line);
    });
    socket.write(options.greeting ?? `* OK [CAPABILITY ${capabilities}] ready\r\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    commands,
    lastTag: () => lastTag,
    send: (text) => {
      for (const socket of sockets) socket.write(Buffer.from(text, 'latin1'));
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

import { readFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';

export interface SubmissionServer {
  readonly port: number;
  /** Every line a client sent, in order, with those after STARTTLS marked. */
  readonly lines: { readonly text: string; readonly encrypted: boolean }[];
  /** Users and their passwords or access tokens. */
  readonly logins: Map<string, string>;
  /** What it says to every login instead of looking: for walls that providers put up. */
  answerLogins(reply: string | null): void;
  close(): Promise<void>;
}

interface SubmissionOptions {
  readonly security: 'tls' | 'starttls' | 'none';
  /** PEM files of the certificate and its key. */
  readonly certPath: string;
  readonly keyPath: string;
  readonly mechanisms?: string;
}

/** A server for sending that knows how to greet, encrypt and sign in, on loopback. It takes no mail. */
export async function startSubmission(options: SubmissionOptions): Promise<SubmissionServer> {
  const { security, mechanisms = 'PLAIN LOGIN XOAUTH2' } = options;
  const context = createSecureContext({
    cert: readFileSync(options.certPath),
    key: readFileSync(options.keyPath),
  });
  const lines: SubmissionServer['lines'] = [];
  const logins = new Map<string, string>();
  const sockets = new Set<Socket>();
  let wall: string | null = null;

  const serve = (socket: Socket, encrypted: boolean, greet: boolean) => {
    let heard = '';
    let expecting: 'command' | 'challenge' | 'login-user' | 'login-password' = 'command';
    let user = '';
    const say = (text: string) => socket.write(`${text}\r\n`);
    const judge = (name: string, secret: string) =>
      say(
        wall ??
          (logins.get(name) === secret
            ? '235 2.7.0 Accepted'
            : '535 5.7.8 Username and Password not accepted'),
      );
    const decode = (text: string) => Buffer.from(text, 'base64').toString('utf8');
    const onLine = (text: string) => {
      lines.push({ text, encrypted });
      if (expecting === 'login-user') {
        user = decode(text);
        expecting = 'login-password';
        return say('334 UGFzc3dvcmQ6');
      }
      if (expecting === 'login-password') {
        expecting = 'command';
        return judge(user, decode(text));
      }
      if (expecting === 'challenge') {
        expecting = 'command';
        return say('535 5.7.8 Authentication credentials invalid');
      }
      if (/^EHLO /i.test(text)) {
        say('250-test greets you');
        if (security === 'starttls' && !encrypted) return say('250 STARTTLS');
        return say(`250 AUTH ${mechanisms}`);
      }
      if (/^STARTTLS$/i.test(text)) {
        say('220 go ahead');
        socket.removeAllListeners('data');
        const tls = new TLSSocket(socket, { isServer: true, secureContext: context });
        tls.on('error', () => undefined);
        return serve(tls, true, false);
      }
      const [, plain] = /^AUTH PLAIN (.+)$/i.exec(text) ?? [];
      if (plain !== undefined) {
        const [, name = '', secret = ''] = decode(plain).split('\u0000');
        return judge(name, secret);
      }
      if (/^AUTH LOGIN$/i.test(text)) {
        expecting = 'login-user';
        return say('334 VXNlcm5hbWU6');
      }
      const [, token] = /^AUTH XOAUTH2 (.+)$/i.exec(text) ?? [];
      if (token !== undefined) {
        const [name = '', secret = ''] = decode(token)
          .split('\u0001')
          .map((field) => field.replace(/^(user=|auth=Bearer )/, ''));
        if (wall !== null) return say(wall);
        if (logins.get(name) === secret) return say('235 2.7.0 Accepted');
        expecting = 'challenge';
        return say(`334 ${Buffer.from('{"status":"400","schemes":"Bearer"}').toString('base64')}`);
      }
      if (/^QUIT$/i.test(text)) return socket.end('221 bye\r\n');
      return say('502 not here');
    };
    socket.on('data', (chunk: Buffer) => {
      heard += chunk.toString('utf8');
      for (let end = heard.indexOf('\r\n'); end >= 0; end = heard.indexOf('\r\n')) {
        const text = heard.slice(0, end);
        heard = heard.slice(end + 2);
        onLine(text);
      }
    });
    if (greet) say('220 test ESMTP');
  };

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    if (security !== 'tls') return serve(socket, false, true);
    const tls = new TLSSocket(socket, { isServer: true, secureContext: context });
    tls.on('error', () => undefined);
    serve(tls, true, true);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    lines,
    logins,
    answerLogins: (reply) => {
      wall = reply;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

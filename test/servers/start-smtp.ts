import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createTransport } from 'nodemailer';
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import { createCertificate } from './create-certificate';

export interface SubmittedMessage {
  readonly from: string;
  readonly to: readonly string[];
  /** As it came, dots unstuffed. */
  readonly raw: Buffer;
  /** Who was logged in; null without authentication. */
  readonly user: string | null;
  /** Parameters of MAIL FROM, for instance SIZE, ENVID, RET, SMTPUTF8. */
  readonly mailArgs: Readonly<Record<string, string | true>>;
  /** Parameters of every RCPT TO, in the order of `to`. */
  readonly rcptArgs: readonly Readonly<Record<string, string | true>>[];
}

/** An answer in place of the server's own; 421 also ends the connection. */
export interface SmtpReply {
  readonly code: number;
  /** With the enhanced code, if there is to be one: `5.1.1 no such user`. */
  readonly text: string;
}

/** What goes wrong; all off at the beginning, changed at any time. */
export interface SmtpFaults {
  greeting: SmtpReply | null;
  auth: SmtpReply | null;
  mail: SmtpReply | null;
  rcpt: (address: string) => SmtpReply | null;
  /** After the last byte of the message. */
  data: SmtpReply | null;
  /**
   * The link breaks: at connecting, at MAIL, at RCPT, while the message comes, after its last byte without effect or
   * with it, in both cases before the answer.
   */
  cut: 'connect' | 'mail' | 'rcpt' | 'in-data' | 'after-data-lost' | 'after-data-done' | null;
  /** Before the answer to the message. */
  delayMs: number;
}

export interface SmtpServer {
  readonly host: '127.0.0.1';
  /** STARTTLS and a login needed; with `plain` clear text, and a login only if the client wants one. */
  readonly port: number;
  /** TLS from the first byte. */
  readonly tlsPort: number;
  /** Certificate, usable as its own authority. */
  readonly caPath: string;
  /** What was taken, in order: everything the server answered, or would have answered, with 250. */
  readonly received: SubmittedMessage[];
  readonly faults: SmtpFaults;
  /** Commands of all connections so far, upper case verb first; what follows AUTH is left out. */
  readonly commands: string[];
  /** Bytes that were read of the message that comes, or came last. */
  arrived: number;
  /** Bytes of messages that were begun and not taken. */
  discarded: number;
  /** Ends all connections. */
  cut(): void;
  stop(): Promise<void>;
}

export interface SmtpServerOptions {
  /** Folder with cert.pem and key.pem, for instance of a Dovecot, so that one authority is enough. */
  readonly tlsDirectory?: string;
  /** Passwords by user, any other login is refused; every password counts where none are given. */
  readonly users?: Readonly<Record<string, string>>;
  /** Bearer token that XOAUTH2 accepts. */
  readonly token?: string;
  /** None = it knows no login. */
  readonly authMethods?: string[];
  /** Largest message in bytes. */
  readonly size?: number;
  /** Extensions it does not offer. */
  readonly without?: readonly (
    | '8BITMIME'
    | 'SMTPUTF8'
    | 'DSN'
    | 'PIPELINING'
    | 'SIZE'
    | 'ENHANCEDSTATUSCODES'
  )[];
  /** Clear text without STARTTLS, as on a test bench. */
  readonly plain?: boolean;
  /** Recipients that are users of this LMTP server get the message there. */
  readonly lmtpPort?: number;
  /** Runs before the answer to a message that is taken, for instance to file a copy. */
  readonly onTaken?: (message: SubmittedMessage) => Promise<void>;
}

/** A submission server in this process: real protocol, injected faults, everything recorded. */
export async function startSmtp(options: SmtpServerOptions = {}): Promise<SmtpServer> {
  const own = options.tlsDirectory === undefined ? mkdtempSync(join(tmpdir(), 'homeport-smtp-')) : null;
  const tls = options.tlsDirectory ?? (own as string);
  if (own !== null) createCertificate(own);
  const lmtp =
    options.lmtpPort === undefined
      ? null
      : createTransport({ host: '127.0.0.1', port: options.lmtpPort, lmtp: true, ignoreTLS: true } as object);
  const faults: SmtpFaults = {
    greeting: null,
    auth: null,
    mail: null,
    rcpt: () => null,
    data: null,
    cut: null,
    delayMs: 0,
  };
  const received: SubmittedMessage[] = [];
  const commands: string[] = [];
  const servers: SMTPServer[] = [];

  const socketOf = (session: SMTPServerSession): Socket | null => {
    for (const { connections } of servers) {
      for (const connection of connections as unknown as Set<{ id: string; _socket: Socket }>)
        if (connection.id === session.id) return connection._socket;
    }
    return null;
  };
  /** Answers with the fault where there is one. True = the command is dealt with. */
  const fault = (
    session: SMTPServerSession,
    cutHere: boolean,
    reply: SmtpReply | null,
    done: (error: Error) => void,
  ): boolean => {
    if (cutHere) socketOf(session)?.destroy();
    if (cutHere) return true;
    if (reply === null) return false;
    done(Object.assign(new Error(reply.text), { responseCode: reply.code }));
    if (reply.code === 421) setTimeout(() => socketOf(session)?.end(), 20);
    return true;
  };

  async function take(message: SubmittedMessage): Promise<void> {
    received.push(message);
    for (const to of lmtp === null ? [] : message.to) {
      // Who is no user of the LMTP server is somebody elsewhere.
      await lmtp?.sendMail({ envelope: { from: message.from, to }, raw: message.raw }).catch(() => undefined);
    }
    await options.onTaken?.(message);
  }

  const handlers: SMTPServerOptions = {
    onConnect: (session, done) => {
      if (!fault(session, faults.cut === 'connect', faults.greeting, done)) done();
    },
    onAuth: (auth, session, done) => {
      commands.push(`AUTH ${auth.method}`);
      if (fault(session, false, faults.auth, done)) return;
      const user = auth.username ?? '';
      const users = options.users;
      const good =
        auth.method === 'XOAUTH2'
          ? auth.accessToken === options.token
          : users === undefined || users[user] === auth.password;
      if (good) done(null, { user });
      else if (auth.method === 'XOAUTH2') done(null, { data: { status: '400', scope: 'mail' } });
      else done(Object.assign(new Error('5.7.8 Authentication failed'), { responseCode: 535 }));
    },
    onMailFrom: (address, session, done) => {
      commands.push(`MAIL ${address.address}`);
      if (!fault(session, faults.cut === 'mail', faults.mail, done)) done();
    },
    onRcptTo: (address, session, done) => {
      commands.push(`RCPT ${address.address}`);
      if (!fault(session, faults.cut === 'rcpt', faults.rcpt(address.address), done)) done();
    },
    onData: (stream, session, done) => {
      commands.push('DATA');
      const chunks: Buffer[] = [];
      server.arrived = 0;
      stream.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        server.arrived += chunk.length;
        if (faults.cut !== 'in-data') return;
        server.discarded += chunk.length;
        socketOf(session)?.destroy();
      });
      stream.on('end', () => void end());
      async function end(): Promise<void> {
        if (faults.cut === 'in-data') return;
        const { mailFrom, rcptTo } = session.envelope;
        const message = {
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks),
          user: typeof session.user === 'string' ? session.user : null,
          mailArgs: mailFrom ? mailFrom.args || {} : {},
          rcptArgs: rcptTo.map(({ args }) => args || {}),
        };
        if (faults.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, faults.delayMs));
        const refused = stream.sizeExceeded ? { code: 552, text: '5.3.4 message too big' } : faults.data;
        if (faults.cut === 'after-data-lost' || refused) server.discarded += message.raw.length;
        if (fault(session, faults.cut === 'after-data-lost', refused, done)) return;
        await take(message);
        if (fault(session, faults.cut === 'after-data-done', null, done)) return;
        done(null, `2.0.0 queued as ${received.length}`);
      }
    },
  };

  async function listen(secure: boolean): Promise<number> {
    const without = Object.fromEntries((options.without ?? []).map((name) => [`hide${name}`, true]));
    const started = new SMTPServer({
      ...handlers,
      ...without,
      // The answer to a fault carries its own enhanced code.
      hideENHANCEDSTATUSCODES: true,
      hideSize: options.without?.includes('SIZE') ?? false,
      hideDSN: options.without?.includes('DSN') ?? false,
      disabledCommands: options.authMethods?.length === 0 ? ['AUTH'] : [],
      secure,
      cert: readFileSync(join(tls, 'cert.pem')),
      key: readFileSync(join(tls, 'key.pem')),
      size: options.size ?? 50 * 1024 * 1024,
      authMethods: options.authMethods ?? ['PLAIN', 'LOGIN', 'XOAUTH2'],
      authOptional: options.plain === true,
      hideSTARTTLS: options.plain === true,
      allowInsecureAuth: options.plain === true,
      disableReverseLookup: true,
      logger: false,
      closeTimeout: 100,
    });
    started.on('error', () => undefined);
    servers.push(started);
    await new Promise<void>((resolve, reject) => {
      started.server.once('error', reject);
      started.listen(0, '127.0.0.1', () => resolve());
    });
    return (started.server.address() as AddressInfo).port;
  }

  const [port, tlsPort] = [await listen(false), await listen(true)];
  const server: SmtpServer = {
    host: '127.0.0.1',
    port,
    tlsPort,
    caPath: join(tls, 'cert.pem'),
    received,
    faults,
    commands,
    arrived: 0,
    discarded: 0,
    cut: () => {
      for (const { connections } of servers)
        for (const { _socket } of connections as unknown as Set<{ _socket: Socket }>) _socket.destroy();
    },
    stop: async () => {
      server.cut();
      lmtp?.close();
      await Promise.all(
        servers.map((started) => new Promise<void>((resolve) => started.close(() => resolve()))),
      );
      if (own !== null) rmSync(own, { recursive: true, force: true });
    },
  };
  return server;
}

/** The folder of a server's certificate and key, to be used by another one. */
export function tlsDirectoryOf(server: { readonly caPath: string }): string {
  return dirname(server.caPath);
}

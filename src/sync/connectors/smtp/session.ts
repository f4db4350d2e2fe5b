/**
 * One connection to a submission server: commands and replies with deadlines, every failure a value. Knows nothing of
 * logins or messages.
 */
import type { Socket } from 'node:net';
import type { Failure } from '../../../shared/failure';
import { fail, type Outcome, ok } from '../../../shared/outcome';
import type { Clock } from '../../ports/clock';
import type { Traffic } from '../contract';
import { LINK_LOST, quietFailure, TAMPERED } from '../link/link-failures';
import { startTls, type TlsRules } from '../link/start-tls';
import { type Extensions, NO_EXTENSIONS } from './extensions';
import { BROKEN_RULES, translateConnectError } from './failure-translation';
import { CONNECT_MS, MAX_UNREAD_REPLIES, QUIT_MS } from './limits';
import { createReplyReader, type Reply } from './reply';

export class SmtpSession {
  extensions: Extensions = NO_EXTENSIONS;
  readonly #raw: Socket;
  readonly #clock: Clock;
  #socket: Socket;
  #reader = createReplyReader();
  readonly #replies: Reply[] = [];
  readonly #waiting: (() => void)[] = [];
  #ended: Failure | null = null;
  #roundTrips = 0;
  #detach: () => void;

  /** @param socket connected, and encrypted already where that is so from the first byte */
  constructor(raw: Socket, socket: Socket, clock: Clock) {
    this.#raw = raw;
    this.#socket = socket;
    this.#clock = clock;
    this.#detach = this.#attach(socket);
  }

  get ended(): Failure | null {
    return this.#ended;
  }

  /** The server said something that nobody asked for. */
  get spoke(): boolean {
    return this.#replies.length > 0;
  }

  /** The next reply, in the order of the commands. */
  async reply(patienceMs: number): Promise<Outcome<Reply>> {
    let late = false;
    const cancel = this.#clock.after(patienceMs, () => {
      late = true;
      for (const wake of this.#waiting.splice(0)) wake();
    });
    try {
      for (;;) {
        const next = this.#replies.shift();
        if (next) return ok(next);
        if (this.#ended) return fail(this.#ended);
        if (late) {
          this.end(quietFailure());
          return fail(quietFailure());
        }
        await new Promise<void>((resolve) => this.#waiting.push(resolve));
      }
    } finally {
      cancel();
    }
  }

  /** One command and its reply. A server that says goodbye by itself is heard instead. */
  async command(line: string, patienceMs: number): Promise<Outcome<Reply>> {
    if (!this.spoke) this.send(line);
    return await this.reply(patienceMs);
  }

  /** Writes a command without waiting; the reply is fetched by `reply`. */
  send(line: string): void {
    this.#roundTrips++;
    // Whatever was put into a line, it is one line.
    this.write(`${line.replace(/[\r\n]/g, '')}\r\n`);
  }

  /** False when the socket wants to be waited for. */
  write(data: string | Buffer): boolean {
    return this.#ended === null && this.#socket.write(data);
  }

  /** Resolves when the socket takes more, or the session is over, or nothing moved for that long (it is over then). */
  async drained(patienceMs: number): Promise<void> {
    if (this.#ended || !this.#socket.writableNeedDrain) return;
    const cancel = this.#clock.after(patienceMs, () => this.end(quietFailure()));
    const socket = this.#socket;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        socket.off('drain', done);
        socket.off('close', done);
        resolve();
      };
      socket.on('drain', done);
      socket.on('close', done);
    });
    cancel();
  }

  /** TLS on this connection (RFC 3207); what was said before counts no more. */
  async upgrade(rules: TlsRules): Promise<Outcome<null>> {
    // A reply injected behind the go-ahead would be read as one of the encrypted session.
    if (this.spoke || this.#reader.pending) {
      this.end(TAMPERED);
      return fail(TAMPERED);
    }
    this.#detach();
    this.#reader = createReplyReader();
    this.extensions = NO_EXTENSIONS;
    const secured = await handshake(rules, this.#raw, this.#clock);
    if (!secured.ok) {
      this.end(secured.failure);
      return secured;
    }
    this.#socket = secured.value;
    this.#detach = this.#attach(secured.value);
    return ok(null);
  }

  traffic(): Traffic {
    return { bytesIn: this.#raw.bytesRead, bytesOut: this.#raw.bytesWritten, roundTrips: this.#roundTrips };
  }

  /** QUIT as a courtesy: nobody waits for the answer. */
  quit(): void {
    if (this.#ended) return;
    this.#socket.end('QUIT\r\n');
    this.end(LINK_LOST, false);
    this.#clock.after(QUIT_MS, () => this.end(LINK_LOST));
  }

  end(failure: Failure, destroy = true): void {
    this.#ended ??= failure;
    if (destroy) {
      this.#socket.destroy();
      this.#raw.destroy();
    }
    for (const wake of this.#waiting.splice(0)) wake();
  }

  #attach(socket: Socket): () => void {
    const onData = (data: Buffer): void => {
      try {
        this.#replies.push(...this.#reader.push(data));
        if (this.#replies.length > MAX_UNREAD_REPLIES) this.end(BROKEN_RULES);
      } catch {
        this.end(BROKEN_RULES);
      }
      for (const wake of this.#waiting.splice(0)) wake();
    };
    const onClose = (): void => this.end(LINK_LOST);
    const onError = (): void => this.end(LINK_LOST);
    socket.on('data', onData);
    socket.on('close', onClose);
    socket.on('end', onClose);
    socket.on('error', onError);
    return () => {
      socket.off('data', onData);
      socket.off('close', onClose);
      socket.off('end', onClose);
      socket.off('error', onError);
    };
  }
}

/** The handshake with the certificate judged; nothing is sent over a connection that is refused. */
export function handshake(rules: TlsRules, raw: Socket, clock: Clock): Promise<Outcome<Socket>> {
  return new Promise((resolve) => {
    const cancel = clock.after(CONNECT_MS, () => tls.destroy(new Error('no handshake')));
    const settle = (outcome: Outcome<Socket>): void => {
      cancel();
      resolve(outcome);
    };
    const tls = startTls(rules, raw, () => settle(ok(tls)));
    tls.on('error', (error) => settle(fail(translateConnectError(error, rules, 'tls'))));
    tls.on('close', () => settle(fail(translateConnectError(null, rules, 'tls'))));
  });
}

import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls, getCACertificates, type TLSSocket } from 'node:tls';
import type { PinnedCertificate } from '../../../shared/contract/imap-settings';
import type { CertificateFacts } from '../../../shared/failure';

/** RFC 5321 4.5.3.1.5 says 512; servers write longer sentences. */
const MAX_LINE_BYTES = 4_096;
/** Lines of one reply; honest EHLO answers have about twenty. */
const MAX_LINES = 100;

export interface SmtpReply {
  /** Three digits. */
  readonly code: number;
  /** Without the codes. */
  readonly lines: readonly string[];
}

/** The certificate is not acceptable; nothing was sent after the handshake. */
export class UntrustedServer extends Error {
  readonly facts: CertificateFacts;
  readonly reason: string;
  constructor(facts: CertificateFacts, reason: string) {
    super(`certificate rejected: ${reason}`);
    this.facts = facts;
    this.reason = reason;
  }
}

/** What answers does not speak SMTP. */
export class NotSmtp extends Error {}

interface Place {
  readonly host: string;
  readonly port: number;
  readonly caPem: string | null;
  readonly pinned: readonly PinnedCertificate[];
}

/** Commands and replies with one submission server, one at a time (RFC 5321). Everything rejects once the link is gone. */
export class SmtpConversation {
  readonly #place: Place;
  #socket: Socket;
  #heard = '';
  #error: Error | null = null;
  #wake: () => void = () => {};

  private constructor(place: Place, socket: Socket) {
    this.#place = place;
    this.#socket = socket;
    this.#listen(socket);
  }

  static async open(place: Place, signal: AbortSignal): Promise<SmtpConversation> {
    const { host, port } = place;
    const socket = connectPlain({ host, port, signal });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    return new SmtpConversation(place, socket);
  }

  /** TLS from here on; what was received before is thrown away (SYNC-009). */
  async startTls(): Promise<void> {
    const { host, caPem } = this.#place;
    this.#socket.removeAllListeners('data');
    this.#heard = '';
    const name = /^[\d.]+$/.test(host) || host.includes(':') ? {} : { servername: host };
    const tls = connectTls({
      socket: this.#socket,
      host,
      ...name,
      ...(caPem === null ? {} : { ca: [...getCACertificates('default'), caPem] }),
      minVersion: 'TLSv1.2',
      rejectUnauthorized: false,
    });
    await new Promise<void>((resolve, reject) => {
      tls.once('secureConnect', resolve);
      tls.once('error', reject);
      tls.once('close', () => reject(new Error('closed')));
    });
    const rejected = judge(tls, this.#place);
    if (rejected) {
      tls.destroy();
      throw rejected;
    }
    this.#socket = tls;
    this.#listen(tls);
  }

  /** Sends a line, if any, and reads the whole reply. */
  async ask(line: string | null): Promise<SmtpReply> {
    if (line !== null) this.#socket.write(`${line}\r\n`);
    const lines: string[] = [];
    for (;;) {
      const text = await this.#line();
      const [, code, more, rest = ''] = /^(\d{3})([ -]?)(.*)$/.exec(text) ?? [];
      if (code === undefined || lines.length > MAX_LINES) throw new NotSmtp(text);
      lines.push(rest);
      if (more !== '-') return { code: Number(code), lines };
    }
  }

  close(): void {
    this.#socket.destroy();
  }

  #listen(socket: Socket): void {
    const end = (error: Error) => {
      this.#error ??= error;
      this.#wake();
    };
    socket.on('error', end);
    socket.on('close', () => end(new Error('closed')));
    socket.on('data', (chunk: Buffer) => {
      this.#heard += chunk.toString('utf8');
      this.#wake();
    });
  }

  async #line(): Promise<string> {
    for (;;) {
      const end = this.#heard.indexOf('\n');
      if (end >= 0) {
        const line = this.#heard.slice(0, end).replace(/\r$/, '');
        this.#heard = this.#heard.slice(end + 1);
        return line;
      }
      if (this.#heard.length > MAX_LINE_BYTES) throw new NotSmtp('a line without end');
      if (this.#error) throw this.#error;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

/** Null when the certificate may be used: the system vouches for it, or the person did for exactly this one (SYNC-010). */
function judge(tls: TLSSocket, { host, port, pinned }: Place): UntrustedServer | null {
  if (tls.authorized) return null;
  const { fingerprint256 = '', subject, issuer, valid_from, valid_to } = tls.getPeerCertificate();
  const trusted = pinned.some(
    (pin) =>
      pin.host.toLowerCase() === host.toLowerCase() &&
      pin.port === port &&
      pin.fingerprint === fingerprint256,
  );
  if (trusted) return null;
  const reason: unknown = tls.authorizationError;
  const facts = {
    host,
    port,
    fingerprint: fingerprint256,
    subject: nameOf(subject?.CN),
    issuer: nameOf(issuer?.CN),
    validFrom: isoDate(valid_from),
    validTo: isoDate(valid_to),
  };
  return new UntrustedServer(facts, reason instanceof Error ? reason.message : String(reason));
}

function nameOf(name: string | string[] | undefined): string {
  return (Array.isArray(name) ? name.join(', ') : (name ?? '')).slice(0, 200);
}

function isoDate(text: string | undefined): string {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? '' : new Date(at).toISOString();
}

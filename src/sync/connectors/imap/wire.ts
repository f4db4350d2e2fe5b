/**
 * The only file that touches the inside of imapflow. The library gives us what is hard to get right (sockets, STARTTLS,
 * SASL, framing with bounds, one command at a time, log masking); commands and responses are ours, because its own
 * ones hide the server's words, expand VANISHED and answer `false` instead of a reason (docs/adr/0020).
 */
import { ImapFlow, type ImapFlowOptions } from 'imapflow';
import type { ScramLogin } from '../link/scram';
import { type Namespaces, readNamespaces, withoutNamespaces } from './namespace-response';
import { type ResponseLine, readResponseLine, readStatus, type ServerStatus } from './response-line';
import { runScram } from './scram-exchange';

/** An argument of a command. Text is quoted by the library; bytes go as a literal. */
export type Argument =
  | {
      readonly type: 'ATOM' | 'STRING' | 'SEQUENCE';
      readonly value: string;
      /** Of a mailbox: its key, from which the name is written anew where names are UTF-8. */
      readonly remoteKey?: string;
      readonly section?: readonly Argument[];
      readonly partial?: readonly number[];
    }
  | {
      readonly type: 'LITERAL';
      readonly value: Uint8Array;
      /** Octets of any kind, NUL included (RFC 3516). */
      readonly isLiteral8?: boolean;
      readonly remoteKey?: string;
    }
  | readonly Argument[];

export interface WireHooks {
  /** The command line was handed to the socket: from here on its outcome can be unknown. */
  onSent(): void;
  /** The server asked for more ('+'). */
  onContinue?(): void;
  /** Whole commands that go out just before, without waiting; their tagged answers are not looked at. */
  readonly ahead?: readonly string[];
}

export interface Wire {
  readonly capabilities: ReadonlySet<string>;
  /** As the server wrote them; null where it has no word for it. */
  readonly namespaces: Namespaces | null;
  readonly serverId: Readonly<Record<string, string>>;
  /** Resolves with the tagged status (OK, NO, BAD); rejects when the link was lost or the answer made no sense. */
  run(command: string, args: readonly Argument[], hooks: WireHooks): Promise<ServerStatus>;
  /** A line outside of commands: DONE. */
  write(line: string): void;
  /** Bytes of the whole connection so far. */
  bytes(): { readonly received: number; readonly sent: number };
  logout(): Promise<void>;
  destroy(): void;
}

/** What the library has and does not declare. Checked when a connection is made, so an upgrade cannot surprise us. */
interface Internals {
  authenticate(): Promise<unknown>;
  setAuthenticationState(): Promise<void>;
  run(command: string, ...args: readonly unknown[]): Promise<unknown>;
  authenticated: unknown;
  expectCapabilityUpdate: boolean;
  readonly state: unknown;
  readonly states: { readonly NOT_AUTHENTICATED: unknown };
  exec(command: string, args: readonly unknown[], options: object): Promise<{ next(): void }>;
  write(line: string): void;
  handleResponse(data: { payload: Buffer; literals?: Buffer[] }): Promise<boolean>;
}

/** The first line was no IMAP greeting: another kind of server answers on this port. */
export class NotAnImapServer extends Error {
  readonly firstLine: string;

  constructor(firstLine: string) {
    super('no IMAP greeting');
    this.firstLine = firstLine;
  }
}

export interface WireListener {
  /** Every untagged response after login, except BYE and CAPABILITY. */
  onLine(line: ResponseLine): void;
  /** A sentence that people must see, also of the greeting and the login (RFC 9051 7.1, SYNC-134). */
  onAlert(text: string): void;
  /** The link is gone; null when it ended without an error. */
  onClose(error: Error | null): void;
  /** Asked after every line: a promise makes the reading wait for it. */
  pace(): Promise<void> | null;
}

/**
 * Connects and logs in; an abort ends the attempt at once. After that every untagged response goes to the listener and nowhere else, except BYE and
 * CAPABILITY, which stay with the library. Rejects with the library's error.
 */
export async function openWire(
  options: ImapFlowOptions,
  listener: WireListener,
  signal: AbortSignal,
  /** Null where the login is no password. */
  scram: ScramLogin | null = null,
): Promise<Wire> {
  const client = new ImapFlow(options);
  const internals = internalsOf(client);
  const original = internals.handleResponse.bind(client);
  let ready = false;
  let greeted = false;
  let lastTagged = '';
  let namespaces: Namespaces | null = null;
  const ordinaryLogin = internals.authenticate.bind(client);
  internals.authenticate = async () => {
    const offered = client.capabilities.has('AUTH=SCRAM-SHA-256');
    // A server that let us in with its greeting asks for no login at all.
    if (!scram || !offered || internals.state !== internals.states.NOT_AUTHENTICATED) return ordinaryLogin();
    await runScram(internals, scram, {
      saslIr: client.capabilities.has('SASL-IR'),
      status: () => readStatus(lastTagged),
    });
    internals.expectCapabilityUpdate = true;
    internals.authenticated = scram.user;
    await internals.setAuthenticationState();
    return true;
  };
  const ordinaryRun = internals.run.bind(client);
  // Who we are is told once, and to nobody who has not let us in (SYNC-022); the library asks again after the login.
  internals.run = (command, ...args) =>
    command === 'ID' && !internals.authenticated ? Promise.resolve(undefined) : ordinaryRun(command, ...args);
  const hear = (payload: Buffer): void => {
    const { code, text } = readStatus(payload.toString('latin1', 0, ALERT_BYTES));
    if (code === 'ALERT' && text !== '') listener.onAlert(text);
  };
  internals.handleResponse = (data) => {
    const first = data.payload[0];
    if (!ready || (first !== STAR && first !== PLUS)) hear(data.payload);
    if (!greeted) {
      greeted = true;
      const text = data.payload.toString('latin1', 0, 200);
      if (!/^\* (OK|PREAUTH|BYE)\b/i.test(text)) return Promise.reject(new NotAnImapServer(text));
    }
    // The library would put a delimiter behind a prefix that has none.
    if (!ready && first === STAR)
      namespaces = readNamespaces(data.payload, data.literals ?? []) ?? namespaces;
    if (!ready && first !== PLUS && first !== STAR) lastTagged = data.payload.toString('latin1');
    if (!ready || first === PLUS) return original(data);
    if (first === AHEAD) return DONE;
    if (first !== STAR) {
      lastTagged = data.payload.toString('latin1');
      // The library needs tag and status only; from the rest it would guess (a NO that means OK, a pause of minutes).
      const status = /^\S+ \S+/.exec(lastTagged);
      return original(status ? { ...data, payload: Buffer.from(status[0], 'latin1') } : data);
    }
    const line = readResponseLine(data.payload, data.literals ?? []);
    if (!line) return DONE;
    if (SENTENCES.has(line.name)) hear(data.payload);
    if (line.name === 'BYE' || line.name === 'CAPABILITY') return original(data);
    listener.onLine(line);
    return listener.pace()?.then(() => true) ?? DONE;
  };
  let broken: Error | null = null;
  client.on('error', (error) => {
    broken ??= error;
    client.close();
  });
  client.on('close', () => listener.onClose(broken));
  const abort = () => client.close();
  signal.addEventListener('abort', abort, { once: true });
  try {
    await client.connect();
  } catch (error) {
    client.close();
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
  ready = true;
  return {
    get capabilities() {
      // The library takes the number of APPENDLIMIT=20 apart from its name.
      const names = [...client.capabilities].flatMap(([name, value]) =>
        typeof value === 'number' ? [name, `${name}=${value}`] : [name],
      );
      return new Set(names.map((name) => name.toUpperCase()));
    },
    namespaces: namespaces ?? withoutNamespaces(client.namespaces),
    serverId: toRecord(client.serverInfo),
    run: async (command, args, hooks) => {
      try {
        for (const [at, line] of (hooks.ahead ?? []).entries())
          internals.write(`${String.fromCharCode(AHEAD)}${at} ${line}`);
        const reply = await internals.exec(command, args, {
          onSend: () => hooks.onSent(),
          ...(hooks.onContinue ? { onPlusTag: () => hooks.onContinue?.() } : {}),
        });
        reply.next();
      } catch (error) {
        if (!isServerAnswer(error)) throw error;
      }
      return readStatus(lastTagged);
    },
    write: (line) => internals.write(line),
    bytes: () => client.stats(),
    logout: async () => {
      await client.logout();
    },
    destroy: () => client.close(),
  };
}

/** Responses that may carry an alert. */
const SENTENCES: ReadonlySet<string> = new Set(['OK', 'NO', 'BAD', 'BYE']);
/** Of a line that is looked at for an alert: its text is shown up to 500 characters. */
const ALERT_BYTES = 4_096;
const STAR = 0x2a;
const PLUS = 0x2b;
/** What our own tags begin with; those of the library are hexadecimal. */
const AHEAD = 0x50;
const DONE = Promise.resolve(true);

function internalsOf(client: ImapFlow): Internals {
  const candidate = client as unknown as Record<string, unknown>;
  for (const name of ['exec', 'run', 'write', 'handleResponse', 'authenticate', 'setAuthenticationState']) {
    if (typeof candidate[name] !== 'function') throw new Error(`imapflow has no ${name}()`);
  }
  return candidate as unknown as Internals;
}

/** NO and BAD come as rejections that carry the status; everything else is a broken link. */
function isServerAnswer(error: unknown): boolean {
  return (
    error instanceof Error &&
    'responseStatus' in error &&
    error.responseStatus !== 'BYE' &&
    !('code' in error)
  );
}

function toRecord(info: ImapFlow['serverInfo']): Readonly<Record<string, string>> {
  const entries = Object.entries(info ?? {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(entries);
}

/** Opening one session: TLS rules, login, ID, ENABLE (SYNC-008 to 012, 022, 031). */
import type { ImapFlowOptions } from 'imapflow';
import { isLoopback } from '../../../shared/loopback';
import { fail, type Outcome, ok } from '../../../shared/outcome';
import { quirksOf } from '../../../shared/provider-quirks';
import type { Ports } from '../../ports/ports';
import { createSystemRandom } from '../../ports/system-random';
import { createTurnQueue, type Turns } from '../../ports/turn-queue';
import { authFailure, CANCELLED, LINK_LOST, PLAINTEXT_REFUSED } from '../link/link-failures';
import { translateConnectError, translateLostLink, withoutSecret } from './failure-translation';
import { CONNECT_MS, LOGIN_MS, MAX_LINE_BYTES, MAX_LITERAL_BYTES, MAX_RESPONSE_BYTES } from './limits';
import { createPace } from './pace';
import type { ResponseLine } from './response-line';
import { ImapSession } from './session';
import type { ImapAccountSettings } from './settings';
import { type ConnectStage, createTransport } from './transport';
import { openWire, type Wire } from './wire';

export type ConnectPorts = Pick<Ports, 'clock' | 'client' | 'logger'> & {
  /** The line of everybody on this thread; a connection without one has the thread to itself. */
  readonly turns?: Turns;
  readonly random?: Ports['random'];
  /** A sentence of the server that people must see. */
  readonly onAlert?: (text: string) => void;
};

export interface OpenOptions {
  /** COMPRESS is worth its processor time for bulk work only (SYNC-045). */
  readonly compress: boolean;
  /** Of the connection test, which may talk to anything. */
  readonly onStage?: (stage: ConnectStage) => void;
  /** Greeting and connect patience; shorter in the connection test (SYNC-002). */
  readonly connectMs?: number;
}

/** Of the login's nonce (RFC 5802 asks for unpredictable; 18 bytes are what others use). */
const NONCE_BYTES = 18;

/** The library's own watchdog is only a net under our deadlines: longer than any of them. */
const LIBRARY_SOCKET_TIMEOUT_MS = 30 * 60_000;

export async function openSession(
  settings: ImapAccountSettings,
  ports: ConnectPorts,
  options: OpenOptions,
  signal: AbortSignal,
): Promise<Outcome<ImapSession>> {
  const { server } = settings;
  if (signal.aborted) return fail(CANCELLED);
  if (server.security === 'none' && !isLoopback(server.host) && !server.allowPlaintext)
    return fail(PLAINTEXT_REFUSED);
  const secret = await settings.secret();
  if (secret === null) return fail(authFailure(settings.auth === 'oauth' ? 'expired' : 'wrong-password'));
  if (typeof secret !== 'string') return fail(secret);
  const opened = await openWith(secret, settings, ports, options, signal);
  if (opened.ok || settings.auth !== 'oauth' || opened.failure.kind !== 'auth') return opened;
  // A token may end before its time: one that was renewed is tried, once (SYNC-016).
  const renewed = await settings.secret(secret);
  if (renewed === null || renewed === secret) return opened;
  if (typeof renewed !== 'string') return fail(renewed);
  return openWith(renewed, settings, ports, options, signal);
}

async function openWith(
  secret: string,
  settings: ImapAccountSettings,
  ports: ConnectPorts,
  options: OpenOptions,
  signal: AbortSignal,
): Promise<Outcome<ImapSession>> {
  const { server } = settings;
  let session: ImapSession | null = null;
  const pace = createPace(ports.clock, ports.turns ?? createTurnQueue(ports.clock));
  const listener = {
    onLine: (line: ResponseLine) => session?.receive(line),
    onClose: (error: Error | null) => session?.end(error ? translateLostLink(error) : LINK_LOST),
    onAlert: (text: string) => ports.onAlert?.(text),
    pace: () => session?.pause() ?? pace(),
  };
  const deadline = new AbortController();
  const cancelDeadline = ports.clock.after(LOGIN_MS, () => deadline.abort());
  const nonce = (ports.random ?? createSystemRandom()).token(NONCE_BYTES);
  const scram = settings.auth === 'password' ? { user: server.user, password: secret, nonce } : null;
  let wire: Wire;
  try {
    const stop = AbortSignal.any([deadline.signal, signal]);
    wire = await openWire(libraryOptions(settings, ports, secret, options), listener, stop, scram);
  } catch (error) {
    if (signal.aborted) return fail(CANCELLED);
    const passwordsRefused = settings.auth === 'password' && quirksOf(server).passwordsRefused;
    const known = options.onStage === undefined;
    const { host, port } = server;
    const failure = translateConnectError(error, { host, port, passwordsRefused, known });
    return fail(withoutSecret(failure, secret));
  } finally {
    cancelDeadline();
  }
  const killed = killedOf(settings);
  const capabilities = new Set([...wire.capabilities].filter((name) => !killed.includes(name)));
  const quirks = quirksOf({ host: server.host, capabilities, id: wire.serverId });
  const advertised = new Set([...capabilities].filter((name) => !quirks.without.includes(name)));
  session = new ImapSession(wire, ports.clock, advertised, quirks);
  const enabled = await session.enable();
  if (!enabled.ok) return fail(enabled.error.failure);
  ports.logger.debug('imap.connected', {
    qresync: session.capabilities.qresync,
    idle: session.capabilities.idle,
  });
  return ok(session);
}

/** Kill switches that hold before anybody has logged in: those of the account and of the server's name. */
function killedOf({ server, disabledCapabilities = [] }: ImapAccountSettings): readonly string[] {
  return [...disabledCapabilities.map((name) => name.toUpperCase()), ...quirksOf(server).without];
}

function libraryOptions(
  settings: ImapAccountSettings,
  ports: ConnectPorts,
  secret: string,
  options: OpenOptions,
): ImapFlowOptions {
  const { server } = settings;
  const connectMs = options.connectMs ?? CONNECT_MS;
  return {
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    doSTARTTLS: server.security === 'starttls',
    auth: { user: server.user, ...(settings.auth === 'oauth' ? { accessToken: secret } : { pass: secret }) },
    transport: createTransport(settings, options.onStage ?? (() => {})),
    // Nothing of a session is logged by the library: its lines carry names, addresses and subjects (SYNC-005).
    logger: false,
    clientInfo: {
      name: ports.client.name,
      version: ports.client.version,
      address: ports.client.contact,
    },
    disableAutoIdle: true,
    disableAutoEnable: true,
    disableCompression: !options.compress || killedOf(settings).includes('COMPRESS=DEFLATE'),
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: LIBRARY_SOCKET_TIMEOUT_MS,
    maxLineLength: MAX_LINE_BYTES,
    maxLiteralSize: MAX_LITERAL_BYTES,
    maxResponseSize: MAX_RESPONSE_BYTES,
  };
}

/** From nothing to a session that may send: connect, TLS, greeting, EHLO, login (SYNC-010, 273, RFC 8314). */
import { connect, type Socket } from 'node:net';
import type { Failure } from '../../../shared/failure';
import { isLoopback } from '../../../shared/loopback';
import { fail, type Outcome, ok } from '../../../shared/outcome';
import type { Ports } from '../../ports/ports';
import { authFailure, CANCELLED, PLAINTEXT_REFUSED } from '../link/link-failures';
import { KEEP_ALIVE_MS, type TlsRules } from '../link/start-tls';
import { authenticate } from './authenticate';
import { readExtensions } from './extensions';
import { noStartTls, notASubmissionServer, refusalOf, translateConnectError } from './failure-translation';
import { COMMAND_MS, CONNECT_MS, GREETING_MS } from './limits';
import { handshake, SmtpSession } from './session';
import type { SmtpAccountSettings } from './settings';

export type SmtpPorts = Pick<Ports, 'clock' | 'random' | 'logger'>;

/** How far an attempt came: the stage that was reached last is the one that failed. */
export type OpenStage = 'connect' | 'tls' | 'greeting' | 'login' | 'open';

export interface OpenOptions {
  /** False: as far as what the server offers, without a login. */
  readonly login: boolean;
  readonly connectMs?: number;
  readonly onStage?: (stage: OpenStage) => void;
  /** Told about the session as soon as there is one, so that it can be ended from outside. */
  readonly onSession?: (session: SmtpSession) => void;
}

/** Tells nothing about this computer (RFC 5321 4.1.4 allows an address where there is no name). */
const OUR_NAME = '[127.0.0.1]';
/** Of the login's nonce (RFC 5802 asks for unpredictable; 18 bytes are what others use). */
const NONCE_BYTES = 18;

export async function openSession(
  settings: SmtpAccountSettings,
  ports: SmtpPorts,
  options: OpenOptions,
  signal: AbortSignal,
): Promise<Outcome<SmtpSession>> {
  if (signal.aborted) return fail(CANCELLED);
  const { server } = settings;
  if (server.security === 'none' && !isLoopback(server.host) && !server.allowPlaintext)
    return fail(PLAINTEXT_REFUSED);
  const secret = options.login ? await settings.secret() : '';
  if (secret === null) return fail(authFailure(settings.auth === 'oauth' ? 'expired' : 'wrong-password'));
  const connected = await reach(settings, ports, options, signal);
  if (!connected.ok) return signal.aborted ? fail(CANCELLED) : connected;
  const session = connected.value;
  options.onSession?.(session);
  const abort = (): void => session.end(CANCELLED);
  signal.addEventListener('abort', abort, { once: true });
  const failure = await introduce(session, settings, ports, options, secret);
  signal.removeEventListener('abort', abort);
  if (failure === null) {
    const { maxBytes, utf8, dsn } = session.extensions;
    ports.logger.debug('smtp.connected', { maxBytes, utf8, dsn });
    return ok(session);
  }
  session.end(failure);
  return fail(signal.aborted ? CANCELLED : failure);
}

/** Null when all went well. */
async function introduce(
  session: SmtpSession,
  settings: SmtpAccountSettings,
  ports: SmtpPorts,
  { login, onStage = () => {}, connectMs }: OpenOptions,
  secret: string,
): Promise<Failure | null> {
  const { server } = settings;
  onStage('greeting');
  const greeting = await session.reply(connectMs ?? GREETING_MS);
  if (!greeting.ok) return greetingFailure(greeting.failure, settings);
  if (greeting.value.code !== 220) return refusalOf(greeting.value);
  const hello = await sayHello(session);
  if (hello) return hello;
  if (server.security === 'starttls') {
    onStage('tls');
    if (!session.extensions.startTls) return noStartTls(server.host, server.port);
    const go = await session.command('STARTTLS', COMMAND_MS);
    if (!go.ok) return go.failure;
    if (go.value.code !== 220) return noStartTls(server.host, server.port);
    const secured = await session.upgrade(rulesOf(settings));
    if (!secured.ok) return secured.failure;
    const again = await sayHello(session);
    if (again) return again;
  }
  if (login) {
    onStage('login');
    const nonce = ports.random.token(NONCE_BYTES);
    const authenticated = await authenticate(session, { settings, secret, nonce });
    if (!authenticated.ok) return authenticated.failure;
  }
  onStage('open');
  return null;
}

/** EHLO; a server from before 1995 knows only HELO and offers nothing. */
async function sayHello(session: SmtpSession): Promise<Failure | null> {
  const hello = await session.command(`EHLO ${OUR_NAME}`, COMMAND_MS);
  if (!hello.ok) return hello.failure;
  if (hello.value.code === 250) {
    session.extensions = readExtensions(hello.value);
    return null;
  }
  if (hello.value.code < 500) return refusalOf(hello.value);
  const old = await session.command(`HELO ${OUR_NAME}`, COMMAND_MS);
  if (!old.ok) return old.failure;
  return old.value.code === 250 ? null : refusalOf(old.value);
}

async function reach(
  settings: SmtpAccountSettings,
  ports: SmtpPorts,
  { connectMs = CONNECT_MS, onStage = () => {} }: OpenOptions,
  signal: AbortSignal,
): Promise<Outcome<SmtpSession>> {
  const { host, port, security } = settings.server;
  onStage('connect');
  const raw = connect({ host, port });
  raw.setNoDelay(true);
  raw.setKeepAlive(true, KEEP_ALIVE_MS);
  const abort = (): void => {
    raw.destroy();
  };
  signal.addEventListener('abort', abort, { once: true });
  try {
    const connected = await connectedSocket(raw, connectMs, settings, ports);
    if (!connected.ok) return connected;
    if (security !== 'tls') return ok(new SmtpSession(raw, raw, ports.clock));
    onStage('tls');
    const secured = await handshake(rulesOf(settings), raw, ports.clock);
    return secured.ok ? ok(new SmtpSession(raw, secured.value, ports.clock)) : secured;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function connectedSocket(
  raw: Socket,
  connectMs: number,
  { server }: SmtpAccountSettings,
  ports: SmtpPorts,
): Promise<Outcome<null>> {
  return new Promise((resolve) => {
    const settle = (outcome: Outcome<null>): void => {
      cancel();
      resolve(outcome);
      if (!outcome.ok) raw.destroy();
    };
    const broken = (error: unknown): void => settle(fail(translateConnectError(error, server, 'connect')));
    const cancel = ports.clock.after(connectMs, () => broken(null));
    raw.once('connect', () => settle(ok(null)));
    raw.on('error', broken);
    raw.once('close', () => broken(null));
  });
}

/** What is silent, or speaks something else, is no submission server. */
function greetingFailure(failure: Failure, { server }: SmtpAccountSettings): Failure {
  return failure.kind === 'protocol' ? notASubmissionServer(server.host, server.port, '') : failure;
}

function rulesOf({ server, caPem, pinned }: SmtpAccountSettings): TlsRules {
  return { host: server.host, port: server.port, caPem, pinned };
}

/**
 * The one place where errors of sockets, TLS, DNS, the library and the server's words become Failures (SYNC-018).
 * Sentences are for people; what the server said stands beside them.
 */
import type { AuthReason, Failure } from '../../../shared/failure';
import { CertificateRejected } from '../link/certificate';
import { authFailure, certificateFailure, LINK_LOST, reasonInWords, UNPROVEN } from '../link/link-failures';
import { ScramError } from '../link/scram';
import { boundServerText, type ServerStatus } from './response-line';
import { NotAnImapServer } from './wire';

export interface ConnectContext {
  readonly host: string;
  readonly port: number;
  /** The login is known to need OAuth on this host (quirks table). */
  readonly passwordsRefused: boolean;
  /** It has been this account's server before: when it says nothing, it has a bad day and is no stranger. */
  readonly known: boolean;
}

export const UNKNOWN_OUTCOME: Failure = {
  kind: 'unknown-outcome',
  message: 'The connection was lost before the mail server confirmed the change.',
  hint: 'Homeport checks what happened before it does anything again.',
};

/** Why a connection or login did not come about. */
export function translateConnectError(error: unknown, context: ConnectContext): Failure {
  const cause = innermost(error);
  if (cause instanceof CertificateRejected) return certificateFailure(cause);
  if (cause instanceof ScramError) return UNPROVEN;
  if (cause instanceof NotAnImapServer) return notAMailServer(context, cause.firstLine);
  if (field(error, 'authenticationFailed') === true) return loginFailure(error, context);
  const code = String(field(cause, 'code') ?? '');
  const bye = field(error, 'reason');
  // OpenSSL's errors have a `reason` too; only the library's own ones carry the server's BYE there.
  if (LIBRARY_CLOSED.has(code) && typeof bye === 'string' && bye !== '') return byeFailure(bye);
  return socketFailure(code, cause, context);
}

const LIBRARY_CLOSED: ReadonlySet<string> = new Set([
  'ClosedAfterConnectText',
  'ClosedAfterConnectTLS',
  'NoConnection',
]);

function socketFailure(code: string, cause: unknown, context: ConnectContext): Failure {
  const where = `${context.host}:${context.port}`;
  switch (code) {
    case 'ENOTFOUND':
    case 'ENODATA':
      return {
        kind: 'dns',
        message: `There is no server called ${context.host}.`,
        hint: 'Check the spelling of the server name.',
      };
    case 'EAI_AGAIN':
    case 'ESERVFAIL':
    case 'ENETUNREACH':
    case 'ENETDOWN':
      return {
        kind: 'offline',
        message: 'This computer is not connected to the internet.',
        hint: 'Homeport tries again by itself.',
      };
    case 'ECONNREFUSED':
      return {
        kind: 'refused',
        message: `Nothing answers at ${where}.`,
        hint: 'Check the server name and the port.',
      };
    case 'GREETING_TIMEOUT':
      return context.known ? unreachable(context) : notAMailServer(context, '');
    case 'ClosedAfterConnectText':
    case 'ClosedAfterConnectTLS':
      return {
        kind: 'offline',
        message: `${context.host} closed the connection.`,
        hint: 'Homeport tries again by itself.',
      };
    case 'STARTTLS_INJECTION':
      return {
        kind: 'tls',
        message: 'Somebody on the network tampered with the connection.',
        hint: 'Use the encrypted port (993) or another network.',
      };
    case 'UPGRADE_TIMEOUT':
      return { kind: 'tls', message: `${context.host} did not finish the encryption set-up.` };
    default:
      return tlsProtocolFailure(code, cause, context) ?? limitFailure(code) ?? unreachable(context);
  }
}

/** A TLS error that is no verdict over a certificate: another protocol on the port, no common version. */
function tlsProtocolFailure(code: string, cause: unknown, context: ConnectContext): Failure | null {
  const text = cause instanceof Error ? cause.message : '';
  if (field(cause, 'tlsFailed') === true && /STARTTLS/i.test(text)) {
    return {
      kind: 'tls',
      message: `${context.host} does not offer encryption on port ${context.port}.`,
      hint: 'Use port 993 with TLS. Homeport does not send a password without encryption.',
    };
  }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS')) {
    return {
      kind: 'tls',
      message: `${context.host} does not answer encrypted on port ${context.port}.`,
      hint: 'Try STARTTLS with port 143, or TLS with port 993.',
    };
  }
  return null;
}

const LIBRARY_BOUNDS: Readonly<Record<string, string>> = {
  LineTooLarge: 'line',
  LiteralTooLarge: 'literal',
  ResponseTooLarge: 'response',
  TooManyTokens: 'tokens',
  MAX_IMAP_NESTING_REACHED: 'nesting',
};

function limitFailure(code: string): Failure | null {
  const bound = LIBRARY_BOUNDS[code];
  return bound ? boundFailure(bound) : null;
}

/** The server sent more than a named bound allows (SYNC-131). */
export function boundFailure(bound: string): Failure {
  return {
    kind: 'protocol',
    bound,
    message: 'The mail server sent more than makes sense.',
    hint: 'Homeport tries again in an hour.',
  };
}

export function protocolFailure(message = 'The mail server sent something that makes no sense.'): Failure {
  return { kind: 'protocol', message };
}

/** A link that broke in the middle of the work; named bounds keep their name. */
export function translateLostLink(error: unknown): Failure {
  const cause = innermost(error);
  return limitFailure(String(field(cause, 'code') ?? '')) ?? LINK_LOST;
}

/** NO or BAD on a command, outside of login: response codes of RFC 5530 first (SYNC-018). */
export function translateRefusal(status: ServerStatus): Failure {
  const serverText = status.text;
  const throttle = throttleMs(serverText);
  if (throttle !== null) {
    return {
      kind: 'throttled',
      message: 'The mail server asks for a pause.',
      serverText,
      retryAfterMs: throttle,
    };
  }
  switch (status.code) {
    case 'UNAVAILABLE':
    case 'INUSE':
    case 'SERVERBUG':
      return {
        kind: 'offline',
        answered: true,
        message: 'The mail server has a problem at the moment.',
        serverText,
      };
    case 'LIMIT':
    case 'THROTTLED':
      return { kind: 'throttled', message: 'The mail server asks for a pause.', serverText };
    case 'AUTHENTICATIONFAILED':
    case 'AUTHORIZATIONFAILED':
    case 'EXPIRED':
    case 'CONTACTADMIN':
      return authFailure(reasonOfCode(status.code), serverText);
    case 'NONEXISTENT':
      return { kind: 'not-found', message: 'The folder does not exist on the server any more.', serverText };
    default:
      return {
        kind: 'rejected',
        message: REJECTED[status.code ?? ''] ?? 'The mail server refused this.',
        serverText,
        ...(status.code === null ? {} : { code: status.code }),
      };
  }
}

/** What providers say when the day's download is used up, with or without a code (SYNC-063). */
const DOWNLOAD_QUOTA =
  /exceeded (command or )?bandwidth|bandwidth (limit|quota)|download (limit|quota)|daily (transfer|download|limit)|(transfer|traffic) (limit|quota)/i;
/** "Try again in 20 minutes", "after 3600 seconds". */
const STATED_WAIT = /\b(?:in|after|for)\s+(\d{1,6})\s*(second|minute|hour)s?\b/i;
const UNIT_MS: Readonly<Record<string, number>> = { second: 1_000, minute: 60_000, hour: 3_600_000 };

/**
 * Why a FETCH of bodies failed. On a download OVERQUOTA and LIMIT speak of what may be fetched, not of a full mailbox:
 * without a time the engine waits for another day.
 */
export function downloadFailure(error: {
  readonly kind: 'refused' | 'lost';
  readonly status?: ServerStatus;
  readonly failure: Failure;
}): Failure {
  const { status, failure } = error;
  if (!status) return failure;
  const used = status.code === 'OVERQUOTA' || status.code === 'LIMIT' || DOWNLOAD_QUOTA.test(status.text);
  return used ? quotaUsedUp(status.text) : failure;
}

function quotaUsedUp(serverText: string): Failure {
  const stated = STATED_WAIT.exec(serverText);
  const unit = UNIT_MS[stated?.[2]?.toLowerCase() ?? ''];
  return {
    kind: 'throttled',
    bound: 'download',
    message: 'The provider gives no more messages for today.',
    hint: 'What you open is still tried; the rest is loaded later.',
    serverText,
    ...(stated && unit ? { retryAfterMs: Number(stated[1]) * unit } : {}),
  };
}

const REJECTED: Readonly<Record<string, string>> = {
  TRYCREATE: 'The folder does not exist on the server.',
  OVERQUOTA: 'The mailbox on the server is full.',
  NOPERM: 'You are not allowed to do this on the server.',
  ALREADYEXISTS: 'There is already a folder with this name.',
  CANNOT: 'The mail server cannot do this.',
  'READ-ONLY': 'This folder can only be read.',
};

/** Codes that say something about every message of a batch: bisecting it would only repeat the answer. */
export function refusesWholeBatch(failure: Failure): boolean {
  if (failure.kind !== 'rejected') return true;
  return failure.code !== undefined && failure.code in REJECTED;
}

function throttleMs(text: string): number | null {
  const match = /throttled[\s\S]*?Backoff Time[:=\s]+(\d{1,9})/i.exec(text);
  return match ? Number(match[1]) : null;
}

/** What providers say when too many connections of one person are open, with a code, with another one, or with none. */
const CONNECTION_LIMIT =
  /too many (\w+ ){0,3}(connections|sessions|logins)|(maximum|max\.?) (number of )?(\w+ ){0,2}(connections|sessions)|(connection|session)s? limit/i;

function byeFailure(reason: string): Failure {
  const serverText = boundServerText(reason);
  if (CONNECTION_LIMIT.test(reason)) return tooManyConnections(serverText);
  if (/too many|limit|exceeded/i.test(reason)) {
    return { kind: 'throttled', message: 'The mail server allows no more connections now.', serverText };
  }
  return { kind: 'offline', message: 'The mail server closed the connection.', serverText };
}

function tooManyConnections(serverText: string): Failure {
  return {
    kind: 'throttled',
    bound: 'connections',
    message: 'The mail server allows no more connections now.',
    hint: 'Homeport goes on with fewer, and tries again by itself.',
    serverText,
  };
}

function loginFailure(error: unknown, context: ConnectContext): Failure {
  const code = String(field(error, 'serverResponseCode') ?? '').toUpperCase();
  const text = boundServerText(
    String(field(error, 'responseText') ?? field(error, 'response') ?? messageOf(error)),
  );
  // Said with [UNAVAILABLE], [ALERT] or nothing: never a reason to doubt the password.
  if (CONNECTION_LIMIT.test(text)) return tooManyConnections(text);
  if (code === 'UNAVAILABLE' || code === 'INUSE' || code === 'SERVERBUG') {
    return { kind: 'offline', message: 'The mail server has a problem at the moment.', serverText: text };
  }
  if (code === 'LIMIT' || DOWNLOAD_QUOTA.test(text))
    return {
      kind: 'throttled',
      ...(code === 'LIMIT' ? { bound: 'connections' as const } : {}),
      message: 'The mail server allows no more logins now.',
      serverText: text,
    };
  const oauth = field(error, 'oauthError');
  if (oauth) return authFailure('expired', boundServerText(JSON.stringify(oauth)));
  return authFailure(reasonOfWords(text, code, context), text);
}

function reasonOfCode(code: string): AuthReason {
  if (code === 'EXPIRED') return 'expired';
  return code === 'CONTACTADMIN' || code === 'AUTHORIZATIONFAILED' ? 'blocked-by-admin' : 'wrong-password';
}

/** Providers explain themselves in words more often than in codes. */
function reasonOfWords(text: string, code: string, context: ConnectContext): AuthReason {
  const told = reasonInWords(text) ?? (context.passwordsRefused ? 'needs-oauth' : null);
  return told ?? (code === '' ? 'wrong-password' : reasonOfCode(code));
}

function notAMailServer(context: ConnectContext, said: string): Failure {
  return {
    kind: 'not-a-mail-server',
    message: `What answers at ${context.host}:${context.port} is no mail server for receiving.`,
    hint: 'Check the port: receiving is 993 with TLS or 143 with STARTTLS.',
    ...(said === '' ? {} : { serverText: boundServerText(said) }),
  };
}

function unreachable(context: ConnectContext): Failure {
  return {
    kind: 'offline',
    message: `${context.host} cannot be reached.`,
    hint: 'Homeport tries again by itself.',
  };
}

/** The library wraps what happened: `_err` for its own failures, the first error where several addresses were tried. */
function innermost(error: unknown): unknown {
  let current = error;
  for (let depth = 0; depth < 4; depth++) {
    const inner =
      field(current, '_err') ?? (current instanceof AggregateError ? current.errors[0] : undefined);
    if (inner === undefined || inner === null) break;
    current = inner;
  }
  return current;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}

/** A shorter secret is found in any text, and cutting it out would tell more than it hides. */
const MASKED_FROM_CHARS = 4;

/** A server that repeats the login in its answer must not bring the secret into logs or windows (SYNC-005). */
export function withoutSecret(failure: Failure, secret: string): Failure {
  const { serverText } = failure;
  if (serverText === undefined || secret.length < MASKED_FROM_CHARS) return failure;
  const encoded = Buffer.from(secret).toString('base64').replace(/=+$/, '');
  return { ...failure, serverText: serverText.replaceAll(secret, '…').replaceAll(encoded, '…') };
}

/** Replies and broken connections as Failures, in words for people (SYNC-275, table 7.2). */
import type { Failure } from '../../../shared/failure';
import { CertificateRejected } from '../link/certificate';
import { authFailure, certificateFailure, reasonInWords } from '../link/link-failures';
import { wordsOf } from './enhanced-codes';
import { MAX_SERVER_TEXT } from './limits';
import type { Reply } from './reply';

export const BROKEN_RULES: Failure = {
  kind: 'protocol',
  message: 'The mail server sent something that makes no sense.',
};

export const UNKNOWN_OUTCOME: Failure = {
  kind: 'unknown-outcome',
  message: 'The connection was lost before the mail server confirmed that it took the message.',
  hint: 'Homeport looks whether it was sent before anything is sent again.',
};

/** A reply that is no success: 4yz may be tried again by itself, 5yz is an answer (RFC 5321 section 4.2.1). */
export function refusalOf(reply: Reply): Failure {
  const serverText = reply.text;
  if (reply.code === 530 || reply.code === 535 || reply.code === 538) return loginFailure(reply, 'password');
  if (reply.code >= 400 && reply.code < 500)
    return {
      kind: 'throttled',
      message: wordsOf(reply),
      serverText,
      hint: 'Homeport tries again by itself.',
    };
  if (reply.code < 500) return { ...BROKEN_RULES, serverText };
  return { kind: 'rejected', message: wordsOf(reply), serverText, code: reply.enhanced ?? `${reply.code}` };
}

/** "Too many recipients" is no word against this one: the others go first (RFC 5321 section 4.5.3.1.10). */
export function recipientRefusalOf(reply: Reply): Failure {
  const tooMany = reply.code === 552 && (reply.enhanced === '5.5.3' || /too many/i.test(reply.text));
  return refusalOf(tooMany ? { ...reply, code: 452 } : reply);
}

const SENDING_BLOCKED: Failure = {
  kind: 'auth',
  reason: 'blocked-by-admin',
  message: 'The provider does not allow this account to send through a mail program.',
  hint: 'Ask the administrator of your mail to allow sending from mail programs.',
};

/** The answer to AUTH, or the server's wish for one. */
export function loginFailure(reply: Reply, auth: 'password' | 'oauth', challenge?: string): Failure {
  const serverText = (challenge ? `${reply.text} ${challenge}` : reply.text).slice(0, MAX_SERVER_TEXT);
  if (reply.code >= 400 && reply.code < 500)
    return { kind: 'throttled', message: 'The mail server allows no login just now.', serverText };
  // Microsoft's code for logins of programs that an administrator switched off.
  const told = reply.enhanced === '5.7.139' ? 'blocked-by-admin' : reasonInWords(serverText);
  if (told === 'blocked-by-admin') return { ...SENDING_BLOCKED, serverText };
  if (reply.enhanced === '5.7.9' || reply.code === 534) return authFailure(told ?? 'needs-oauth', serverText);
  if (auth === 'oauth') return authFailure('expired', serverText);
  return authFailure(told ?? 'wrong-password', serverText);
}

/** Why a connection did not come about. */
export function translateConnectError(
  error: unknown,
  { host, port }: { readonly host: string; readonly port: number },
  stage: 'connect' | 'tls',
): Failure {
  const cause = error instanceof AggregateError ? error.errors[0] : error;
  if (cause instanceof CertificateRejected) return certificateFailure(cause);
  switch (codeOf(cause)) {
    case 'ENOTFOUND':
    case 'ENODATA':
      return {
        kind: 'dns',
        message: `There is no server called ${host}.`,
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
        message: `Nothing answers at ${host}:${port}.`,
        hint: 'Check the server name and the port.',
      };
    default:
      return stage === 'tls' && isTlsError(cause) ? noTls(host, port) : unreachable(host);
  }
}

/** Something answers, and it is no SMTP server. */
export function notASubmissionServer(host: string, port: number, said: string): Failure {
  return {
    kind: 'not-a-mail-server',
    message: `What answers at ${host}:${port} takes no mail.`,
    hint: 'Check the port: sending is 465 with TLS or 587 with STARTTLS.',
    ...(said === '' ? {} : { serverText: said.slice(0, MAX_SERVER_TEXT) }),
  };
}

export function noStartTls(host: string, port: number): Failure {
  return {
    kind: 'tls',
    message: `${host} does not offer encryption on port ${port}.`,
    hint: 'Use port 465 with TLS. Homeport does not send a password without encryption.',
  };
}

function noTls(host: string, port: number): Failure {
  return {
    kind: 'tls',
    message: `${host} does not answer encrypted on port ${port}.`,
    hint: 'Try STARTTLS with port 587, or TLS with port 465.',
  };
}

function unreachable(host: string): Failure {
  return { kind: 'offline', message: `${host} cannot be reached.`, hint: 'Homeport tries again by itself.' };
}

function isTlsError(error: unknown): boolean {
  return /^(EPROTO|ERR_SSL|ERR_TLS)/.test(codeOf(error));
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null ? String(Reflect.get(error, 'code') ?? '') : '';
}

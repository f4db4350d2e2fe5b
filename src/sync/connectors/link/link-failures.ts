/** Failures of connections that are the same whatever is spoken over them. Sentences are for people. */
import type { AuthReason, Failure } from '../../../shared/failure';
import type { CertificateRejected } from './certificate';

export const CANCELLED: Failure = { kind: 'cancelled', message: 'This was stopped.' };

export const LINK_LOST: Failure = {
  kind: 'offline',
  message: 'The connection to the mail server was lost.',
  hint: 'Homeport tries again by itself.',
};

export const PLAINTEXT_REFUSED: Failure = {
  kind: 'tls',
  message: 'Homeport does not send a password without encryption.',
  hint: 'Choose TLS or STARTTLS.',
};

/** STARTTLS with something behind it that would have been taken for an answer of the encrypted session. */
export const TAMPERED: Failure = {
  kind: 'tls',
  message: 'Somebody on the network tampered with the connection.',
  hint: 'Use the port with TLS from the first byte, or another network.',
};

export const UNPROVEN: Failure = {
  kind: 'tls',
  message: 'The server could not prove that it knows your password.',
  hint: 'Somebody may be in between. Try another network; the password was not sent.',
};

export function quietFailure(): Failure {
  return {
    kind: 'offline',
    silent: true,
    message: 'The mail server stopped answering.',
    hint: 'Homeport tries again by itself.',
  };
}

/** Why a login failed, where the server's sentence says it; null where it does not. */
export function reasonInWords(text: string): AuthReason | null {
  if (/app(lication)?[- ]?(specific)? ?password/i.test(text)) return 'needs-app-password';
  if (
    /(imap|smtp|smtp client authentication|protocol) (access )?is (disabled|not enabled|turned off)|not enabled for imap|disabled for (your domain|the (tenant|mailbox))/i.test(
      text,
    )
  ) {
    return 'blocked-by-admin';
  }
  if (/oauth|basicauthblocked|basic auth|web ?login|sign in (with|using) (your|a|the) browser/i.test(text))
    return 'needs-oauth';
  return /login is disabled|unsupported authentication/i.test(text) ? 'needs-oauth' : null;
}

const AUTH_WORDS: Readonly<Record<AuthReason, { readonly message: string; readonly hint: string }>> = {
  'wrong-password': {
    message: 'The server did not accept the user name or password.',
    hint: 'Type the password again.',
  },
  'needs-oauth': {
    message: 'This server wants you to sign in with the browser.',
    hint: 'Choose signing in with the browser.',
  },
  'needs-app-password': {
    message: 'This server wants a password made for this application.',
    hint: 'Create an application password in the settings of your mail provider and use it here.',
  },
  'blocked-by-admin': {
    message: 'The provider does not allow this account to be used this way.',
    hint: 'Ask the administrator of your mail.',
  },
  expired: { message: 'The sign-in is no longer valid.', hint: 'Sign in again.' },
};

export function authFailure(reason: AuthReason, serverText?: string): Failure {
  return { kind: 'auth', reason, ...AUTH_WORDS[reason], ...(serverText ? { serverText } : {}) };
}

const CERTIFICATE_WORDS: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The server made its certificate itself; nobody vouches for it.',
  SELF_SIGNED_CERT_IN_CHAIN: 'The certificate comes from an authority this computer does not know.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'The certificate comes from an authority this computer does not know.',
  UNABLE_TO_GET_ISSUER_CERT: 'The certificate comes from an authority this computer does not know.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'The certificate comes from an authority this computer does not know.',
  CERT_HAS_EXPIRED: 'The certificate of the server is out of date.',
  CERT_NOT_YET_VALID: 'The certificate of the server is not valid yet. Is the clock of this computer right?',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate belongs to a server with another name.',
};

export function certificateFailure(rejected: CertificateRejected): Failure {
  return {
    kind: 'tls',
    message: CERTIFICATE_WORDS[rejected.reason] ?? 'The certificate of the server cannot be trusted.',
    hint: 'Continue only if you expected this and the fingerprint is the right one.',
    serverText: rejected.reason,
    certificate: rejected.facts,
  };
}

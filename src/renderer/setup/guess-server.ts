import type { DiscoveryView } from '../../shared/contract/discovery';
import type { ImapServer } from '../../shared/contract/methods';
import type { SubmissionSettings } from '../../shared/contract/submission-settings';

/** The address without what people type around it, or null when it is none. */
export function parseAddress(text: string): { readonly email: string; readonly domain: string } | null {
  const email = text.trim().replace(/^mailto:/i, '');
  const match = /^[^\s@<>"]{1,64}@([^\s@<>"]{1,253})$/.exec(email);
  const domain = match?.[1]?.toLowerCase();
  return domain === undefined || domain.startsWith('.') || domain.endsWith('.') ? null : { email, domain };
}

/** Where the set-up by hand begins: usual names that nobody has looked for; the user sees and may change them. */
export function byHand(email: string, domain: string): DiscoveryView {
  return {
    source: 'nothing',
    toldBy: null,
    safe: true,
    imap: { host: `imap.${domain}`, port: 993, security: 'tls', user: email },
    submission: null,
    auth: [],
    appPassword: null,
    oauthProvider: null,
    jmap: null,
  };
}

/**
 * Where to look when nobody answers with TLS at a guessed place: STARTTLS, never less (RFC 8314 3, SYNC-008). Null for
 * settings that somebody named.
 */
export function guessAgain({ imap, source }: Pick<DiscoveryView, 'imap' | 'source'>): ImapServer | null {
  return source === 'nothing' ? { ...imap, port: STANDARD_PORT.starttls, security: 'starttls' } : null;
}

type Security = ImapServer['security'];
const STANDARD_PORT: Record<Security, number> = { tls: 993, starttls: 143, none: 143 };
const SUBMISSION_PORT: Record<Security, number> = { tls: 465, starttls: 587, none: 587 };

/** The port that fits another kind of security, unless the user chose a port of their own. */
export function portFor(server: ImapServer, security: Security): number {
  return server.port === STANDARD_PORT[server.security] ? STANDARD_PORT[security] : server.port;
}

/** As `portFor`, for sending. */
export function submissionPortFor(
  server: Pick<SubmissionSettings, 'port' | 'security'>,
  security: Security,
): number {
  return server.port === SUBMISSION_PORT[server.security] ? SUBMISSION_PORT[security] : server.port;
}

/** Where a line for sending begins that nobody has looked for. */
export function guessSubmission(mailHost: string): SubmissionSettings {
  return {
    host: mailHost.replace(/^imap\./, 'smtp.'),
    port: SUBMISSION_PORT.tls,
    security: 'tls',
    user: null,
  };
}

/** The other way to the same server's encryption, at its usual port; never less than there was. */
export function otherEncryption(server: ImapServer): ImapServer {
  const security = server.security === 'tls' ? 'starttls' : 'tls';
  return { ...server, security, port: STANDARD_PORT[security] };
}

/** As `otherEncryption`, for sending. */
export function otherSubmissionEncryption(submission: SubmissionSettings): SubmissionSettings {
  const security = submission.security === 'tls' ? 'starttls' : 'tls';
  return { ...submission, security, port: SUBMISSION_PORT[security] };
}

import { SESSION_LIFETIME_MS } from './access';

/**
 * The session's cookie (APP-392). Cookies do not know ports, so its name carries ours: two hosts on one computer do
 * not sign each other out. Whether it still counts is ours to say, not the browser's.
 */
export interface CookieScope {
  readonly port: number;
  readonly secure: boolean;
  /** '' or '/prefix'. */
  readonly prefix: string;
}

/** As long as the longest session. */
const KEEP_S = SESSION_LIFETIME_MS / 1000;

export function sessionCookie(scope: CookieScope, session: string): string {
  const parts = [
    `${cookieName(scope)}=${session}`,
    `Path=${scope.prefix}/`,
    `Max-Age=${KEEP_S}`,
    'HttpOnly',
    'SameSite=Strict',
  ];
  return [...parts, ...(scope.secure ? ['Secure'] : [])].join('; ');
}

/** The session in a Cookie header, or null. */
export function readSessionCookie(scope: CookieScope, header: string | undefined): string | null {
  const name = cookieName(scope);
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}

function cookieName({ port, secure, prefix }: CookieScope): string {
  // The prefix is the browser's promise that the cookie was set over TLS and for this host alone.
  const marker = secure ? (prefix === '' ? '__Host-' : '__Secure-') : '';
  return `${marker}homeport-${port}`;
}

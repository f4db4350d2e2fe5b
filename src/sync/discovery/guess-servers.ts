import type { Greeter } from '../ports/greeter';
import type { Offer } from './read-autoconfig';

/** Names people give their mail servers, the most frequent first (SYNC-025). */
const IMAP_NAMES = ['imap.', 'mail.', ''];
const SUBMISSION_NAMES = ['smtp.', 'mail.', ''];

/** What is likely where nothing is known; a person sees it before anything is sent. */
export function likelyServers(domain: string, email: string): Offer {
  return {
    imap: { host: `imap.${domain}`, port: 993, security: 'tls', user: email },
    submission: null,
    auth: [],
  };
}

/** Likely places where a mail server answers with TLS and a valid certificate; null when none does. */
export async function guessServers(
  greeter: Greeter,
  domain: string,
  email: string,
  signal: AbortSignal,
): Promise<Offer | null> {
  const [imap, submission] = await Promise.all([
    firstThatGreets(greeter, IMAP_NAMES, domain, 993, /^\* (OK|PREAUTH)\b/i, signal),
    firstThatGreets(greeter, SUBMISSION_NAMES, domain, 465, /^220[ -]/, signal),
  ]);
  if (imap === null) return null;
  return {
    imap: { host: imap, port: 993, security: 'tls', user: email },
    submission: submission === null ? null : { host: submission, port: 465, security: 'tls', user: null },
    auth: [],
  };
}

async function firstThatGreets(
  greeter: Greeter,
  names: readonly string[],
  domain: string,
  port: number,
  expected: RegExp,
  signal: AbortSignal,
): Promise<string | null> {
  const asked = names.map(async (name) => {
    const host = `${name}${domain}`;
    const line = await greeter.greet({ host, port, tls: true }, signal);
    return line !== null && expected.test(line) ? host : null;
  });
  for (const waiting of asked) {
    const host = await waiting;
    if (host !== null) return host;
  }
  return null;
}

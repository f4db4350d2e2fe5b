import { getDomain } from 'tldts';
import type { BodyView } from '../../shared/contract/views';
import type { HeaderFacts } from '../../shared/observation';
import { parseAuthenticationResults } from './authentication-results';

/**
 * What the account's own server found out about the sender (RFC 8601, APP-086). Only the topmost field counts, and only
 * when its author belongs to the account's server: fields below it came with the message and prove nothing.
 */
export function authenticationView(
  headers: Pick<HeaderFacts, 'authenticationResults' | 'from'>,
  imapHost: string | null,
  accountAddress: string,
): BodyView['authentication'] {
  const unverified: BodyView['authentication'] = { verdict: 'unverified', domain: null, results: [] };
  const [topmost] = headers.authenticationResults;
  const found = topmost === undefined ? null : parseAuthenticationResults(topmost);
  if (!found || !isOwnServer(found.authservId, imapHost, accountAddress)) return unverified;
  const fromDomain = domainOf(headers.from[0]?.address ?? '');
  const signedBySender = found.dkimDomains.some((domain) => isSameOrBelow(fromDomain, domain));
  const results = (['spf', 'dkim', 'dmarc'] as const).flatMap((method) => {
    const result = found[method];
    return result === null
      ? []
      : [{ method, result, detail: method === 'dkim' ? found.dkimDomains.join(', ') : '' }];
  });
  if (found.dmarc === 'fail') return { verdict: 'suspicious', domain: fromDomain || null, results };
  // A From field can be written so that the server and we read different authors in it.
  const sameAuthor = found.dmarcFrom === null || getDomain(found.dmarcFrom) === getDomain(fromDomain);
  const oneAuthor = headers.from.every(({ address }) => domainOf(address) === fromDomain);
  const verified = oneAuthor && ((found.dmarc === 'pass' && sameAuthor) || signedBySender);
  // Whoever writes in the user's own name must have proved it.
  const asMe = headers.from.some(({ address }) => address.toLowerCase() === accountAddress.toLowerCase());
  if (asMe && !verified) return { verdict: 'suspicious', domain: fromDomain || null, results };
  return { verdict: verified ? 'verified' : 'unverified', domain: verified ? fromDomain : null, results };
}

function isOwnServer(authservId: string, imapHost: string | null, accountAddress: string): boolean {
  const own = [imapHost ?? '', domainOf(accountAddress)].filter((host) => host !== '');
  return own.some((host) => isSameOrBelow(authservId, host) || isSameSite(authservId, host));
}

/** Providers whose checking servers bear another name than the one people log in to. */
const CHECKED_BY: Readonly<Record<string, string>> = {
  'gmail.com': 'google.com',
  'googlemail.com': 'google.com',
  'fastmail.com': 'messagingengine.com',
  'me.com': 'icloud.com',
  'mac.com': 'icloud.com',
};

/** Mail servers of one provider differ in what stands before the name that was registered. */
function isSameSite(authservId: string, host: string): boolean {
  const [checker, own] = [getDomain(authservId), getDomain(host)];
  return own !== null && (checker === own || (checker !== null && checker === CHECKED_BY[own]));
}

function isSameOrBelow(name: string, parent: string): boolean {
  return name !== '' && (name === parent || name.endsWith(`.${parent}`));
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

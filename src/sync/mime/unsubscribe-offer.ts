import type { BodyView } from '../../shared/contract/views';
import type { HeaderFacts } from '../../shared/observation';

/** What RFC 8058 section 3.1 demands of List-Unsubscribe-Post. */
const ONE_CLICK = /^\s*list-unsubscribe\s*=\s*one-click\s*$/i;

/**
 * How a list says it can be left (RFC 2369); only https and mailto are offered. One click (RFC 8058) needs all three:
 * https, List-Unsubscribe-Post, and a DKIM signature that passed at the account's own server, because a forged field
 * would let anybody make us ask any web server anything (APP-093).
 */
export function unsubscribeOffer(
  headers: Pick<HeaderFacts, 'listUnsubscribe' | 'listUnsubscribePost'>,
  authentication: BodyView['authentication'],
): BodyView['unsubscribe'] {
  const links = [...(headers.listUnsubscribe ?? '').matchAll(/<\s*([^<>\s]+)\s*>/g)].map(
    ([, link]) => link ?? '',
  );
  const http = links.find((link) => /^https:\/\//i.test(link)) ?? null;
  const mailto = links.find((link) => /^mailto:/i.test(link)) ?? null;
  const signed = authentication.results.some(({ method, result }) => method === 'dkim' && result === 'pass');
  return {
    http,
    mailto,
    oneClick: http !== null && signed && ONE_CLICK.test(headers.listUnsubscribePost ?? ''),
  };
}

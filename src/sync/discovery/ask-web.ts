import { getDomain } from 'tldts';
import { isLoopback } from '../../shared/loopback';
import type { Http, HttpAnswer } from '../ports/http';
import { MAX_BODY_BYTES, MAX_REDIRECTS, REQUEST_MS } from './limits';

export interface WebAnswer extends Pick<HttpAnswer, 'status' | 'body' | 'authenticate'> {
  /** Where the answer came from after redirects. */
  readonly url: string;
  /** Every step was encrypted. */
  readonly safe: boolean;
}

/**
 * One question to the web without credentials (SYNC-027). A redirect is followed at most three times: never from
 * encryption to none, never to a bare address or to this computer, and to another organisation's host only while
 * everything is encrypted. Null when there is no answer.
 */
export async function askWeb(
  http: Pick<Http, 'ask'>,
  url: string,
  signal: AbortSignal,
): Promise<WebAnswer | null> {
  let at = url;
  let safe = at.startsWith('https:');
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const asked = await http.ask({
      method: 'GET',
      url: at,
      headers: { Accept: 'application/json, text/xml, */*' },
      timeoutMs: REQUEST_MS,
      maxBytes: MAX_BODY_BYTES,
      signal,
    });
    if (!asked.ok || signal.aborted) return null;
    const { status, location, body, authenticate } = asked.value;
    if (status < 300 || status > 399 || location === null)
      return { status, body, authenticate, url: at, safe };
    const next = followed(at, location);
    if (next === null) return null;
    safe &&= next.startsWith('https:');
    at = next;
  }
  return null;
}

/** As the URL parser writes them: IPv4 in dotted decimal however it was spelled, IPv6 in brackets. */
const BARE_ADDRESS = /^(\d+(\.\d+){3}|\[.*\])$/;

/** Where a redirect leads, or null when it must not be followed. */
export function followed(from: string, location: string): string | null {
  const target = URL.canParse(location, from) ? new URL(location, from) : null;
  const source = new URL(from);
  if (!target || (target.protocol !== 'https:' && target.protocol !== 'http:')) return null;
  if (target.username !== '' || target.password !== '') return null;
  if (target.protocol === 'http:' && source.protocol === 'https:') return null;
  const host = target.hostname;
  const inside = isLoopback(host) || BARE_ADDRESS.test(host);
  if (inside && host !== source.hostname) return null;
  const foreign = siteOf(host) !== siteOf(source.hostname);
  if (foreign && (target.protocol !== 'https:' || source.protocol !== 'https:')) return null;
  return target.href;
}

/** The registrable domain of a host, or the host itself where there is none. */
export function siteOf(host: string): string {
  return getDomain(host) ?? host.toLowerCase();
}

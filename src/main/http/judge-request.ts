import { isIP } from 'node:net';
import { isLoopback } from '../../shared/loopback';
import type { Site } from './site';

/** The facts of a request that decide whether it is looked at. Header names in lower case. */
export interface RequestFacts {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly remoteAddress: string;
  readonly localAddress: string;
  readonly localPort: number;
  readonly upgrade: boolean;
}

export type Judgement =
  | {
      readonly kind: 'allowed';
      /** Path below the site's prefix, still percent-encoded. */
      readonly path: string;
      /** Origin of the app as the browser sees it. */
      readonly origin: string;
      readonly secure: boolean;
      /** Path prefix without trailing slash; '' at the root. */
      readonly prefix: string;
      /** Address of whoever asks, as far as it can be believed. */
      readonly client: string;
      /** True when the browser runs on this computer and talks to us directly. */
      readonly direct: boolean;
    }
  | { readonly kind: 'refused'; readonly status: 400 | 403 | 421; readonly reason: string };

/**
 * Looks at Host, Origin and fetch metadata of every request and upgrade (APP-393). A page elsewhere cannot reach us by
 * a name it controls (DNS rebinding: unknown Host), nor use the user's session (foreign Origin, cross-site fetch).
 * X-Forwarded-* counts only from configured proxies (APP-398).
 */
export function judgeRequest(site: Site, facts: RequestFacts): Judgement {
  const remote = facts.remoteAddress.replace(/^::ffff:/, '');
  const { headers } = facts;
  const [byHost, byProto, byFor] = ['x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-for'].map((name) =>
    isTrusted(site, remote) ? single(headers[name]) : null,
  );
  const proxied = Boolean(byHost ?? byProto ?? byFor);
  // A proxy may pass on the host it was asked for instead of naming it in a field of its own.
  const host = (byHost ?? single(headers.host) ?? '').toLowerCase();
  const secure = proxied && byProto ? byProto === 'https' : site.secure;
  if (!isOurHost(site, facts, host, secure)) return refuse(421, 'unknown host');

  const origin = `${secure ? 'https' : 'http'}://${host}`;
  const given = single(facts.headers.origin);
  const changes = facts.upgrade || !['GET', 'HEAD'].includes(facts.method);
  if (given === null ? changes : given !== origin) return refuse(403, 'foreign origin');

  const fetchSite = single(facts.headers['sec-fetch-site']) ?? 'none';
  const path = pathBelow(site, facts.url);
  if (path === null) return refuse(400, 'bad path');
  const opensPage =
    single(facts.headers['sec-fetch-mode']) === 'navigate' && ['/', '/login'].includes(path.path);
  if (['cross-site', 'same-site'].includes(fetchSite) && !opensPage) return refuse(403, 'cross-site request');
  // The proxy has appended whom it talked to; what stands before that anyone could have written.
  const client = byFor?.split(',').at(-1)?.trim() ?? remote;
  return { kind: 'allowed', ...path, origin, secure, client, direct: !proxied && isLoopback(remote) };
}

function isTrusted(site: Site, remote: string): boolean {
  const family = isIP(remote);
  return family !== 0 && site.trustedProxies.check(remote, family === 6 ? 'ipv6' : 'ipv4');
}

/** Names that are ours: loopback ones, the address the connection came in on, and the configured public one. */
function isOurHost(site: Site, facts: RequestFacts, host: string, secure: boolean): boolean {
  if (
    site.publicUrl !== null &&
    host === site.publicUrl.host &&
    secure === (site.publicUrl.protocol === 'https:')
  )
    return true;
  const local = facts.localAddress.replace(/^::ffff:/, '');
  const names = ['127.0.0.1', 'localhost', '[::1]', local.includes(':') ? `[${local}]` : local, site.host];
  const defaultPort = site.secure ? 443 : 80;
  return names.some(
    (name) => host === `${name}:${facts.localPort}` || (facts.localPort === defaultPort && host === name),
  );
}

/** A proxy may strip its prefix or pass it on; both arrive here. */
function pathBelow(site: Site, url: string): { path: string; prefix: string } | null {
  const path = url.split(/[?#]/, 1)[0] ?? '';
  if (!path.startsWith('/')) return null;
  const prefix = site.publicUrl?.pathname.replace(/\/+$/, '') ?? '';
  if (prefix !== '' && path === prefix) return { path: '/', prefix };
  if (prefix !== '' && path.startsWith(`${prefix}/`)) return { path: path.slice(prefix.length), prefix };
  return { path, prefix };
}

function single(value: string | string[] | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value.trim() : null;
}

function refuse(status: 400 | 403 | 421, reason: string): Judgement {
  return { kind: 'refused', status, reason };
}

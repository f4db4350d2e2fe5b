import { BlockList, isIP } from 'node:net';
import type { Failure } from '../../shared/failure';
import { isLoopback } from '../../shared/loopback';
import { fail, type Outcome, ok } from '../../shared/outcome';

/** What the user asked for with `serve`'s flags. */
export interface SiteRequest {
  /** Address to bind. */
  readonly host: string;
  readonly hasTls: boolean;
  readonly hasPassword: boolean;
  /** Address people type when a reverse proxy stands in front, with its path prefix. */
  readonly publicUrl: string | null;
  /** Addresses whose X-Forwarded-* headers are believed. */
  readonly trustedProxies: readonly string[];
}

/** Where the window's server is reachable, checked. */
export interface Site {
  readonly host: string;
  readonly secure: boolean;
  readonly publicUrl: URL | null;
  readonly trustedProxies: BlockList;
}

/** APP-391: anything but this computer needs encryption and a password, and is refused with the reason otherwise. */
export function planSite(request: SiteRequest): Outcome<Site> {
  const { host, hasTls, hasPassword } = request;
  const publicUrl = request.publicUrl === null ? null : parsePublicUrl(request.publicUrl);
  if (publicUrl === 'bad')
    return fail(
      refused(
        'The public URL is not an http or https address.',
        'For example: --public-url https://mail.example.org/homeport',
      ),
    );
  const trustedProxies = new BlockList();
  for (const address of request.trustedProxies) {
    const family = isIP(address);
    if (family === 0)
      return fail(
        refused(
          `${address} is not an IP address.`,
          'Name the proxy by its address, for example --trusted-proxy 127.0.0.1',
        ),
      );
    trustedProxies.addAddress(address, family === 6 ? 'ipv6' : 'ipv4');
  }
  const away = !isLoopback(host);
  const publishedAway = publicUrl !== null && !isLoopback(publicUrl.hostname.replace(/^\[|\]$/g, ''));
  if (away && !hasTls) {
    return fail(
      refused(
        `The address ${host} can be reached from other computers, so it needs TLS.`,
        'Add --tls-cert and --tls-key, or leave --ui-host out.',
      ),
    );
  }
  if (publishedAway && publicUrl.protocol !== 'https:') {
    return fail(refused('A public URL needs https.', 'Let the reverse proxy offer TLS.'));
  }
  if ((away || publishedAway) && !hasPassword) {
    return fail(
      refused(
        'An address that can be reached from other computers needs a user password.',
        'Add --ui-password-env or --ui-password-file.',
      ),
    );
  }
  return ok({ host, secure: hasTls, publicUrl, trustedProxies });
}

function parsePublicUrl(text: string): URL | 'bad' {
  const url = URL.parse(text);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === ''
    ? url
    : 'bad';
}

function refused(message: string, hint: string): Failure {
  return { kind: 'usage', message, hint };
}

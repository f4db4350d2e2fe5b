import type { ImapServer } from '../../shared/contract/methods';

/** Servers that are not called imap.<domain>; `appPassword`: the provider refuses the account's own password. */
const KNOWN: readonly {
  readonly domains: readonly string[];
  readonly host: string;
  readonly appPassword: boolean;
}[] = [
  { domains: ['gmail.com', 'googlemail.com'], host: 'imap.gmail.com', appPassword: true },
  { domains: ['icloud.com', 'me.com', 'mac.com'], host: 'imap.mail.me.com', appPassword: true },
  { domains: ['yahoo.com', 'ymail.com'], host: 'imap.mail.yahoo.com', appPassword: true },
  { domains: ['aol.com'], host: 'imap.aol.com', appPassword: true },
  { domains: ['fastmail.com', 'fastmail.fm'], host: 'imap.fastmail.com', appPassword: true },
  { domains: ['gmx.de', 'gmx.net', 'gmx.at', 'gmx.ch'], host: 'imap.gmx.net', appPassword: false },
  { domains: ['web.de'], host: 'imap.web.de', appPassword: false },
  { domains: ['posteo.de', 'posteo.net'], host: 'posteo.de', appPassword: false },
  { domains: ['mailbox.org'], host: 'imap.mailbox.org', appPassword: false },
];

export interface Guess {
  readonly server: ImapServer;
  /** True when the provider's settings are known, not guessed. */
  readonly known: boolean;
  readonly appPassword: boolean;
}

/** The address without what people type around it, or null when it is none. */
export function parseAddress(text: string): { readonly email: string; readonly domain: string } | null {
  const email = text.trim().replace(/^mailto:/i, '');
  const match = /^[^\s@<>"]{1,64}@([^\s@<>"]{1,253})$/.exec(email);
  const domain = match?.[1]?.toLowerCase();
  return domain === undefined || domain.startsWith('.') || domain.endsWith('.') ? null : { email, domain };
}

/** Server settings that are likely right for an address; the user sees and may change them. */
export function guessServer(email: string, domain: string): Guess {
  const known = KNOWN.find(({ domains }) => domains.includes(domain));
  return {
    server: { host: known?.host ?? `imap.${domain}`, port: 993, security: 'tls', user: email },
    known: known !== undefined,
    appPassword: known?.appPassword ?? false,
  };
}

/**
 * Where to look when nobody answers with TLS at a guessed place: STARTTLS, never less (RFC 8314 3, SYNC-008). Null for
 * settings that are known or that a person chose.
 */
export function guessAgain({ server, known }: Pick<Guess, 'server' | 'known'>): ImapServer | null {
  return known ? null : { ...server, port: STANDARD_PORT.starttls, security: 'starttls' };
}

const STANDARD_PORT: Record<ImapServer['security'], number> = { tls: 993, starttls: 143, none: 143 };

/** The port that fits another kind of security, unless the user chose a port of their own. */
export function portFor(server: ImapServer, security: ImapServer['security']): number {
  return server.port === STANDARD_PORT[server.security] ? STANDARD_PORT[security] : server.port;
}

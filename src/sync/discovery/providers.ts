import type { DiscoveryView } from '../../shared/contract/discovery';

/** A provider whose settings are known without asking anybody; its servers are TLS on the standard ports. */
export interface Provider {
  readonly name: string;
  /** Domains of addresses, and of mail exchangers of others that have their mail there. */
  readonly domains: readonly string[];
  readonly imapHost: string;
  readonly submission: {
    readonly host: string;
    readonly port: number;
    readonly security: 'tls' | 'starttls';
  };
  readonly auth: DiscoveryView['auth'];
  /** Where a password for this program is made; null = the account's own password works. */
  readonly appPasswordUrl: string | null;
  readonly oauth: DiscoveryView['oauthProvider'];
}

const tls = (host: string) => ({ host, port: 465, security: 'tls' }) as const;
const starttls = (host: string) => ({ host, port: 587, security: 'starttls' }) as const;

const PROVIDERS: readonly Provider[] = [
  {
    name: 'Google',
    domains: ['gmail.com', 'googlemail.com', 'google.com'],
    imapHost: 'imap.gmail.com',
    submission: tls('smtp.gmail.com'),
    auth: ['oauth', 'password'],
    appPasswordUrl: 'https://myaccount.google.com/apppasswords',
    oauth: 'google',
  },
  {
    name: 'Microsoft',
    domains: ['outlook.com', 'hotmail.com', 'live.com', 'msn.com'],
    imapHost: 'outlook.office365.com',
    submission: starttls('smtp-mail.outlook.com'),
    // Passwords were switched off in 2024; app passwords went with them.
    auth: ['oauth'],
    appPasswordUrl: null,
    oauth: 'microsoft',
  },
  {
    name: 'Microsoft 365',
    // Hosts only: nobody has an address there.
    domains: ['mail.protection.outlook.com', 'office365.com', 'office.com'],
    imapHost: 'outlook.office365.com',
    submission: starttls('smtp.office365.com'),
    auth: ['oauth'],
    appPasswordUrl: null,
    oauth: 'microsoft',
  },
  {
    name: 'iCloud',
    domains: ['icloud.com', 'me.com', 'mac.com'],
    imapHost: 'imap.mail.me.com',
    submission: starttls('smtp.mail.me.com'),
    auth: ['password'],
    appPasswordUrl: 'https://account.apple.com/account/manage',
    oauth: null,
  },
  {
    name: 'Yahoo',
    domains: ['yahoo.com', 'ymail.com', 'rocketmail.com', 'yahoodns.net'],
    imapHost: 'imap.mail.yahoo.com',
    submission: tls('smtp.mail.yahoo.com'),
    auth: ['password'],
    appPasswordUrl: 'https://login.yahoo.com/account/security',
    oauth: null,
  },
  {
    name: 'AOL',
    domains: ['aol.com'],
    imapHost: 'imap.aol.com',
    submission: tls('smtp.aol.com'),
    auth: ['password'],
    appPasswordUrl: 'https://login.aol.com/account/security',
    oauth: null,
  },
  {
    name: 'Fastmail',
    domains: ['fastmail.com', 'fastmail.fm', 'messagingengine.com'],
    imapHost: 'imap.fastmail.com',
    submission: tls('smtp.fastmail.com'),
    auth: ['password'],
    appPasswordUrl: 'https://app.fastmail.com/settings/security/apps',
    oauth: null,
  },
  plain('GMX', ['gmx.de', 'gmx.net', 'gmx.at', 'gmx.ch'], 'imap.gmx.net', 'mail.gmx.net'),
  plain('WEB.DE', ['web.de'], 'imap.web.de', 'smtp.web.de'),
  plain('Posteo', ['posteo.de', 'posteo.net'], 'posteo.de', 'posteo.de'),
  plain('mailbox.org', ['mailbox.org'], 'imap.mailbox.org', 'smtp.mailbox.org'),
];

function plain(name: string, domains: readonly string[], imapHost: string, smtpHost: string): Provider {
  const submission = tls(smtpHost);
  return { name, domains, imapHost, submission, auth: ['password'], appPasswordUrl: null, oauth: null };
}

/** The provider of addresses of a domain, or of the host `name`; null when it is none we know. */
export function findProvider(name: string): Provider | null {
  const host = name.toLowerCase();
  const belongs = (domain: string) => host === domain || host.endsWith(`.${domain}`);
  const fitting = PROVIDERS.flatMap((provider) =>
    provider.domains.filter(belongs).map((domain) => ({ provider, length: domain.length })),
  );
  // The closest: customers' mail exchangers lie below a name that has addresses of its own.
  return fitting.sort((a, b) => b.length - a.length)[0]?.provider ?? null;
}

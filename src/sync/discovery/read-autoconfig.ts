import type { ImapServer } from '../../shared/contract/imap-settings';
import type { SubmissionSettings } from '../../shared/contract/submission-settings';
import { readXml, type XmlElement } from './read-xml';

/** Servers for an address, as a source named them. */
export interface Offer {
  readonly imap: ImapServer;
  readonly submission: SubmissionSettings | null;
  readonly auth: readonly ('password' | 'oauth')[];
}

/** Letters, digits and hyphens (RFC 1123 2.1), in Unicode too; no addresses with ports, paths or spaces. */
const HOST = /^(?!-)[\p{L}\p{N}-]{1,63}(\.[\p{L}\p{N}-]{1,63}){0,20}\.?$/u;

/**
 * An autoconfig file (config-v1.1.xml): its first IMAP server and its first server for sending, TLS before STARTTLS.
 * Servers without encryption are passed over (SYNC-008); with `everyEncrypted` one of them spoils the file. Null when
 * nothing usable is in it.
 */
export function readAutoconfig(
  source: string,
  email: string,
  { everyEncrypted = false }: { readonly everyEncrypted?: boolean } = {},
): Offer | null {
  const root = readXml(source);
  const provider = root?.name === 'clientConfig' ? child(root, 'emailProvider') : undefined;
  if (!provider || (everyEncrypted && !isEveryServerEncrypted(provider))) return null;
  const imap = best(servers(provider, 'incomingServer', 'imap', email));
  if (!imap) return null;
  const out = best(servers(provider, 'outgoingServer', 'smtp', email));
  const { host, port, security, user } = imap;
  return {
    imap: { host, port, security, user: user ?? email },
    submission: out
      ? {
          host: out.host,
          port: out.port,
          security: out.security,
          user: out.user === (user ?? email) ? null : out.user,
        }
      : null,
    auth: imap.auth,
  };
}

interface Server {
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls';
  readonly user: string | null;
  readonly auth: readonly ('password' | 'oauth')[];
}

function servers(provider: XmlElement, element: string, type: string, email: string): Server[] {
  return provider.children
    .filter(({ name, attributes }) => name === element && attributes.get('type') === type)
    .flatMap((entry) => {
      const host = fill(text(entry, 'hostname'), email).replace(/\.$/, '');
      const port = Number(text(entry, 'port'));
      const security = SECURITY[text(entry, 'socketType').toUpperCase()];
      if (!HOST.test(host) || !Number.isInteger(port) || port < 1 || port > 65_535 || !security) return [];
      const user = fill(text(entry, 'username'), email);
      const auth = entry.children
        .filter(({ name }) => name === 'authentication')
        .flatMap(({ text: method }) => AUTH[method.trim().toLowerCase()] ?? []);
      return [{ host, port, security, user: user === '' ? null : user, auth: [...new Set(auth)] }];
    });
}

function isEveryServerEncrypted({ children }: XmlElement): boolean {
  return children
    .filter(({ name }) => name === 'incomingServer' || name === 'outgoingServer')
    .every((entry) => text(entry, 'socketType').toUpperCase() in SECURITY);
}

const SECURITY: Readonly<Record<string, 'tls' | 'starttls'>> = { SSL: 'tls', STARTTLS: 'starttls' };
const AUTH: Readonly<Record<string, 'password' | 'oauth'>> = {
  oauth2: 'oauth',
  'password-cleartext': 'password',
  'password-encrypted': 'password',
  plain: 'password',
  secure: 'password',
};

/** Implicit TLS first (RFC 8314 3); otherwise the order of the file. */
function best(found: readonly Server[]): Server | undefined {
  return found.find(({ security }) => security === 'tls') ?? found[0];
}

function child(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((candidate) => candidate.name === name);
}

function text(element: XmlElement, name: string): string {
  return child(element, name)?.text.trim() ?? '';
}

function fill(template: string, email: string): string {
  const at = email.lastIndexOf('@');
  return template
    .replaceAll('%EMAILADDRESS%', email)
    .replaceAll('%EMAILLOCALPART%', email.slice(0, at))
    .replaceAll('%EMAILDOMAIN%', email.slice(at + 1));
}

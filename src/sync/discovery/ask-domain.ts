import { domainToASCII } from 'node:url';
import type { Dns, SrvRecord } from '../ports/dns';
import type { Http } from '../ports/http';
import { askWeb } from './ask-web';
import { type Offer, readAutoconfig } from './read-autoconfig';

type Web = Pick<Http, 'ask'>;

/** Servers and who named them. */
export interface Told {
  readonly offer: Offer;
  readonly toldBy: string;
  readonly safe: boolean;
}

/** A domain as the name system and the web write it; '' when it cannot be one. */
export const asciiDomain = (domain: string): string => domainToASCII(domain.toLowerCase());

/**
 * The configuration a domain publishes for mail programs: two places at once, the first of them preferred. Without
 * encryption only if no encrypted place has one (SYNC-025).
 */
export async function askAutoconfig(
  http: Web,
  domain: string,
  email: string,
  signal: AbortSignal,
): Promise<Told | null> {
  // The address itself is nobody's business yet: the file's placeholders are filled in here.
  const places = [
    `https://autoconfig.${domain}/mail/config-v1.1.xml`,
    `https://${domain}/.well-known/autoconfig/mail/config-v1.1.xml`,
    `http://autoconfig.${domain}/mail/config-v1.1.xml`,
  ];
  const answers = places.map((url) => readAt(http, url, email, signal));
  for (const answer of answers) {
    const told = await answer;
    if (told) return told;
  }
  return null;
}

/** Reads one configuration file. Null when there is none or nothing usable in it. */
export async function readAt(
  http: Web,
  url: string,
  email: string,
  signal: AbortSignal,
): Promise<Told | null> {
  const answer = await askWeb(http, url, signal);
  if (answer?.status !== 200) return null;
  const offer = readAutoconfig(answer.body, email, { everyEncrypted: !answer.safe });
  return offer ? { offer, toldBy: new URL(answer.url).hostname, safe: answer.safe } : null;
}

/** RFC 8620 2.2: the JMAP session of a domain, by its SRV record or at its well-known place. */
export async function askJmap(
  dns: Dns,
  http: Web,
  domain: string,
  signal: AbortSignal,
): Promise<{ readonly url: string; readonly toldBy: string } | null> {
  const [record] = sorted(await dns.srv(`_jmap._tcp.${domain}`));
  const hosts = record ? [`${record.host}:${record.port}`, domain] : [domain];
  const answers = hosts.map((host) => askWeb(http, `https://${host}/.well-known/jmap`, signal));
  for (const waiting of answers) {
    const answer = await waiting;
    if (answer?.safe && isJmap(answer.status, answer.body, answer.authenticate))
      return { url: answer.url, toldBy: new URL(answer.url).hostname };
  }
  return null;
}

/** A session without a login, or the demand for one; a page that is there for everything is neither. */
function isJmap(status: number, body: string, authenticate: string | null): boolean {
  if (status === 401) return authenticate !== null;
  return status === 200 && body.includes('"urn:ietf:params:jmap:core"');
}

/** RFC 6186 and 8314 5.1: the servers a domain names in the name system; implicit TLS first. */
export async function askServiceRecords(dns: Dns, domain: string, email: string): Promise<Told | null> {
  const ask = async (service: string) => sorted(await dns.srv(`_${service}._tcp.${domain}`))[0];
  const [imaps, imap, submissions, submission] = await Promise.all([
    ask('imaps'),
    ask('imap'),
    ask('submissions'),
    ask('submission'),
  ]);
  const server = imaps ?? imap;
  if (!server) return null;
  const out = submissions ?? submission;
  return {
    offer: {
      imap: { host: server.host, port: server.port, security: imaps ? 'tls' : 'starttls', user: email },
      submission: out
        ? { host: out.host, port: out.port, security: submissions ? 'tls' : 'starttls', user: null }
        : null,
      auth: [],
    },
    toldBy: domain,
    safe: true,
  };
}

/** RFC 2782: by priority, then weight; a target of '.' says that there is no such service. */
function sorted(records: readonly SrvRecord[]): SrvRecord[] {
  return records
    .map((record) => ({ ...record, host: record.host.replace(/\.$/, '') }))
    .filter(({ host, port }) => host !== '' && port > 0)
    .sort((a, b) => a.priority - b.priority || b.weight - a.weight);
}

import type { DiscoverySource, DiscoveryView } from '../../shared/contract/discovery';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { Ports } from '../ports/ports';
import { asciiDomain, askAutoconfig, askJmap, askServiceRecords, readAt, type Told } from './ask-domain';
import { siteOf } from './ask-web';
import { guessServers, likelyServers } from './guess-servers';
import { TOTAL_MS } from './limits';
import { findProvider, type Provider } from './providers';

export type DiscoveryPorts = Pick<Ports, 'clock' | 'dns' | 'http' | 'greeter'>;

/** The list of providers that Thunderbird keeps; it learns the domain, never the address (SYNC-025). */
const DATABASE_HOST = 'autoconfig.thunderbird.net';
/** RFC 2606 and 6761: names that lead nowhere by their definition, so that nobody has to be asked. */
const RESERVED = /(^|\.)(test|example|invalid|example\.(org|com|net))$/;
/** How long a JMAP server that has not answered holds up what is known already. */
const JMAP_GRACE_MS = 1_000;

export interface DiscoveryRequest {
  readonly email: string;
  readonly askDatabase: boolean;
}

/**
 * Where an address has its mail (SYNC-025). All sources are asked at once; what counts is the order of trust, not who is
 * first to answer. Ends within SYNC-027's 10 s, at worst with a guess. Fails with 'invalid' for what is no address.
 */
export async function discover(
  { email, askDatabase }: DiscoveryRequest,
  ports: DiscoveryPorts,
): Promise<Outcome<DiscoveryView>> {
  const domain = asciiDomain(email.slice(email.lastIndexOf('@') + 1));
  if (domain === '' || !email.includes('@')) {
    return fail({ kind: 'invalid', message: 'This is not an e-mail address.', hint: 'Check the spelling.' });
  }
  const known = findProvider(domain);
  if (known) return ok(ofProvider(known, 'provider', known.name, email));
  if (RESERVED.test(domain)) return ok(unknown(domain, email));

  const late = new AbortController();
  const cancel = ports.clock.after(TOTAL_MS, () => late.abort());
  try {
    return ok(await inOrderOfTrust(domain, { email, askDatabase }, ports, late.signal));
  } finally {
    cancel();
    // Whoever still looks need not.
    late.abort();
  }
}

async function inOrderOfTrust(
  domain: string,
  { email, askDatabase }: DiscoveryRequest,
  ports: DiscoveryPorts,
  signal: AbortSignal,
): Promise<DiscoveryView> {
  const { clock, dns, http, greeter } = ports;
  function inTime<T>(work: Promise<T | null>): Promise<T | null> {
    return until(work, signal);
  }
  const jmap = inTime(askJmap(dns, http, domain, signal));
  const own = inTime(askAutoconfig(http, domain, email, signal));
  const database = askDatabase
    ? inTime(readAt(http, `https://${DATABASE_HOST}/v1.1/${domain}`, email, signal))
    : Promise.resolve(null);
  const exchanger = inTime(askExchanger(domain, email, ports, signal));
  const records = inTime(askServiceRecords(dns, domain, email));
  const guessed = inTime(guessServers(greeter, domain, email, signal));

  const found = async (): Promise<DiscoveryView> => {
    const ownTold = await own;
    if (ownTold) return told(ownTold, 'domain', email);
    const databaseTold = await database;
    if (databaseTold) return told(databaseTold, 'database', email);
    const exchangerTold = await exchanger;
    if (exchangerTold) return exchangerTold;
    const recordTold = await records;
    if (recordTold) return told(recordTold, 'dns', email);
    const offer = await guessed;
    if (offer) return told({ offer, toldBy: '', safe: true }, 'guess', email);
    return unknown(domain, email);
  };
  const view = await found();
  const patience = new AbortController();
  const cancel = clock.after(JMAP_GRACE_MS, () => patience.abort());
  const offered = await until(jmap, patience.signal);
  cancel();
  return { ...view, jmap: offered ?? view.jmap };
}

/** The host that takes the domain's mail belongs to whoever keeps it: its site is asked in the domain's place. */
async function askExchanger(
  domain: string,
  email: string,
  { dns, http }: DiscoveryPorts,
  signal: AbortSignal,
): Promise<DiscoveryView | null> {
  const [host] = await dns.mx(domain);
  const exchanger = host?.toLowerCase().replace(/\.$/, '');
  if (!exchanger) return null;
  const provider = findProvider(exchanger);
  if (provider) return ofProvider(provider, 'mx', exchanger, email);
  const site = siteOf(exchanger);
  if (site === siteOf(domain)) return null;
  const [jmap, answer] = await Promise.all([
    askJmap(dns, http, site, signal),
    askAutoconfig(http, site, email, signal),
  ]);
  return answer ? { ...told(answer, 'mx', email), jmap } : null;
}

/** What a source told, with what is known of the provider it leads to. */
function told({ offer, toldBy, safe }: Told, source: DiscoverySource, email: string): DiscoveryView {
  const provider = findProvider(offer.imap.host);
  const oauth = offer.auth.length === 0 || offer.auth.includes('oauth') ? (provider?.oauth ?? null) : null;
  return {
    source,
    toldBy: toldBy === '' ? null : toldBy,
    safe,
    imap: { ...offer.imap, user: offer.imap.user || email },
    submission: offer.submission,
    auth: [...offer.auth],
    appPassword: appPassword(provider),
    oauthProvider: oauth,
    jmap: null,
  };
}

function ofProvider(
  provider: Provider,
  source: 'provider' | 'mx',
  toldBy: string,
  email: string,
): DiscoveryView {
  return {
    source,
    toldBy,
    safe: true,
    imap: { host: provider.imapHost, port: 993, security: 'tls', user: email },
    submission: { ...provider.submission, user: null },
    auth: [...provider.auth],
    appPassword: appPassword(provider),
    oauthProvider: provider.oauth,
    jmap: null,
  };
}

function appPassword(provider: Provider | null): DiscoveryView['appPassword'] {
  return provider?.appPasswordUrl ? { provider: provider.name, url: provider.appPasswordUrl } : null;
}

function unknown(domain: string, email: string): DiscoveryView {
  return told({ offer: likelyServers(domain, email), toldBy: '', safe: true }, 'nothing', email);
}

/** The answer, or null once time is up; what comes later is not waited for. */
function until<T>(work: Promise<T | null>, signal: AbortSignal): Promise<T | null> {
  return new Promise((resolve) => {
    const giveUp = () => resolve(null);
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp);
    work.then(resolve, giveUp).finally(() => signal.removeEventListener('abort', giveUp));
  });
}

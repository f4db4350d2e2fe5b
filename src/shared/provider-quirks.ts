/**
 * What some providers need and do not say (SYNC-028): the one table. An entry is found by what a server is called, by what
 * it advertises or by what it says of itself (ID); it states its reason, and a fixture in test/fixtures/provider-quirks.
 */

/** What is known of a server; after the login more than before. */
export interface ServerFacts {
  readonly host: string;
  /** As advertised, upper case. */
  readonly capabilities?: ReadonlySet<string>;
  /** The answer to ID (RFC 2971). */
  readonly id?: Readonly<Record<string, string>>;
}

export interface Quirks {
  /** The provider has switched passwords off: a refused login means "use the browser". */
  readonly passwordsRefused: boolean;
  /** Kill switches: capabilities that are treated as absent (QRESYNC, IDLE, MOVE, COMPRESS=DEFLATE …). */
  readonly without: readonly string[];
  /** The submission server puts a copy among the sent messages by itself (SYNC-284). */
  readonly filesSentCopy: boolean;
  /** Most connections of the account at one time (SYNC-121); the watch counts. */
  readonly maxConnections: number;
  /** What mailboxes are: 'mailboxes', or labels of messages that lie in one place, as Gmail has it. */
  readonly labels: 'mailboxes' | 'gmail';
}

interface Matching {
  readonly host?: RegExp;
  readonly capability?: string;
  readonly id?: { readonly name: RegExp; readonly version?: RegExp };
}

export interface ProviderQuirk {
  readonly name: string;
  /** Whom it is about: all that is given must match. */
  readonly of: Matching;
  readonly why: string;
  readonly quirks: Partial<Quirks>;
}

export const PROVIDER_QUIRKS: readonly ProviderQuirk[] = [
  {
    name: 'this computer',
    of: { host: /^(localhost|::1|\[::1\]|127(\.\d{1,3}){3})$/ },
    why: 'Nothing travels: packing and unpacking only takes the time of the processor, twice.',
    quirks: { without: ['COMPRESS=DEFLATE'] },
  },
  {
    name: 'Microsoft without passwords',
    of: { host: /(^|\.)(outlook\.office365\.com|outlook\.office\.com|outlook\.com)$/ },
    why: 'Basic authentication was ended in 2023; the refusal says only "LOGIN failed."',
    quirks: { passwordsRefused: true },
  },
  {
    name: 'Microsoft files what it sends',
    of: { host: /(^|\.)(office365|outlook|hotmail|live)\.com$/ },
    why: 'A second copy beside the one of the server would show every sent message twice.',
    quirks: { filesSentCopy: true },
  },
  {
    name: 'Gmail files what it sends',
    of: { host: /(^|\.)(gmail|googlemail)\.com$/ },
    why: 'A second copy beside the one of the server would show every sent message twice.',
    quirks: { filesSentCopy: true },
  },
  {
    name: 'Gmail has labels',
    of: { capability: 'X-GM-EXT-1' },
    why: 'A message lies in All Mail once, mailboxes are views of it; people have many programs and 15 connections.',
    quirks: { labels: 'gmail', maxConnections: 3 },
  },
  {
    name: 'iCloud without QRESYNC',
    of: { host: /(^|\.)mail\.me\.com$/ },
    why: 'Its VANISHED is malformed and ENABLED is missing; other programs lost mail from their screens by it.',
    quirks: { without: ['QRESYNC'] },
  },
];

/** An interactive connection, one for bulk and one that watches. */
const DEFAULT_CONNECTIONS = 3;

/** Everything that is known of a server: of several entries the stricter limit and all kill switches count. */
export function quirksOf(facts: ServerFacts, table: readonly ProviderQuirk[] = PROVIDER_QUIRKS): Quirks {
  const found = table.filter(({ of }) => matches(of, facts)).map(({ quirks }) => quirks);
  return {
    passwordsRefused: found.some(({ passwordsRefused }) => passwordsRefused === true),
    without: [...new Set(found.flatMap(({ without = [] }) => without))],
    filesSentCopy: found.some(({ filesSentCopy }) => filesSentCopy === true),
    maxConnections: Math.min(
      DEFAULT_CONNECTIONS,
      ...found.map(({ maxConnections }) => maxConnections ?? DEFAULT_CONNECTIONS),
    ),
    labels: found.find(({ labels }) => labels !== undefined)?.labels ?? 'mailboxes',
  };
}

function matches({ host, capability, id }: Matching, facts: ServerFacts): boolean {
  if (host && !host.test(facts.host.toLowerCase())) return false;
  if (capability !== undefined && !facts.capabilities?.has(capability)) return false;
  if (!id) return true;
  const { name = '', version = '' } = facts.id ?? {};
  return id.name.test(name) && (id.version?.test(version) ?? true);
}

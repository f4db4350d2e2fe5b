import { decodeHostname } from './punycode';

/** Fields of a letter that an address may fill in (RFC 6068); others ask some programs to attach files. */
const MAILTO_FIELDS = new Set(['to', 'cc', 'bcc', 'subject', 'body', 'in-reply-to']);

/** Present in every host; declared here because shared code compiles without DOM and Node types. */
declare const URL: new (
  url: string,
) => {
  readonly protocol: string;
  readonly hostname: string;
  readonly href: string;
  readonly username: string;
  readonly password: string;
};

/** Why a link must be confirmed before it opens. */
export type LinkConcern = 'not-encrypted' | 'ip-address' | 'mixed-script' | 'hidden-user';

/** What may happen with a link of a message (APP-368). `url` is the parsed and re-serialised address. */
export type LinkVerdict =
  | { readonly kind: 'open'; readonly url: string; readonly host: string }
  | {
      readonly kind: 'confirm';
      readonly url: string;
      readonly host: string;
      readonly concerns: readonly LinkConcern[];
    }
  | { readonly kind: 'refuse' };

const MAX_URL_CHARS = 8000;

/**
 * Judges an address found in a message: https, mailto and tel open; http and doubtful hosts want a confirmation;
 * everything else, files and custom schemes included, is refused. `host` is the host as people read it, but as computers spell it where its letters
 * look like others; empty for mailto and tel.
 */
export function judgeLink(raw: string): LinkVerdict {
  if (raw.length > MAX_URL_CHARS) return { kind: 'refuse' };
  let parsed: InstanceType<typeof URL>;
  try {
    parsed = new URL(raw.trim());
  } catch {
    return { kind: 'refuse' };
  }
  const url = parsed.href;
  if (parsed.protocol === 'mailto:') return { kind: 'open', url: plainMailto(url), host: '' };
  if (parsed.protocol === 'tel:') return { kind: 'open', url, host: '' };
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') return { kind: 'refuse' };
  const read = decodeHostname(parsed.hostname);
  const mixed = looksMixed(read);
  const host = mixed ? parsed.hostname : read;
  const concerns: LinkConcern[] = [];
  if (parsed.protocol === 'http:') concerns.push('not-encrypted');
  if (isIpAddress(parsed.hostname)) concerns.push('ip-address');
  if (mixed) concerns.push('mixed-script');
  if (parsed.username !== '' || parsed.password !== '') concerns.push('hidden-user');
  return concerns.length === 0 ? { kind: 'open', url, host } : { kind: 'confirm', url, host, concerns };
}

/** A host whose letters look like those of another one, as people and as computers read it; null for all others. */
export function disguisedHost(host: string): { readonly shown: string; readonly plain: string } | null {
  const shown = decodeHostname(host.toLowerCase());
  if (!looksMixed(shown)) return null;
  try {
    return { shown, plain: new URL(`https://${shown}`).hostname };
  } catch {
    return { shown, plain: host };
  }
}

/** Keeps the fields everybody knows; line breaks may stand in the text, where they break nothing. */
function plainMailto(url: string): string {
  const [address = '', query = ''] = url.replace(/#.*$/s, '').split(/\?(.*)/s);
  const fields = query.split('&').filter((field) => {
    const [name = '', value = ''] = field.split(/=(.*)/s);
    const key = name.toLowerCase();
    return MAILTO_FIELDS.has(key) && (key === 'body' || !/%0[ad]/i.test(value));
  });
  const to = address.replace(/%0[ad].*$/is, '');
  return fields.length === 0 ? to : `${to}?${fields.join('&')}`;
}

/** The URL parser has already turned every spelling of an IPv4 address into dotted numbers. */
function isIpAddress(hostname: string): boolean {
  return hostname.startsWith('[') || /^\d{1,3}(\.\d{1,3}){3}$/.test(hostname);
}

/**
 * True for a label that mixes alphabets, or that is written in Cyrillic or Greek below a Latin top-level domain:
 * whole words of those look like Latin ones. Chinese, Japanese and Korean are commonly mixed with Latin.
 */
function looksMixed(host: string): boolean {
  const labels = host.split('.');
  const latinTop = /^[a-z0-9-]+$/.test(labels.at(-1) ?? '');
  return labels.some((label) => {
    if (/^[\p{ASCII}]*$/u.test(label)) return false;
    const resemblesLatin = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u;
    if (resemblesLatin.test(label)) return latinTop || /\p{Script=Latin}/u.test(label);
    const scripts = [/\p{Script=Latin}/u, /\p{Script=Arabic}/u, /\p{Script=Hebrew}/u, /\p{Script=Thai}/u];
    return scripts.filter((script) => script.test(label)).length > 1 || label.startsWith('xn--');
  });
}

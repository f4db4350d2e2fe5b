const AUTHENTICATION_VERDICTS = [
  'pass',
  'fail',
  'softfail',
  'neutral',
  'none',
  'temperror',
  'permerror',
  'policy',
] as const;
export type AuthenticationVerdict = (typeof AUTHENTICATION_VERDICTS)[number];

export interface AuthenticationResults {
  /** Lower case. */
  readonly authservId: string;
  readonly spf: AuthenticationVerdict | null;
  readonly dkim: AuthenticationVerdict | null;
  readonly dmarc: AuthenticationVerdict | null;
  /** The author's domain that DMARC was checked for (header.from), lower case; null where it is not said. */
  readonly dmarcFrom: string | null;
  /** Domains of DKIM signatures that passed (header.d or header.i). */
  readonly dkimDomains: readonly string[];
}

const MAX_LENGTH = 8192;

/** One Authentication-Results field (RFC 8601 section 2.2); null when it is none. */
export function parseAuthenticationResults(raw: string): AuthenticationResults | null {
  const [head = '', ...results] = splitOutsideQuotes(withoutComments(raw.slice(0, MAX_LENGTH)));
  const authservId = /^\s*"?([^\s";=]+)"?(\s+\d+)?\s*$/.exec(head)?.[1]?.toLowerCase();
  if (!authservId) return null;
  const found: Partial<Record<'spf' | 'dkim' | 'dmarc', AuthenticationVerdict>> = {};
  const dkimDomains: string[] = [];
  let dmarcFrom: string | null = null;
  for (const result of results) {
    const match = /^\s*(spf|dkim|dmarc)(?:\s*\/\s*\d+)?\s*=\s*([a-z]+)/i.exec(result);
    const verdict = AUTHENTICATION_VERDICTS.find((item) => item === match?.[2]?.toLowerCase());
    if (!match || !verdict) continue;
    const method = match[1]?.toLowerCase() as 'spf' | 'dkim' | 'dmarc';
    // Several signatures: one that passed is enough.
    if (found[method] !== 'pass') found[method] = verdict;
    if (method === 'dmarc')
      dmarcFrom ??=
        /\bheader\.from\s*=\s*"?(?:[^\s";@]*@)?([^\s";]+)/i.exec(result)?.[1]?.toLowerCase() ?? null;
    if (method === 'dkim' && verdict === 'pass') {
      const domain = /\bheader\.(?:d\s*=\s*"?|i\s*=\s*"?[^\s";@]*@)([^\s";]+)/i.exec(result)?.[1];
      if (domain) dkimDomains.push(domain.toLowerCase());
    }
  }
  return {
    authservId,
    spf: found.spf ?? null,
    dkim: found.dkim ?? null,
    dmarc: found.dmarc ?? null,
    dmarcFrom,
    dkimDomains,
  };
}

/**
 * The verdict of the account's own server: the topmost field whose authserv-id is trusted. Fields of anybody else were
 * written by whoever sent the message (APP-086).
 */
export function trustedAuthenticationResults(
  fields: readonly string[],
  trustedIds: readonly string[],
): AuthenticationResults | null {
  const trusted = new Set(trustedIds.map((id) => id.toLowerCase()));
  for (const field of fields) {
    const results = parseAuthenticationResults(field);
    if (results && trusted.has(results.authservId)) return results;
  }
  return null;
}

function withoutComments(raw: string): string {
  let depth = 0;
  let quoted = false;
  let text = '';
  for (const char of raw) {
    if (char === '"' && depth === 0) quoted = !quoted;
    if (!quoted && char === '(') depth++;
    else if (!quoted && char === ')' && depth > 0) depth--;
    else if (depth === 0) text += char;
  }
  return text;
}

function splitOutsideQuotes(text: string): string[] {
  return text.match(/(?:"[^"]*"?|[^";])+/g) ?? [];
}

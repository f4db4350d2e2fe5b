/** What a server offers in its answer to EHLO (RFC 5321 section 4.1.1.1). */
import type { Reply } from './reply';

export interface Extensions {
  /** SIZE (RFC 1870): largest message in bytes; null = it does not say. */
  readonly maxBytes: number | null;
  /** SIZE is understood as a parameter of MAIL. */
  readonly size: boolean;
  readonly utf8: boolean;
  readonly eightBit: boolean;
  readonly dsn: boolean;
  readonly pipelining: boolean;
  readonly startTls: boolean;
  /** SASL mechanisms, upper case. */
  readonly auth: ReadonlySet<string>;
}

export const NO_EXTENSIONS: Extensions = {
  maxBytes: null,
  size: false,
  utf8: false,
  eightBit: false,
  dsn: false,
  pipelining: false,
  startTls: false,
  auth: new Set(),
};

export function readExtensions(reply: Reply): Extensions {
  const offered = new Map<string, string>();
  const auth = new Set<string>();
  // The first line is the server's name.
  for (const line of reply.lines.slice(1)) {
    const [, name = '', parameters = ''] = /^([A-Za-z0-9-]+)[ =]?(.*)$/.exec(line.trim()) ?? [];
    offered.set(name.toUpperCase(), parameters);
    // `AUTH=LOGIN` is how old servers wrote it.
    if (name.toUpperCase() === 'AUTH')
      for (const mechanism of parameters.toUpperCase().split(/[ =]+/)) if (mechanism) auth.add(mechanism);
  }
  const most = /^\d{1,15}$/.test(offered.get('SIZE') ?? '') ? Number(offered.get('SIZE')) : 0;
  return {
    maxBytes: most > 0 ? most : null,
    size: offered.has('SIZE'),
    utf8: offered.has('SMTPUTF8'),
    eightBit: offered.has('8BITMIME'),
    dsn: offered.has('DSN'),
    pipelining: offered.has('PIPELINING'),
    startTls: offered.has('STARTTLS'),
    auth,
  };
}

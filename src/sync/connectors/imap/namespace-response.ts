/** The NAMESPACE response (RFC 2342 5), which the library would change. */
import type { ImapFlow } from 'imapflow';
import { readResponseLine } from './response-line';
import { type Token, tokenList, tokenText, WireSyntaxError } from './tokens';

export interface Namespace {
  /** What every name in it begins with; '' = nothing. */
  readonly prefix: string;
  /** Null = names have no levels. */
  readonly delimiter: string | null;
}

export interface Namespaces {
  readonly personal: readonly Namespace[];
  readonly other: readonly Namespace[];
  readonly shared: readonly Namespace[];
}

/** Null for another response, and for one that breaks the grammar. */
export function readNamespaces(payload: Buffer, literals: readonly Buffer[]): Namespaces | null {
  if (!/^\* NAMESPACE /i.test(payload.toString('latin1', 0, 12))) return null;
  try {
    const tokens = readResponseLine(payload, [...literals])?.tokens() ?? [];
    const [personal = [], other = [], shared = []] = tokens.map(toSpaces);
    return { personal, other, shared };
  } catch (error) {
    if (!(error instanceof WireSyntaxError)) throw error;
    return null;
  }
}

/** A server without NAMESPACE told its delimiter by LIST: all mailboxes are personal. */
export function withoutNamespaces(found: ImapFlow['namespaces'] | undefined): Namespaces | null {
  const personal = (found?.personal ?? []).map(({ prefix, delimiter = null }) => ({ prefix, delimiter }));
  return personal.length === 0 ? null : { personal, other: [], shared: [] };
}

function toSpaces(token: Token): Namespace[] {
  return tokenList(token).flatMap((pair) => {
    const [prefix, delimiter] = tokenList(pair);
    const text = tokenText(prefix);
    return text === null ? [] : [{ prefix: text, delimiter: tokenText(delimiter) }];
  });
}

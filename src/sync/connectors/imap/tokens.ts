/** The values of an IMAP response line (RFC 9051 section 9) as plain data, and the reader that makes them. */
import { MAX_NESTING } from './limits';

/** Atoms and quoted strings are latin1 text, NIL is null, literals are bytes, lists are arrays. */
export type Token = string | null | Uint8Array | readonly Token[];

/** The line breaks the grammar; carried as a value to the edge of the connection, never to the engine. */
export class WireSyntaxError extends Error {}

const CODE = {
  space: 32,
  quote: 34,
  open: 40,
  close: 41,
  bracket: 91,
  unbracket: 93,
  backslash: 92,
  brace: 123,
};

/**
 * Reads all values of a line. `text` is latin1 without the line end; literal markers ('{12}\r\n') stand where the
 * bytes in `literals` belong. Lists nested deeper than MAX_NESTING become NIL, so that one message with an absurd
 * structure keeps its other data.
 */
export function readTokens(text: string, literals: readonly Uint8Array[], from = 0): Token[] {
  return new TokenReader(text, literals, from).readAll();
}

class TokenReader {
  readonly #text: string;
  readonly #literals: readonly Uint8Array[];
  #at: number;
  #literal = 0;

  constructor(text: string, literals: readonly Uint8Array[], from: number) {
    this.#text = text;
    this.#literals = literals;
    this.#at = from;
  }

  readAll(): Token[] {
    return this.#readUntil(false, 0);
  }

  #readUntil(closing: boolean, depth: number): Token[] {
    const tokens: Token[] = [];
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (Number.isNaN(code)) {
        if (closing) throw new WireSyntaxError('list without end');
        return tokens;
      }
      if (code === CODE.close) {
        if (!closing) throw new WireSyntaxError('unexpected end of list');
        this.#at++;
        return tokens;
      }
      if (code === CODE.space) {
        this.#at++;
        continue;
      }
      tokens.push(this.#readOne(code, depth));
    }
  }

  #readOne(code: number, depth: number): Token {
    switch (code) {
      case CODE.open:
        this.#at++;
        if (depth > MAX_NESTING) {
          this.#skipList();
          return null;
        }
        return this.#readUntil(true, depth + 1);
      case CODE.quote:
        return this.#readQuoted();
      case CODE.brace:
        return this.#readLiteral();
      default:
        return this.#readAtom();
    }
  }

  /** Leaves a list without recursion; strings and literals inside may hold brackets. */
  #skipList(): void {
    let open = 1;
    while (open > 0) {
      const code = this.#text.charCodeAt(this.#at);
      if (Number.isNaN(code)) throw new WireSyntaxError('list without end');
      if (code === CODE.quote) this.#readQuoted();
      else if (code === CODE.brace) this.#readLiteral();
      else {
        if (code === CODE.open) open++;
        if (code === CODE.close) open--;
        this.#at++;
      }
    }
  }

  #readQuoted(): string {
    const text = this.#text;
    const start = this.#at + 1;
    let end = text.indexOf('"', start);
    const escaped = text.indexOf('\\', start);
    if (end >= 0 && (escaped < 0 || escaped > end)) {
      this.#at = end + 1;
      return text.slice(start, end);
    }
    let value = '';
    for (end = start; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (code === CODE.quote) {
        this.#at = end + 1;
        return value;
      }
      if (code === CODE.backslash) end++;
      value += text.charAt(end);
    }
    throw new WireSyntaxError('string without end');
  }

  #readLiteral(): Uint8Array {
    const end = this.#text.indexOf('}', this.#at);
    const bytes = this.#literals[this.#literal++];
    if (end < 0 || !bytes) throw new WireSyntaxError('literal without bytes');
    this.#at = end + 1;
    while (this.#text.charCodeAt(this.#at) === 13 || this.#text.charCodeAt(this.#at) === 10) this.#at++;
    return bytes;
  }

  /** An atom ends at a space or bracket; '[...]' belongs to it with everything inside (BODY[HEADER.FIELDS (TO)]). */
  #readAtom(): string | null {
    const text = this.#text;
    const start = this.#at;
    let at = start;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === CODE.space || code === CODE.open || code === CODE.close) break;
      if (code === CODE.bracket) {
        const end = text.indexOf(']', at);
        if (end < 0) throw new WireSyntaxError('section without end');
        at = end;
      }
    }
    if (at === start) throw new WireSyntaxError('empty atom');
    this.#at = at;
    const atom = text.slice(start, at);
    return atom.length === 3 && atom.toUpperCase() === 'NIL' ? null : atom;
  }
}

/** Text of a string token; literals are read as latin1. Null for NIL, lists and a missing value. */
export function tokenText(token: Token | undefined): string | null {
  if (typeof token === 'string') return token;
  if (token instanceof Uint8Array)
    return Buffer.from(token.buffer, token.byteOffset, token.length).toString('latin1');
  return null;
}

/** The list, or an empty one where the server sent something else. */
export function tokenList(token: Token | undefined): readonly Token[] {
  return Array.isArray(token) ? token : [];
}

/** A whole number from 0 to 2^53 - 1; null for anything else (negative, 2^63, text). */
export function tokenNumber(token: Token | undefined): number | null {
  if (typeof token !== 'string' || !/^\d{1,16}$/.test(token)) return null;
  const value = Number(token);
  return Number.isSafeInteger(value) ? value : null;
}

/** A number of up to 20 digits as text (UIDVALIDITY, MODSEQ do not fit a double). */
export function tokenDigits(token: Token | undefined): string | null {
  return typeof token === 'string' && /^\d{1,20}$/.test(token) ? token : null;
}

/** One untagged response, and the status part of tagged and untagged OK, NO, BAD, BYE (RFC 9051 section 7). */
import { readTokens, type Token } from './tokens';

export interface ResponseLine {
  /** Upper case: 'FETCH', 'EXISTS', 'LIST', 'OK'. */
  readonly name: string;
  /** The number in front of FETCH, EXISTS and EXPUNGE. */
  readonly number: number | null;
  /** The whole line as latin1; markers stand for literals. */
  readonly text: string;
  /** The line and its literals as they came. */
  readonly payload: Buffer;
  readonly literals: readonly Uint8Array[];
  /** Names of mailboxes in it are UTF-8 (RFC 9755 3); set by the session that enabled it. */
  namesInUtf8: boolean;
  /** What follows the name; for OK, NO and BAD read `status` instead. */
  tokens(): Token[];
  /** Code and text of OK, NO and BAD. */
  status(): ServerStatus;
}

export interface ServerStatus {
  readonly status: 'OK' | 'NO' | 'BAD' | 'BYE' | 'PREAUTH';
  /** Response code, upper case: 'TRYCREATE'. */
  readonly code: string | null;
  readonly codeArguments: readonly Token[];
  /** The server's sentence: at most 500 characters, no control characters. */
  readonly text: string;
}

const MAX_SERVER_TEXT = 500;
const NUMBERED = /^\* (\d{1,16}) ([A-Za-z]+)/;
const NAMED = /^\* ([A-Za-z][A-Za-z0-9._-]*)/;
/** Bytes in which the name of a response ends; the longest we know, NAMESPACE, needs eleven. */
const NAME_BYTES = 64;

/** Null when the bytes are no untagged response. Values are read on demand: many lines are never looked at. */
export function readResponseLine(payload: Buffer, literals: readonly Uint8Array[]): ResponseLine | null {
  const start = payload.toString('latin1', 0, NAME_BYTES);
  const numbered = NUMBERED.exec(start);
  const match = numbered ?? NAMED.exec(start);
  if (!match) return null;
  const name = (numbered ? numbered[2] : match[1]) ?? '';
  return new Line(
    name.toUpperCase(),
    numbered ? Number(numbered[1]) : null,
    payload,
    literals,
    match[0].length,
  );
}

class Line implements ResponseLine {
  readonly name: string;
  readonly number: number | null;
  readonly payload: Buffer;
  readonly literals: readonly Uint8Array[];
  namesInUtf8 = false;
  readonly #nameEnd: number;
  #text: string | null = null;

  constructor(
    name: string,
    number: number | null,
    payload: Buffer,
    literals: readonly Uint8Array[],
    nameEnd: number,
  ) {
    this.name = name;
    this.number = number;
    this.payload = payload;
    this.literals = literals;
    this.#nameEnd = nameEnd;
  }

  get text(): string {
    this.#text ??= this.payload.toString('latin1');
    return this.#text;
  }

  tokens(): Token[] {
    return readTokens(this.text, this.literals, this.#nameEnd);
  }

  status(): ServerStatus {
    return readStatus(this.text);
  }
}

/** Reads 'A7 NO [TRYCREATE] No such mailbox'. Unknown words count as BAD. */
export function readStatus(line: string): ServerStatus {
  const match = /^\S+ (\S+) ?([\s\S]*)$/.exec(line);
  const word = (match?.[1] ?? '').toUpperCase();
  const rest = match?.[2] ?? '';
  const status = word === 'OK' || word === 'NO' || word === 'BYE' || word === 'PREAUTH' ? word : 'BAD';
  const code = /^\[([A-Za-z][^\s\]]*) ?/.exec(rest);
  if (!code) return { status, code: null, codeArguments: [], text: boundServerText(rest) };
  const end = closingBracket(rest);
  return {
    status,
    code: (code[1] ?? '').toUpperCase(),
    codeArguments: safeTokens(rest.slice(code[0].length, end)),
    text: boundServerText(rest.slice(end + 1)),
  };
}

/** What a server says, fit to be stored and shown (SYNC-134): latin1 bytes are read as UTF-8 where they are that. */
export function boundServerText(latin1: string): string {
  const utf8 = Buffer.from(latin1, 'latin1').toString('utf8');
  const text = utf8.includes('\uFFFD') ? latin1 : utf8;
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, MAX_SERVER_TEXT);
}

function closingBracket(rest: string): number {
  let open = 0;
  for (let at = 0; at < rest.length; at++) {
    if (rest[at] === '[') open++;
    if (rest[at] === ']' && --open === 0) return at;
  }
  const first = rest.indexOf(']');
  return first < 0 ? rest.length : first;
}

function safeTokens(text: string): readonly Token[] {
  try {
    return readTokens(text, []);
  } catch {
    return [];
  }
}

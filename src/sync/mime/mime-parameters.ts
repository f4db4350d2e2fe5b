import { decodeText } from './decode-text';
import { decodeHeaderText } from './header-values';

export interface ParameterisedValue {
  /** Lower case, without parameters: 'text/plain', 'attachment'. */
  readonly value: string;
  /** Lower-case names; RFC 2231 joined and decoded, encoded words decoded. */
  readonly parameters: ReadonlyMap<string, string>;
}

const PARAMETER = /;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^;"]*))/gy;

/** Content-Type and Content-Disposition values, tolerant of missing quotes and raw eight-bit names. */
export function parseParameterised(raw: string): ParameterisedValue {
  const semicolon = raw.indexOf(';');
  const value = (semicolon < 0 ? raw : raw.slice(0, semicolon))
    .replace(/\(.*\)/, '')
    .trim()
    .toLowerCase();
  const given = new Map<string, string>();
  let at = semicolon;
  while (at >= 0) {
    PARAMETER.lastIndex = at;
    const match = PARAMETER.exec(raw);
    if (match?.[1]) {
      const name = match[1].toLowerCase();
      const text = match[2] !== undefined ? match[2].replace(/\\(["\\])/g, '$1') : (match[3] ?? '').trim();
      if (!given.has(name)) given.set(name, text);
    }
    at = raw.indexOf(';', match ? Math.max(PARAMETER.lastIndex, at + 1) : at + 1);
  }
  return { value, parameters: decodeParameters(given) };
}

/**
 * RFC 2231: joins `name*0`, `name*1*` … and decodes `charset'language'percent-encoded` values. `given` has lower-case
 * names and values as sent, one character per byte (as IMAP's BODYSTRUCTURE gives them too).
 */
export function decodeParameters(given: ReadonlyMap<string, string>): Map<string, string> {
  const plain = new Map<string, string>();
  const extended = new Map<string, { index: number; encoded: boolean; text: string }[]>();
  for (const [key, text] of given) {
    const match = /^([^*]+)(?:\*(\d{1,3}))?(\*)?$/.exec(key);
    if (!match?.[1] || (match[2] === undefined && match[3] === undefined)) {
      plain.set(key, decodeHeaderText(text));
      continue;
    }
    const pieces = extended.get(match[1]) ?? [];
    pieces.push({ index: Number(match[2] ?? 0), encoded: match[3] !== undefined, text });
    extended.set(match[1], pieces);
  }
  for (const [name, pieces] of extended) plain.set(name, joinPieces(pieces));
  return plain;
}

function joinPieces(pieces: { index: number; encoded: boolean; text: string }[]): string {
  let charset: string | null = null;
  let bytes = '';
  for (const [at, piece] of pieces.sort((a, b) => a.index - b.index).entries()) {
    let { text } = piece;
    const prefix = at === 0 && piece.encoded ? /^([^']*)'[^']*'/.exec(text) : null;
    if (prefix) {
      charset = prefix[1] ?? null;
      text = text.slice(prefix[0].length);
    }
    bytes += piece.encoded
      ? text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
      : text;
  }
  return decodeText(Buffer.from(bytes, 'latin1'), charset).text;
}

/**
 * Mailbox names on the wire: modified UTF-7 (RFC 3501 5.1.3). Our remote key is the wire form itself, byte for byte
 * as latin1 text, so a name that is no valid UTF-7 still works for SELECT (SYNC-035). Where UTF8=ACCEPT is enabled the
 * wire has UTF-8 (RFC 9755 3); the key stays the same, so that a mailbox is the same one with and without.
 */

/** The name for people. What cannot be decoded stands there as it came, with U+FFFD where it is no text. */
export function decodeMailboxName(remoteKey: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the question is whether the name is ASCII
  if (/[^\u0000-\u007F]/.test(remoteKey)) return Buffer.from(remoteKey, 'latin1').toString('utf8');
  return remoteKey.replace(/&([^-]*)-/g, (whole, encoded: string) => {
    if (encoded === '') return '&';
    return decodeShift(encoded) ?? whole.replace('&', '\uFFFD');
  });
}

/** The wire form of a name chosen by a person. */
export function encodeMailboxName(name: string): string {
  return name.replace(/&|[^\u0020-\u007E]+/g, (run) => (run === '&' ? '&-' : encodeShift(run)));
}

/** The key of a name that came as UTF-8; bytes that are none stay as they are. */
export function keyOfUtf8(latin1: string): string {
  const name = Buffer.from(latin1, 'latin1').toString('utf8');
  return name.includes('\uFFFD') ? latin1 : encodeMailboxName(name);
}

/** The same name in UTF-8, as latin1 text; a key that is no valid UTF-7 goes as it came. */
export function utf8OfKey(remoteKey: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the question is whether the name is ASCII
  if (/[^\u0000-\u007F]/.test(remoteKey)) return remoteKey;
  const name = decodeMailboxName(remoteKey);
  return name.includes('\uFFFD') ? remoteKey : Buffer.from(name).toString('latin1');
}

/** INBOX is the same in any case (RFC 9051 5.1), whole or as the first level; every other name is exact (SYNC-036). */
export function canonicalMailboxName(remoteKey: string, delimiter: string | null): string {
  const end = delimiter ? remoteKey.indexOf(delimiter) : -1;
  const first = end < 0 ? remoteKey : remoteKey.slice(0, end);
  return first.toUpperCase() === 'INBOX' ? `INBOX${remoteKey.slice(first.length)}` : remoteKey;
}

function decodeShift(encoded: string): string | null {
  if (!/^[A-Za-z0-9+,]+$/.test(encoded)) return null;
  const bytes = Buffer.from(encoded.replaceAll(',', '/'), 'base64');
  if (bytes.length < 2) return null;
  const text = bytes
    .subarray(0, bytes.length - (bytes.length % 2))
    .swap16()
    .toString('utf16le');
  return text.isWellFormed() ? text : null;
}

function encodeShift(text: string): string {
  const base64 = Buffer.from(text, 'utf16le').swap16().toString('base64');
  return `&${base64.replace(/=+$/, '').replaceAll('/', ',')}-`;
}

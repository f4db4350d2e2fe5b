/** RFC 2045 section 6: the bytes behind a Content-Transfer-Encoding. Tolerates damage, never throws, never grows. */
export function decodeTransfer(bytes: Uint8Array, encoding: string): Uint8Array {
  switch (encoding) {
    case 'base64':
      // Node skips what is no base64 character and stops at the padding, so joined pieces are decoded one by one.
      return decodeBase64(bytes);
    case 'quoted-printable':
      return decodeQuotedPrintable(bytes);
    default:
      return bytes;
  }
}

function decodeBase64(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const padding = text.indexOf('=');
  if (padding < 0 || !/[A-Za-z0-9+/]/.test(text.slice(padding, padding + 80)))
    return Buffer.from(text, 'base64');
  return Buffer.concat(text.split(/=+/).map((piece) => Buffer.from(piece, 'base64')));
}

function decodeQuotedPrintable(bytes: Uint8Array): Uint8Array {
  const out = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte !== 0x3d) {
      out[length++] = byte;
      continue;
    }
    const high = nibble(bytes[at + 1]);
    const low = nibble(bytes[at + 2]);
    if (high >= 0 && low >= 0) {
      out[length++] = high * 16 + low;
      at += 2;
      continue;
    }
    const lineEnd = softBreakEnd(bytes, at + 1);
    if (lineEnd < 0) out[length++] = byte;
    else at = lineEnd;
  }
  return out.subarray(0, length);
}

/** Index of the LF of a soft line break that begins after `=`, or -1. */
function softBreakEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  // Trailing blanks before the line end may have been added on the way.
  while (at < start + 76 && (bytes[at] === 0x20 || bytes[at] === 0x09)) at++;
  if (bytes[at] === 0x0d) at++;
  if (at >= bytes.length) return bytes.length;
  return bytes[at] === 0x0a ? at : -1;
}

function nibble(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

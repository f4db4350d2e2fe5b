/** The message as it goes over the wire after DATA (RFC 5321 section 4.5.2). */
import { CHUNK_BYTES } from './limits';

const DOT = 0x2e;
const LF = 0x0a;
const ONE_DOT = Buffer.from('.');

/** Pieces with dots doubled at the beginning of lines, each with how many bytes of the message it ends at. */
export function* stuffedPieces(
  message: Uint8Array,
): Generator<{ readonly data: Buffer; readonly end: number }, void, void> {
  const raw = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  let lineBegins = true;
  for (let from = 0; from < raw.length; from += CHUNK_BYTES) {
    const piece = raw.subarray(from, from + CHUNK_BYTES);
    const parts: Buffer[] = [];
    let start = 0;
    for (let at = 0; at < piece.length; at++) {
      if (lineBegins && piece[at] === DOT) {
        parts.push(piece.subarray(start, at), ONE_DOT);
        start = at;
      }
      lineBegins = piece[at] === LF;
    }
    parts.push(piece.subarray(start));
    yield { data: parts.length === 1 ? piece : Buffer.concat(parts), end: from + piece.length };
  }
}

/** What ends it: the line end of a last line that has none belongs to the terminator. */
export function terminatorOf(message: Uint8Array): string {
  const ended = message.length === 0 || (message.at(-1) === LF && message.at(-2) === 0x0d);
  return ended ? '.\r\n' : '\r\n.\r\n';
}

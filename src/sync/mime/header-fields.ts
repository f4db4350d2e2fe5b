import { MAX_HEADER_BLOCK_BYTES, MAX_HEADER_FIELD_BYTES, MAX_HEADER_FIELDS } from './limits';

export interface HeaderField {
  /** As sent. */
  readonly name: string;
  /** Unfolded, surrounding space still there; every character is one byte (latin1), not yet decoded. */
  readonly value: string;
}

export interface HeaderBlock {
  readonly fields: readonly HeaderField[];
  /** Offset of the first byte of the body. */
  readonly bodyStart: number;
  /** True when a bound of SYNC-130/350 cut something off. */
  readonly truncated: boolean;
}

const FIELD_NAME = /^[!-9;-~]{1,100}[ \t]*:/;

/** Splits the header from `start` up to the empty line. Lines that are no field are ignored; never throws. */
export function readHeaderFields(bytes: Uint8Array, start = 0, end = bytes.length): HeaderBlock {
  const limit = Math.min(end, start + MAX_HEADER_BLOCK_BYTES);
  const block = Buffer.from(bytes.buffer, bytes.byteOffset + start, limit - start).toString('latin1');
  const fields: { name: string; value: string }[] = [];
  let truncated = false;
  let current: { name: string; value: string } | null = null;
  let at = 0;
  while (at < block.length) {
    const lineEnd = block.indexOf('\n', at);
    const next = lineEnd < 0 ? block.length : lineEnd + 1;
    let stop = lineEnd < 0 ? block.length : lineEnd;
    if (stop > at && block.charCodeAt(stop - 1) === 13) stop--;
    if (stop === at) return { fields, bodyStart: start + next, truncated };
    const first = block.charCodeAt(at);
    if (first === 32 || first === 9) {
      if (current) {
        if (current.value.length + stop - at <= MAX_HEADER_FIELD_BYTES)
          current.value += block.slice(at, stop);
        else truncated = true;
      }
    } else {
      const colon = block.indexOf(':', at);
      // A line that is no field ends the header where the message lost its empty line; mbox "From " lines are skipped.
      if (colon < 0 || colon >= stop || !FIELD_NAME.test(block.slice(at, Math.min(colon + 1, at + 102)))) {
        if (!/^>?From /.test(block.slice(at, at + 6))) {
          return { fields, bodyStart: start + at, truncated };
        }
        current = null;
      } else if (fields.length >= MAX_HEADER_FIELDS) {
        truncated = true;
        current = null;
      } else {
        if (stop - colon > MAX_HEADER_FIELD_BYTES) truncated = true;
        current = {
          name: block.slice(at, colon).trimEnd(),
          value: block.slice(colon + 1, Math.min(stop, colon + 1 + MAX_HEADER_FIELD_BYTES)),
        };
        fields.push(current);
      }
    }
    at = next;
  }
  return { fields, bodyStart: limit, truncated: truncated || limit < end };
}

/** A ready message in another writing, for servers that take only seven bits (RFC 6152 section 3, SYNC-274). */
import { encode, wrap } from 'nodemailer/lib/qp';
import { type HeaderField, readHeaderFields } from './header-fields';
import { MAX_DEPTH } from './limits';
import { parseParameterised } from './mime-parameters';
import { withoutFields } from './without-fields';

/** Characters of a line of quoted-printable and of base64 (RFC 2045). */
const LINE = 76;

/** Whether every octet is below 128. */
export function isSevenBit(bytes: Uint8Array): boolean {
  return !bytes.some((byte) => byte > 127);
}

/**
 * The same message with its eight-bit bodies as quoted-printable, or base64 where they are no text; the same bytes every
 * time. Null where that would change what was signed, or where the header itself has eight bits.
 */
export function toSevenBit(message: Uint8Array): Uint8Array | null {
  return isSevenBit(message) ? message : convert(Buffer.from(message), 0);
}

function convert(part: Buffer, depth: number): Buffer | null {
  if (isSevenBit(part)) return part;
  const { fields, bodyStart } = readHeaderFields(part);
  const header = part.subarray(0, bodyStart);
  if (depth > MAX_DEPTH || !isSevenBit(header)) return null;
  const body = part.subarray(bodyStart);
  const type = parseParameterised(fieldOf(fields, 'content-type') || 'text/plain');
  if (type.value === 'multipart/signed' || type.value === 'multipart/encrypted') return null;
  const boundary = type.parameters.get('boundary');
  if (type.value.startsWith('multipart/')) {
    const inner = boundary ? convertParts(body, boundary, depth) : null;
    return inner && Buffer.concat([relabelled(header, null), inner]);
  }
  if (type.value.startsWith('message/')) {
    // May not be encoded (RFC 2046 section 5.2.1): its own bodies are.
    const inner = convert(body, depth + 1);
    return inner && Buffer.concat([relabelled(header, null), inner]);
  }
  if (/base64|quoted-printable/i.test(fieldOf(fields, 'content-transfer-encoding'))) return null;
  const isText = type.value.startsWith('text/');
  return Buffer.concat([
    relabelled(header, isText ? 'quoted-printable' : 'base64'),
    Buffer.from(isText ? quotedPrintable(body) : base64(body), 'latin1'),
  ]);
}

function convertParts(body: Buffer, boundary: string, depth: number): Buffer | null {
  const text = body.toString('latin1');
  const escaped = boundary.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  // Pieces between delimiter lines; the delimiters themselves stay as they are.
  const pieces = text.split(new RegExp(`((?:^|\\r?\\n)--${escaped}(?:--)?[ \\t]*(?=\\r?\\n|$))`));
  let closed = false;
  const out: Buffer[] = [];
  for (const [at, piece] of pieces.entries()) {
    const bytes = Buffer.from(piece, 'latin1');
    const isPart = at % 2 === 0 && at > 0 && !closed;
    if (at % 2 === 1 && piece.trimEnd().endsWith(`${boundary}--`)) closed = true;
    if (!isPart) {
      if (!isSevenBit(bytes)) return null;
      out.push(bytes);
      continue;
    }
    const lineEnd = /^\r?\n/.exec(piece)?.[0] ?? '';
    const converted = convert(bytes.subarray(lineEnd.length), depth + 1);
    if (!converted) return null;
    out.push(Buffer.from(lineEnd, 'latin1'), converted);
  }
  return Buffer.concat(out);
}

/** @param encoding null = seven bits as it stands */
function relabelled(header: Buffer, encoding: string | null): Buffer {
  const without = Buffer.from(withoutFields(header, ['Content-Transfer-Encoding']));
  if (encoding === null) return without;
  return Buffer.concat([Buffer.from(`Content-Transfer-Encoding: ${encoding}\r\n`, 'latin1'), without]);
}

function quotedPrintable(body: Buffer): string {
  return wrap(encode(body), LINE).replace(/\r?\n/g, '\r\n');
}

function base64(body: Buffer): string {
  return `${body.toString('base64').replace(/.{76}(?=.)/g, '$&\r\n')}\r\n`;
}

function fieldOf(fields: readonly HeaderField[], name: string): string {
  return fields.find((field) => field.name.toLowerCase() === name)?.value.trim() ?? '';
}

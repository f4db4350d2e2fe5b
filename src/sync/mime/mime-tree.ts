import { type HeaderField, readHeaderFields } from './header-fields';
import { MAX_DEPTH, MAX_PARTS } from './limits';
import { type ParameterisedValue, parseParameterised } from './mime-parameters';

export interface MimePart {
  /** IMAP section number ('1', '2.1'); '' is a multipart at the top. */
  readonly section: string;
  readonly fields: readonly HeaderField[];
  readonly type: ParameterisedValue;
  readonly disposition: ParameterisedValue;
  /** Without angle brackets. */
  readonly contentId: string | null;
  /** Lower case. */
  readonly encoding: string;
  /** Bytes of the body in the message, still encoded. */
  readonly body: Uint8Array;
  readonly children: readonly MimePart[];
}

export type TreeProblem = 'header-truncated' | 'no-boundary' | 'unterminated' | 'too-deep' | 'too-many-parts';

export interface MimeTree {
  readonly root: MimePart;
  readonly problems: readonly TreeProblem[];
}

/** The parts of a message as ranges of its bytes; nothing is decoded. Bounded by SYNC-350, never throws. */
export function readMimeTree(bytes: Uint8Array): MimeTree {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const problems = new Set<TreeProblem>();
  let count = 0;

  function read(start: number, end: number, section: string, depth: number, fallback: string): MimePart {
    count++;
    const header = readHeaderFields(raw, start, end);
    if (header.truncated) problems.add('header-truncated');
    const field = (name: string) =>
      header.fields.find((item) => item.name.toLowerCase() === name)?.value.trim() ?? '';
    const type = contentType(field('content-type'), fallback);
    const body = raw.subarray(Math.min(header.bodyStart, end), end);
    const ranges = type.value.startsWith('multipart/') ? split(body, type, depth) : null;
    const children: MimePart[] = [];
    for (const [from, to] of ranges ?? []) {
      const name = `${section === '' ? '' : `${section}.`}${children.length + 1}`;
      const childFallback = type.value === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
      const offset = body.byteOffset - raw.byteOffset;
      if (count >= MAX_PARTS) {
        if (!problems.has('too-many-parts')) children.push(opaquePart(name, body.subarray(from)));
        problems.add('too-many-parts');
        break;
      }
      children.push(read(offset + from, offset + to, name, depth + 1, childFallback));
    }
    const leaf = ranges === null;
    return {
      section: leaf && section === '' ? '1' : section,
      fields: header.fields,
      type: leaf && type.value.startsWith('multipart/') ? { ...type, value: unreadAs(depth) } : type,
      disposition: parseParameterised(field('content-disposition')),
      contentId: field('content-id').replace(/^<|>$/g, '') || null,
      encoding: field('content-transfer-encoding')
        .toLowerCase()
        .replace(/[^a-z0-9-].*$/, ''),
      body,
      children,
    };
  }

  /** Ranges of the children inside `body`, or null when this multipart has to be read as one text. */
  function split(body: Buffer, type: ParameterisedValue, depth: number): [number, number][] | null {
    if (depth >= MAX_DEPTH) {
      problems.add('too-deep');
      return null;
    }
    const named = type.parameters.get('boundary');
    if (!named) problems.add('no-boundary');
    const ranges = named ? cut(body, named) : null;
    if (ranges && ranges.length > 0) return ranges;
    const guess = /(?:^|\n)--([^\s-][^\r\n]{0,69}?)[ \t]*\r?\n[!-9;-~]+:/.exec(
      body.toString('latin1', 0, 8192),
    )?.[1];
    const guessed = guess && guess !== named ? cut(body, guess) : null;
    if (!named && !guessed) return null;
    return guessed && guessed.length > 0 ? guessed : null;
  }

  function cut(body: Buffer, boundary: string): [number, number][] {
    const marker = Buffer.from(`--${boundary}`, 'latin1');
    const ranges: [number, number][] = [];
    let partStart = -1;
    let at = 0;
    while (at < body.length && ranges.length <= MAX_PARTS) {
      const found = body.indexOf(marker, at);
      if (found < 0) break;
      const line = delimiterLine(body, found, marker.length);
      if (line === null) {
        at = found + marker.length;
        continue;
      }
      if (partStart >= 0) ranges.push([partStart, Math.max(partStart, lineEndBefore(body, found))]);
      if (line.closing) return ranges;
      partStart = line.next;
      at = line.next;
    }
    if (partStart >= 0 && ranges.length <= MAX_PARTS) {
      problems.add('unterminated');
      ranges.push([partStart, body.length]);
    }
    return ranges;
  }

  return { root: read(0, raw.length, '', 0, 'text/plain'), problems: [...problems] };
}

/** A multipart that was not opened: too deep it can only be saved, without a boundary it may well be text. */
function unreadAs(depth: number): string {
  return depth >= MAX_DEPTH ? 'application/octet-stream' : 'text/plain';
}

/** What is beyond a bound, in one piece, so that it can be saved (SYNC-350). */
function opaquePart(section: string, body: Buffer): MimePart {
  const type = { value: 'application/octet-stream', parameters: new Map<string, string>() };
  const disposition = { value: 'attachment', parameters: new Map<string, string>() };
  return { section, fields: [], type, disposition, contentId: null, encoding: '', body, children: [] };
}

function contentType(raw: string, fallback: string): ParameterisedValue {
  const type = parseParameterised(raw);
  return /^[^\s/]+\/[^\s/]+$/.test(type.value) ? type : { value: fallback, parameters: type.parameters };
}

/** Whether the marker at `found` is a whole delimiter line, where the next line begins, and whether it closes. */
function delimiterLine(
  body: Buffer,
  found: number,
  length: number,
): { next: number; closing: boolean } | null {
  if (found > 0 && body[found - 1] !== 0x0a) return null;
  let at = found + length;
  const closing = body[at] === 0x2d && body[at + 1] === 0x2d;
  if (closing) at += 2;
  while (body[at] === 0x20 || body[at] === 0x09) at++;
  if (at >= body.length) return { next: body.length, closing };
  if (body[at] === 0x0d) at++;
  if (body[at] !== 0x0a) return closing ? { next: at, closing } : null;
  return { next: at + 1, closing };
}

/** The line end before a delimiter belongs to the delimiter (RFC 2046 5.1.1). */
function lineEndBefore(body: Buffer, found: number): number {
  let end = found;
  if (end > 0 && body[end - 1] === 0x0a) end--;
  if (end > 0 && body[end - 1] === 0x0d) end--;
  return end;
}

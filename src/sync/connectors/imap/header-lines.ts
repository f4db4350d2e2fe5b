/** FETCH responses of a header download on their way to the workbench, and what is made of them there (SYNC-395). */
import type { ObservedMessage } from '../../../shared/observation';
import type { HeaderLines } from '../../ports/workbench';
import { readFetchRow, uidOfBrokenRow } from './fetch-row';
import { MAX_HEADER_BYTES } from './limits';
import { observeMessage, observeUnreadable } from './observe-message';
import { type ResponseLine, readResponseLine } from './response-line';

/** Responses as they came, one after the other in one block. What no header needs of a literal is cut off. */
export function joinLines(lines: readonly ResponseLine[], factsOnly: boolean): HeaderLines {
  const pieces: Uint8Array[] = [];
  const lengths: number[] = [];
  for (const { payload, literals } of lines) {
    pieces.push(payload);
    lengths.push(payload.length, literals.length);
    for (const literal of literals) {
      const cut = literal.length > MAX_HEADER_BYTES ? literal.subarray(0, MAX_HEADER_BYTES) : literal;
      pieces.push(cut);
      lengths.push(cut.length);
    }
  }
  return { bytes: Buffer.concat(pieces), lengths: Uint32Array.from(lengths), factsOnly };
}

/** Each response of a block by itself. */
export function splitLines({ bytes, lengths }: HeaderLines): ResponseLine[] {
  const lines: ResponseLine[] = [];
  let from = 0;
  const take = (length: number): Buffer => {
    const piece = Buffer.from(bytes.buffer, bytes.byteOffset + from, length);
    from += length;
    return piece;
  };
  for (let at = 0; at < lengths.length; ) {
    const payload = take(lengths[at] as number);
    const count = lengths[at + 1] as number;
    const literals = Array.from(lengths.subarray(at + 2, at + 2 + count), take);
    const line = readResponseLine(payload, literals);
    if (line) lines.push(line);
    at += 2 + count;
  }
  return lines;
}

export interface ObservedLines {
  readonly messages: readonly ObservedMessage[];
  /** UIDs whose response was unreadable: the message is there and must not be lost (SYNC-060). */
  readonly broken: readonly number[];
}

/** Reads every response by itself: an unreadable one takes no other along. */
export function observeLines(lines: HeaderLines): ObservedLines {
  const messages: ObservedMessage[] = [];
  const broken: number[] = [];
  for (const line of splitLines(lines)) {
    try {
      const row = readFetchRow(line);
      // Without a size or flags it is an unsolicited update in between.
      if (!row || row.size === null || row.flags === null) continue;
      messages.push(lines.factsOnly ? observeUnreadable(row) : observeMessage(row));
    } catch {
      const uid = uidOfBrokenRow(line.text);
      if (uid !== null) broken.push(uid);
    }
  }
  return { messages, broken };
}

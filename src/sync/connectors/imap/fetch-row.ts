/** One untagged FETCH as plain values (RFC 9051 7.5.2). */

import { MAX_UID } from './limits';
import type { ResponseLine } from './response-line';
import { type Token, tokenDigits, tokenList, tokenNumber, tokenText } from './tokens';

export interface FetchRow {
  readonly uid: number;
  readonly flags: readonly string[] | null;
  readonly modseq: string | null;
  /** Milliseconds UTC; null when it was not asked for or is no date. */
  readonly internalDate: number | null;
  readonly size: number | null;
  readonly bodyStructure: Token | undefined;
  /** EMAILID, or X-GM-MSGID where that is what the server has. */
  readonly emailId: string | null;
  /** THREADID or X-GM-THRID. */
  readonly threadId: string | null;
  /** Bytes by section, upper case: '' is the whole message, 'HEADER.FIELDS', '1.2', '1.2.MIME'. */
  readonly sections: ReadonlyMap<string, Uint8Array>;
}

/** Null for another response, or a FETCH without a UID (unsolicited by sequence number). Throws WireSyntaxError. */
export function readFetchRow(line: ResponseLine): FetchRow | null {
  if (line.name !== 'FETCH') return null;
  const items = tokenList(line.tokens()[0]);
  const sections = new Map<string, Uint8Array>();
  let uid: number | null = null;
  let flags: readonly string[] | null = null;
  let modseq: string | null = null;
  let internalDate: number | null = null;
  let size: number | null = null;
  let bodyStructure: Token | undefined;
  let emailId: string | null = null;
  let threadId: string | null = null;
  for (let at = 0; at + 1 < items.length; at += 2) {
    const value = items[at + 1];
    const key = (tokenText(items[at]) ?? '').toUpperCase();
    switch (key) {
      case 'UID':
        uid = tokenNumber(value);
        break;
      case 'FLAGS':
        flags = tokenList(value).flatMap((flag) => tokenText(flag) ?? []);
        break;
      case 'MODSEQ':
        modseq = tokenDigits(tokenList(value)[0]);
        break;
      case 'INTERNALDATE':
        internalDate = parseInternalDate(tokenText(value) ?? '');
        break;
      case 'RFC822.SIZE':
        size = tokenNumber(value);
        break;
      case 'BODYSTRUCTURE':
        bodyStructure = value;
        break;
      case 'EMAILID':
        emailId = tokenText(tokenList(value)[0]);
        break;
      case 'THREADID':
        threadId = tokenText(tokenList(value)[0]);
        break;
      case 'X-GM-MSGID':
        emailId ??= tokenDigits(value);
        break;
      case 'X-GM-THRID':
        threadId ??= tokenDigits(value);
        break;
      default:
        if (key.startsWith('BODY[')) addSection(sections, key, value);
    }
  }
  if (uid === null || uid < 1 || uid > MAX_UID) return null;
  return { uid, flags, modseq, internalDate, size, bodyStructure, emailId, threadId, sections };
}

/** UID of a FETCH whose other data cannot be read: the message is there and must not be lost (SYNC-060). */
export function uidOfBrokenRow(text: string): number | null {
  const match = /[( ]UID (\d{1,10})[ )]/i.exec(text);
  return match ? Number(match[1]) : null;
}

function addSection(sections: Map<string, Uint8Array>, key: string, value: Token | undefined): void {
  const name = /^BODY\[([^\] ]*)/.exec(key)?.[1] ?? '';
  if (value instanceof Uint8Array) sections.set(name, value);
  else if (typeof value === 'string') sections.set(name, Buffer.from(value, 'latin1'));
}

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';
const INTERNAL_DATE = /^ ?(\d{1,2})-([A-Za-z]{3})-(\d{4}) (\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2})(\d{2})$/;

/** '17-Jul-1996 02:44:25 -0700' to milliseconds UTC. */
export function parseInternalDate(text: string): number | null {
  const match = INTERNAL_DATE.exec(text);
  if (!match) return null;
  const [, day, monthName = '', year, hour, minute, second, sign, zoneHours, zoneMinutes] = match;
  const month = MONTHS.indexOf(monthName) / 3;
  if (!Number.isInteger(month) || month < 0) return null;
  const zone = (Number(zoneHours) * 60 + Number(zoneMinutes)) * (sign === '-' ? -1 : 1);
  return (
    Date.UTC(Number(year), month, Number(day), Number(hour), Number(minute), Number(second)) - zone * 60_000
  );
}

import { addressParser, decodeWords } from 'postal-mime';
import type { Person } from '../../shared/domain';
import { decodeText } from './decode-text';
import { MAX_PERSONS } from './limits';

// biome-ignore lint/suspicious/noControlCharactersInRegex: the question is exactly which bytes are not ASCII.
const NON_ASCII = /[^\x00-\x7f]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters never belong into a header value.
const CONTROLS = /[\x00-\x08\x0b-\x1f\x7f]/g;

/** Unstructured header text: raw eight-bit bytes by guess, encoded words (RFC 2047) decoded, one line. */
export function decodeHeaderText(raw: string): string {
  return readWords(NON_ASCII.test(raw) ? decodeText(Buffer.from(raw, 'latin1'), null).text : raw);
}

/** Of text that is no bytes any more. */
function readWords(text: string): string {
  const decoded = text.includes('=?') ? decodeWords(text) : text;
  return decoded.replace(CONTROLS, '').replace(/\s+/g, ' ').trim();
}

/** `Name <a@b>`, `"Name" <a@b>`, `<a@b>` and `a@b` are nearly all there is; the rest goes to the full grammar. */
const SIMPLE = /^\s*(?:"([^"\\]*)"|([^"(),:;<>@[\\\]]*))\s*<([^\s"(),:;<>[\\\]]+)>\s*$/;
const BARE = /^\s*([^\s"(),:;<>[\\\]]+@[^\s"(),:;<>[\\\]]+)\s*$/;

/** An address field as persons; groups are flattened, what has no address is left out unless it has a name. */
export function parsePersons(raw: string): Person[] {
  const bare = BARE.exec(raw);
  if (bare?.[1]) return [{ name: '', address: decodeHeaderText(bare[1]) }];
  const simple = SIMPLE.exec(raw);
  if (simple?.[3]) {
    return [{ name: decodeHeaderText(simple[1] ?? simple[2] ?? ''), address: decodeHeaderText(simple[3]) }];
  }
  const text = NON_ASCII.test(raw) ? decodeText(Buffer.from(raw, 'latin1'), null).text : raw;
  const persons: Person[] = [];
  for (const { name, address } of addressParser(text, { flatten: true })) {
    if (persons.length >= MAX_PERSONS) break;
    if (!name && !address) continue;
    // The library has read the encoded words of names already.
    persons.push({ name: readWords(name ?? ''), address: (address ?? '').trim() });
  }
  return persons;
}

const MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec';
const RFC_DATE =
  /^\s*(?:[A-Za-z]+\s*,?\s*)?(\d{1,2})[\s-]+([A-Za-z]{3})[a-z]*[\s-]+(\d{2,4})\s+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s*([+-]\d{4}|[A-Za-z]{1,5})?/;
const ZONES: Readonly<Record<string, number>> = {
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
};
/** Dates outside are mistakes: before mail existed or far in the future. */
const EARLIEST = Date.UTC(1970, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);

/** RFC 5322 date-time, obsolete forms included, to milliseconds UTC; null when it is none. Without a zone: UTC. */
export function parseDate(raw: string): number | null {
  const match = RFC_DATE.exec(raw);
  if (!match) {
    const iso = /^\s*\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(raw)
      ? Date.parse(/(Z|[+-]\d\d:?\d\d)\s*$/.test(raw) ? raw : `${raw.trim()}Z`)
      : Number.NaN;
    return within(iso);
  }
  const [, day = '', monthName = '', yearText = '', hour = '', minute = '', second = '0', zone = ''] = match;
  const month = MONTHS.indexOf(monthName.toLowerCase());
  if (month < 0 || month % 3 !== 0) return null;
  let year = Number(yearText);
  if (yearText.length === 2) year += year < 50 ? 2000 : 1900;
  else if (yearText.length === 3) year += 1900;
  const local = Date.UTC(year, month / 3, Number(day), Number(hour), Number(minute), Number(second));
  return within(local - zoneMinutes(zone) * 60_000);
}

function zoneMinutes(zone: string): number {
  if (/^[+-]/.test(zone)) {
    const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3, 5));
    return zone.startsWith('-') ? -minutes : minutes;
  }
  return (ZONES[zone.toUpperCase()] ?? 0) * 60;
}

function within(time: number): number | null {
  return time >= EARLIEST && time < LATEST ? time : null;
}

import type { CalendarEntryView, WhenView } from '../../shared/contract/preview-views';
import { previewStrings } from '../strings/preview';

/** What is said about when something is: for me, for the organiser where that differs, and what is uncertain. */
export interface Times {
  readonly mine: string;
  readonly organiser: string | null;
  readonly note: string | null;
}

/**
 * @param locale of the window; undefined = the browser's
 * @param zone IANA name of the reader's own zone
 */
export function entryTimes(
  { start, end }: Pick<CalendarEntryView, 'start' | 'end'>,
  locale: string | undefined,
  zone: string,
): Times | null {
  const first = start ?? end;
  if (first === null) return null;
  const last = start === null ? null : end;
  if (!first.local.includes('T')) return { mine: days(first, last, locale), organiser: null, note: null };
  const wall = range(asUtc(first), last === null ? null : asUtc(last), 'UTC', locale);
  if (first.at === null) {
    const note =
      first.zone === null
        ? previewStrings.noZone
        : previewStrings.zoneUnknown(first.zone.replaceAll('_', ' '));
    return { mine: wall, organiser: null, note };
  }
  const mine = range(first.at, last?.at ?? null, zone, locale);
  const differs = first.zone !== null && mine !== wall;
  return {
    mine: `${mine} ${zoneName(first.at, zone, locale)}`,
    organiser: differs ? previewStrings.inZone(wall, (first.zone ?? '').replaceAll('_', ' ')) : null,
    note: null,
  };
}

/** A wall clock written down as if it were UTC, for formatting without another shift. */
function asUtc({ local }: WhenView): number {
  return Date.parse(`${local}Z`);
}

function range(from: number, to: number | null, timeZone: string, locale: string | undefined): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', timeZone });
  return to === null || to <= from ? format.format(from) : format.formatRange(from, to);
}

/** Whole days; their end is exclusive in the file (RFC 5545 3.6.1) and inclusive for people. */
function days(first: WhenView, last: WhenView | null, locale: string | undefined): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' });
  const from = Date.parse(first.local);
  const to = last === null ? from : Date.parse(last.local.slice(0, 10)) - 86_400_000;
  return to > from ? format.formatRange(from, to) : format.format(from);
}

function zoneName(at: number, timeZone: string, locale: string | undefined): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'short' }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

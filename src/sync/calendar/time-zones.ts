import ICAL from 'ical.js';
import { type Component, property } from './content-lines';
import { MAX_OBSERVANCES } from './limits';

/** What a file calls a zone, as something that turns its wall-clock time into an instant. */
export interface Zone {
  /** A name of the IANA database where it is one; else the file's own. */
  readonly name: string;
  /**
   * @param local `YYYY-MM-DDTHH:MM:SS`
   * @returns milliseconds UTC, or null when the zone is not known
   */
  toInstant(local: string): number | null;
}

/**
 * The zone of a TZID: by its IANA name, also behind a prefix such as `/example.org/1/Europe/Berlin`; else by the
 * file's own VTIMEZONE (RFC 5545 3.6.5), when its rules are ones that cannot run away.
 */
export function findZone(tzid: string, definitions: readonly Component[]): Zone {
  const known = ianaName(tzid);
  if (known !== null) return { name: known, toInstant: (local) => instantIn(known, local) };
  const definition = definitions.find((zone) => property(zone, 'tzid')?.values[0] === tzid);
  const own = definition !== undefined && isTame(definition) ? definition : null;
  return { name: tzid, toInstant: (local) => (own === null ? null : instantByRules(own, local)) };
}

function ianaName(tzid: string): string | null {
  const parts = tzid.replace(/^\//, '').slice(0, 200).split('/');
  for (const length of [parts.length, 3, 2]) {
    const name = parts.slice(-length).join('/');
    if (!/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+){0,2}$/.test(name) || (length < 2 && !/^(UTC|GMT)$/i.test(name)))
      continue;
    try {
      return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
    } catch {
      // Not a zone of this runtime.
    }
  }
  return null;
}

const DAY_MS = 86_400_000;

/** RFC 5545 3.3.5: of an hour that comes twice the first one; an hour that is skipped by the clock from before. */
function instantIn(timeZone: string, local: string): number | null {
  const wall = Date.parse(`${local}Z`);
  if (Number.isNaN(wall)) return null;
  const by = (near: number) => wall - (wallClock(timeZone, near) - near);
  const before = by(wall - DAY_MS);
  const after = by(wall + DAY_MS);
  const fits = (instant: number) => wallClock(timeZone, instant) === wall;
  return !fits(before) && fits(after) ? after : before;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What a clock in the zone shows, as if it were UTC. In milliseconds. */
function wallClock(timeZone: string, instant: number): number {
  let format = formats.get(timeZone);
  if (format === undefined) {
    const two = '2-digit' as const;
    const fields = { year: 'numeric', month: two, day: two, hour: two, minute: two, second: two } as const;
    format = new Intl.DateTimeFormat('en-u-ca-iso8601', { timeZone, hourCycle: 'h23', ...fields });
    formats.set(timeZone, format);
  }
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return Date.UTC(
    ...([
      part('year'),
      part('month') - 1,
      part('day'),
      part('hour'),
      part('minute'),
      part('second'),
    ] as const),
  );
}

/** Every year on one day that every year has; anything else could have no next day, or millions. */
const TAME_RULE =
  /^FREQ=YEARLY(;(INTERVAL=1|UNTIL=\d{8}(T\d{6}Z?)?|WKST=[A-Z]{2}|BYMONTH=(1[0-2]|[1-9])|BYDAY=[+-]?[1-4][A-Z]{2}|BYMONTHDAY=(2[0-8]|1?\d)))*$/i;

function isTame({ children }: Component): boolean {
  return (
    children.length <= MAX_OBSERVANCES &&
    children.every(
      (observance) =>
        observance.properties.filter(({ name }) => name === 'rdate').length <= MAX_OBSERVANCES &&
        observance.properties
          .filter(({ name }) => name === 'rrule')
          .every(({ values }) => TAME_RULE.test(ruleText(values[0]))),
    )
  );
}

function ruleText(value: unknown): string {
  try {
    return ICAL.Recur.fromData(value as Parameters<typeof ICAL.Recur.fromData>[0]).toString();
  } catch {
    return '';
  }
}

function instantByRules(definition: Component, local: string): number | null {
  try {
    const component = new ICAL.Component(toJcal(definition) as unknown as string);
    const time = ICAL.Time.fromDateTimeString(local);
    time.zone = new ICAL.Timezone(component);
    return time.toUnixTime() * 1000;
  } catch {
    return null;
  }
}

function toJcal({ name, properties, children }: Component): unknown[] {
  return [
    name,
    properties.map((one) => [one.name, { ...one.parameters }, one.type, ...one.values]),
    children.map(toJcal),
  ];
}

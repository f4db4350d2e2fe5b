import ICAL from 'ical.js';
import type { CalendarEntryView, PreviewView, WhenView } from '../../shared/contract/preview-views';
import type { Person } from '../../shared/domain';
import {
  CALENDAR_DESIGN,
  type Component,
  type Property,
  parameter,
  property,
  readComponents,
  textOf,
} from './content-lines';
import { MAX_ATTENDEES, MAX_NOTE_CHARS, MAX_SHOWN, MAX_VALUE_CHARS } from './limits';
import { findZone, type Zone } from './time-zones';

type CalendarPreview = Extract<PreviewView, { kind: 'calendar' }>;
type Zones = (tzid: string) => Zone;

const METHODS = ['request', 'cancel', 'reply', 'counter', 'publish'] as const;
const STATES = ['confirmed', 'tentative', 'cancelled'] as const;
const FREQUENCIES = ['secondly', 'minutely', 'hourly', 'daily', 'weekly', 'monthly', 'yearly'] as const;
const ANSWERS = ['accepted', 'declined', 'tentative'] as const;

/** Events and tasks of an iCalendar file (RFC 5545); null when it holds neither. */
export function readCalendar(text: string): CalendarPreview | null {
  const top = readComponents(text, CALENDAR_DESIGN);
  const calendars = top.filter(({ name }) => name === 'vcalendar');
  const inside = calendars.flatMap(({ children }) => children);
  const found = [...top, ...inside].filter(({ name }) => name === 'vevent' || name === 'vtodo');
  if (found.length === 0) return null;
  const definitions = inside.filter(({ name }) => name === 'vtimezone');
  const cache = new Map<string, Zone>();
  const zones: Zones = (tzid) => {
    const zone = cache.get(tzid) ?? findZone(tzid, definitions);
    cache.set(tzid, zone);
    return zone;
  };
  const method = textOf(calendars[0] ? property(calendars[0], 'method') : null, MAX_VALUE_CHARS);
  return {
    kind: 'calendar',
    method: method === '' ? null : (oneOf(METHODS, method) ?? 'other'),
    entries: found.slice(0, MAX_SHOWN).map((component) => entry(component, zones)),
    more: Math.max(0, found.length - MAX_SHOWN),
  };
}

function entry(component: Component, zones: Zones): CalendarEntryView {
  const kind = component.name === 'vtodo' ? 'task' : 'event';
  const text = (name: string, most = MAX_VALUE_CHARS) => textOf(property(component, name), most);
  const start = when(property(component, 'dtstart'), zones);
  const people = component.properties.filter(({ name }) => name === 'attendee');
  const organizer = property(component, 'organizer');
  return {
    kind,
    summary: text('summary'),
    location: text('location'),
    description: text('description', MAX_NOTE_CHARS),
    status: oneOf(STATES, text('status')),
    start,
    end:
      when(property(component, kind === 'task' ? 'due' : 'dtend'), zones) ??
      after(start, textOf(property(component, 'duration'), MAX_VALUE_CHARS)),
    repeats: repeats(property(component, 'rrule')),
    organizer: organizer === null ? null : person(organizer),
    attendees: people.slice(0, MAX_ATTENDEES).map((attendee) => ({
      person: person(attendee),
      answer: oneOf(ANSWERS, parameter(attendee, 'partstat')) ?? 'waiting',
    })),
    moreAttendees: Math.max(0, people.length - MAX_ATTENDEES),
  };
}

/** Of a form `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SS` with a `Z` for UTC; anything else is no time. */
function when(from: Property | null, zones: Zones): WhenView | null {
  const value = textOf(from, MAX_VALUE_CHARS);
  const [, date, time, utc] = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d:\d\d)?(Z)?$/.exec(value) ?? [];
  if (date === undefined || Number.isNaN(Date.parse(date))) return null;
  if (time === undefined) return { at: null, local: date, zone: null };
  const local = date + time;
  if (Number.isNaN(Date.parse(`${local}Z`))) return null;
  if (utc !== undefined) return { at: Date.parse(`${local}Z`), local, zone: null };
  const tzid = parameter(from, 'tzid').slice(0, MAX_VALUE_CHARS);
  if (tzid === '') return { at: null, local, zone: null };
  const zone = zones(tzid);
  return { at: zone.toInstant(local), local, zone: zone.name };
}

const DAY_MS = 86_400_000;
/** A longer duration is a mistake of the file. */
const MAX_DURATION_MS = 10 * 366 * DAY_MS;

function after(start: WhenView | null, duration: string): WhenView | null {
  if (start === null || !ICAL.Duration.isValueString(duration)) return null;
  const ms = ICAL.Duration.fromString(duration).toSeconds() * 1000;
  if (!(ms > 0 && ms <= MAX_DURATION_MS)) return null;
  if (!start.local.includes('T')) {
    const end = new Date(Date.parse(start.local) + Math.max(DAY_MS, ms));
    return { ...start, local: end.toISOString().slice(0, 10) };
  }
  return {
    at: start.at === null ? null : start.at + ms,
    local: new Date(Date.parse(`${start.local}Z`) + ms).toISOString().slice(0, 19),
    zone: start.zone,
  };
}

function repeats(rule: Property | null): CalendarEntryView['repeats'] {
  const value = rule?.values[0];
  if (typeof value !== 'object' || value === null) return null;
  const { freq, interval, count, until } = value as Record<string, unknown>;
  const frequency = oneOf(FREQUENCIES, String(freq));
  const positive = (given: unknown) =>
    Number.isSafeInteger(Number(given)) && Number(given) > 0 ? Number(given) : null;
  return frequency === null
    ? null
    : {
        frequency,
        interval: positive(interval) ?? 1,
        count: positive(count),
        until: /^\d{4}-\d\d-\d\d/.exec(String(until))?.[0] ?? null,
      };
}

function person(from: Property): Person {
  const address = textOf(from, MAX_VALUE_CHARS).replace(/^mailto:/i, '');
  return { name: parameter(from, 'cn').slice(0, MAX_VALUE_CHARS), address };
}

function oneOf<T extends string>(known: readonly T[], value: string): T | null {
  return known.find((one) => one === value.toLowerCase()) ?? null;
}

import { expect, test } from 'vitest';
import { MAX_ATTENDEES, MAX_SHOWN } from './limits';
import { readCalendar } from './read-calendar';

const calendar = (...lines: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'];
const first = (text: string) => readCalendar(text)?.entries[0];

test('an invitation is read with what, when, where and who', () => {
  const text = calendar(
    'METHOD:REQUEST',
    ...event(
      'SUMMARY:Planning\\, part\r\n  two',
      'DTSTART;TZID=Europe/Berlin:20260315T100000',
      'DURATION:PT90M',
      'LOCATION:Room 1',
      'ORGANIZER;CN=Ben Ade:mailto:ben@example.org',
      'ATTENDEE;PARTSTAT=ACCEPTED;CN="Doe, Jo":mailto:jo@example.org',
      'ATTENDEE:mailto:al@example.org',
      'RRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20260601T000000Z',
      'STATUS:CONFIRMED',
    ),
  );
  expect(readCalendar(text)).toEqual({
    kind: 'calendar',
    method: 'request',
    more: 0,
    entries: [
      {
        kind: 'event',
        summary: 'Planning, part two',
        location: 'Room 1',
        description: '',
        status: 'confirmed',
        start: { at: Date.UTC(2026, 2, 15, 9), local: '2026-03-15T10:00:00', zone: 'Europe/Berlin' },
        end: { at: Date.UTC(2026, 2, 15, 10, 30), local: '2026-03-15T11:30:00', zone: 'Europe/Berlin' },
        repeats: { frequency: 'weekly', interval: 2, count: null, until: '2026-06-01' },
        organizer: { name: 'Ben Ade', address: 'ben@example.org' },
        attendees: [
          { person: { name: 'Doe, Jo', address: 'jo@example.org' }, answer: 'accepted' },
          { person: { name: '', address: 'al@example.org' }, answer: 'waiting' },
        ],
        moreAttendees: 0,
      },
    ],
  });
});

const OUTLOOK_ZONE = [
  'BEGIN:VTIMEZONE',
  'TZID:Central Time of Ours',
  ...['BEGIN:STANDARD', 'DTSTART:16010101T020000', 'TZOFFSETFROM:-0500', 'TZOFFSETTO:-0600'],
  ...['RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11', 'END:STANDARD'],
  ...['BEGIN:DAYLIGHT', 'DTSTART:16010101T020000', 'TZOFFSETFROM:-0600', 'TZOFFSETTO:-0500'],
  ...['RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3', 'END:DAYLIGHT', 'END:VTIMEZONE'],
];

test.each([
  ['DTSTART:20260701T080000Z', Date.UTC(2026, 6, 1, 8), null],
  [
    'DTSTART;TZID=/example.org/20250101_1/Europe/Berlin:20260701T100000',
    Date.UTC(2026, 6, 1, 8),
    'Europe/Berlin',
  ],
  ['DTSTART;TZID=Central Time of Ours:20260701T080000', Date.UTC(2026, 6, 1, 13), 'Central Time of Ours'],
  ['DTSTART;TZID=Central Time of Ours:20260101T080000', Date.UTC(2026, 0, 1, 14), 'Central Time of Ours'],
  ['DTSTART;TZID=Nowhere:20260101T080000', null, 'Nowhere'],
  ['DTSTART:20260101T080000', null, null],
  ['DTSTART;VALUE=DATE:20260101', null, null],
  // The hour that is skipped, and the one that comes twice.
  ['DTSTART;TZID=Europe/Berlin:20260329T023000', Date.UTC(2026, 2, 29, 1, 30), 'Europe/Berlin'],
  ['DTSTART;TZID=Europe/Berlin:20261025T023000', Date.UTC(2026, 9, 25, 0, 30), 'Europe/Berlin'],
])('%s is an instant', (line, at, zone) => {
  expect(first(calendar(...OUTLOOK_ZONE, ...event(line)))?.start).toMatchObject({ at, zone });
});

test('a zone whose rule could run forever is not expanded', () => {
  const wild = OUTLOOK_ZONE.map((line) => line.replace('FREQ=YEARLY;BYDAY=1SU', 'FREQ=SECONDLY'));
  const text = calendar(...wild, ...event('DTSTART;TZID=Central Time of Ours:20260701T080000'));
  expect(first(text)?.start).toMatchObject({ at: null, local: '2026-07-01T08:00:00' });
});

test('a broken line costs that line, a file cut short its end', () => {
  const text = calendar(
    ...event('DTSTART:tomorrow', '(((', 'SUMMARY:Still here', 'DTEND;=:x', 'LOCATION:There'),
  );
  expect(first(text.slice(0, text.indexOf('END:VEVENT')))).toMatchObject({
    summary: 'Still here',
    location: 'There',
    start: null,
  });
  expect(first(`END:VEVENT\r\nEND:VCALENDAR\r\n${text}`)?.summary).toBe('Still here');
});

test('hostile files are bounded', () => {
  const many = calendar(...Array.from({ length: 20_000 }, () => event('SUMMARY:x')).flat());
  expect(readCalendar(many)).toMatchObject({ entries: { length: MAX_SHOWN } });
  expect(readCalendar('BEGIN:VCALENDAR\r\n'.repeat(10_000))).toBeNull();
  const crowd = Array.from({ length: 400 }, (_, at) => `ATTENDEE:mailto:p${at}@example.org`);
  expect(first(calendar(...event(...crowd)))).toMatchObject({
    attendees: { length: MAX_ATTENDEES },
    moreAttendees: 400 - MAX_ATTENDEES,
  });
  expect(readCalendar('\0'.repeat(100_000))).toBeNull();
  expect(readCalendar('')).toBeNull();
  expect(first(calendar(...event(`SUMMARY:${'x'.repeat(60_000)}`)))?.summary).toHaveLength(500);
  expect(
    first(calendar(...event(`SUMMARY:${'x'.repeat(60_000)}`, ...Array(20).fill(` ${'x'.repeat(60_000)}`)))),
  ).toBeDefined();
});

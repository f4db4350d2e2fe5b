import { expect, test } from 'vitest';
import { entryTimes } from './calendar-times';

const at = (local: string, zone: string | null, instant: number | null) => ({ at: instant, local, zone });
const plain = (text: string | undefined | null) =>
  text?.replace(/[\u2009\u202f]/g, ' ').replace(' at ', ', ');

test('an event is told in my zone and, where it differs, in the organiser’s', () => {
  const start = at('2026-03-15T10:00:00', 'America/New_York', Date.UTC(2026, 2, 15, 14));
  const end = at('2026-03-15T11:00:00', 'America/New_York', Date.UTC(2026, 2, 15, 15));
  const abroad = entryTimes({ start, end }, 'en', 'Europe/Berlin');
  expect(plain(abroad?.mine)).toBe('Sunday, March 15, 2026, 3:00 – 4:00 PM GMT+1');
  expect(plain(abroad?.organiser)).toBe('Sunday, March 15, 2026, 10:00 – 11:00 AM in America/New York');
  expect(entryTimes({ start, end }, 'en', 'America/New_York')?.organiser).toBeNull();
});

test('whole days end on the day before the file says, times without a zone say so', () => {
  const day = (local: string) => at(local, null, null);
  expect(entryTimes({ start: day('2026-03-15'), end: day('2026-03-16') }, 'en', 'UTC')?.mine).toBe(
    'Sunday, March 15, 2026',
  );
  expect(plain(entryTimes({ start: day('2026-03-15'), end: day('2026-03-18') }, 'en', 'UTC')?.mine)).toBe(
    'Sunday, March 15 – Tuesday, March 17, 2026',
  );
  expect(entryTimes({ start: day('2026-03-15T10:00:00'), end: null }, 'en', 'UTC')?.note).toMatch(
    /^Local time/,
  );
  const odd = at('2026-03-15T10:00:00', 'Nowhere', null);
  expect(entryTimes({ start: odd, end: null }, 'en', 'UTC')?.note).toContain('Nowhere');
  expect(entryTimes({ start: null, end: null }, 'en', 'UTC')).toBeNull();
});

import { zonedFormat } from '../strings/zone';

const DAY_MS = 86_400_000;

/** Start of the local day of an instant, in ms: the only thing about "now" that the short form depends on. */
export function startOfDay(ms: number): number {
  const date = new Date(ms);
  date.setHours(0, 0, 0, 0);
  return date.getTime();
}

/** Writes the times of list rows in one language (UI-022). They follow the zone. */
export interface RowTimes {
  /** today `12:04`, this week `Tue`, this year `14 Mar`, older `14.03.24`; `today` = startOfDay(now). */
  short(ms: number, today: number): string;
  /** A time to come: today `18:00`, this week `Sat 09:00`, later `14 Mar 09:00`, else `14.03.27 09:00`. */
  until(ms: number, today: number): string;
  /** Full date and time for the tooltip and the accessible name. */
  full(ms: number): string;
}

export function createRowTimes(locale: string | undefined): RowTimes {
  const clock = zonedFormat(locale, { timeStyle: 'short' });
  const weekday = zonedFormat(locale, { weekday: 'short' });
  const dayMonth = zonedFormat(locale, { day: 'numeric', month: 'short' });
  const old = zonedFormat(locale, { day: '2-digit', month: '2-digit', year: '2-digit' });
  const full = zonedFormat(locale, { dateStyle: 'full', timeStyle: 'short' });
  return {
    short(ms, today) {
      const date = new Date(ms);
      if (ms >= today && ms < today + DAY_MS) return clock.format(date);
      // "This week" is the last six days: the same weekday a week ago would be read as today.
      if (ms < today && startOfDay(ms) >= today - 6 * DAY_MS - DAY_MS / 2) return weekday.format(date);
      if (date.getFullYear() === new Date(today).getFullYear()) return dayMonth.format(date);
      return old.format(date);
    },
    until(ms, today) {
      const date = new Date(ms);
      const day = startOfDay(ms);
      if (day === today) return clock.format(date);
      // The same weekday in a week would be read as today.
      const near = day > today && day <= today + 6 * DAY_MS + DAY_MS / 2;
      const thisYear = date.getFullYear() === new Date(today).getFullYear();
      return `${(near ? weekday : thisYear ? dayMonth : old).format(date)} ${clock.format(date)}`;
    },
    full: (ms) => full.format(new Date(ms)),
  };
}

/** A moment offered for putting mail off (APP-163). */
export interface SnoozePreset {
  readonly id: 'later-today' | 'this-evening' | 'tomorrow' | 'weekend' | 'next-week';
  /** Milliseconds UTC. */
  readonly until: number;
}

/** Days of the weekend as Intl numbers them: 1 = Monday to 7 = Sunday, in order. */
export interface Weekend {
  readonly first: number;
  readonly last: number;
}

const LATER_HOURS = 3;
/** "Later today" is not in the evening, and the evening is not already there. */
const EVENING_HOUR = 18;
const LAST_FOR_EVENING = 17;
const MORNING_HOUR = 8;
const WEEKEND_HOUR = 9;

/**
 * What can be chosen at `nowMs`, soonest first, in the computer's own time zone: a preset that is over, or on the same
 * day as another, is left out.
 */
export function snoozePresets(nowMs: number, weekend: Weekend): SnoozePreset[] {
  const now = new Date(nowMs);
  const at = (days: number, hour: number): number =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour).getTime();
  const presets: SnoozePreset[] = [];
  const later = now.getHours() + LATER_HOURS + (now.getMinutes() > 0 ? 1 : 0);
  if (later < EVENING_HOUR) presets.push({ id: 'later-today', until: at(0, later) });
  if (now.getHours() < LAST_FOR_EVENING) presets.push({ id: 'this-evening', until: at(0, EVENING_HOUR) });
  presets.push({ id: 'tomorrow', until: at(1, MORNING_HOUR) });
  const weekday = now.getDay() === 0 ? 7 : now.getDay();
  const toWeekend = daysTo(weekday, weekend.first);
  const isWeekend = daysTo(weekday, weekend.last) < daysTo(weekend.first, weekend.last) + 1;
  if (!isWeekend && toWeekend > 1) presets.push({ id: 'weekend', until: at(toWeekend, WEEKEND_HOUR) });
  const toWeek = daysTo(weekday, weekend.last) + 1;
  if (toWeek > 1) presets.push({ id: 'next-week', until: at(toWeek, MORNING_HOUR) });
  return presets;
}

function daysTo(from: number, to: number): number {
  return (to - from + 7) % 7;
}

/** The weekend of a language's region; Saturday and Sunday where nobody knows. */
export function weekendOf(locale: string): Weekend {
  const info = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?(): { weekend: readonly number[] } };
  const days = info.getWeekInfo?.().weekend ?? [];
  return { first: days[0] ?? 6, last: days.at(-1) ?? 7 };
}

/** Instants [from, to) in milliseconds UTC. */
export interface DateSpan {
  readonly from: number;
  readonly to: number;
}

const DAY_MS = 24 * 60 * 60_000;
const WRITTEN = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/;
const AGE = /^(\d{1,4})([hdwmy])$/i;

/**
 * The time a date of a query names, in local time: `2026-03-01`, `2026-03`, `2026`, `today`, `yesterday`, `this` or
 * `last` `week`, `month`, `year`. Weeks begin on Monday. Null for anything else.
 */
export function parseDate(value: string, nowMs: number): DateSpan | null {
  const words = value
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ');
  const written = WRITTEN.exec(value.trim());
  if (written) return writtenSpan(Number(written[1]), written[2], written[3]);
  const now = new Date(nowMs);
  const [year, month, day] = [now.getFullYear(), now.getMonth(), now.getDate()];
  const monday = day - ((now.getDay() + 6) % 7);
  switch (words) {
    case 'today':
      return span([year, month, day], [year, month, day + 1]);
    case 'yesterday':
      return span([year, month, day - 1], [year, month, day]);
    case 'this week':
      return span([year, month, monday], [year, month, monday + 7]);
    case 'last week':
      return span([year, month, monday - 7], [year, month, monday]);
    case 'this month':
      return span([year, month, 1], [year, month + 1, 1]);
    case 'last month':
      return span([year, month - 1, 1], [year, month, 1]);
    case 'this year':
      return span([year, 0, 1], [year + 1, 0, 1]);
    case 'last year':
      return span([year - 1, 0, 1], [year, 0, 1]);
    default:
      return null;
  }
}

/** The instant that lies `3d`, `2w`, `6m`, `1y` or `12h` before now; null for anything else. */
export function parseAge(value: string, nowMs: number): number | null {
  const match = AGE.exec(value.trim());
  if (!match) return null;
  const count = Number(match[1]);
  const then = new Date(nowMs);
  switch (match[2]?.toLowerCase()) {
    case 'h':
      return nowMs - (count * DAY_MS) / 24;
    case 'd':
      return nowMs - count * DAY_MS;
    case 'w':
      return nowMs - count * 7 * DAY_MS;
    case 'm':
      return then.setMonth(then.getMonth() - count);
    default:
      return then.setFullYear(then.getFullYear() - count);
  }
}

function writtenSpan(year: number, month: string | undefined, day: string | undefined): DateSpan | null {
  if (month === undefined) return span([year, 0, 1], [year + 1, 0, 1]);
  const at = Number(month) - 1;
  if (at < 0 || at > 11) return null;
  if (day === undefined) return span([year, at, 1], [year, at + 1, 1]);
  const exact = new Date(year, at, Number(day));
  // 31 February is a typing error, not a day in March.
  if (exact.getMonth() !== at || exact.getDate() !== Number(day)) return null;
  return span([year, at, Number(day)], [year, at, Number(day) + 1]);
}

function span(from: [number, number, number], to: [number, number, number]): DateSpan {
  return { from: new Date(...from).getTime(), to: new Date(...to).getTime() };
}

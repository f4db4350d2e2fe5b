const timeOnly = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });

/** A short time: `12:04` today, `14 Mar, 12:04` before. */
export function clockTime(instant: number, now = Date.now()): string {
  const sameDay = new Date(instant).toDateString() === new Date(now).toDateString();
  return sameDay ? timeOnly.format(instant) : `${day.format(instant)}, ${timeOnly.format(instant)}`;
}

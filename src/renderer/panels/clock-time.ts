import { startOfDay } from '../list/row-time';
import { zonedFormat } from '../strings/zone';

const timeOnly = zonedFormat(undefined, { timeStyle: 'short' });
const day = zonedFormat(undefined, { day: 'numeric', month: 'short' });

/** A short time: `12:04` today, `14 Mar, 12:04` before. */
export function clockTime(instant: number, now = Date.now()): string {
  const sameDay = startOfDay(instant) === startOfDay(now);
  return sameDay ? timeOnly.format(instant) : `${day.format(instant)}, ${timeOnly.format(instant)}`;
}

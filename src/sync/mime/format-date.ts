const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * `Sat, 28 Nov 2026 14:50:27 +0100` (RFC 5322 section 3.3).
 * @param time milliseconds UTC
 * @param zone IANA name; an unknown one counts as UTC
 */
export function formatDate(time: number, zone: string): string {
  const offset = offsetMinutes(time, zone);
  const local = new Date(time + offset * 60_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = [local.getUTCHours(), local.getUTCMinutes(), local.getUTCSeconds()].map(two).join(':');
  const size = Math.abs(offset);
  return [
    `${DAYS[local.getUTCDay()]},`,
    local.getUTCDate(),
    MONTHS[local.getUTCMonth()],
    String(local.getUTCFullYear()).padStart(4, '0'),
    clock,
    `${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`,
  ].join(' ');
}

/** Minutes east of UTC at that instant; offsets of odd seconds, as before 1900, are rounded. */
function offsetMinutes(time: number, zone: string): number {
  try {
    const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    const name = parts.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours, minutes = '0'] = /GMT([+-])(\d{2}):?(\d{2})?/.exec(name) ?? [];
    const size = Number(hours ?? 0) * 60 + Number(minutes);
    return sign === '-' ? -size : size;
  } catch (error) {
    if (error instanceof RangeError) return 0;
    throw error;
  }
}

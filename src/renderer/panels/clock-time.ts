const timeOnly = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const dayAndTime = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/** A short time: `12:04` today, `14 Mar, 12:04` before. */
export function clockTime(instant: number, now = Date.now()): string {
  const sameDay = new Date(instant).toDateString() === new Date(now).toDateString();
  return (sameDay ? timeOnly : dayAndTime).format(instant);
}

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRowTimes, startOfDay } from '../list/row-time';
import { clockTime } from '../panels/clock-time';
import { composeStrings } from './compose';
import { lookAtZone, watchZone, zonedFormat } from './zone';

const before = process.env.TZ;
beforeEach(() => {
  vi.useFakeTimers();
  move('Europe/Berlin');
  lookAtZone();
});
afterEach(() => {
  vi.useRealTimers();
  if (before === undefined) delete process.env.TZ;
  else process.env.TZ = before;
  lookAtZone();
});

/** As a computer does whose owner has arrived somewhere else. */
function move(zone: string): void {
  process.env.TZ = zone;
}

const LUNCH = Date.UTC(2026, 10, 21, 11, 4);
const clock = zonedFormat('en-GB', { timeStyle: 'short' });

test('a zone that changes while the window is open is followed by every time that is written', () => {
  const times = createRowTimes('en-GB');
  const today = startOfDay(LUNCH);
  expect(times.short(LUNCH, today)).toBe('12:04');
  const written = () => [
    clock.format(LUNCH),
    times.short(LUNCH, startOfDay(LUNCH)),
    times.until(LUNCH, startOfDay(LUNCH)),
    times.full(LUNCH).replace(',', ''),
  ];
  move('America/New_York');
  lookAtZone();
  expect(written()).toEqual(['06:04', '06:04', '06:04', 'Saturday 21 November 2026 at 06:04']);
  // The other side of midnight: it is another day there.
  move('Pacific/Auckland');
  lookAtZone();
  expect(written()).toEqual(['00:04', '00:04', '00:04', 'Sunday 22 November 2026 at 00:04']);
  expect(startOfDay(LUNCH)).not.toBe(today);
  // Times that were made for the whole window, and not for a list.
  expect(clockTime(LUNCH, LUNCH)).toMatch(/^(00|12):04/);
  expect(composeStrings.quoteDate(LUNCH)).toMatch(/22/);
});

test.each([
  [
    'when somebody comes back to the window',
    (window: FakeWindow) => window.dispatchEvent(new Event('focus')),
  ],
  [
    'when it can be seen again, after sleep too',
    (window: FakeWindow) => window.document.dispatchEvent(new Event('visibilitychange')),
  ],
  ['within a minute when nobody touches it', () => vi.advanceTimersByTime(60_000)],
])('the zone is looked at %s', (_when, happens) => {
  const window = fakeWindow();
  const stop = watchZone(window as unknown as Window);
  expect(clock.format(LUNCH)).toBe('12:04');
  move('Asia/Tokyo');
  expect(clock.format(LUNCH)).toBe('12:04');
  happens(window);
  expect(clock.format(LUNCH)).toBe('20:04');
  stop();
  move('Europe/Berlin');
  happens(window);
  expect(clock.format(LUNCH)).toBe('20:04');
});

type FakeWindow = ReturnType<typeof fakeWindow>;

/** What of a window is looked at. */
function fakeWindow() {
  return Object.assign(new EventTarget(), {
    document: new EventTarget(),
    setInterval: (run: () => void, ms: number) => setInterval(run, ms),
    clearInterval: (timer: ReturnType<typeof setInterval>) => clearInterval(timer),
  });
}

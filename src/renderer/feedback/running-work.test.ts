import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { beginWork, follow, shareOf, useRunning } from './running-work';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  expect(useRunning.getState().works).toEqual([]);
});

const shown = () => useRunning.getState().works.map(({ doing, phase }) => `${doing}: ${phase}`);
const ARCHIVING = { place: 'list', doing: 'Archiving' } as const;

test('UI-052 nothing for 300 ms, a bar until 2 s, then words, and nothing once it has ended', () => {
  const work = beginWork(ARCHIVING);
  vi.advanceTimersByTime(299);
  expect(shown()).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(shown()).toEqual(['Archiving: bar']);
  vi.advanceTimersByTime(1_699);
  expect(shown()).toEqual(['Archiving: bar']);
  vi.advanceTimersByTime(1);
  expect(shown()).toEqual(['Archiving: words']);
  work.end();
  expect(shown()).toEqual([]);
});

test.each([100, 1_000])('what ends after %i ms never comes back', (ms) => {
  const work = beginWork(ARCHIVING);
  vi.advanceTimersByTime(ms);
  work.end();
  work.progress({ done: 1, total: 2 });
  vi.advanceTimersByTime(10_000);
  expect(shown()).toEqual([]);
});

test('what it is known to have done before it is shown is shown with it, and every number after that', () => {
  const far = () => useRunning.getState().works[0]?.far;
  const work = beginWork(ARCHIVING);
  work.progress({ done: 10, total: 100 });
  vi.advanceTimersByTime(300);
  expect(far()).toEqual({ done: 10, total: 100 });
  work.progress({ done: 60, total: 100 });
  expect(far()).toEqual({ done: 60, total: 100 });
  vi.advanceTimersByTime(1_700);
  expect(far()).toEqual({ done: 60, total: 100 });
  expect(shown()).toEqual(['Archiving: words']);
  work.end();
});

test('its Cancel works once and is said to be under way until it has ended', () => {
  let cancelled = 0;
  const work = beginWork({ ...ARCHIVING, cancel: () => cancelled++ });
  vi.advanceTimersByTime(2_000);
  const stop = useRunning.getState().works[0]?.stop;
  stop?.();
  stop?.();
  expect(cancelled).toBe(1);
  expect(useRunning.getState().works).toMatchObject([{ isStopping: true }]);
  work.progress({ done: 1, total: 2 });
  expect(useRunning.getState().works).toMatchObject([{ isStopping: true, far: { done: 1 } }]);
  work.end();
  stop?.();
  expect(cancelled).toBe(1);
});

test('one that was stopped while it had only a bar still says so when its words come', () => {
  const work = beginWork({ ...ARCHIVING, cancel: () => undefined });
  vi.advanceTimersByTime(300);
  useRunning.getState().works[0]?.stop?.();
  vi.advanceTimersByTime(1_700);
  expect(useRunning.getState().works).toMatchObject([{ phase: 'words', isStopping: true }]);
  work.end();
});

test('what cannot be stopped offers no Cancel', () => {
  const work = beginWork(ARCHIVING);
  vi.advanceTimersByTime(2_000);
  expect(useRunning.getState().works).toMatchObject([{ stop: null }]);
  work.end();
});

test('what this computer does alone has no bar of its own, and words when it takes that long (UI-082)', () => {
  const work = beginWork({ ...ARCHIVING, local: true });
  vi.advanceTimersByTime(1_999);
  expect(shown()).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(shown()).toEqual(['Archiving: words']);
  work.end();
});

test('several go on beside each other, the oldest first', () => {
  const first = beginWork(ARCHIVING);
  vi.advanceTimersByTime(1_000);
  const second = beginWork({ place: 'reader', doing: 'Loading' });
  vi.advanceTimersByTime(1_000);
  expect(shown()).toEqual(['Archiving: words', 'Loading: bar']);
  first.end();
  expect(shown()).toEqual(['Loading: bar']);
  second.end();
});

test('following answers what the work answers, and ends with it however it ends', async () => {
  const slow = follow(ARCHIVING, () => new Promise((resolve) => setTimeout(() => resolve('done'), 3_000)));
  await vi.advanceTimersByTimeAsync(2_500);
  expect(shown()).toEqual(['Archiving: words']);
  await vi.advanceTimersByTimeAsync(500);
  expect(await slow).toBe('done');
  expect(shown()).toEqual([]);
  const failing = follow(ARCHIVING, async () => {
    throw new Error('broken');
  });
  await expect(failing).rejects.toThrow('broken');
});

test('a share is only told where the end is known', () => {
  expect([null, { done: 3, total: null }, { done: 0, total: 0 }].map(shareOf)).toEqual([null, null, null]);
  expect(shareOf({ done: 30, total: 120 })).toBe(0.25);
});

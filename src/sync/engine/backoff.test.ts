import { expect, test } from 'vitest';
import type { Failure } from '../../shared/failure';
import { pushDelayMs, reconnectDelayMs } from './backoff';

const offline: Failure = { kind: 'offline', message: 'gone' };
const auth: Failure = { kind: 'auth', reason: 'wrong-password', message: 'no' };

test('SYNC-124 reconnecting waits 1 s, doubles to 5 min and is spread by ±30 %', () => {
  expect([1, 2, 3, 9, 10, 40].map((n) => reconnectDelayMs(offline, n, 0.5))).toEqual([
    1_000, 2_000, 4_000, 256_000, 300_000, 300_000,
  ]);
  expect(reconnectDelayMs(offline, 1, 0)).toBe(700);
  expect(reconnectDelayMs(offline, 1, 1)).toBe(1_300);
});

test('after a refused login two automatic tries follow, then none (SYNC-019)', () => {
  expect([1, 2, 3, 4].map((n) => reconnectDelayMs(auth, n, 0.9))).toEqual([60_000, 600_000, null, null]);
});

test('a change is tried for ever: 2 s, 4 s … 15 min (SYNC-240)', () => {
  expect([1, 2, 3, 10, 1_000].map((n) => pushDelayMs(offline, n, 0.5))).toEqual([
    2_000, 4_000, 8_000, 900_000, 900_000,
  ]);
});

test('a time the server stated is honoured', () => {
  expect(pushDelayMs({ kind: 'throttled', message: 'slow', retryAfterMs: 60_000 }, 1, 0.5)).toBe(60_000);
  expect(reconnectDelayMs({ kind: 'throttled', message: 'slow', retryAfterMs: 60_000 }, 1, 0.5)).toBe(60_000);
});

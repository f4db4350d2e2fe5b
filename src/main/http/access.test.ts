import { expect, test } from 'vitest';
import type { Clock } from '../../sync/ports/clock';
import { createAccess } from './access';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

function setUp() {
  let now = 1_700_000_000_000;
  const clock: Clock = {
    now: () => now,
    monotonic: () => now,
    after: () => () => undefined,
    sleep: async () => undefined,
  };
  const pass = (ms: number): void => {
    now += ms;
  };
  return { access: createAccess(clock), pass };
}

test('a link works once and for an hour', () => {
  const { access, pass } = setUp();
  const token = access.createLink();
  expect(access.redeem(token)).not.toBeNull();
  expect(access.redeem(token)).toBeNull();
  const late = access.createLink();
  pass(61 * MINUTE);
  expect(access.redeem(late)).toBeNull();
});

test('a session ends a week after its last use and a month after it began', () => {
  const { access, pass } = setUp();
  const idle = access.openSession();
  const used = access.openSession();
  for (let day = 0; day < 29; day += 1) {
    pass(DAY);
    expect(access.isOpen(used)).toBe(true);
  }
  expect(access.isOpen(idle)).toBe(false);
  pass(2 * DAY);
  expect(access.isOpen(used)).toBe(false);
});

test('signing out everywhere ends sessions and links', () => {
  const { access } = setUp();
  const session = access.openSession();
  const token = access.createLink();
  expect(access.endAll()).toBe(1);
  expect([access.isOpen(session), access.redeem(token)]).toEqual([false, null]);
});

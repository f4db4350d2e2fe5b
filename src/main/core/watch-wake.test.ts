import { expect, test } from 'vitest';
import { createFakeClock } from '../../../test/fakes/fake-clock';
import { LOOK_EVERY_MS, watchWake } from './watch-wake';

function setUp() {
  const timers = createFakeClock();
  let offset = 0;
  let addresses = 'eth0 192.0.2.7';
  let woken = 0;
  const stop = watchWake({
    clock: { ...timers, now: () => timers.now() + offset },
    addresses: () => addresses,
    woke: () => {
      woken += 1;
    },
  });
  return {
    stop,
    woken: () => woken,
    later: () => timers.advance(LOOK_EVERY_MS),
    jump: (ms: number) => {
      offset += ms;
    },
    move: (to: string) => {
      addresses = to;
    },
    pending: timers.pending,
  };
}

test('sleep and a clock that is set are noticed at the next look, once each; a busy computer is not', () => {
  const { later, jump, woken } = setUp();
  later();
  jump(10_000);
  later();
  expect(woken()).toBe(0);
  for (const ms of [8 * 3_600_000, -3_600_000, 20_000]) {
    const before = woken();
    jump(ms);
    later();
    later();
    expect(woken() - before, `${ms} ms`).toBe(1);
  }
});

test('another network is noticed when there is one, and only once', () => {
  const { later, move, woken } = setUp();
  move('');
  later();
  expect(woken()).toBe(0);
  move('wlan0 198.51.100.4');
  later();
  later();
  expect(woken()).toBe(1);
});

test('it ends', () => {
  const { stop, pending } = setUp();
  stop();
  expect(pending()).toBe(0);
});

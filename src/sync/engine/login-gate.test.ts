import { expect, test } from 'vitest';
import { createFakeClock } from '../../../test/fakes/fake-clock';
import { createFakeRandom } from '../../../test/fakes/fake-random';
import type { Failure } from '../../shared/failure';
import { createLoginGate } from './login-gate';

const CUT: Failure = { kind: 'offline', message: 'The connection was lost.' };
const REFUSED: Failure = { kind: 'auth', reason: 'wrong-password', message: 'The password is wrong.' };

test('SYNC-124 a link that breaks at every use is asked less and less often; a minute of health starts the backoff anew', () => {
  const clock = createFakeClock();
  const gate = createLoginGate(clock, createFakeRandom());
  const waits: number[] = [];
  for (let round = 0; round < 12; round++) {
    gate.succeeded();
    gate.failed(CUT);
    const wait = gate.opensInMs() ?? 0;
    waits.push(wait);
    clock.advance(wait);
    expect(gate.isOpen()).toBe(true);
  }
  expect(waits[0]).toBeLessThanOrEqual(1_300);
  expect(waits.at(-1)).toBeGreaterThanOrEqual(200_000);
  gate.succeeded();
  clock.advance(60_000);
  gate.succeeded();
  gate.failed(CUT);
  expect(gate.opensInMs()).toBeLessThanOrEqual(1_300);
});

test('only a person opens the gate after the third refused login', () => {
  const clock = createFakeClock();
  const gate = createLoginGate(clock, createFakeRandom());
  for (let round = 0; round < 3; round++) gate.failed(REFUSED);
  expect(gate.opensInMs()).toBeNull();
  gate.open();
  expect(gate.isOpen()).toBe(true);
});

import { afterEach, expect, test } from 'vitest';
import { addEngineAccount, openTestEngine, type TestEngine } from '../../../test/fakes/open-test-engine';
import type { AccountId, AccountState } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import { getAccount } from '../store/read/accounts';

const GONE: Failure = { kind: 'offline', message: 'The connection was lost.' };

let engine: TestEngine;
afterEach(() => engine.close());

/** The gaps between instants in their order. */
const gaps = (times: readonly number[]): number[] =>
  times
    .toSorted((a, b) => a - b)
    .flatMap((at, index, all) => (index === 0 ? [] : at - (all[index - 1] ?? 0)));

/** Lets time pass until all of these accounts are in this state. */
async function reach(accounts: readonly AccountId[], state: AccountState): Promise<void> {
  const states = () => accounts.map((id) => getAccount(engine.store.read, id)?.state);
  for (let tries = 0; tries < 300 && states().some((one) => one !== state); tries++) await engine.pass(100);
  expect(states()).toEqual(accounts.map(() => state));
}

test('SYNC-124 accounts of one host begin half a second apart, at the start and after a lost link; those of another host do not wait for them', async () => {
  let listed: number[] = [];
  let round = 0;
  let cut = false;
  engine = await openTestEngine((connector, clock) => {
    let seen = -1;
    return {
      ...connector,
      listMailboxes: (signal) => {
        if (cut) return Promise.resolve({ ok: false, failure: GONE });
        if (seen !== round) listed.push(clock.monotonic());
        seen = round;
        return connector.listMailboxes(signal);
      },
    };
  });
  /** When each account began, from now on. */
  const begin = (): void => {
    round += 1;
    listed = [];
  };
  await engine.pass(2_000);
  begin();
  const others = Array.from({ length: 4 }, () => addEngineAccount(engine.store, engine.clock));
  const elsewhere = addEngineAccount(engine.store, engine.clock, 'mail.elsewhere.example');
  const from = engine.clock.monotonic();
  for (const accountId of [...others, elsewhere]) await engine.supervisor.refreshAccount(accountId);
  const all = [engine.accountId, ...others];
  await reach([...all, elsewhere], 'ok');
  // Two at once: the first of the host, which was quiet, and the only one of the other host.
  expect(listed.filter((at) => at - from < 100)).toHaveLength(2);
  expect(
    gaps(listed)
      .slice(1)
      .every((gap) => gap >= 450),
  ).toBe(true);

  // All of them lose their link in the same moment, and come back one by one.
  cut = true;
  for (const accountId of all) void engine.supervisor.syncNow(accountId, null);
  await reach(all, 'offline');
  cut = false;
  begin();
  await reach(all, 'ok');
  expect(listed).toHaveLength(5);
  expect(gaps(listed).every((gap) => gap >= 400)).toBe(true);
});

import { afterEach, expect, test } from 'vitest';
import { openTestEngine, type TestEngine } from '../../../test/fakes/open-test-engine';
import type { WatchEvent } from '../connectors/contract';

let engine: TestEngine;
afterEach(() => engine.close());

test('SYNC-119 a watch knows whether a window can be seen, and ends when the account is paused', async () => {
  const watches: { isVisible: (() => boolean) | undefined; signal: AbortSignal }[] = [];
  engine = await openTestEngine((connector) => ({
    ...connector,
    watch: (remoteKey, signal, options) => {
      watches.push({ isVisible: options?.isVisible, signal });
      return connector.watch(remoteKey, signal, options);
    },
  }));
  await engine.pass(3_000);
  expect(watches).toHaveLength(1);
  const [watch] = watches;
  // Nobody looks before a window says so.
  expect(watch?.isVisible?.()).toBe(false);
  engine.supervisor.looking(null, true);
  expect(watch?.isVisible?.()).toBe(true);
  engine.supervisor.looking(engine.mailboxId('INBOX'), false);
  expect(watch?.isVisible?.()).toBe(false);
  expect(watch?.signal.aborted).toBe(false);
  engine.store.write.prepare('UPDATE accounts SET paused = 1 WHERE id = ?').run(engine.accountId);
  await Promise.all([engine.supervisor.refreshAccount(engine.accountId), engine.pass(3_000)]);
  expect(engine.account().state).toBe('paused');
  expect(watch?.signal.aborted).toBe(true);
  await engine.pass(600_000);
  expect(watches).toHaveLength(1);
});

test('where the watch is the first to hear that the password is wrong, the account asks for it at once', async () => {
  engine = await openTestEngine((connector, clock) => ({
    ...connector,
    watch: async function* (): AsyncGenerator<WatchEvent, void> {
      await clock.sleep(1_000);
      yield { kind: 'ended', failure: { kind: 'auth', reason: 'wrong-password', message: 'Refused.' } };
    },
  }));
  await engine.pass(500);
  expect(engine.account().state).toBe('ok');
  await engine.pass(1_000);
  expect(engine.account()).toMatchObject({ state: 'auth', watch: 'poll' });
});

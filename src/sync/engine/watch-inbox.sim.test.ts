import { afterEach, expect, test } from 'vitest';
import { openTestEngine, type TestEngine } from '../../../test/fakes/open-test-engine';

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

import { afterEach, expect, test } from 'vitest';
import { openTestEngine, type TestEngine } from '../../../test/fakes/open-test-engine';
import { fail } from '../../shared/outcome';
import { createQueryHandlers } from '../queries/query-handlers';
import { getAccount } from '../store/read/accounts';
import { type AccountMethodDeps, accountMethods } from './account-methods';

let engine: TestEngine;
afterEach(() => engine.close());

test('SYNC-004 an account with unsent or parked changes is removed only by who was told of them and says so', async () => {
  let refuses = false;
  engine = await openTestEngine((connector) => ({
    ...connector,
    push: (action, wire, signal) =>
      refuses
        ? Promise.resolve(fail({ kind: 'rejected', message: 'The server refused it.' }))
        : connector.push(action, wire, signal),
  }));
  engine.deliver('parked one');
  engine.deliver('unsent one');
  await engine.pass(5_000);
  const { store, supervisor } = engine;
  const deleted: string[] = [];
  const ports = { vault: { delete: async (ref: string) => deleted.push(ref) } };
  const methods = accountMethods({ store, supervisor, ports } as unknown as AccountMethodDeps);
  const remove = (discardPending: boolean) =>
    methods['accounts.remove']({ accountId: engine.accountId, discardPending });
  const entries = async (): Promise<unknown> => {
    const listed = await createQueryHandlers(store.read, engine.clock)['pending.list']({
      state: 'all',
      limit: 10,
    });
    return listed.ok ? listed.value.map(({ title, state }) => [title, state]) : null;
  };

  refuses = true;
  await engine.mutate('parked one', { kind: 'archive' });
  await engine.pass(3_000);
  expect(await entries()).toEqual([['Move to Archive', 'parked']]);
  expect(await remove(false)).toMatchObject({
    ok: false,
    failure: { kind: 'conflict', message: expect.stringContaining('1 change') },
  });
  supervisor.setOffline(true);
  await engine.pass(1_000);
  await engine.mutate('unsent one', { kind: 'keywords', add: ['$flagged'], remove: [] });
  expect(await remove(false)).toMatchObject({ failure: { message: expect.stringContaining('2 changes') } });
  expect(await entries()).toHaveLength(2);
  // Refused means untouched.
  expect(engine.account().state).toBe('offline');
  expect(engine.subjects('INBOX')).toEqual(['parked one', 'unsent one']);

  const removing = remove(true);
  await engine.pass(5_000);
  expect(await removing).toEqual({ ok: true, value: null });
  expect(getAccount(store.read, engine.accountId)).toBeNull();
  expect(await entries()).toEqual([]);
  expect(deleted).toEqual(['none']);
});

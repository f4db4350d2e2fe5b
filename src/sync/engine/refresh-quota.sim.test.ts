import { afterEach, expect, test } from 'vitest';
import { openTestEngine, type TestEngine } from '../../../test/fakes/open-test-engine';
import { ok } from '../../shared/outcome';
import type { Connector } from '../connectors/contract';
import { accountViews } from '../queries/account-views';

let engine: TestEngine;
afterEach(() => engine.close());

const HOUR = 3_600_000;

/** A server that counts how often it is asked, and is fuller every time. */
function filling() {
  const asked = { times: 0 };
  const wrap = (connector: Connector): Connector => ({
    ...connector,
    quota: async () => ok([{ kind: 'storage' as const, used: ++asked.times * 1_000, limit: 50_000 }]),
  });
  return { asked, wrap };
}
const shown = () => accountViews(engine.store.read)[0]?.quota;

test('SYNC-044 the quota is read every six hours and after OVERQUOTA, and stored per resource', async () => {
  const { asked, wrap } = filling();
  engine = await openTestEngine((connector) => ({
    ...wrap(connector),
    push: async () => ({
      ok: false,
      failure: { kind: 'rejected', code: 'OVERQUOTA', message: 'The mailbox on the server is full.' },
    }),
  }));
  engine.deliver('letter');
  await engine.pass(2_000);
  expect([asked.times, shown()]).toEqual([1, [{ kind: 'storage', used: 1_000, limit: 50_000 }]]);
  await engine.pass(5 * HOUR);
  expect(asked.times).toBe(1);
  await engine.pass(2 * HOUR);
  expect([asked.times, shown()]).toEqual([2, [{ kind: 'storage', used: 2_000, limit: 50_000 }]]);
  await engine.mutate('letter', { kind: 'archive' });
  await engine.pass(90_000);
  expect(engine.supervisor.status().parked).toBe(1);
  expect(asked.times).toBe(3);
});

test('a server that fails to tell is asked again in the next round; mail goes on', async () => {
  let times = 0;
  engine = await openTestEngine((connector) => ({
    ...connector,
    quota: async () => {
      times += 1;
      return { ok: false, failure: { kind: 'protocol', message: 'It says nonsense.' } };
    },
  }));
  engine.deliver('letter');
  await engine.pass(2_000);
  await engine.pass(130_000);
  expect(times).toBeGreaterThan(1);
  expect([engine.account().state, engine.subjects('INBOX'), shown()]).toEqual(['ok', ['letter'], []]);
});

test('a removed account leaves nothing of what was noted about it', async () => {
  engine = await openTestEngine(filling().wrap);
  await engine.pass(2_000);
  const notes = () =>
    engine.store.read
      .prepare(`SELECT key FROM settings WHERE key LIKE '%.${engine.accountId}'`)
      .pluck()
      .all();
  expect(notes()).toContain(`quota.${engine.accountId}`);
  const removed = engine.supervisor.removeAccount(engine.accountId);
  await engine.pass(3_000);
  await removed;
  expect(notes()).toEqual([]);
});

import { afterEach, expect, test } from 'vitest';
import { openTestEngine, type TestEngine } from '../../../test/fakes/open-test-engine';
import type { Failure } from '../../shared/failure';
import { fail } from '../../shared/outcome';
import type { Connector, PushAction } from '../connectors/contract';
import { createQueryHandlers } from '../queries/query-handlers';
import { pendingCounts } from '../store/read/pending';
import { recount } from '../store/recount';

let engine: TestEngine;
afterEach(() => engine.close());

const REFUSED: Failure = { kind: 'auth', reason: 'wrong-password', message: 'The password was refused.' };

/** A connector whose logins are counted and refused while `refuse` says so. */
function countingLogins(refuse: () => boolean) {
  const logins = { count: 0 };
  const wrap = (connector: Connector): Connector => ({
    ...connector,
    connect: async (role, signal) => {
      logins.count += 1;
      return refuse() ? fail(REFUSED) : connector.connect(role, signal);
    },
  });
  return { logins, wrap };
}

test('SYNC-019 after a refused login two automatic ones follow, then none until the user acts', async () => {
  let refused = true;
  const { logins, wrap } = countingLogins(() => refused);
  engine = await openTestEngine(wrap);
  await engine.pass(1_000);
  expect([logins.count, engine.account().state]).toEqual([1, 'auth']);
  // Looking around and working offline must not add up to more attempts.
  for (let i = 0; i < 20; i++) {
    engine.supervisor.looking(null);
    await engine.pass(1_000);
  }
  expect(logins.count).toBe(1);
  await engine.pass(60_000);
  expect(logins.count).toBe(2);
  await engine.pass(14 * 60_000);
  expect(logins.count).toBe(3);
  await engine.pass(24 * 3_600_000);
  expect(logins.count).toBe(3);
  refused = false;
  engine.supervisor.retryAll();
  await engine.pass(1_000);
  expect(engine.account().state).toBe('ok');
});

test('SYNC-248 while the login is refused changes wait; after it they go out in order', async () => {
  let refused = false;
  const pushed: string[] = [];
  const { wrap } = countingLogins(() => refused);
  engine = await openTestEngine((connector) => ({
    ...wrap(connector),
    push: (action: PushAction, wire, signal) => {
      pushed.push(action.kind);
      return connector.push(action, wire, signal);
    },
    listMailboxes: async (signal) => (refused ? fail(REFUSED) : connector.listMailboxes(signal)),
  }));
  engine.deliver('letter');
  await engine.pass(3_000);
  refused = true;
  await engine.pass(61_000);
  await engine.mutate('letter', { kind: 'keywords', add: ['$flagged'], remove: [] });
  await engine.mutate('letter', { kind: 'archive' });
  await engine.pass(24 * 3_600_000);
  expect(pendingCounts(engine.store.read, engine.accountId)).toEqual({ waiting: 2, parked: 0 });
  expect(engine.subjects('Archive')).toEqual(['letter']);
  expect(pushed).toEqual([]);
  refused = false;
  engine.supervisor.retryAll();
  await engine.pass(5_000);
  expect(pushed).toEqual(['keywords', 'move']);
  expect(pendingCounts(engine.store.read, engine.accountId)).toEqual({ waiting: 0, parked: 0 });
  expect([...engine.server.mailbox('Archive').messages.values()].map(({ keywords }) => keywords)).toEqual([
    ['$flagged'],
  ]);
});

test('SYNC-240 a passing failure is tried again for ever and nothing is counted while offline', async () => {
  engine = await openTestEngine();
  engine.deliver('letter');
  await engine.pass(3_000);
  engine.server.fault = 'offline';
  await engine.mutate('letter', { kind: 'archive' });
  await engine.pass(7 * 24 * 3_600_000);
  expect(pendingCounts(engine.store.read, engine.accountId)).toEqual({ waiting: 1, parked: 0 });
  const attempts = engine.store.read.prepare('SELECT attempts FROM pending_changes').pluck().get();
  expect(attempts).toBe(0);
  engine.server.fault = null;
  await engine.pass(6 * 60_000);
  expect(engine.server.mailbox('Archive').messages.size).toBe(1);
});

test('SYNC-262 a pull between a gesture and its push never makes the message jump back', async () => {
  let hold = true;
  engine = await openTestEngine((connector) => ({
    ...connector,
    preparePush: async (action, signal) => {
      while (hold && !signal.aborted) await new Promise((resolve) => setImmediate(resolve));
      return connector.preparePush(action, signal);
    },
  }));
  engine.deliver('stays away');
  await engine.pass(3_000);
  await engine.mutate('stays away', { kind: 'archive' });
  for (let i = 0; i < 1_000; i++) {
    engine.server.setKeywords('INBOX', 1, i % 2 ? ['$seen'] : []);
    if (i % 20 === 0) await engine.pass(1_100);
    expect(engine.subjects('INBOX')).toEqual([]);
    expect(engine.subjects('Archive')).toEqual(['stays away']);
  }
  hold = false;
  await engine.pass(3_000);
  expect(engine.server.mailbox('Archive').messages.size).toBe(1);
  expect(engine.subjects('Archive')).toEqual(['stays away']);
});

test('SYNC-024 the offline switch ends the work within a second, survives, and everything goes on where it was', async () => {
  engine = await openTestEngine();
  engine.deliver('before');
  await engine.pass(3_000);
  engine.supervisor.setOffline(true);
  await engine.pass(1_000);
  expect(engine.account().state).toBe('offline');
  engine.deliver('meanwhile');
  await engine.pass(24 * 3_600_000);
  expect(engine.subjects('INBOX')).toEqual(['before']);
  expect(engine.supervisor.status()).toMatchObject({ online: false, offlineByChoice: true });
  engine.supervisor.setOffline(false);
  await engine.pass(3_000);
  expect(engine.subjects('INBOX')).toEqual(['before', 'meanwhile']);
});

test('an account whose round has a bug goes on later and says so', async () => {
  let broken = true;
  engine = await openTestEngine((connector) => ({
    ...connector,
    listMailboxes: (signal) => {
      if (broken) throw new Error('a bug of ours');
      return connector.listMailboxes(signal);
    },
  }));
  await engine.pass(2_000);
  expect(engine.account()).toMatchObject({ state: 'error', failure: { kind: 'internal' } });
  expect(engine.errors[0]?.event).toBe('engine.bug');
  broken = false;
  await engine.pass(120_000);
  expect(engine.account().state).toBe('ok');
});

test('SYNC-396 at night, when idle, at the plug and unmetered, every set of UIDs, count and flag is compared with the server, repaired and reported', async () => {
  engine = await openTestEngine();
  for (let at = 0; at < 250; at++) engine.deliver(`m${at}`);
  engine.deliver('flag lost here');
  engine.deliver('lost here');
  // A new account was just read whole: its day starts now.
  await engine.pass(3_600_000);
  const { store, server, clock } = engine;
  const day = 26 * 3_600_000;
  const verifiedAt = () => createQueryHandlers(store.read, clock)['accounts.list']({});
  const verified = async () => {
    const listed = await createQueryHandlers(store.read, clock)['mailboxes.list']({});
    return listed.ok ? listed.value.map((box) => box.verifiedAt ?? 0) : [];
  };
  const audits = () =>
    store.read
      .prepare(
        "SELECT mailbox, result, added, changed, removed FROM sync_log WHERE kind = 'audit' AND added + changed + removed > 0",
      )
      .all();
  const all = () =>
    store.read
      .prepare("SELECT coalesce(sum(folded + 1), 0) FROM sync_log WHERE kind = 'audit'")
      .pluck()
      .get();
  // Differences no checkpoint can show: our facts were damaged.
  const inbox = engine.mailboxId('INBOX');
  const uidOf = (subject: string) =>
    store.read
      .prepare('SELECT uid FROM placements WHERE message_id = ?')
      .pluck()
      .get(engine.messageId(subject));
  store.write
    .prepare("UPDATE placements SET keywords = '$flagged' WHERE uid = ?")
    .run(uidOf('flag lost here'));
  const gone = uidOf('lost here');
  store.write.prepare('UPDATE placements SET uid = 9999 WHERE uid = ? AND mailbox_id = ?').run(gone, inbox);

  engine.power.onBattery = true;
  await engine.pass(day);
  expect(all()).toBe(0);
  engine.power.onBattery = false;
  engine.network.report('metered');
  await engine.pass(day);
  expect(all()).toBe(0);
  const before = await verifiedAt();
  const verifiedBefore = await verified();
  expect(verifiedBefore.every((at) => at === 0)).toBe(true);
  engine.network.report('online');
  await engine.pass(3_600_000);
  expect(audits()).toEqual([{ mailbox: 'INBOX', result: 'ok', added: 0, changed: 2, removed: 1 }]);
  expect(engine.logged.filter((line) => line.includes('audit.differences'))).toHaveLength(1);
  const placed = store.read.prepare('SELECT uid, keywords FROM placements WHERE mailbox_id = ?').all(inbox);
  const onServer = [...server.mailbox('INBOX').messages.values()];
  expect(new Set(placed.map((row) => JSON.stringify(row)))).toEqual(
    new Set(onServer.map(({ uid, keywords }) => JSON.stringify({ uid, keywords: keywords.join(' ') }))),
  );
  // Nothing is said to be compared before it was.
  expect(before).toMatchObject({ ok: true, value: [{ verifiedAt: null }] });
  const after = await verifiedAt();
  expect(after.ok && after.value[0]?.verifiedAt).toBeGreaterThan(clock.now() - day);
  // Each folder has its own (SYNC-058).
  expect((await verified()).every((at) => at > clock.now() - day)).toBe(true);
  expect(recount(store.read)).toEqual([]);
  // The next night there is nothing to report.
  await engine.pass(day);
  expect(audits()).toHaveLength(1);
  expect(Number(all())).toBeGreaterThan(6);
});

test('new mail is announced once; what was read elsewhere, found by the first sync or is one’s own is not', async () => {
  engine = await openTestEngine();
  engine.deliver('old');
  await engine.pass(3_000);
  engine.deliver('read elsewhere', 'INBOX', ['$seen']);
  await engine.pass(3_000);
  const own = engine.account().email.toUpperCase();
  engine.server.deliver(
    'INBOX',
    Buffer.from(`From: Me <${own}>\r\nSubject: note to myself\r\n\r\nx\r\n`),
    engine.clock.now(),
    [],
  );
  engine.deliver('news');
  engine.deliver('in another folder', 'Archive');
  await engine.pass(120_000);
  const announced = engine.events.flatMap((event) =>
    event.kind === 'new-mail' ? event.messages.map(({ subject }) => subject) : [],
  );
  expect(announced).toEqual(['news']);
});

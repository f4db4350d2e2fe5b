import { afterEach, expect, test } from 'vitest';
import { openTestEngine, type TestEngine } from '../../../test/fakes/open-test-engine';
import type { ImapAccountInput } from '../../shared/contract/methods';
import { fail } from '../../shared/outcome';
import { getAccount } from '../store/read/accounts';
import { insertAccount, updateAccount } from '../store/write/accounts';

let engine: TestEngine;
afterEach(() => engine.close());

const rows = (kind: string): Record<string, unknown>[] =>
  engine.store.read.prepare('SELECT * FROM sync_log WHERE kind = ? ORDER BY id').all(kind) as Record<
    string,
    unknown
  >[];

test('SYNC-001 an account is new, tried, active, paused and removed; every step is one transaction with a row of the log', async () => {
  let mayLogIn = false;
  const refused = fail({ kind: 'offline', message: 'Nobody answers.' } as const);
  engine = await openTestEngine((connector) => ({
    ...connector,
    connect: async (role, signal) => (mayLogIn ? connector.connect(role, signal) : refused),
  }));
  const { store, supervisor } = engine;
  const settings = engine.account().settings as ImapAccountInput;
  // Noted by the database itself, in the order it happens.
  const notes = (): string[] =>
    store.read.prepare('SELECT note FROM notes ORDER BY rowid').pluck().all() as string[];
  store.write.exec(`
    CREATE TEMP TABLE notes (note TEXT);
    CREATE TEMP TRIGGER steps AFTER UPDATE OF state ON main.accounts WHEN new.id > 1 AND new.state <> old.state
      BEGIN INSERT INTO notes VALUES (old.state || ' > ' || new.state); END;
    CREATE TEMP TRIGGER rows AFTER INSERT ON main.sync_log WHEN new.account_id > 1 AND new.kind IN ('state', 'auth')
      BEGIN INSERT INTO notes VALUES ('row'); END;`);
  const accountId = store.writeTx('user', (tx) =>
    insertAccount(tx, {
      protocol: 'imap',
      name: 'Another',
      email: 'another@example.org',
      hue: 0,
      now: engine.clock.now(),
      settings: { ...settings, email: 'another@example.org', imap: { ...settings.imap, user: 'another' } },
    }),
  );
  const state = () => getAccount(store.read, accountId)?.state;
  expect(state()).toBe('new');
  await supervisor.refreshAccount(accountId);
  const pause = async (paused: boolean): Promise<void> => {
    store.writeTx('user', (tx) => updateAccount(tx, accountId, { paused }));
    await supervisor.refreshAccount(accountId);
  };
  await engine.pass(1_000);
  expect(state()).toBe('offline');
  mayLogIn = true;
  await engine.pass(60_000);
  expect(state()).toBe('ok');
  await pause(true);
  await engine.pass(1_000);
  await pause(false);
  await engine.pass(10_000);
  const removing = supervisor.removeAccount(accountId);
  await engine.pass(1_000);
  await removing;
  const steps = notes();
  expect(steps.filter((_note, at) => at % 2 === 1)).toEqual(Array(steps.length / 2).fill('row'));
  const path = steps.filter((note) => note !== 'row');
  expect(path[0]).toBe('new > probing');
  // Active only after a login: the first attempt led nowhere.
  expect(path[1]).toBe('probing > offline');
  expect(path.slice(2)).toEqual([
    'offline > syncing',
    'syncing > ok',
    'ok > paused',
    'paused > syncing',
    'syncing > ok',
    'ok > removing',
  ]);
});

test('a step of an account whose row of the log cannot be written is not taken', async () => {
  engine = await openTestEngine();
  await engine.pass(3_000);
  const { store, supervisor } = engine;
  store.write.exec(`CREATE TEMP TRIGGER full BEFORE INSERT ON main.sync_log WHEN new.kind = 'state'
    BEGIN SELECT RAISE(ABORT, 'no room'); END`);
  supervisor.setOffline(true);
  await engine.pass(1_000);
  expect(engine.account().state).toBe('ok');
});

test('a cycle says what it was for, what it found and what it cost (SYNC-310)', async () => {
  engine = await openTestEngine();
  engine.deliver('one');
  engine.deliver('two');
  await engine.pass(3_000);
  const first = rows('pull')[0];
  expect(first).toMatchObject({ cause: 'start', added: 2, removed: 0 });
  expect(Number(first?.round_trips)).toBeGreaterThan(0);
  expect(Number(first?.finished_at)).toBeGreaterThanOrEqual(Number(first?.started_at));
});

test('SYNC-313 "last synced" is the end of the last successful round that covered it', async () => {
  engine = await openTestEngine();
  await engine.pass(3_000);
  const before = engine.account().lastSyncedAt ?? 0;
  const inbox = (): number =>
    engine.store.read
      .prepare("SELECT last_synced_at FROM mailboxes WHERE path = 'INBOX'")
      .pluck()
      .get() as number;
  expect(inbox()).toBeGreaterThan(0);
  engine.server.fault = 'offline';
  await engine.pass(3_600_000);
  expect(engine.account().lastSyncedAt).toBeLessThanOrEqual(before + 61_000);
  const stale = inbox();
  engine.server.fault = null;
  await engine.pass(6 * 60_000);
  expect(inbox()).toBeGreaterThan(stale);
});

test('quiet polls of an hour are one row', async () => {
  engine = await openTestEngine();
  await engine.pass(3_000);
  const before = rows('pull').length;
  for (let i = 0; i < 180; i++) await engine.pass(60_000);
  expect(rows('pull').length - before).toBeLessThanOrEqual(5);
});

test('SYNC-310 a cycle and every connection event has its row with cause, counts, cost, failure and where it was synced to', async () => {
  let broken = true;
  engine = await openTestEngine((connector) => ({
    ...connector,
    watch: async function* (remoteKey, signal) {
      if (broken)
        yield { kind: 'ended', failure: { kind: 'offline', message: 'Cut.', serverText: 'BYE' } } as const;
      else yield* connector.watch(remoteKey, signal);
    },
  }));
  engine.deliver('one');
  await engine.pass(10_000);
  const [first] = rows('pull');
  expect(first).toMatchObject({
    cause: 'start',
    mailbox: null,
    result: expect.stringMatching(/ok|partial/),
    seen: 1,
    added: 1,
    failure_json: null,
  });
  for (const column of ['round_trips', 'bytes_in', 'bytes_out'])
    expect(Number(first?.[column])).toBeGreaterThanOrEqual(0);
  const digest = /^[0-9a-f]{16}$/;
  expect(first?.checkpoint_before).toMatch(digest);
  expect(first?.checkpoint_after).toMatch(digest);
  expect(first?.checkpoint_after).not.toBe(first?.checkpoint_before);
  const watches = rows('watch');
  expect(watches[0]).toMatchObject({
    cause: 'start',
    result: 'error',
    failure_json: expect.stringContaining('BYE'),
  });
  broken = false;
  await engine.pass(60_000);
  expect(rows('watch').at(-1)).toMatchObject({ result: 'ok', failure_json: null });

  // A quiet round ends where it began; one that found something begins where the last one ended.
  engine.deliver('two');
  await engine.pass(5_000);
  const second = rows('pull').at(-1);
  expect(second).toMatchObject({ cause: 'push', added: 1, checkpoint_before: first?.checkpoint_after });
  expect(second?.checkpoint_after).not.toBe(second?.checkpoint_before);
  void engine.supervisor.syncNow(engine.accountId, null);
  await engine.pass(5_000);
  const quiet = rows('pull').findLast(({ cause }) => cause === 'user');
  expect(quiet).toMatchObject({ added: 0, changed: 0, removed: 0 });
  expect(quiet?.checkpoint_after).toBe(quiet?.checkpoint_before);

  await engine.mutate('one', { kind: 'keywords', add: ['$flagged'], remove: [] });
  await engine.pass(2_000);
  expect(rows('push')).toMatchObject([{ cause: 'user', result: 'ok', pushed: 1, parked: 0 }]);

  engine.server.fault = 'offline';
  void engine.supervisor.syncNow(engine.accountId, null);
  await engine.pass(5_000);
  expect(rows('pull').at(-1)).toMatchObject({
    result: 'error',
    failure_json: expect.stringContaining('offline'),
  });
  engine.server.fault = null;
  await engine.pass(60_000);

  await engine.pass(26 * 3_600_000);
  const audit = rows('audit').find(({ mailbox }) => mailbox === 'INBOX');
  expect(audit).toMatchObject({ cause: 'poll', result: 'ok', seen: 2, added: 0, changed: 0, removed: 0 });
  expect(audit?.checkpoint_before).toMatch(digest);
});

test('no subject or address reaches the log by what is parked', async () => {
  const canary = 'canary-7f3a';
  const written: string[] = [];
  engine = await openTestEngine((connector) => ({
    ...connector,
    fetchBodies: async function* (role, request, signal) {
      yield* connector.fetchBodies(role, request, signal);
    },
    push: async () =>
      fail({ kind: 'rejected', message: 'The server refused it.', serverText: 'NO not allowed' }),
  }));
  engine.deliver(`${canary} subject`);
  await engine.pass(3_000);
  await engine.mutate(`${canary} subject`, { kind: 'archive' });
  await engine.mutate(`${canary} subject`, { kind: 'keywords', add: ['$flagged'], remove: [] });
  await engine.pass(120_000);
  written.push(JSON.stringify(engine.store.read.prepare('SELECT * FROM sync_log').all()));
  written.push(JSON.stringify(engine.errors));
  const parked = engine.store.read
    .prepare("SELECT count(*) FROM pending_changes WHERE state = 'parked'")
    .pluck()
    .get();
  expect(parked).toBe(2);
  for (const text of written) {
    expect(text).not.toContain(canary);
    expect(text).not.toContain('a@example.org');
  }
});

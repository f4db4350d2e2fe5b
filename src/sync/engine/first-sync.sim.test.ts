import { afterEach, expect, test } from 'vitest';
import { openTestEngine, type TestEngine } from '../../../test/fakes/open-test-engine';
import type { Connector, PullRequest } from '../connectors/contract';
import { releaseOldClaims } from '../store/write/pending-queue';

let engine: TestEngine;
afterEach(() => engine.close());

/** Notes what is pulled, and holds every batch of old mail until the test lets it go. */
function watchedPulls() {
  const pulls: Pick<PullRequest, 'remoteKey' | 'plan'>[] = [];
  const bodies: number[] = [];
  const gate = { open: true };
  const wrap = (connector: Connector): Connector => ({
    ...connector,
    pull: async function* (request, signal) {
      pulls.push({ remoteKey: request.remoteKey, plan: request.plan });
      for await (const batch of connector.pull(request, signal)) {
        while (!gate.open && request.plan.kind === 'backfill' && !signal.aborted)
          await new Promise((resolve) => setImmediate(resolve));
        yield batch;
      }
    },
    fetchBodies: (role, request, signal) => {
      bodies.push(...request.messages.map(({ uid }) => uid));
      return connector.fetchBodies(role, request, signal);
    },
  });
  return { pulls, bodies, gate, wrap };
}

test('SYNC-050 inbox first, then what is looked at, sent, drafts, archive, others by recency, trash and junk last', async () => {
  const { pulls, wrap } = watchedPulls();
  const letter = (subject: string) => Buffer.from(`Subject: ${subject}\r\n\r\nbody\r\n`);
  engine = await openTestEngine(wrap, (server) => {
    server.createMailbox('Quiet');
    server.createMailbox('Busy');
    for (let i = 0; i < 5; i++) server.deliver('Busy', letter(`busy ${i}`), 1_000);
    server.deliver('Quiet', letter('quiet'), 1_000);
  });
  await engine.pass(3_000);
  const initial = pulls.filter(({ plan }) => plan.kind === 'initial').map(({ remoteKey }) => remoteKey);
  expect(initial).toEqual(['INBOX', 'Sent', 'Drafts', 'Archive', 'Busy', 'Quiet', 'Trash', 'Junk']);
});

test('SYNC-056 mail that arrives while old mail is still loading is there within 5 s', async () => {
  const { gate, wrap } = watchedPulls();
  engine = await openTestEngine(wrap);
  for (let i = 0; i < 700; i++) engine.deliver(`old ${i}`);
  await engine.pass(2_000);
  gate.open = false;
  await engine.pass(1_000);
  engine.deliver('arrives meanwhile');
  gate.open = true;
  await engine.pass(5_000);
  expect(engine.subjects('INBOX')).toContain('arrives meanwhile');
  await engine.pass(60_000);
  expect(engine.subjects('INBOX')).toHaveLength(701);
});

test('the newest hundred come first, the rest follows downwards, every body newest first', async () => {
  const { pulls, bodies, wrap } = watchedPulls();
  engine = await openTestEngine(wrap, (server) => {
    for (let i = 0; i < 350; i++)
      server.deliver('INBOX', Buffer.from(`Subject: m${i}\r\n\r\nbody\r\n`), 1_000 + i);
  });
  await engine.pass(20_000);
  expect(
    pulls
      .filter(({ remoteKey }) => remoteKey === 'INBOX')
      .map(({ plan }) => plan.kind)
      .slice(0, 2),
  ).toEqual(['initial', 'backfill']);
  expect(bodies).toHaveLength(350);
  expect(bodies).toEqual(bodies.toSorted((a, b) => b - a));
  const status = engine.store.read
    .prepare('SELECT stored_count, body_count FROM mailboxes WHERE path = ?')
    .get('INBOX');
  expect(status).toEqual({ stored_count: 350, body_count: 350 });
});

test('SYNC-059 a body row exists only with content', async () => {
  let give = false;
  engine = await openTestEngine((connector) => ({
    ...connector,
    fetchBodies: async function* (role, request, signal) {
      if (!give) return;
      yield* connector.fetchBodies(role, request, signal);
    },
  }));
  engine.deliver('letter');
  await engine.pass(5_000);
  const rows = (): unknown => engine.store.read.prepare('SELECT count(*) FROM bodies').pluck().get();
  expect(rows()).toBe(0);
  give = true;
  engine.supervisor.retryAll();
  await engine.pass(5_000);
  expect(rows()).toBe(1);
  expect(
    engine.store.read
      .prepare('SELECT count(*) FROM bodies WHERE source_hash IS NULL AND text IS NULL')
      .pluck()
      .get(),
  ).toBe(0);
});

test('SYNC-403 at the end a change that is on its way is left to be looked for, and nobody waits longer than 3 s', async () => {
  engine = await openTestEngine((connector) => ({
    ...connector,
    push: () => new Promise(() => undefined),
    close: () => new Promise(() => undefined),
  }));
  engine.deliver('letter');
  await engine.pass(5_000);
  await engine.mutate('letter', { kind: 'archive' });
  await engine.pass(2_000);
  const states = () => engine.store.read.prepare('SELECT state FROM pending_changes').pluck().all();
  expect(states()).toEqual(['claimed']);
  let stopped = false;
  void engine.supervisor.stop().then(() => {
    stopped = true;
  });
  await engine.pass(3_000);
  expect([stopped, states()]).toEqual([true, ['claimed']]);
  // The next start looks whether it was done before it sends it again.
  engine.store.writeTx('server', (tx) => releaseOldClaims(tx, 'another run'));
  expect(states()).toEqual(['probing']);
});

test('SYNC-403 a server that never answers does not hold up the stop', async () => {
  engine = await openTestEngine((connector) => ({
    ...connector,
    listMailboxes: () => new Promise(() => undefined),
    close: () => new Promise(() => undefined),
  }));
  await engine.pass(1_000);
  let stopped = false;
  void engine.supervisor.stop().then(() => {
    stopped = true;
  });
  await engine.pass(3_000);
  expect(stopped).toBe(true);
});

test('messages of the same second are listed the last to arrive first', async () => {
  engine = await openTestEngine(undefined, (server) => {
    for (let i = 0; i < 5; i++) server.deliver('INBOX', Buffer.from(`Subject: m${i}\r\n\r\nbody\r\n`), 1_000);
    server.deliver('INBOX', Buffer.from('Subject: older\r\n\r\nbody\r\n'), 500);
  });
  await engine.pass(5_000);
  const subjects = engine.store.read
    .prepare('SELECT subject FROM messages ORDER BY received_at DESC, id DESC')
    .pluck()
    .all();
  expect(subjects).toEqual(['m4', 'm3', 'm2', 'm1', 'm0', 'older']);
});

import { afterEach, expect, test } from 'vitest';
import { openTestEngine, type TestEngine } from '../../../test/fakes/open-test-engine';
import type { Failure } from '../../shared/failure';
import { fail } from '../../shared/outcome';
import type { PushAction } from '../connectors/contract';
import { createQueryHandlers } from '../queries/query-handlers';
import { recount } from '../store/recount';

let engine: TestEngine;
afterEach(() => engine.close());

const placed = (subject: string) =>
  engine.store.read
    .prepare('SELECT count(*) FROM placements p JOIN messages m ON m.id = p.message_id WHERE m.subject = ?')
    .pluck()
    .get(subject);
const orphaned = (subject: string) =>
  engine.store.read
    .prepare('SELECT orphaned_at IS NOT NULL FROM messages WHERE subject = ?')
    .pluck()
    .get(subject);
const pending = async () => {
  const answer = await createQueryHandlers(engine.store.read, engine.clock)['pending.list']({
    state: 'all',
    limit: 50,
  });
  if (!answer.ok) throw new Error(answer.failure.message);
  return answer.value;
};

test('SYNC-088 what vanishes under a change that is being sent or looked for stays until that is answered; gone from its source it is a fact for the conflict table', async () => {
  const slow = { release: () => {}, held: 0 };
  const LOST: Failure = { kind: 'unknown-outcome', message: 'The connection was lost.' };
  const state = { hold: true, lose: false, look: true };
  const isOurs = (action: PushAction) => action.kind === 'move' || action.kind === 'keywords';
  engine = await openTestEngine((connector) => ({
    ...connector,
    push: async (action, wire, signal) => {
      if (isOurs(action) && state.hold) {
        slow.held += 1;
        await new Promise<void>((resolve) => {
          slow.release = resolve;
        });
      }
      if (state.lose) return fail(LOST);
      return connector.push(action, wire, signal);
    },
    probePush: async (action, wire, signal) =>
      state.look
        ? connector.probePush(action, wire, signal)
        : fail({ kind: 'offline', answered: true, message: 'Not now.' }),
  }));
  const claimed = engine.deliver('claimed');
  const other = engine.deliver('untouched');
  await engine.pass(5_000);

  // Claimed: the server says that it vanished while our command is on its way.
  await engine.mutate('claimed', { kind: 'archive' });
  await engine.pass(1_000);
  expect(slow.held).toBe(1);
  engine.server.remove('INBOX', claimed);
  engine.server.remove('INBOX', other);
  await engine.pass(5_000);
  expect([placed('untouched'), orphaned('untouched')]).toEqual([0, 1]);
  expect([placed('claimed'), orphaned('claimed')]).toEqual([1, 0]);
  expect(engine.subjects('Archive')).toEqual(['claimed']);
  state.hold = false;
  slow.release();
  await engine.pass(30_000);
  expect(await pending()).toMatchObject([
    { state: 'parked', failure: { message: expect.stringMatching(/deleted/) } },
  ]);

  // Probing: nobody knows yet what became of it.
  const probing = engine.deliver('probing');
  await engine.pass(5_000);
  Object.assign(state, { lose: true, look: false });
  await engine.mutate('probing', { kind: 'archive' });
  await engine.pass(2_000);
  engine.server.remove('INBOX', probing);
  await engine.pass(5_000);
  expect([placed('probing'), orphaned('probing')]).toEqual([1, 0]);
  Object.assign(state, { lose: false, look: true });
  await engine.pass(120_000);
  expect((await pending()).map(({ state: now }) => now)).toEqual(['parked', 'parked']);

  // Waiting: moved elsewhere by another client is a matter for the table, not a deletion.
  const waiting = engine.deliver('waiting');
  await engine.pass(5_000);
  engine.network.report('offline');
  await engine.pass(1_000);
  await engine.mutate('waiting', {
    kind: 'move',
    toMailboxId: engine.mailboxId('Junk'),
    fromMailboxId: null,
  });
  engine.server.move('INBOX', waiting, 'Sent');
  engine.network.report('online');
  await engine.pass(30_000);
  expect((await pending()).find(({ messages }) => messages[0]?.subject === 'waiting')).toMatchObject({
    state: 'parked',
    failure: { message: expect.stringMatching(/already moved/) },
  });
  expect(engine.subjects('Sent')).toEqual(['waiting']);
  await engine.pass(3_600_000);
  expect(engine.messageId('claimed')).toBeDefined();
  expect(recount(engine.store.read)).toEqual([]);
});

test('SYNC-241 a change shows as troubled after five attempts or ten minutes, whichever comes first, and is still retried', async () => {
  let failure: Failure | null = { kind: 'offline', answered: true, message: 'In use.' };
  let asked = 0;
  engine = await openTestEngine((connector) => ({
    ...connector,
    push: async (action, wire, signal) => {
      asked += 1;
      return failure ? fail(failure) : connector.push(action, wire, signal);
    },
  }));
  for (const subject of ['often', 'long']) engine.deliver(subject);
  await engine.pass(5_000);
  const star = { kind: 'keywords', add: ['$flagged'], remove: [] } as const;
  const of = async (subject: string) =>
    (await pending()).find(({ messages }) => messages[0]?.subject === subject);
  await engine.mutate('often', star);
  for (let seconds = 0; seconds < 600 && asked < 4; seconds++) await engine.pass(1_000);
  expect(await of('often')).toMatchObject({ attempts: 4, troubled: false });
  for (let seconds = 0; seconds < 600 && asked < 5; seconds++) await engine.pass(1_000);
  expect(await of('often')).toMatchObject({ attempts: 5, troubled: true, state: 'waiting' });

  failure = { kind: 'throttled', message: 'Wait.', retryAfterMs: 11 * 60_000 };
  await engine.mutate('long', star);
  for (let minute = 0; minute < 10; minute++) await engine.pass(60_000);
  const late = await of('long');
  expect(late?.troubled).toBe(true);
  expect(late?.attempts).toBeLessThan(5);
  failure = null;
  for (let minute = 0; minute < 40; minute++) await engine.pass(60_000);
  expect(await pending()).toEqual([]);
  expect([...engine.server.mailbox('INBOX').messages.values()].map(({ keywords }) => keywords)).toEqual([
    ['$flagged'],
    ['$flagged'],
  ]);
});

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFakeRandom } from '../../../test/fakes/fake-random';
import { addAccount, observe, observed, type TestAccount } from '../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../test/fakes/open-test-store';
import type { Mutation, MutationTarget } from '../../shared/contract/mutation';
import { type ChangeId, type GestureId, type ListId, type MessageId, SEEN } from '../../shared/domain';
import type { Outcome } from '../../shared/outcome';
import { createSystemClock } from '../ports/system-clock';
import { createTurnQueue } from '../ports/turn-queue';
import { openStore } from '../store/open-store';
import { recount } from '../store/recount';
import { parkChange } from '../store/write/park-change';
import { claimChange } from '../store/write/pending-queue';
import { pruneHistory } from '../store/write/prune-history';
import type { GestureProgress } from './gesture-core';
import { createGestures, type Gestures } from './gestures';
import { discardChanges } from './parked-changes';

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };
const opened: TestStore[] = [];
let store: TestStore['store'];
let account: TestAccount;
let gestures: Gestures;
const progress: (GestureProgress | null)[] = [];

beforeEach(() => begin('imap'));
afterEach(() => {
  if (store.write.open) expect(recount(store.read)).toEqual([]);
  for (const one of opened.splice(0)) one.remove();
  if (store.write.open) store.close();
  progress.length = 0;
});

function begin(protocol: 'imap' | 'local'): void {
  const fresh = openTestStore();
  opened.push(fresh);
  store = fresh.store;
  account = addAccount(store, protocol);
  gestures = gesturesOf();
}

/** The store's clock stands still, the turns go on. */
function gesturesOf(): Gestures {
  const clock = createSystemClock();
  Object.defineProperty(store, 'turns', { value: createTurnQueue(clock), configurable: true });
  return createGestures({
    store,
    clock,
    random: createFakeRandom(5),
    report: (_gesture, now) => progress.push(now),
  });
}

/** Conversations of two messages; every third message is read. */
function arrive(count: number): MessageId[] {
  const insert = Array.from({ length: count }, (_, at) =>
    observed(at + 1, {
      identity: `m${at}`,
      keywords: at % 3 === 0 ? [SEEN] : [],
      headers: {
        messageId: `m${at}@x`,
        references: at % 2 ? [`m${at - 1}@x`] : [],
        subject: `No ${at >> 1}`,
      },
    }),
  );
  return observe(store, account.inbox, { insert }).added;
}

const id = (name: string): GestureId => name as GestureId;
const everything = (): MutationTarget => ({
  kind: 'list',
  listId: account.inbox as number as ListId,
  exceptItemIds: [],
});
function value<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return outcome.value;
}
const pluck = (sql: string): unknown[] => store.read.prepare(sql).pluck().all();
/** Everything on screen, as a short text. */
const screen = (): string =>
  digest([
    store.read.prepare('SELECT mailbox_id, message_id FROM memberships ORDER BY 1, 2').raw().all(),
    store.read.prepare('SELECT id, keywords FROM messages ORDER BY 1').raw().all(),
    store.read.prepare('SELECT * FROM lists WHERE rows > 0 ORDER BY 1').raw().all(),
  ]);
const digest = (rows: unknown): string => createHash('sha256').update(JSON.stringify(rows)).digest('hex');
/** What waits for the server, however it is cut into rows. */
const queue = (): string =>
  JSON.stringify(
    store.read
      .prepare(
        `SELECT c.kind, c.args_json, t.mailbox_id, t.message_id FROM pending_targets t
         JOIN pending_changes c ON c.id = t.change_id ORDER BY 4, 1, 2, 3`,
      )
      .raw()
      .all(),
  );
const inArchive = (): number =>
  store.read
    .prepare('SELECT count(*) FROM memberships WHERE mailbox_id = ?')
    .pluck()
    .get(account.archive) as number;

test('a gesture in many turns leaves what one turn for each message would have left', async () => {
  const actions: Mutation[] = [
    { kind: 'archive' },
    { kind: 'trash' },
    { kind: 'keywords', add: [SEEN, 'blue'], remove: ['$flagged'] },
    { kind: 'keywords', add: [], remove: [SEEN] },
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat({ max: actions.length - 1 }), { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      async (chosen, undo) => {
        const left = [];
        for (const size of [700, 90]) {
          begin('imap');
          const ids = arrive(700);
          for (const which of chosen) {
            const done: GestureId[] = [];
            for (let at = 0; at < ids.length; at += size) {
              const target = { kind: 'messages' as const, messageIds: ids.slice(at, at + size) };
              const mutation = actions[which] as Mutation;
              done.push(value(await gestures.apply({ target, mutation, origin: 'user' })).gestureId);
            }
            if (undo && which === chosen.at(-1)) for (const one of done) await gestures.undo(one);
          }
          expect(recount(store.read)).toEqual([]);
          left.push([screen(), queue()]);
        }
        expect(left[0]).toEqual(left[1]);
      },
    ),
    { numRuns: 5 },
  );
}, 60_000);

test('turns of one gesture share rows of 1,000 messages while these wait, and never join one on the wire', async () => {
  arrive(2_500);
  const targets = 'SELECT count(*) FROM pending_targets GROUP BY change_id ORDER BY change_id';
  const first = value(
    await gestures.apply({ target: everything(), mutation: { kind: 'archive' }, origin: 'user' }),
  );
  expect(pluck(targets)).toEqual([1_000, 1_000, 500]);
  await gestures.undo(first.gestureId);
  expect(pluck(targets)).toEqual([]);

  const running = gestures.apply({ target: everything(), mutation: { kind: 'archive' }, origin: 'user' });
  while (pluck(targets).length === 0) await new Promise(setImmediate);
  const [row] = pluck('SELECT id FROM pending_changes') as [never];
  const [sent] = pluck(targets) as [number];
  store.writeTx('server', (tx) => claimChange(tx, row, 'run', {}));
  await running;
  const rows = pluck(targets) as number[];
  expect(rows[0]).toBe(sent);
  expect(rows.reduce((sum, n) => sum + n)).toBe(2_500);
}, 60_000);

test('SYNC-252 a bulk gesture keeps to its instant, tells how far it is, and a cancel leaves a consistent rest', async () => {
  arrive(3_000);
  const gestureId = id('bulk');
  const running = gestures.apply({
    target: everything(),
    mutation: { kind: 'archive' },
    origin: 'user',
    gestureId,
  });
  const late = observe(store, account.inbox, { insert: [observed(9_000, { identity: 'late' })] }).added;
  expect(await gestures.cancel(gestureId)).toBe(true);
  const { affected } = value(await running);
  expect(affected).toBeGreaterThan(0);
  expect(affected).toBeLessThan(3_000);
  expect(inArchive()).toBe(affected);
  expect(store.write.inTransaction).toBe(false);
  expect(recount(store.read)).toEqual([]);
  expect(progress.at(-1)).toBeNull();
  expect(progress[0]).toEqual({ done: affected, total: 3_000 });
  expect(await gestures.cancel(gestureId)).toBe(false);
  expect(value(await gestures.undo(gestureId))).toMatchObject({ restored: affected, skipped: 0 });
  expect(pluck(`SELECT mailbox_id FROM memberships WHERE message_id = ${late[0]}`)).toEqual([account.inbox]);
  expect(inArchive()).toBe(0);

  progress.length = 0;
  const all = value(
    await gestures.apply({ target: everything(), mutation: { kind: 'archive' }, origin: 'user' }),
  );
  const steps = progress.flatMap((now) => now?.done ?? []);
  expect(all.affected).toBe(3_001);
  expect(steps.at(-1)).toBe(3_001);
  for (const [at, done] of steps.entries()) expect(done - (steps[at - 1] ?? 0)).toBeLessThanOrEqual(1_000);
});

test('a gesture asked for later comes after a running one, message by message', async () => {
  const ids = arrive(2_000);
  const bulk = gestures.apply({
    target: everything(),
    mutation: { kind: 'keywords', add: [SEEN], remove: [] },
    origin: 'user',
  });
  const last = ids.at(-1) as MessageId;
  await gestures.apply({
    target: { kind: 'messages', messageIds: [last] },
    mutation: { kind: 'keywords', add: [], remove: [SEEN] },
    origin: 'user',
  });
  const second = gestures.apply({ target: everything(), mutation: { kind: 'archive' }, origin: 'user' });
  const { gestureId } = value(await bulk);
  await second;
  expect(pluck(`SELECT id FROM messages WHERE keywords NOT LIKE '%seen%'`)).toEqual([last]);
  expect(inArchive()).toBe(2_000);
  expect(value(await gestures.undo(gestureId))).toMatchObject({ skipped: 1 });
});

test('undo of a gesture that is still going on stops it and takes back what it did', async () => {
  arrive(2_000);
  const before = screen();
  const gestureId = id('bulk');
  const running = gestures.apply({
    target: everything(),
    mutation: { kind: 'archive' },
    origin: 'user',
    gestureId,
  });
  const undone = gestures.undo(gestureId);
  const { affected } = value(await running);
  expect(value(await undone)).toMatchObject({ restored: affected, skipped: 0 });
  expect(screen()).toBe(before);
  expect(queue()).toBe('[]');
  expect(value(await gestures.redo(gestureId)).affected).toBe(affected);
});

test.each(['imap', 'local'] as const)(
  'a kill between two turns leaves whole turns, and one undo after the restart takes all back (%s)',
  async (protocol) => {
    begin(protocol);
    arrive(5_000);
    const before = screen();
    const gestureId = id('bulk');
    const running = gestures.apply({
      target: everything(),
      mutation: { kind: 'archive' },
      origin: 'user',
      gestureId,
    });
    // Some turns are committed, the ones after them still wait for a common commit.
    for (const commit of [true, true, false]) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (commit) opened.at(-1)?.clock.advance(1_000);
    }
    reopen();
    await expect(running).rejects.toThrow();
    const done = inArchive();
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(5_000);
    expect(recount(store.read)).toEqual([]);
    expect(pluck('SELECT count(*) FROM pending_targets')).toEqual([protocol === 'imap' ? done : 0]);

    expect(value(await gestures.undo(gestureId))).toMatchObject({ restored: done, skipped: 0 });
    expect(screen()).toBe(before);
    expect(queue()).toBe('[]');
  },
  30_000,
);

test('an undo that was stopped half way can go on in either direction', async () => {
  arrive(2_000);
  const before = screen();
  const { gestureId } = value(
    await gestures.apply({ target: everything(), mutation: { kind: 'archive' }, origin: 'user' }),
  );
  const after = screen();
  const half = async (): Promise<void> => {
    const undoing = gestures.undo(gestureId);
    await gestures.cancel(gestureId);
    const { restored } = value(await undoing);
    expect(restored).toBeLessThan(2_000);
  };
  await half();
  await gestures.redo(gestureId);
  expect(screen()).toBe(after);
  await half();
  await gestures.undo(gestureId);
  expect(screen()).toBe(before);
  expect(queue()).toBe('[]');
});

test('the whole inbox of a local account with 4,000 messages is archived and comes back', async () => {
  begin('local');
  arrive(4_000);
  const before = screen();
  const done = value(
    await gestures.apply({ target: everything(), mutation: { kind: 'archive' }, origin: 'user' }),
  );
  expect(done.affected).toBe(4_000);
  expect(inArchive()).toBe(4_000);
  expect(pluck('SELECT count(*) FROM pending_changes')).toEqual([0]);
  expect(value(await gestures.undo(done.gestureId))).toMatchObject({ restored: 4_000, skipped: 0 });
  expect(screen()).toBe(before);
}, 60_000);

test('a gesture id is taken once', async () => {
  const messageIds = arrive(1);
  const ask = () =>
    gestures.apply({
      target: { kind: 'messages', messageIds },
      mutation: { kind: 'keywords', add: ['$flagged'], remove: [] },
      origin: 'user',
      gestureId: id('one'),
    });
  expect((await ask()).ok).toBe(true);
  expect(await ask()).toMatchObject({ ok: false, failure: { kind: 'conflict' } });
});

/** kill -9 and a new process on the same files. */
function reopen(): void {
  const { path } = store;
  store.write.close();
  store = openStore(path, { clock: createSystemClock(), logger: SILENT });
  gestures = gesturesOf();
}

test('giving up a very large set of parked changes, and forgetting the 101st gesture, are many short turns', async () => {
  arrive(3_000);
  value(await gestures.apply({ target: everything(), mutation: { kind: 'archive' }, origin: 'user' }));
  const ids = pluck('SELECT id FROM pending_changes ORDER BY id') as ChangeId[];
  store.writeTx('server', (tx) => {
    for (const change of ids) parkChange(tx, change, { kind: 'rejected', message: 'No.' }, tx.nowMs);
  });
  expect(ids.length).toBeGreaterThan(2);
  const sizes: number[] = [];
  const unsubscribe = store.feed.subscribe(() =>
    sizes.push(pluck('SELECT count(*) FROM pending_targets')[0] as number),
  );
  const discarding = discardChanges(store, createSystemClock(), ids);
  // The first turn is over, the others have not begun.
  expect(pluck('SELECT count(*) FROM pending_changes')[0]).toBe(ids.length - 1);
  expect(value(await discarding)).toEqual({ count: ids.length });
  unsubscribe();
  expect(sizes).toHaveLength(ids.length);
  expect(pluck('SELECT count(*) FROM pending_changes')).toEqual([0]);

  const items = (): number => pluck('SELECT count(*) FROM gesture_items')[0] as number;
  const [message] = pluck('SELECT id FROM messages LIMIT 1') as MessageId[];
  const star = (at: number) =>
    gestures.apply({
      target: { kind: 'messages', messageIds: [message as MessageId] },
      mutation: { kind: 'keywords', add: at % 2 ? [] : ['$flagged'], remove: at % 2 ? ['$flagged'] : [] },
      origin: 'user',
      gestureId: id(`star ${at}`),
    });
  const large = pluck('SELECT id FROM gestures')[0] as GestureId;
  for (let at = 0; at < 99; at++) value(await star(at));
  expect(items()).toBeGreaterThan(3_000);
  const before = items();
  value(await star(99));
  // Forgotten at once for whoever asks, and for the disk a little at a time.
  expect(await gestures.undo(large)).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
  expect(before - items()).toBeLessThanOrEqual(250);
  let turns = 0;
  while (!store.writeTx('server', pruneHistory)) turns++;
  expect(turns).toBeGreaterThan(0);
  expect(items()).toBe(100);
  expect(await gestures.undo(id('star 99'))).toMatchObject({ ok: true });
}, 60_000);

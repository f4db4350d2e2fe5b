import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, observe, observed, type TestAccount } from '../../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../../test/fakes/open-test-store';
import { Seq } from '../../../shared/domain';
import { COLLECTIONS } from '../collections';
import { openStore } from '../open-store';
import { pruneChangeLog } from '../write/prune-history';
import { allowRemoteSender } from '../write/remote-senders';
import { changesSince } from './changes-since';

let opened: TestStore;
let account: TestAccount;
beforeEach(() => {
  opened = openTestStore();
  account = addAccount(opened.store);
});
afterEach(() => opened.remove());

const seq = (value: number): Seq => Seq.parse(value);
const DAY = 86_400_000;

function position(): Seq {
  const answer = changesSince(opened.store.read, null, seq(0), 1_000_000);
  return answer.seq;
}

test('what changed in one collection is told in order and in pages, and each page says where to go on', () => {
  const start = position();
  const { added } = observe(opened.store, account.inbox, {
    insert: Array.from({ length: 25 }, (_, at) => observed(at + 1)),
  });
  opened.store.writeTx('user', (tx) => allowRemoteSender(tx, 'a@example.org'));
  observe(opened.store, account.work, { insert: [observed(1, { identity: 'w' })] });

  const seen: number[] = [];
  let at = start;
  let pages = 0;
  for (;;) {
    const page = changesSince(opened.store.read, account.inbox, at, 10);
    if (page.kind !== 'changes') throw new Error('behind');
    expect(page.changes.length).toBeLessThanOrEqual(10);
    seen.push(...page.changes.filter(({ op }) => op === 'add').map(({ item }) => item));
    at = page.seq;
    pages++;
    if (!page.more) break;
  }
  expect(seen).toEqual(added);
  expect(pages).toBe(3);
  // Also where nothing of the collection happened, its position moves on.
  expect(at).toBe(position());
  expect(changesSince(opened.store.read, COLLECTIONS.settings, start, 10)).toMatchObject({
    changes: [{ collection: COLLECTIONS.settings, op: 'change', origin: 'user' }],
    more: false,
  });
  expect(changesSince(opened.store.read, account.inbox, at, 10)).toEqual({
    kind: 'changes',
    changes: [],
    seq: at,
    more: false,
  });
});

test('SYNC-314 over any history positions have no gap and never come again, and a reader hears of every change or that it is behind', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('write' as const), items: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ kind: fc.constant('fail' as const) }),
    fc.record({ kind: fc.constant('prune' as const), days: fc.integer({ min: 0, max: 40 }) }),
    fc.record({ kind: fc.constant('reopen' as const) }),
    fc.record({ kind: fc.constant('read' as const), limit: fc.integer({ min: 1, max: 5 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const own = openTestStore();
      let { store } = own;
      const committed: { seq: number; item: number }[] = [];
      let reader = seq(0);
      const heard: number[] = [];
      let item = 0;
      try {
        for (const one of steps) {
          if (one.kind === 'write') {
            const items = Array.from({ length: one.items }, () => ++item);
            store.writeTx('server', (tx) => {
              for (const id of items) tx.log(7, id, 'add');
            });
            const last = store.read.prepare('SELECT max(seq) FROM change_log').pluck().get() as number;
            for (const [at, id] of items.entries())
              committed.push({ seq: last - items.length + 1 + at, item: id });
          } else if (one.kind === 'fail') {
            expect(() =>
              store.writeTx('server', (tx) => {
                tx.log(7, 999_999, 'add');
                throw new Error('no');
              }),
            ).toThrow('no');
          } else if (one.kind === 'prune') {
            own.clock.advance(one.days * DAY);
            const before = store.read.prepare('SELECT max(seq) FROM change_log').pluck().get() as
              | number
              | null;
            const gone = store.writeTx('server', (tx) => pruneChangeLog(tx, 3));
            // Forgetting is a change of its own: of the log.
            if (gone > 0) committed.push({ seq: (before ?? 0) + 1, item: 0 });
          } else if (one.kind === 'reopen') {
            store.close();
            store = openStore(store.path, {
              clock: own.clock,
              logger: { debug() {}, info() {}, warn() {}, error() {} },
            });
          } else {
            const answer = changesSince(store.read, null, reader, one.limit);
            if (answer.kind === 'behind') {
              const oldest = store.read.prepare('SELECT min(seq) FROM change_log').pluck().get() as number;
              expect(reader).toBeLessThan(oldest - 1);
            } else heard.push(...answer.changes.map((change) => change.seq));
            if (answer.kind === 'behind') heard.length = 0;
            if (answer.kind === 'behind') heard.push(...range(1, answer.seq));
            reader = answer.seq;
          }
          const rows = store.read
            .prepare('SELECT seq FROM change_log ORDER BY seq')
            .pluck()
            .all() as number[];
          expect(rows).toEqual(rows.length === 0 ? [] : range(rows[0] as number, rows.at(-1) as number));
          expect(heard).toEqual(range(1, reader));
        }
        expect(committed.map((change) => change.seq)).toEqual(range(1, committed.length));
      } finally {
        store.close();
        own.remove();
      }
    }),
    { numRuns: 40 },
  );
});

test('a position below the horizon, or from another life of the database, is told that it is behind', () => {
  for (let day = 0; day < 40; day++) {
    opened.store.writeTx('user', (tx) => allowRemoteSender(tx, `${day}@example.org`));
    opened.clock.advance(DAY);
  }
  while (opened.store.writeTx('server', (tx) => pruneChangeLog(tx, 5)) > 0);
  const last = position();
  const { read } = opened.store;
  expect(changesSince(read, account.inbox, seq(1), 10)).toEqual({ kind: 'behind', seq: last });
  expect(changesSince(read, account.inbox, seq(last + 1), 10)).toEqual({ kind: 'behind', seq: last });
  const oldest = read.prepare('SELECT min(seq) FROM change_log').pluck().get() as number;
  expect(changesSince(read, null, seq(oldest - 1), 10).kind).toBe('changes');
  expect(changesSince(read, null, seq(oldest - 2), 10).kind).toBe('behind');
});

test('a page is read along an index, whatever the collection', () => {
  const plans = [
    'SELECT seq FROM change_log WHERE seq > +? ORDER BY seq LIMIT +?',
    'SELECT seq FROM change_log WHERE collection = +? AND seq > +? ORDER BY seq LIMIT +?',
  ].map((text) =>
    opened.store.read
      .prepare<number[], { detail: string }>(`EXPLAIN QUERY PLAN ${text}`)
      .all(...(text.match(/\?/g) ?? []).map(() => 1))
      .map(({ detail }) => detail),
  );
  expect(plans).toEqual([
    ['SEARCH change_log USING INTEGER PRIMARY KEY (rowid>?)'],
    [expect.stringContaining('SEARCH change_log USING COVERING INDEX change_log_collection')],
  ]);
});

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
}

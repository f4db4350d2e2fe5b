import { expect, test } from 'vitest';
import { openTestEngine } from '../../../test/fakes/open-test-engine';
import { Seq } from '../../shared/domain';
import { setListMode } from '../store/write/list-mode';
import { pruneChangeLog } from '../store/write/prune-history';
import { allowRemoteSender } from '../store/write/remote-senders';
import { missedTopics } from './missed-topics';

test('a window that was away hears at least of everything its notices would have named, from wherever it comes back', async () => {
  const engine = await openTestEngine();
  const { store, server } = engine;
  const notices: { seq: number; topics: readonly string[] }[] = [];
  store.feed.subscribe((notice) => notices.push(notice));
  const start = store.read.prepare('SELECT max(seq) FROM change_log').pluck().get() as number;

  for (let at = 0; at < 6; at++) engine.deliver(`mail ${at}`);
  await engine.pass(60_000);
  await engine.mutate('mail 0', { kind: 'archive' });
  await engine.mutate('mail 1', { kind: 'keywords', add: ['$flagged'], remove: [] });
  await engine.pass(60_000);
  server.setKeywords('INBOX', 3, ['$seen']);
  server.remove('INBOX', 4);
  await engine.pass(60_000);
  engine.network.report('offline');
  await engine.pass(1_000);
  await engine.mutate('mail 4', { kind: 'trash' });
  store.writeTx('user', (tx) => allowRemoteSender(tx, 'a@example.org'));
  const switching = setListMode(store, engine.clock, -1 as never, 'messages');
  await engine.pass(1_000);
  await switching;
  engine.network.report('online');
  await engine.pass(120_000);

  expect(notices.length).toBeGreaterThan(20);
  const named = new Set(notices.flatMap(({ topics }) => topics.map((topic) => topic.split(':')[0])));
  for (const kind of [
    'accounts',
    'mailboxes',
    'pending',
    'settings',
    'syncLog',
    'lists',
    'list',
    'thread',
    'body',
  ])
    expect(named).toContain(kind);
  for (const since of [start, ...notices.map(({ seq }) => seq)]) {
    const missed = missedTopics(store.read, Seq.parse(since));
    if (missed.kind !== 'topics') throw new Error('the log is long enough');
    const told = new Set<string>(missed.topics);
    const due = notices.filter(({ seq }) => seq > since).flatMap(({ topics }) => topics);
    const silent = due.filter((topic) =>
      topic.startsWith('thread:') ? !missed.conversations : !told.has(topic),
    );
    expect([since, silent]).toEqual([since, []]);
  }
  const last = notices.at(-1)?.seq ?? 0;
  expect(missedTopics(store.read, Seq.parse(last))).toEqual({
    kind: 'topics',
    seq: last,
    topics: [],
    conversations: false,
  });
  await engine.close();
});

test('what is forgotten, from another database, or too much to tell apart is everything; without a position it is only told', async () => {
  const engine = await openTestEngine();
  const { store, clock } = engine;
  for (let at = 0; at < 40; at++) {
    store.writeTx('user', (tx) => allowRemoteSender(tx, `${at}@example.org`));
    clock.advance(86_400_000);
  }
  while (store.writeTx('server', (tx) => pruneChangeLog(tx, 100)) > 0);
  const seq = store.read.prepare('SELECT max(seq) FROM change_log').pluck().get() as number;
  const everything = { kind: 'everything', seq };
  expect(missedTopics(store.read, Seq.parse(0))).toEqual(everything);
  expect(missedTopics(store.read, Seq.parse(seq + 1))).toEqual(everything);
  expect(missedTopics(store.read, null)).toEqual(everything);
  store.writeTx('server', (tx) => {
    for (let item = 1; item <= 6_000; item++) tx.log(1, item, 'add');
  });
  expect(missedTopics(store.read, Seq.parse(seq))).toEqual({ kind: 'everything', seq: seq + 6_000 });
  await engine.close();
});

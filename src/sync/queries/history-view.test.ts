import { expect, test } from 'vitest';
import { openTestEngine } from '../../../test/fakes/open-test-engine';
import type { HistoryEntry } from '../../shared/contract/views';
import { pruneChangeLog, pruneHistory } from '../store/write/prune-history';
import { historyView } from './history-view';

const words = (entry: HistoryEntry): string =>
  entry.kind === 'fact'
    ? `${entry.origin}: ${entry.what} ${entry.mailbox}`
    : `${entry.origin}: ${entry.title} (${entry.state})`;

test('SYNC-315 the history of a message tells each fact and intent with origin and time, for 30 days', async () => {
  const engine = await openTestEngine();
  const { store, server, clock } = engine;
  const uid = engine.deliver('mail');
  engine.deliver('other');
  await engine.pass(60_000);
  const id = engine.messageId('mail');
  const came = historyView(store.read, id);
  expect(came.map(words)).toEqual(['server: came INBOX']);
  expect(came[0]?.at).toBeGreaterThan(clock.now() - 120_000);

  // Another program reads it; we star it, change our mind while offline, then archive it.
  server.setKeywords('INBOX', uid, ['$seen']);
  await engine.pass(60_000);
  await engine.mutate('mail', { kind: 'keywords', add: ['$flagged'], remove: [] });
  await engine.pass(60_000);
  engine.network.report('offline');
  await engine.pass(1_000);
  await engine.mutate('mail', { kind: 'keywords', add: ['work'], remove: [] });
  await engine.pass(1_000);
  await engine.mutate('mail', { kind: 'keywords', add: [], remove: ['work'] });
  await engine.pass(1_000);
  await engine.mutate('mail', { kind: 'archive' });
  await engine.pass(1_000);
  expect(historyView(store.read, id).map(words)).toEqual([
    'user: came Archive',
    'user: left INBOX',
    'user: Move to Archive (waiting)',
    'user: marks INBOX',
    'user: marks INBOX',
    'user: Add the label work (replaced)',
    'user: marks INBOX',
    'user: Star (settled)',
    'server: marks INBOX',
    'server: came INBOX',
  ]);
  engine.network.report('online');
  await engine.pass(120_000);
  const settled = historyView(store.read, id).find(
    (entry) => entry.kind === 'intent' && entry.title === 'Move to Archive',
  );
  expect(settled).toMatchObject({ state: 'settled', finishedAt: expect.any(Number) });
  // Nothing of it is told of the other message.
  expect(historyView(store.read, engine.messageId('other')).map(words)).toEqual(['server: came INBOX']);

  clock.advance(31 * 86_400_000);
  store.writeTx('server', pruneHistory);
  while (store.writeTx('server', (tx) => pruneChangeLog(tx, 1_000)) > 0);
  expect(historyView(store.read, id)).toEqual([]);
  expect(store.read.prepare('SELECT count(*) FROM history_targets').pluck().get()).toBe(0);
  await engine.close();
});

test('of a change that goes through for some of its messages only, each message has its own part of the story', async () => {
  const engine = await openTestEngine();
  const { store, server } = engine;
  const uids = [engine.deliver('one'), engine.deliver('two')];
  await engine.pass(60_000);
  engine.network.report('offline');
  await engine.pass(1_000);
  await engine.mutate('one', { kind: 'archive' });
  await engine.mutate('two', { kind: 'archive' });
  server.remove('INBOX', uids[1] as number);
  engine.network.report('online');
  await engine.pass(120_000);
  const states = ['one', 'two'].map((subject) =>
    historyView(store.read, engine.messageId(subject)).flatMap((entry) =>
      entry.kind === 'intent' ? [entry.state] : [],
    ),
  );
  expect(states[0]).toEqual(['settled']);
  expect(states[1]).toHaveLength(1);
  await engine.close();
});

import { afterEach, expect, test } from 'vitest';
import { openTestEngine, type TestEngine } from '../../../test/fakes/open-test-engine';
import { fail, ok } from '../../shared/outcome';
import { pendingCounts } from '../store/read/pending';

let engine: TestEngine;
afterEach(() => engine.close());

const keywords = (subject: string) =>
  engine.store.read.prepare('SELECT keywords FROM messages WHERE subject = ?').pluck().get(subject);

test('SYNC-263 what the server changed beside our wish is on screen after the commit that settles it, without a pull', async () => {
  let pulling = true;
  engine = await openTestEngine((connector) => ({
    ...connector,
    listMailboxes: async (signal) =>
      pulling ? connector.listMailboxes(signal) : fail({ kind: 'cancelled', message: 'No pull now.' }),
    push: async (action, wire, signal) => {
      const report = await connector.push(action, wire, signal);
      if (!report.ok || action.kind !== 'keywords') return report;
      for (const { uid } of action.messages) {
        const kept = engine.server.mailbox(action.remoteKey).messages.get(uid)?.keywords ?? [];
        engine.server.setKeywords(action.remoteKey, uid, [...kept, '$seen', 'sorted']);
      }
      const told = { newUid: null, newUidValidity: null, keywords: ['$flagged', '$seen', 'sorted'] };
      return ok({
        ...report.value,
        items: report.value.items.map(({ uid }) => ({ uid, result: 'done' as const, ...told })),
      });
    },
  }));
  engine.deliver('one');
  await engine.pass(5_000);
  pulling = false;
  const seen: unknown[] = [];
  const stop = engine.store.feed.subscribe(() => void seen.push(keywords('one')));
  await engine.mutate('one', { kind: 'keywords', add: ['$flagged'], remove: [] });
  await engine.pass(1_000);
  stop();
  expect(pendingCounts(engine.store.read, engine.accountId)).toEqual({ waiting: 0, parked: 0 });
  expect([...new Set(seen)]).toEqual(['$flagged', '$flagged $seen sorted']);
});

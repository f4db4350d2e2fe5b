import { afterEach, expect, test } from 'vitest';
import { observe } from '../../../test/fakes/observed-facts';
import { openTestEngine, type TestEngine } from '../../../test/fakes/open-test-engine';
import { rangesFromUids, unionRanges } from '../../shared/uid-ranges';
import type { Connector } from '../connectors/contract';
import { observeSource } from '../mime/observe-source';
import { recount } from '../store/recount';

let engine: TestEngine;
afterEach(() => engine.close());

const looks = () =>
  engine.store.read
    .prepare("SELECT mailbox, result, removed FROM sync_log WHERE kind = 'audit' ORDER BY id")
    .all();
const count = () => engine.subjects('INBOX').length;

/** A server in trouble: what it pulls says that the first `liar.gone` messages vanished. */
function lying() {
  const liar = { gone: 0, seconds: 0 };
  const wrap = (connector: Connector): Connector => ({
    ...connector,
    pull: async function* (request, signal) {
      for await (const batch of connector.pull(request, signal)) {
        if (!batch.ok || liar.gone === 0 || request.remoteKey !== 'INBOX') yield batch;
        else yield { ok: true, value: { ...batch.value, vanished: [[1, liar.gone]], listing: null } };
      }
    },
    listUids: async (remoteKey, signal) => {
      liar.seconds += 1;
      return await (connector.listUids?.(remoteKey, signal) as ReturnType<
        NonNullable<Connector['listUids']>
      >);
    },
  });
  return { liar, wrap };
}

test('SYNC-087 what would remove more than 30 % and 50 messages is compared once more over a fresh connection, and the log records both', async () => {
  const { liar, wrap } = lying();
  engine = await openTestEngine(wrap);
  for (let at = 0; at < 160; at++) engine.deliver(`m${at}`);
  await engine.pass(10_000);
  expect(count()).toBe(160);

  // Not much: believed at once.
  for (let uid = 1; uid <= 50; uid++) engine.server.remove('INBOX', uid);
  await engine.pass(5_000);
  expect([count(), liar.seconds, looks()]).toEqual([110, 0, []]);

  // Much, and true.
  for (let uid = 51; uid <= 101; uid++) engine.server.remove('INBOX', uid);
  await engine.pass(5_000);
  expect([count(), liar.seconds]).toEqual([59, 1]);
  expect(looks()).toEqual([
    { mailbox: 'INBOX', result: 'partial', removed: 51 },
    { mailbox: 'INBOX', result: 'ok', removed: 51 },
  ]);

  // Much, and not true: nothing goes.
  liar.gone = 200;
  engine.deliver('more');
  await engine.pass(5_000);
  expect(engine.subjects('INBOX')).toContain('more');
  expect(count()).toBe(60);
  expect(looks().slice(2, 4)).toEqual([
    { mailbox: 'INBOX', result: 'partial', removed: 59 },
    { mailbox: 'INBOX', result: 'error', removed: 0 },
  ]);
  liar.gone = 0;
  await engine.pass(200_000);
  expect(count()).toBe(60);
  expect(recount(engine.store.read)).toEqual([]);
});

test('a mailbox that is empty under a new validity is believed when it says so twice', async () => {
  const { liar, wrap } = lying();
  engine = await openTestEngine(wrap);
  for (let at = 0; at < 80; at++) engine.deliver(`m${at}`);
  await engine.pass(10_000);
  engine.server.rebuild('INBOX');
  await engine.pass(70_000);
  // Found again, message by message: nothing to ask about.
  expect([count(), liar.seconds]).toEqual([80, 0]);
  for (const uid of [...engine.server.mailbox('INBOX').messages.keys()]) engine.server.remove('INBOX', uid);
  engine.server.rebuild('INBOX');
  await engine.pass(70_000);
  expect([count(), liar.seconds > 0]).toEqual([0, true]);
  expect(recount(engine.store.read)).toEqual([]);
});

test('what came here while the server was listing a mailbox is in no listing, and stays', async () => {
  let late: (() => void) | null = null;
  engine = await openTestEngine((connector) => ({
    ...connector,
    pull: async function* (request, signal) {
      for await (const batch of connector.pull(request, signal)) {
        if (!batch.ok || !late || request.remoteKey !== 'INBOX') yield batch;
        else {
          late();
          late = null;
          const uids = batch.value.added.map(({ uid }) => uid);
          const listing = unionRanges(request.knownUids, rangesFromUids(uids));
          yield { ok: true, value: { ...batch.value, listing } };
        }
      }
    },
  }));
  engine.deliver('first');
  await engine.pass(10_000);
  late = () => {
    const source = Buffer.from('Subject: found by a search\r\n\r\n');
    const uid = engine.server.deliver('INBOX', source, engine.clock.now());
    const found = { uid, keywords: [], size: source.length, receivedAt: engine.clock.now() };
    observe(engine.store, engine.mailboxId('INBOX'), {
      insert: [observeSource(source, found).message],
      uidValidity: String(engine.server.mailbox('INBOX').uidValidity),
    });
  };
  engine.deliver('second');
  const missed: string[][] = [];
  engine.store.feed.subscribe(() => {
    const here = engine.subjects('INBOX');
    if (late === null && !here.includes('found by a search')) missed.push(here);
  });
  await engine.pass(5_000);
  expect(missed).toEqual([]);
  expect(engine.subjects('INBOX')).toEqual(['first', 'found by a search', 'second']);
});

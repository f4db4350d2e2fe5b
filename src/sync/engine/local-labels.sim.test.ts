import { afterEach, expect, test } from 'vitest';
import { openTestEngine, type TestEngine } from '../../../test/fakes/open-test-engine';
import { pendingCounts } from '../store/read/pending';
import { recount } from '../store/recount';

let engine: TestEngine;
afterEach(() => engine.close());

const label = (add: string[], remove: string[] = []) => ({ kind: 'keywords', add, remove }) as const;
const screen = (subject: string) =>
  engine.store.read
    .prepare('SELECT keywords FROM messages WHERE id = ?')
    .pluck()
    .get(engine.messageId(subject));
const onServer = (uid: number, mailbox = 'INBOX') =>
  engine.server.mailbox(mailbox).messages.get(uid)?.keywords;
const waiting = () => pendingCounts(engine.store.read, engine.accountId);

test('a label the server does not keep stays here: never sent, and there after a new listing, a move and a new UIDVALIDITY', async () => {
  engine = await openTestEngine(undefined, (server) => {
    server.keepsLabels = false;
  });
  const uid = engine.deliver('m');
  await engine.pass(20_000);
  await engine.mutate('m', label(['holiday', '$flagged']));
  expect(screen('m')).toBe('$flagged holiday');
  await engine.pass(2_000);
  expect(waiting()).toMatchObject({ waiting: 0, parked: 0 });
  expect(onServer(uid)).toEqual(['$flagged']);
  expect(screen('m')).toBe('$flagged holiday');

  const id = engine.messageId('m');
  engine.server.setKeywords('INBOX', uid, ['$seen']);
  await engine.pass(5_000);
  expect(screen('m')).toBe('$seen holiday');
  engine.server.rebuild('INBOX');
  await engine.pass(120_000);
  expect(engine.messageId('m')).toBe(id);
  expect(screen('m')).toBe('$seen holiday');
  await engine.mutate('m', { kind: 'archive' });
  await engine.pass(5_000);
  expect(engine.subjects('Archive')).toEqual(['m']);
  expect(screen('m')).toBe('$seen holiday');
  expect(recount(engine.store.read)).toEqual([]);
});

test('a label that stays here comes off without a word to the server, and undo puts it back', async () => {
  const { calls, wrap } = countPushes();
  engine = await openTestEngine(wrap, (server) => {
    server.keepsLabels = false;
  });
  engine.deliver('m');
  await engine.pass(20_000);
  await engine.mutate('m', label(['holiday']));
  await engine.pass(2_000);
  calls.length = 0;
  await engine.mutate('m', label([], ['holiday']));
  expect(screen('m')).toBe('');
  await engine.pass(2_000);
  expect(calls).toEqual([]);
  expect(waiting()).toMatchObject({ waiting: 0, parked: 0 });
  expect(screen('m')).toBe('');
  await engine.mutate('m', label(['holiday']));
  await engine.mutate('m', label([], ['holiday']));
  await engine.pass(2_000);
  expect(screen('m')).toBe('');
  expect(engine.store.read.prepare('SELECT count(*) FROM local_labels').pluck().get()).toBe(0);
  expect(recount(engine.store.read)).toEqual([]);
});

function countPushes() {
  const calls: string[] = [];
  const wrap: Parameters<typeof openTestEngine>[0] = (connector) => ({
    ...connector,
    push: (action, wire, signal) => {
      calls.push(action.kind);
      return connector.push(action, wire, signal);
    },
  });
  return { calls, wrap };
}

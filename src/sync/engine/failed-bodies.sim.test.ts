import { afterEach, expect, test } from 'vitest';
import { openTestEngine, type TestEngine } from '../../../test/fakes/open-test-engine';
import type { Failure } from '../../shared/failure';
import { fail, ok } from '../../shared/outcome';
import type { Connector } from '../connectors/contract';

let engine: TestEngine;
afterEach(() => engine.close());

const LOST: Failure = { kind: 'offline', message: 'The connection was lost.' };
const REFUSED: Failure = { kind: 'rejected', message: 'The mail server refused this.' };

/** Fails for these UIDs of the inbox as a connector does that asked twice; counts how often they were asked for. */
function failing(bad: (uid: number) => boolean, failure: Failure) {
  const asked = { times: 0, isDown: false };
  const wrap = (connector: Connector): Connector => ({
    ...connector,
    connect: async (role, signal) => (asked.isDown ? fail(LOST) : connector.connect(role, signal)),
    fetchBodies: async function* (role, request, signal) {
      for (const message of request.messages) {
        if (request.remoteKey !== 'INBOX' || !bad(message.uid))
          yield* connector.fetchBodies(role, { ...request, messages: [message] }, signal);
        else {
          asked.times += 1;
          yield ok({ uid: message.uid, body: 'failed', failure });
        }
      }
    },
  });
  return { asked, wrap };
}

const states = (): Record<string, number> =>
  Object.fromEntries(
    engine.store.read.prepare('SELECT body_state, count(*) FROM messages GROUP BY 1').raw().all() as [
      string,
      number,
    ][],
  );

test.each([LOST, REFUSED])(
  'a message of a folder that gives its others is marked and left alone: $kind',
  async (failure) => {
    const { asked, wrap } = failing((uid) => uid === 7 || uid === 60, failure);
    engine = await openTestEngine(wrap);
    for (let at = 0; at < 60; at++) engine.deliver(`m${at}`);
    await engine.pass(600_000);
    expect(states()).toEqual({ here: 58, unreadable: 2 });
    expect(asked.times).toBe(2);
    expect(engine.account().state).toBe('ok');
    const told = engine.store.read
      .prepare("SELECT failure_json FROM sync_log WHERE mailbox = 'INBOX' AND result = 'error'")
      .pluck()
      .all();
    expect(told).toHaveLength(2);
  },
);

test('one that is alone is marked where the link is fine otherwise, and only where it was the link', async () => {
  const lost = failing(() => true, LOST);
  engine = await openTestEngine(lost.wrap);
  engine.deliver('only');
  engine.deliver('other', 'Archive');
  await engine.pass(60_000);
  expect(states()).toEqual({ here: 1, unreadable: 1 });
  await engine.close();

  const refused = failing(() => true, REFUSED);
  engine = await openTestEngine(refused.wrap);
  engine.deliver('only');
  await engine.pass(60_000);
  expect(states()).toEqual({ none: 1 });
});

test('a folder that gives nothing is not judged by message, and comes again later', async () => {
  let broken = true;
  const { wrap } = failing(() => broken, REFUSED);
  engine = await openTestEngine(wrap);
  for (let at = 0; at < 60; at++) engine.deliver(`m${at}`);
  engine.deliver('other', 'Archive');
  await engine.pass(60_000);
  expect(states()).toEqual({ none: 60, here: 1 });
  broken = false;
  await engine.pass(120_000);
  expect(states()).toEqual({ here: 61 });
});

test('a link that is down marks nothing', async () => {
  const { asked, wrap } = failing(() => true, LOST);
  engine = await openTestEngine((connector) => {
    const wrapped = wrap(connector);
    return {
      ...wrapped,
      fetchBodies: async function* (role, request, signal) {
        asked.isDown = true;
        yield* wrapped.fetchBodies(role, request, signal);
      },
    };
  });
  engine.deliver('only');
  await engine.pass(60_000);
  expect(states()).toEqual({ none: 1 });
});

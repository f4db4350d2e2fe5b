import { afterEach, expect, test } from 'vitest';
import { openTestEngine, type TestEngine } from '../../../test/fakes/open-test-engine';
import { fail } from '../../shared/outcome';

let engine: TestEngine;
afterEach(() => engine.close());

test('a mailbox over a bound is told by name and tried again after an hour, while the others go on (SYNC-131)', async () => {
  let broken = true;
  let asked = 0;
  engine = await openTestEngine((connector) => ({
    ...connector,
    pull: async function* (request, signal) {
      if (request.remoteKey === 'Archive') asked += 1;
      if (request.remoteKey === 'Archive' && broken)
        yield fail({
          kind: 'protocol',
          bound: 'line',
          message: 'The mail server sent more than makes sense.',
        });
      else yield* connector.pull(request, signal);
    },
  }));
  engine.deliver('in the broken one', 'Archive');
  engine.deliver('first');
  await engine.pass(5_000);
  expect(engine.subjects('INBOX')).toEqual(['first']);
  expect(engine.account().state).toBe('ok');
  for (let minute = 0; minute < 55; minute++) await engine.pass(60_000);
  engine.deliver('second');
  await engine.pass(2_000);
  expect(engine.subjects('INBOX')).toEqual(['first', 'second']);
  const bodies = engine.store.read.prepare("SELECT count(*) FROM messages WHERE body_state = 'here'");
  expect(bodies.pluck().get()).toBe(2);
  expect(asked).toBe(1);
  const told = engine.store.read
    .prepare("SELECT mailbox, result, failure_json FROM sync_log WHERE mailbox = 'Archive' AND kind = 'pull'")
    .all() as { failure_json: string }[];
  expect(told).toMatchObject([{ mailbox: 'Archive', result: 'error' }]);
  expect(JSON.parse(told[0]?.failure_json ?? '')).toMatchObject({
    kind: 'protocol',
    bound: 'line',
    message: expect.stringContaining('Archive'),
  });
  broken = false;
  for (let minute = 0; minute < 7; minute++) await engine.pass(60_000);
  expect(asked).toBe(2);
  expect(engine.subjects('Archive')).toEqual(['in the broken one']);
});

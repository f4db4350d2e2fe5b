import { afterEach, expect, test } from 'vitest';
import { openTestEngine, type TestEngine } from '../../../test/fakes/open-test-engine';
import { createQueryHandlers } from '../queries/query-handlers';
import { type MailMethodDeps, mailMethods } from './mail-methods';
import { createRequests } from './requests';

let engine: TestEngine;
afterEach(() => engine.close());

test('SYNC-345 offline a message without its body shows its headers and a queued mark, and comes first when online', async () => {
  const asked: string[] = [];
  let give = false;
  engine = await openTestEngine((connector) => ({
    ...connector,
    fetchBodies: async function* (role, request, signal) {
      if (!give) return;
      asked.push(...request.messages.map(({ uid }) => `m${uid}`));
      yield* connector.fetchBodies(role, request, signal);
    },
  }));
  for (let n = 1; n <= 120; n++) engine.deliver(`m${n}`);
  await engine.pass(5_000);
  engine.supervisor.setOffline(true);
  await engine.pass(1_000);
  const messageId = engine.messageId('m7');
  const queries = createQueryHandlers(engine.store.read, engine.clock);
  const view = async () => {
    const message = await queries['messages.get']({ messageId });
    return message.ok ? message.value : null;
  };
  expect(await view()).toMatchObject({ subject: 'm7', body: 'not-downloaded' });
  const { store, supervisor } = engine;
  const methods = mailMethods({ store, supervisor, requests: createRequests() } as MailMethodDeps);
  expect(await methods['bodies.request']({ messageId })).toEqual({ ok: true, value: { body: 'queued' } });
  expect(await view()).toMatchObject({
    subject: 'm7',
    from: [{ address: 'a@example.org' }],
    body: 'queued',
  });
  expect(await queries['messages.body']({ messageId, charset: null })).toEqual({ ok: true, value: null });

  give = true;
  engine.supervisor.setOffline(false);
  await engine.pass(5_000);
  expect(asked[0]).toBe('m7');
  expect(asked[1]).toBe('m120');
  expect(await view()).toMatchObject({ body: 'here' });
});

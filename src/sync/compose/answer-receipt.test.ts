import { afterEach, beforeEach, expect, test } from 'vitest';
import { FakeSubmitter } from '../../../test/fakes/fake-submitter';
import { openTestCompose } from '../../../test/fakes/open-test-compose';
import { openTestEngine, type TestEngine } from '../../../test/fakes/open-test-engine';
import type { MessageId } from '../../shared/domain';
import { ok } from '../../shared/outcome';
import { createQueryHandlers } from '../queries/query-handlers';

let submitter: FakeSubmitter;
let engine: TestEngine;
let compose: ReturnType<typeof openTestCompose>;
const order: string[] = [];
beforeEach(async () => {
  order.length = 0;
  submitter = new FakeSubmitter();
  submitter.onTaken = () => order.push('sent');
  engine = await openTestEngine(undefined, undefined, submitter);
  compose = openTestCompose(engine.store, engine.clock, {
    mark: async (_id, keyword) => {
      order.push(keyword);
      await engine.mutate('Please confirm', { kind: 'keywords', add: [keyword], remove: [] });
      return ok(null);
    },
  });
  const source =
    'From: Ada <ada@example.org>\r\nTo: me@example.org\r\nSubject: Please confirm\r\nMessage-ID: <7@example.org>\r\nDisposition-Notification-To: ada@example.org\r\n\r\nHello\r\n';
  engine.server.deliver('INBOX', Buffer.from(source), engine.clock.now());
  await engine.pass(5_000);
});
afterEach(() => engine.close());

const receipt = async () => {
  const handlers = createQueryHandlers(engine.store.read, engine.clock);
  const view = await handlers['messages.get']({ messageId: engine.messageId('Please confirm') });
  return view.ok ? view.value?.receipt : undefined;
};
const answer = (send: boolean) =>
  compose.must(
    compose.methods['receipts.answer']({ messageId: engine.messageId('Please confirm') as MessageId, send }),
  );

test('a receipt is sent once, after the mark that keeps every client from sending another, and leaves no copy', async () => {
  expect(await receipt()).toEqual({
    to: [{ name: '', address: 'ada@example.org' }],
    mismatch: false,
    known: false,
  });
  await answer(true);
  await answer(true);
  await engine.pass(10_000);
  expect(order).toEqual(['$mdnsent', 'sent']);
  expect(await receipt()).toBeNull();
  expect(submitter.taken[0]).toMatchObject({ from: '', to: ['ada@example.org'] });
  expect(Buffer.from(submitter.taken[0]?.bytes ?? []).toString()).toContain('Auto-Submitted: auto-replied');
  expect(compose.inMailbox('Sent')).toEqual([]);
  expect(compose.outbox().map(({ state }) => state)).toEqual(['done']);
});

test('a request that is turned down is never asked again, and nothing is sent', async () => {
  await answer(false);
  await engine.pass(10_000);
  expect(await receipt()).toBeNull();
  expect(submitter.taken).toEqual([]);
});

import { afterEach, expect, test } from 'vitest';
import { openTestEngine, type TestEngine } from '../../../test/fakes/open-test-engine';
import { mailboxMethods } from '../api/mailbox-methods';

let engine: TestEngine;
afterEach(() => engine.close());

const DAY_MS = 86_400_000;
const LARGE = 1_000;
const pulls: string[] = [];

function mail(subject: string): Buffer {
  return Buffer.from(
    `Subject: ${subject}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\ntext of ${subject}\r\n` +
      `--b\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Disposition: attachment\r\n\r\n${'x'.repeat(LARGE)}\r\n--b--\r\n`,
  );
}

/** Whether the body, and the source with its attachments, of each message is here. */
function here(): Record<string, string> {
  const rows = engine.store.read
    .prepare(
      'SELECT m.subject, b.source_hash AS source FROM bodies b JOIN messages m ON m.id = b.message_id ORDER BY 1',
    )
    .all() as { subject: string; source: string | null }[];
  return Object.fromEntries(rows.map(({ subject, source }) => [subject, source === null ? 'text' : 'whole']));
}

test('SYNC-043 a mailbox is off, headers, text or everything, with an age limit; a change takes effect without a new sync', async () => {
  pulls.length = 0;
  const asked: number[] = [];
  engine = await openTestEngine((connector) => ({
    ...connector,
    pull: (request, signal) => {
      pulls.push(`${request.remoteKey} ${request.plan.kind}`);
      return connector.pull(request, signal);
    },
    fetchBodies: (role, request, signal) => {
      asked.push(request.wholeBelowBytes);
      return connector.fetchBodies(role, request, signal);
    },
  }));
  const { clock, server, store } = engine;
  const methods = mailboxMethods(store, engine.supervisor);
  const keep = async (
    path: string,
    choice: { policy?: 'off' | 'headers' | 'text'; ageLimitDays?: number | null },
  ) => {
    const done = await methods['mailboxes.setPolicy']({
      mailboxId: engine.mailboxId(path),
      policy: undefined,
      ageLimitDays: undefined,
      ...choice,
    });
    expect(done).toEqual({ ok: true, value: null });
  };
  await engine.pass(2_000);
  // The default: everything.
  server.deliver('Archive', mail('default'), clock.now());
  await engine.pass(61_000);
  expect(here()).toEqual({ default: 'whole' });

  await keep('INBOX', { policy: 'headers' });
  server.deliver('INBOX', mail('new'), clock.now());
  server.deliver('INBOX', mail('week'), clock.now() - 7 * DAY_MS);
  server.deliver('INBOX', mail('year'), clock.now() - 365 * DAY_MS);
  await engine.pass(5_000);
  expect(engine.subjects('INBOX')).toEqual(['new', 'week', 'year']);
  expect(here()).toEqual({ default: 'whole' });
  // Somebody opens one: policies are about what is loaded unasked.
  expect(await engine.supervisor.fetchBody(engine.accountId, engine.messageId('year'))).toMatchObject({
    ok: true,
  });
  expect(here()).toEqual({ default: 'whole', year: 'whole' });

  pulls.length = 0;
  await keep('INBOX', { policy: 'text', ageLimitDays: 3 });
  await engine.pass(2_000);
  expect(here()).toEqual({ default: 'whole', new: 'text', year: 'whole' });
  await keep('INBOX', { ageLimitDays: 30 });
  await engine.pass(2_000);
  expect(here()).toEqual({ default: 'whole', new: 'text', week: 'text', year: 'whole' });
  expect(asked.slice(-2)).toEqual([0, 0]);
  expect(pulls).toEqual([]);

  await keep('Archive', { policy: 'off' });
  server.deliver('Archive', mail('unseen'), clock.now());
  await engine.pass(120_000);
  expect(engine.subjects('Archive')).toEqual(['default']);
  expect(pulls.filter((pull) => pull.startsWith('Archive'))).toEqual([]);
  expect(
    await methods['mailboxes.setPolicy']({ mailboxId: 999 as never, policy: 'off', ageLimitDays: undefined }),
  ).toMatchObject({
    ok: false,
    failure: { kind: 'not-found' },
  });
});
